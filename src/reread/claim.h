/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Comparing what a result says with what it should say. Every function returns false where the
 * check ends: a claim does not hold (the first one is kept), or memory is out. */
#ifndef TRADEOFF_REREAD_CLAIM_H
#define TRADEOFF_REREAD_CLAIM_H

#include "reread/tree.h"
#include "tradeoff/text.h"

typedef struct verify_job {
    tdo_arena *a;
    verify_node *root; /* the result */
    tdo_status status; /* TDO_OK, or why it could not be checked; err says more */
    tdo_error *err;
    const char *path; /* of the claim that does not hold; NULL: none so far */
    const char *why;
    size_t checked;
} verify_job;

/* [count] zeroed items, or NULL, which ends the check. */
void *verify_room(verify_job *j, size_t count, size_t size);
#define VERIFY_ROOM(j, array, count) ((array) = verify_room(j, count, sizeof *(array)))

/* The claim does not hold. node NULL: of what is not there; the result itself. Returns false. */
bool claim_fails(verify_job *j, const verify_node *node, const char *fmt, ...) TDO_PRINTF(3, 4);

/* Its value was compared by the caller. Returns true. NULL is allowed. */
bool claim_holds(verify_job *j, verify_node *node);

/* Everything below it was. */
bool claim_holds_all(verify_job *j, verify_node *node);

/* It is not known whether all of it holds: it counts as not checked. */
void claim_leaves_open(verify_job *j, verify_node *node);

/* Nothing below it is a claim: it is told otherwise. */
void claim_told(verify_node *node);

/* A child that must be there: NULL, and the check ends, where it is not. */
verify_node *claim_child(verify_job *j, const verify_node *parent, const char *key);

bool claim_number(verify_job *j, verify_node *node, double is);
bool claim_text(verify_job *j, verify_node *node, const char *is);
bool claim_null(verify_job *j, verify_node *node);
bool claim_bool(verify_job *j, verify_node *node, bool is);
bool claim_length(verify_job *j, const verify_node *list, size_t is);

/* The same of a child. is NaN: it must be null. */
bool claim_number_at(verify_job *j, const verify_node *parent, const char *key, double is);
bool claim_count_at(verify_job *j, const verify_node *parent, const char *key, size_t is);
bool claim_text_at(verify_job *j, const verify_node *parent, const char *key, const char *is);
bool claim_bool_at(verify_job *j, const verify_node *parent, const char *key, bool is);

/* There is no such child: nothing is claimed that would have to hold. */
bool claim_absent(verify_job *j, const verify_node *parent, const char *key);

/* Two trees say the same: numbers within the tolerance. */
bool claim_same(verify_job *j, verify_node *node, const verify_node *as);

/* |a - b| <= 1e-12 max(1, |b|). */
bool claim_near(double a, double b);

/* Lists the leaves that nothing checked, as paths in which a star stands for places and names.
 * Returns how many; NULL in *out where memory is out. */
size_t claim_unchecked(verify_job *j, const char ***out);

/* Shares of candidates: above 0, larger ones first, then by ids, nobody twice. Nothing is said of
 * what they add to. */
bool claim_shares(verify_job *j, const verify_node *list);

#endif
