/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Plain words, each resting on numbers in the result. */
#ifndef TRADEOFF_EXPLAIN_H
#define TRADEOFF_EXPLAIN_H

#include "tradeoff/run.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct tdo_sentences {
    const char **item; /* [n] */
    size_t n;
} tdo_sentences;

/* Why the recommended one (or, when nothing is feasible, why not and what would help).
 * Errors: TDO_E_MEMORY. */
TDO_API TDO_MUST_USE tdo_status tdo_explain_recommendation(const tdo_run *run, tdo_arena *a,
                                                           tdo_sentences *out);

/* The answer in a few lines, each with a label: what to choose (or that nobody meets every limit),
 * against today's, who pays, what is missed, which rules disagree, how sure; in this order, and
 * what has nothing to say is left out. Numbers are rounded by their errors or their spread. */
enum { TDO_ANSWER_LINES = 7 };

typedef struct tdo_answer_line {
    const char *label; /* "Choose", "Keep", "None", "Today", "Pays", ... */
    const char *text;  /* no full stop */
    const char *brief; /* the same where two lines are too many; "": it is not shortened */
    const char *
        *piece; /* [n_pieces] below it, parted by "; ": as many as fit, the rest is counted */
    size_t n_pieces;
    bool fills;  /* the pieces may take all lines that the others leave */
    bool listed; /* the pieces stand in lines of their own, all of them */
} tdo_answer_line;

typedef struct tdo_answer {
    tdo_answer_line line[TDO_ANSWER_LINES];
    size_t n;
    bool sure; /* false: it is first in fewer than 60 of 100 repeats, or turned by less than one
                  percentage point of a weight */
} tdo_answer;

/* A scenario that is made of guesses. */
typedef struct tdo_draft {
    const char *unread; /* columns that seem measured and do not read, each with why; "": none */
} tdo_draft;

/* draft: of a scenario that is made of guesses nothing is said of people's gains and losses, but
 * what it does without; NULL: it is none.
 * Errors: TDO_E_MEMORY. */
TDO_API TDO_MUST_USE tdo_status tdo_explain_answer(const tdo_run *run, const tdo_draft *draft,
                                                   tdo_arena *a, tdo_answer *out);

/* Why candidate i stands where it stands, against candidate j (TDO_NONE: the recommended one).
 * Errors: TDO_E_MEMORY. */
TDO_API TDO_MUST_USE tdo_status tdo_explain_candidate(const tdo_run *run, size_t i, size_t j,
                                                      tdo_arena *a, tdo_sentences *out);

/* What was said against candidate i (TDO_NONE: against any, or in general), word for word: one line
 * each, in the scenario's order. Errors: TDO_E_MEMORY. */
TDO_API TDO_MUST_USE tdo_status tdo_explain_objections(const tdo_run *run, size_t i, tdo_arena *a,
                                                       tdo_sentences *out);

/* What each stakeholder's weights mean, in the units of what they trade: "For Product, 320 to 8 ms
 * of Latency counts 3 times as much as ...". [n_stakeholders] Errors: TDO_E_MEMORY. */
TDO_API TDO_MUST_USE tdo_status tdo_explain_weights(const tdo_run *run, tdo_arena *a,
                                                    tdo_sentences *out);

/* Why candidate i is out or what was done to its data: the "reasons" of the result. [0 for none]
 * Errors: TDO_E_MEMORY. */
TDO_API TDO_MUST_USE tdo_status tdo_reasons(const tdo_run *run, size_t i, tdo_arena *a,
                                            tdo_sentences *out);

/* The split: what it gives to whom, what each of its limits costs, or why there is none. Nothing
 * where no mix was asked for. Errors: TDO_E_MEMORY. */
TDO_API TDO_MUST_USE tdo_status tdo_explain_mix(const tdo_run *run, tdo_arena *a,
                                                tdo_sentences *out);

/* The frontier of splits: how large it is, and what splits add to single candidates. Nothing where
 * it was not asked for. Errors: TDO_E_MEMORY. */
TDO_API TDO_MUST_USE tdo_status tdo_explain_splits(const tdo_run *run, tdo_arena *a,
                                                   tdo_sentences *out);

/* How far weights and powers may move before another one is first, and whom no weights choose.
 * Errors: TDO_E_MEMORY. */
TDO_API TDO_MUST_USE tdo_status tdo_explain_choice(const tdo_run *run, tdo_arena *a,
                                                   tdo_sentences *out);

/* Whether any weights choose candidate i, and what it lacks. Errors: TDO_E_MEMORY. */
TDO_API TDO_MUST_USE tdo_status tdo_explain_candidate_choice(const tdo_run *run, size_t i,
                                                             tdo_arena *a, tdo_sentences *out);

/* What place candidate i has in the split. Errors: TDO_E_MEMORY. */
TDO_API TDO_MUST_USE tdo_status tdo_explain_in_mix(const tdo_run *run, size_t i, tdo_arena *a,
                                                   tdo_sentences *out);

/* The set, where one is wanted: who is in it, what it is worth, to whom; or why there is none.
 * Nothing where none is wanted. Errors: TDO_E_MEMORY. */
TDO_API TDO_MUST_USE tdo_status tdo_explain_set(const tdo_run *run, tdo_arena *a,
                                                tdo_sentences *out);

/* What place candidate i has in the set. turned: what the best set with or without it is (NULL:
 * that is not said). Errors: TDO_E_MEMORY. */
TDO_API TDO_MUST_USE tdo_status tdo_explain_in_set(const tdo_run *run, size_t i,
                                                   const tdo_portfolio_turned *turned, tdo_arena *a,
                                                   tdo_sentences *out);

/* Which single candidate would be first if a bound of a constraint moved, for each that would
 * change it. Errors: TDO_E_MEMORY. */
TDO_API TDO_MUST_USE tdo_status tdo_explain_steps(const tdo_run *run, tdo_arena *a,
                                                  tdo_sentences *out);

/* How sure the choice is: who is first how often, who is tied with it, which limits are shown,
 * where the doubt comes from. Nothing where nothing was sampled. Errors: TDO_E_MEMORY. */
TDO_API TDO_MUST_USE tdo_status tdo_explain_robust(const tdo_run *run, tdo_arena *a,
                                                   tdo_sentences *out);

/* A reading with its unit, rounded for people ("118 ms", "post-hoc", "0.412 NDCG@10"). */
TDO_API void tdo_put_reading(tdo_sink *o, const tdo_criterion *c, double reading);

#ifdef __cplusplus
}
#endif

#endif
