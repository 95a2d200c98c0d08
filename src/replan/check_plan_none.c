/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Plans: there is none, for nobody may serve a segment, or for limits that cannot hold together. */
#include "replan/plan.h"

#include <math.h>
#include <string.h>

enum { MOST_UNSERVED = 20 };

static bool is_unserved(const verify_plan *p, size_t s)
{
    for (size_t j = 0; j < p->candidates; j++)
        if (!p->barred[verify_plan_row(p, s, j)])
            return false;
    return true;
}

static bool check_unserved(verify_plan *p, const verify_node *node, size_t *unserved)
{
    const verify_node *list = claim_child(p->j, node, "segments");
    const verify_node *x = list ? list->first : NULL;
    for (size_t s = 0; s < p->segments && list; s++) {
        if (!is_unserved(p, s) || (*unserved)++ >= MOST_UNSERVED)
            continue;
        if (!x)
            return claim_fails(p->j, list, "\"%s\" is missing", p->segment[s]);
        if (!claim_text_at(p->j, x, "segment", p->segment[s]))
            return false;
        x = x->next;
    }
    if (x)
        return claim_fails(p->j, x, "somebody may serve it");
    return list && claim_count_at(p->j, node, "unserved", *unserved);
}

/* Limits that the proof rests on; all that it does not have multipliers of 0. */
static bool check_clash(verify_plan *p, const verify_node *list, bool proven)
{
    verify_node *x = list ? list->first : NULL;
    const verify_node *proof = verify_get(verify_get(p->node, "proof"), "limits");
    const verify_node *as = verify_get(p->node, "limits");
    proof = proof ? proof->first : NULL;
    for (as = as ? as->first : NULL; as && proof && proven; as = as->next, proof = proof->next) {
        const verify_node *gap = verify_get(proof, "gap"), *bound = verify_get(proof, "bounds");
        const bool some = fabs(verify_double(proof, "multiplier", 0)) > 0 || (gap && gap->n > 0) ||
                          (bound && bound->n > 0);
        if (!some)
            continue;
        if (!x)
            return claim_fails(p->j, list, "one is missing: %s", verify_text(as, "text", ""));
        if (!claim_text(p->j, x, verify_text(as, "text", "")))
            return false;
        x = x->next;
    }
    return list && (!x || claim_fails(p->j, x, "the proof does without it"));
}

static bool check_infeasible(verify_plan *p)
{
    const verify_node *node = claim_child(p->j, p->node, "infeasible");
    size_t unserved = 0;
    double most = 0, off = 0;
    if (!node || !check_unserved(p, node, &unserved))
        return false;
    if (unserved > 0 ? !claim_null(p->j, claim_child(p->j, p->node, "proof"))
                     : !verify_plan_proof(p, NULL, &most, &off))
        return false;
    if (unserved == 0 && !(most < 0))
        return claim_fails(p->j, verify_get(p->node, "proof"), "it does not prove that");
    return check_clash(p, claim_child(p->j, node, "limits"), unserved == 0);
}

bool verify_plan_none(verify_plan *p)
{
    const verify_node *status = claim_child(p->j, p->node, "status");
    const bool proven = status && status->kind == VERIFY_TEXT && strcmp(status->text, "limit") != 0;
    return status && claim_text_at(p->j, p->node, "status", proven ? "infeasible" : "limit") &&
           claim_number_at(p->j, p->node, "gap", NAN) &&
           claim_number_at(p->j, p->node, "value", NAN) &&
           claim_count_at(p->j, p->node, "split_segments", 0) &&
           (proven ? check_infeasible(p)
                   : claim_absent(p->j, p->node, "infeasible") &&
                         claim_null(p->j, claim_child(p->j, p->node, "proof")));
}
