/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What would make up for a candidate: it is evaluated again with that reading, and a little before
 * (or, of somebody who is content now, a little beyond). */
#include "verify/agree.h"
#include "verify/trial.h"

#include <math.h>

typedef struct making_up {
    verify_case *k;
    size_t c, i, h;
} making_up;

typedef enum content_answer { IS_CONTENT, IS_NOT_CONTENT, IS_UNKNOWN } content_answer;

/* Is anybody better for the person, if the candidate's reading is changed by so much, as decimals
 * are added? */
static bool ask(const making_up *m, double by, content_answer *out)
{
    verify_trial t;
    mpq_t *room = m->k->w->room;
    bool known = false;
    *out = IS_UNKNOWN;
    verify_set_decimal(room[0], verify_reading(m->k->w, m->c, m->i).y);
    verify_set_decimal(room[1], by);
    mpq_add(room[0], room[0], room[1]);
    const double reading = verify_round(room[0]);
    if (!verify_may_try(m->k))
        return true;
    bool good = verify_trial_start(m->k, &t) &&
                verify_edit_reading(&t, m->i, m->c, reading, &known) &&
                (!known || verify_stand(&t.job, t.w, &t.s));
    if (good && known) {
        const int slot = t.s.slot[m->i];
        const double *u = t.s.utility + m->h * t.s.f;
        *out = slot != VERIFY_NONE && t.s.most[m->h] - u[slot] <= 2 * VERIFY_TIE ? IS_CONTENT
                                                                                 : IS_NOT_CONTENT;
    }
    verify_trial_end(m->k, &t);
    return good;
}

static bool check_amount(const making_up *m, verify_node *node)
{
    static const double off[] = {1e-9, 1e-7, 1e-5}; /* of the way, or of the range */
    verify_case *k = m->k;
    verify_job *j = k->j;
    const double by = node->number;
    const double span = fabs(k->s.best[m->c] - k->s.worst[m->c]);
    const verify_criterion *of = &k->w->criterion[m->c];
    const bool below = of->goal == VERIFY_NEARER && verify_reading(k->w, m->c, m->i).y < of->target;
    const double side = of->goal == VERIFY_MORE || below ? -1 : 1; /* the worse one */
    content_answer is = IS_UNKNOWN, at = IS_UNKNOWN, turned = IS_CONTENT;
    if (!(k->w->person[m->h].weight[m->c] > 0) || !(span > 0))
        return claim_fails(j, node, "nobody gains by it, or it is constant");
    if (!ask(m, 0, &is) || !ask(m, by, &at))
        return false;
    if (at == IS_NOT_CONTENT)
        return claim_fails(j, node, "somebody is better then, or it may not take part");
    for (size_t q = 0; q < sizeof off / sizeof *off && turned == IS_CONTENT; q++) {
        const double more = fabs(by) > 0 ? by * (is == IS_CONTENT ? 1 + off[q] : 1 - off[q])
                                         : side * off[q] * span;
        if (!ask(m, more, &turned))
            return false;
    }
    if (at == IS_UNKNOWN || turned == IS_UNKNOWN || is == IS_UNKNOWN)
        return true;
    if (turned == IS_CONTENT)
        return claim_fails(j, node,
                           is == IS_CONTENT ? "nobody is better beyond it" : "less would do");
    return claim_holds(j, node);
}

bool verify_check_make_up(verify_case *k, const verify_node *agree, verify_node *candidate,
                          size_t slot)
{
    const verify_node *all = claim_child(k->j, candidate, "compensation");
    const int c = verify_find_criterion(k->w, verify_text(agree, "compensation_in", ""));
    making_up m = {.k = k, .c = (size_t)c, .i = k->s.feasible[slot]};
    if (!all || !claim_length(k->j, all, k->w->people))
        return false;
    for (m.h = 0; m.h < k->w->people; m.h++) {
        verify_node *node = claim_child(k->j, all, k->w->person[m.h].id);
        if (!node)
            return false;
        if (node->kind == VERIFY_NULL) /* that it is not known needs no proof */
            (void)claim_holds(k->j, node);
        else if (c == VERIFY_NONE || node->kind != VERIFY_NUMBER)
            return claim_fails(k->j, node, "there is nothing that it is an amount of");
        else if (!check_amount(&m, node))
            return false;
    }
    return true;
}
