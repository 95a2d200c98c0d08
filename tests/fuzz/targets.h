/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The list of targets, for the two programs that run them. */
#ifndef TRADEOFF_TESTS_FUZZ_TARGETS_H
#define TRADEOFF_TESTS_FUZZ_TARGETS_H

#include "fuzz.h"

#define FUZZ_ENTRY(name) {#name, fuzz_##name},
const fuzz_target fuzz_targets[] = {FUZZ_EACH_TARGET(FUZZ_ENTRY)};
const size_t fuzz_n_targets = sizeof fuzz_targets / sizeof *fuzz_targets;

#endif
