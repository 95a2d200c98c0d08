/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a decision record says beside the decision: files, warnings, the cells behind readings. */
#ifndef TRADEOFF_WEB_ENGINE_ABOUT_H
#define TRADEOFF_WEB_ENGINE_ABOUT_H

#include "engine/bytes.h"
#include "engine/read.h"
#include "tradeoff/choice.h"
#include "tradeoff/record.h"

typedef struct web_about {
    tdo_table table;   /* names and hashes of files only */
    tdo_table *groups; /* [n_groups] the same */
    size_t n_groups;
    tdo_warnings read; /* those that come before limits and wishes */
} web_about;

/* Reads it, and completes the problem. Errors: TDO_E_INPUT, TDO_E_MEMORY. */
TDO_MUST_USE tdo_status web_read_about(const uint8_t *bytes, size_t length, tdo_arena *a,
                                       web_problem *p, web_about *out);

/* What the program found by linear programs, which the page has not. */
typedef struct web_known {
    bool regions;                   /* somebody has allowed weights */
    size_t least_regret;            /* candidate; TDO_NONE: not known */
    const tdo_candidate_choice *of; /* [n candidates] known is false where nothing is known */
    bool ranked;                    /* of holds rank ranges, too */
} web_known;

/* k: up to the ranking. Errors: TDO_E_INPUT, TDO_E_MEMORY. */
TDO_MUST_USE tdo_status web_read_known(const uint8_t *bytes, size_t length, tdo_arena *a,
                                       const tdo_case *k, web_known *out);

/* What people decided, and how the page wants it written. */
typedef struct web_decision {
    tdo_decision decision;          /* without what is accepted */
    const char *const *acceptances; /* [n_acceptances] "LIMIT: words" */
    size_t n_acceptances;
    const char *twin;     /* name of the record beside the Markdown */
    const char *scenario; /* in effect, as compact JSON */
    const char *result;   /* text of the whole result; "": the page's own is written */
} web_decision;

/* Errors: TDO_E_INPUT, TDO_E_MEMORY. */
TDO_MUST_USE tdo_status web_read_decision(const uint8_t *bytes, size_t length, tdo_arena *a,
                                          web_decision *out);

#endif
