/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rules of single candidates and rules of splits: which words name only the one kind. */
#ifndef TRADEOFF_TERMS_RULES_H
#define TRADEOFF_TERMS_RULES_H

#include <stdbool.h>

/* What is said of a word that names a rule, but not one of this kind: "leximin" is for splits only.
 * NULL: it is one of this kind, or none. */
const char *terms_rule_of_other_kind(const char *word, bool splits);

#endif
