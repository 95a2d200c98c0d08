/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A decision that people made, with the analysis it was made on. */
#ifndef TRADEOFF_RECORD_H
#define TRADEOFF_RECORD_H

#include "tradeoff/result.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What was said of a limit that the chosen one breaks. */
typedef struct tdo_acceptance {
    size_t constraint; /* index into the scenario's constraints */
    const char *owner; /* whose limit it is; "" where the scenario does not say */
    const char *words; /* not empty */
} tdo_acceptance;

/* Is the chosen one in the set that is wanted? */
typedef enum tdo_membership {
    TDO_IN_UNKNOWN, /* there is no set, or it was not chosen again for what people changed */
    TDO_IN_SET,
    TDO_NOT_IN_SET
} tdo_membership;

/* What people decided. */
typedef struct tdo_decision {
    const char *chosen;            /* id of a candidate, recommended or not */
    const char *because;           /* not empty */
    const char *const *decided_by; /* [n_decided_by] */
    size_t n_decided_by;
    const char *const *dissent; /* [n_dissent] who or what was against it */
    size_t n_dissent;
    const tdo_acceptance *accepted; /* [n_accepted] one for each limit that the chosen one breaks */
    size_t n_accepted;
    const char *date;           /* "2026-11-30"; NULL: not said */
    const char *scenario;       /* the scenario's file, from the folder of the record */
    const char *const *repeats; /* [n_repeats] sentences of tdo_explain_robust, where the run that
                                   is recorded did not sample, and one like it did */
    size_t n_repeats;
    const char *const *portfolio; /* [n_portfolio] sentences of tdo_explain_set, where the run that
                                     is recorded chose no set, and one like it did */
    size_t n_portfolio;
    tdo_membership in_set;   /* of that set */
    tdo_overrides overrides; /* of the scenario */
} tdo_decision;

/* Is it a day of the calendar, as YYYY-MM-DD? */
TDO_API bool tdo_is_date(const char *s);

/* A constraint that the chosen one broke when it was chosen. */
typedef struct tdo_accepted_break {
    size_t limit; /* index into the result's limits */
    double by;    /* in its unit; NaN: a word, or nothing was measured */
} tdo_accepted_break;

/* What a stakeholder needed then, and what the chosen one had. */
typedef struct tdo_accepted_need {
    const char *stakeholder, *criterion; /* ids */
    double by;                           /* how far it was from being met, in its unit; 0: met */
} tdo_accepted_need;

/* A record that is read back. */
typedef struct tdo_record {
    const char *file; /* as the user named it */
    const char *version;
    tdo_decision decision;
    bool recommended; /* the analysis recommended the chosen one */
    tdo_standing status;
    size_t rank;                     /* 0: none */
    double behind;                   /* in score, of the recommended one; NaN: none */
    const tdo_accepted_break *broke; /* [n_broke] */
    size_t n_broke;
    const tdo_accepted_need *need; /* [n_needs] of all stakeholders */
    size_t n_needs;
    const tdo_result *result; /* of then */
} tdo_record;

/* Reads a record (format "tradeoff-decision/1"). file: a path, or "-" for standard input.
 * Errors: TDO_E_INPUT (located), TDO_E_IO, TDO_E_MEMORY. */
TDO_API TDO_MUST_USE tdo_status tdo_record_read(const char *file, tdo_arena *a, tdo_record **out,
                                                tdo_error *err);

#ifdef __cplusplus
}
#endif

#endif
