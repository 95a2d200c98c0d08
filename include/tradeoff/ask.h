/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Questions to one stakeholder: which of two candidates would you rather have? They begin at all
 * weights on all criteria, cut by what the stakeholder prefers (weights and vague are not used);
 * each answer is a statement that cuts further.
 *
 * The favourite is the candidate whose largest regret over what is left is least. The next pair is
 * the one, of up to TDO_ASK_AMONG candidates that are best at some corner of what is left, whose
 * worse answer leaves the least largest regret (Boutilier et al. 2006). Before the end the question
 * is asked again, with sides swapped, whose answer taken back alone would raise the largest regret
 * most; "over" and "as good as" hold together where
 * they leave weights, of other answers that differ both are taken back, and a pair that this
 * happened to twice is not asked about again.
 *
 * All of it is exact but for rounding: the largest of linear functions over a polytope is at its
 * corners, which are listed in whole numbers. */
#ifndef TRADEOFF_ASK_H
#define TRADEOFF_ASK_H

#include "tradeoff/decision.h"
#include "tradeoff/region.h"

#ifdef __cplusplus
extern "C" {
#endif

#define TDO_ASK_UNTIL 0.02

enum {
    TDO_ASK_AMONG = 20,
    TDO_ASK_CORNERS = TDO_REGION_VERTICES /* of what is left, at most: as a scenario may have */
};

typedef enum tdo_ask_reply {
    TDO_REPLY_A,    /* rather a */
    TDO_REPLY_B,    /* rather b */
    TDO_REPLY_SAME, /* about the same: utilities differ by at most TDO_AS_GOOD */
    TDO_REPLY_SKIP, /* cannot say: this pair is not asked about again */
    TDO_REPLIES
} tdo_ask_reply;

typedef enum tdo_ask_end {
    TDO_ASK_GOES_ON, /* a and b hold the next question */
    TDO_ASK_SURE,    /* the largest regret is at most as asked for */
    TDO_ASK_NOTHING  /* no pair is left that would tell more, or what is left has too many corners:
                        then favourite and regret are those of before the last answer, which holds
                        as well for what it left */
} tdo_ask_end;

/* Why nothing is left to ask. */
typedef enum tdo_ask_nothing {
    TDO_ASK_NO_PAIR,  /* no two candidates that are best somewhere differ enough */
    TDO_ASK_NONE_NEW, /* only pairs that were skipped, said to be about the same, or answered both
                         ways twice */
    TDO_ASK_FULL,     /* a stakeholder has no room for more statements */
    TDO_ASK_TOO_MANY  /* corners */
} tdo_ask_nothing;

/* Where the questions stand. Candidates are indices into the measured ones. */
typedef struct tdo_ask_view {
    tdo_ask_end end;
    tdo_ask_nothing nothing; /* of TDO_ASK_NOTHING */
    size_t a, b;
    size_t number;        /* of the question, from 1; of one asked again the earlier number */
    bool again;           /* it is asked again, with sides swapped */
    size_t favourite;     /* least largest regret; ties: first by id */
    double regret;        /* its largest, in utility: from 0 to 1 */
    size_t left;          /* questions until the end, about */
    size_t answers;       /* that count: statements */
    bool taken_back;      /* the last answer cannot stand with `was`: neither counts */
    bool reversed;        /* then: each says over of the other one, which holds at a tie alone */
    const char *was, *is; /* as statements; NULL where not taken back */
} tdo_ask_view;

typedef struct tdo_ask tdo_ask;

/* k: s to v, at least one candidate is feasible; statements on candidates are weighed. until: >= 0,
 * in utility. *out is to be freed, also on error. Errors: TDO_E_LIMIT (too many corners),
 * TDO_E_MEMORY. */
TDO_API TDO_MUST_USE tdo_status tdo_ask_start(const tdo_case *k, size_t who, double until,
                                              tdo_ask **out, tdo_error *err);
TDO_API void tdo_ask_free(tdo_ask *q);

TDO_API tdo_ask_view tdo_ask_look(const tdo_ask *q);

/* The answer to the present question (there is one). Errors: as of tdo_ask_start. */
TDO_API TDO_MUST_USE tdo_status tdo_ask_answer(tdo_ask *q, tdo_ask_reply answer, tdo_error *err);

/* Takes the last answer back, whatever it was; *undone false: there was none. */
TDO_API TDO_MUST_USE tdo_status tdo_ask_undo(tdo_ask *q, bool *undone, tdo_error *err);

/* The answers that count, as items of "prefers": [n]. Errors: TDO_E_MEMORY. */
TDO_API TDO_MUST_USE tdo_status tdo_ask_statements(const tdo_ask *q, tdo_arena *a,
                                                   const char *const **out, size_t *n);

/* Of the largest regrets over what is left, those of the k candidates that have the least ones,
 * in that order (ties: ids): their indices, [k]. Returns how many there are. */
TDO_API size_t tdo_ask_leaders(const tdo_ask *q, size_t k, size_t *candidate);

/* The present question for people: what differs between a and b, in units. Errors: TDO_E_MEMORY. */
TDO_API TDO_MUST_USE tdo_status tdo_ask_write_question(const tdo_ask *q, tdo_sink *o);

/* One criterion of the present question. */
typedef struct tdo_ask_row {
    size_t criterion;
    const char *label; /* "Latency, p95, ms" */
    const char *a, *b; /* the readings */
    bool a_is_better;
} tdo_ask_row;

/* What differs between a and b, in the order of the criteria: [n]; none where there is no question.
 * Errors: TDO_E_MEMORY. */
TDO_API TDO_MUST_USE tdo_status tdo_ask_rows(const tdo_ask *q, tdo_arena *a,
                                             const tdo_ask_row **out, size_t *n);

/* Sentences; NULL: out of memory. How far it is, "" at the end; that the last answer cannot stand
 * with an earlier one, "" where it does not; how sure the favourite is, as the end of a sentence.
 */
TDO_API const char *tdo_ask_where(const tdo_ask *q, tdo_arena *a);
TDO_API const char *tdo_ask_taken_back(const tdo_ask *q, tdo_arena *a);
/* Why nothing is left to ask; "" where that is not the end. */
TDO_API const char *tdo_ask_why_nothing(const tdo_ask *q);
TDO_API const char *tdo_ask_sure(const tdo_ask *q, tdo_arena *a);

/* ---- trade-off questions ---- */

/* How much of one criterion is an amount of another one worth? */
typedef struct tdo_rate_question {
    size_t of, in; /* criteria */
    double amount; /* of `of`, in its unit; > 0 */
    double all;    /* of `in`, from what is worth nothing to what is worth everything */
} tdo_rate_question;

/* The questions that settle the weights, but for criteria that a rate cannot settle: each amount is
 * asked for in the first one. Criteria count whose values are one straight line of numbers (a
 * "range", or a "value" of two points) and differ among the feasible candidates. k: s to v; out:
 * [n_criteria]. Returns how many there are. */
TDO_API size_t tdo_ask_rates(const tdo_case *k, tdo_rate_question *out);
/* The question for people, number from 1. */
TDO_API void tdo_ask_write_rate(const tdo_scenario *s, const tdo_rate_question *q, size_t number,
                                tdo_sink *o);
/* An answer, a number as typed, as an item of "rates". NULL: out of memory. */
TDO_API const char *tdo_ask_rate_statement(const tdo_scenario *s, const tdo_rate_question *q,
                                           const char *answer, tdo_arena *a);
/* "x >= 0" for each criterion that no statement of somebody names: without it that one would have
 * weight 0, which nobody said. out: [n_criteria]. Errors: TDO_E_MEMORY. */
TDO_API TDO_MUST_USE tdo_status tdo_ask_unnamed(const tdo_scenario *s, size_t who, tdo_arena *a,
                                                const char **out, size_t *n);

/* ---- into a scenario ---- */

/* What somebody prefers, besides what is there. */
typedef struct tdo_stated {
    const char *stakeholder;
    const char *const *statement; /* [n] of "prefers" */
    size_t n;
    const char *const *rate; /* [n_rates] of "rates" */
    size_t n_rates;
} tdo_stated;

/* Adds statements to what a stakeholder prefers in the text of a scenario; "weights" and "vague"
 * go, all else stays as it is, byte for byte. Errors: TDO_E_INPUT (it is no scenario with that
 * stakeholder), TDO_E_MEMORY. */
TDO_API TDO_MUST_USE tdo_status tdo_scenario_with(tdo_bytes scenario, const tdo_stated *add,
                                                  tdo_arena *a, tdo_bytes *out, tdo_error *err);

#ifdef __cplusplus
}
#endif

#endif
