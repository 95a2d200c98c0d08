/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The group rules, by their definitions. */
#ifndef TRADEOFF_RECOUNT_RULES_H
#define TRADEOFF_RECOUNT_RULES_H

#include "recount/standing.h"

enum { VERIFY_RULES = 13, VERIFY_KEMENY_SURE = 16, VERIFY_KEMENY_MOST = 60 };

extern const char *const verify_rule_name[VERIFY_RULES];

/* What a rule compares: levels in turn, each larger is better, ties within 1e-12. */
typedef struct verify_scores {
    bool computed;  /* false: the rule has no meaning here, or is left out at this size */
    bool exact;     /* ranks come from the very doubles that are compared */
    bool may_lack;  /* kemeny of many: left out where the search did not prove the order */
    uint64_t leads; /* kemeny: bit k: an order that is as good begins with slot k; else 0 */
    size_t levels;
    double *level;       /* [levels x f] */
    const double *score; /* [f] the one of them that is called the score */
} verify_scores;

/* The number of a rule, or VERIFY_NONE. */
int verify_rule(const char *name);

bool verify_score(verify_job *j, const verify_world *w, const verify_standing *s, int rule,
                  verify_scores *out);

/* 1: a is above b; -1: below; 0: tied. */
int verify_above(const verify_scores *y, size_t f, size_t a, size_t b);

/* Is a above b for certain, whatever was rounded, and is it perhaps? */
void verify_relate(const verify_scores *y, size_t f, size_t a, size_t b, bool *certain,
                   bool *perhaps);

/* The least and the largest rank that rounding leaves open. *done false: too many ties. */
bool verify_rank_bounds(verify_job *j, const verify_scores *y, size_t f, uint32_t *low,
                        uint32_t *high, bool *done);

/* score: [f] candidates below in the best order of all, of at most VERIFY_KEMENY_MOST. leads: bit
 * k: an order that is as good begins with slot k. *known: false where that would take too much
 * room; never up to VERIFY_KEMENY_SURE. */
bool verify_kemeny(verify_job *j, const verify_world *w, const verify_standing *s, double *score,
                   uint64_t *leads, bool *known);

/* Power-weighted cost of putting a before b: those who want it the other way, half of the ties. */
double verify_cost(const verify_world *w, const verify_standing *s, size_t a, size_t b);

#endif
