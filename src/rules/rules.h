/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of the group rules. "Better" is everywhere a - b > TDO_TIE. */
#ifndef TRADEOFF_RULES_RULES_H
#define TRADEOFF_RULES_RULES_H

#include "base/real.h"
#include "base/sort.h"
#include "model/block.h"
#include "tradeoff/search.h"

/* The weight of the sum beside the maximum in chebyshev. */
#define RULE_AUGMENT 0.001

enum {
    /* Up to so many candidates all pairs are looked at: sorting them costs more. */
    RULE_FEW = 64,
    /* Where values are not kept no level is kept for all, unless so many stakeholders are heard:
       then asking for levels one by one costs more. */
    RULE_HEARD = 16,
    RULE_LANES = 8 /* candidates that copeland looks at at a time */
};

static inline bool rule_above(double a, double b)
{
    return a - b > TDO_TIE;
}

/* Room to sort n candidates in, used again and again. */
typedef struct rule_room {
    uint32_t *order; /* [n] */
    uint64_t *word;  /* [2n] */
} rule_room;

/* Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status rule_room_make(tdo_arena *a, size_t n, rule_room *out);

/* A score and the candidates in its order. */
typedef struct rule_sorted {
    const double *score;
    sort_words by;
} rule_sorted;

/* All n, ascending by score; in the room. */
rule_sorted rule_sort(const rule_room *room, const double *score, size_t n);

/* Is the i-th in that order better than the j-th? Scores are looked up where they are near. */
static inline bool rule_is_above(const rule_sorted *x, size_t i, size_t j)
{
    const uint64_t a = x->by.word[i], b = x->by.word[j];
    if (x->by.apart > 2 * TDO_TIE && a >> 32 > (b >> 32) + 1)
        return true;
    return i > j && rule_above(x->score[sort_place(a)], x->score[sort_place(b)]);
}

/* tdo_rank, in a lent room. */
void rule_rank_in(const rule_room *room, const double *score, size_t n, uint32_t *rank);

/* Room for kemeny, for n candidates. */
typedef struct rule_kemeny_room {
    double *excess;             /* [n x n] of i before k */
    double *margin;             /* [n x n] of i over k, what circles have left of it */
    struct rule_circle *circle; /* [n x n^2 / 2] of each candidate, */
    uint32_t *circles;          /* [n] so many */
    uint64_t *over;             /* [n] who loses against i: a set */
    struct rule_ending *ending; /* the smaller first */
    uint32_t *slot;             /* a hash table of them: number + 1; 0: free */
    uint64_t *leads;            /* [1] who begins a best order */
} rule_kemeny_room;

/* n <= TDO_KEMENY_MAX. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status rule_kemeny_make(size_t n, tdo_arena *a, rule_kemeny_room *out);

/* A stakeholder, and what a rule sets its utilities against: bounds of them, or counts. */
typedef struct rule_heard {
    size_t s;
    double from, span;
} rule_heard;

/* All that a rule works in: nothing is allocated while it is applied. */
typedef struct rule_bench {
    rule_room room;
    double *level; /* what the rule computes on the way; as much as rule_bench_make asked for */
    bool whole;    /* there is room for levels of all */
    double *block, *row; /* for a block, and [F] utilities of one stakeholder, that are not kept */
    double *key;         /* [F] for a level of those that are tied */
    rule_heard *heard;   /* [S] */
    uint32_t *tied;      /* [S] how many are tied as a stakeholder's favourite; 0: not known */
    uint32_t
        *own; /* [S x F] borda sets the stakeholders' ranks, where it sorts; NULL: not wanted */
    rule_kemeny_room kemeny; /* where the rule is this one */
} rule_bench;

/* For the candidates and stakeholders of u; made for kemeny it serves every rule but priorities,
 * and made for that one all. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status rule_bench_make(tdo_rule rule, const tdo_utility *u, tdo_arena *a,
                                        rule_bench *out);

/* For every rule of a scenario with this headline. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status rule_bench_for_all(tdo_rule headline, const tdo_utility *u, tdo_arena *a,
                                           rule_bench *out);

/* What a rule that was applied has set. */
typedef enum rule_set {
    RULE_SCORE, /* the score alone: the rank follows from it (rule_rank_in) */
    RULE_RANK,  /* the rank, too */
    RULE_NONE   /* neither: its order could not be proven; never where tdo_rule_leads */
} rule_set;

/* One rule at work. */
typedef struct rule_job {
    const tdo_case *in;
    const tdo_utility *u; /* in->u */
    const rule_bench *bench;
    tdo_rule rule;
    rule_heard *heard; /* [n_heard of S] whom it hears */
    size_t n_heard;
    double *score;  /* [F] */
    uint32_t *rank; /* [F] */
} rule_job;

/* How a rule finds scores: of some candidates by themselves, once it has been started; or of all
 * together. Where that does not decide who is better it says what does. */
typedef struct rule_form {
    void (*start)(rule_job *j); /* NULL: nothing is to be known before */
    /* Of a block. score: [n] zeros. NULL: */
    void (*score)(const rule_job *j, const model_block *b, double *score);
    /* Of all, and the ranks where it has some. False: its order could not be proven. */
    bool (*whole)(rule_job *j);
    /* By leximin, the score first: how many levels there are. They are put into level, [levels x
     * F], where it is not NULL. NULL: it does not. */
    size_t (*levels)(const rule_job *j, double *level);
    double (*level_at)(const void *job, size_t level, uint32_t k); /* one that is not the first */
    bool ranks; /* there are levels, or ranks of its own: they do not follow from the score */
} rule_form;

const rule_form *rule_form_of(tdo_rule rule);

/* Does the rule take so many candidates, and has the scenario what it needs? s to u of the case. */
bool rule_is_computed(tdo_rule rule, const tdo_case *in);

/* tdo_apply_rule, for as many as the bench was made for, of a rule that takes so many. score and
 * rank: [F]. */
TDO_MUST_USE rule_set rule_apply_at(const rule_bench *bench, tdo_rule rule, const tdo_case *in,
                                    double *score, uint32_t *rank);

/* tdo_apply_rule on a bench that was made for the rule. score: [F] where the score is put; NULL: in
 * the arena. Errors: TDO_E_MEMORY. */
TDO_MUST_USE tdo_status rule_apply_on(const rule_bench *bench, tdo_rule rule, const tdo_case *in,
                                      double *score, tdo_arena *a, tdo_rule_result *out);

/* Who has no power is shown, and left out of every rule. */
static inline bool rule_hears(const tdo_utility *u, size_t s)
{
    return u->power[s] > 0;
}

/* Rules that count places. kemeny needs ids: among equally good orders they decide. */
extern const rule_form rule_borda, rule_copeland, rule_kemeny;

/* Rules that need more of the scenario than utilities. */
extern const rule_form rule_needs_first, rule_owa, rule_priorities;

/* ---- what several rules compute (score.c) ---- */

/* The utilities of one stakeholder, [F]: in the bench where they are not kept. */
const double *rule_utility_of(const rule_bench *bench, const tdo_utility *u, size_t s);

/* The block of candidates that begins there. */
model_block rule_block_at(const rule_bench *bench, const tdo_case *in, size_t from);

/* power x utility, summed over who is asked by a mask of stakeholders; NULL: all. sum: [n] zeros.
 */
void rule_add_weighted(const rule_job *j, const model_block *b, const bool *asked, double *sum);

double rule_largest(const double *x, size_t n);

/* Sorts every column of level, [levels x n]: the first level is the least. */
void rule_sort_levels(double *level, size_t levels, size_t n);

/* ---- ranks ---- */

/* Ranks by all pairs, for up to RULE_FEW. True: nobody is tied with anybody. */
bool rule_rank_pairs(const double *score, size_t n, uint32_t *rank);

/* What leximin compares candidates by: levels, the least first. */
typedef struct rule_levels {
    size_t n;
    const double *first; /* [F] the first level */
    const double *whole; /* [n x F] all of them; NULL: they are asked for one by one */
    double (*at)(const void *user, size_t level, uint32_t k);
    const void *user;
    const uint32_t *slot; /* [F] what k is there; NULL: the candidate's place here */
    double *key;          /* [F] room for a level of those that are tied; NULL beside whole */
} rule_levels;

/* rank[k] = 1 + number of j that are better than k in the first level on which the two differ by
 * more than TDO_TIE; all 1 where there is no level. f candidates. O(n f log f), but O(n m^2) for m
 * candidates within TDO_TIE of each other in a chain longer than that. */
void rule_rank_leximin(const rule_room *room, const rule_levels *by, size_t f, uint32_t *rank);

/* The order with the least cost; among those within TDO_TIE of it the lexicographically first.
 * before: [n x n] cost of i standing before j is before[i * n + j]. order: [n], the best first.
 * n as the room was made for. False: more than 2^TDO_KEMENY_SURE sets of candidates would have to
 * be looked at to prove it; never up to TDO_KEMENY_SURE candidates. */
TDO_MUST_USE bool rule_kemeny_order(const double *before, size_t n, const rule_kemeny_room *room,
                                    uint32_t *order);

#endif
