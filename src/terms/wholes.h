/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Statements on two candidates as wholes: "ebm over gbdt-v7", "ebm as good as gbdt-v7". */
#ifndef TRADEOFF_TERMS_WHOLES_H
#define TRADEOFF_TERMS_WHOLES_H

#include "tradeoff/text.h"

typedef enum terms_whole { TERMS_OVER, TERMS_AS_GOOD, TERMS_WHOLES } terms_whole;

typedef struct terms_whole_about {
    const char *word;
    double within; /* in utility: the better one is behind by at most so much */
} terms_whole_about;

extern const terms_whole_about terms_whole_table[TERMS_WHOLES];

/* The statement on two ids, as a scenario has it. */
void terms_put_whole(tdo_sink *o, const char *better, terms_whole how, const char *other);

#endif
