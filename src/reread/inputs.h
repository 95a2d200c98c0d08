/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The files that a result was made from. */
#ifndef TRADEOFF_REREAD_INPUTS_H
#define TRADEOFF_REREAD_INPUTS_H

#include "reread/world.h"
#include "tradeoff/verify.h"

enum { VERIFY_CHANGES = 40 }; /* differences of the scenario that are named */

/* The inputs are those whose hashes the result names; what of the scenario in effect is not as in
 * its file is listed. */
bool verify_check_inputs(verify_world *w, const tdo_inputs *files, tdo_verification *out);

/* file: NULL: any. NULL: the result names none. */
const verify_source *verify_source_of(const verify_world *w, const char *role, const char *file);

#endif
