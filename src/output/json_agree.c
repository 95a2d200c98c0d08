/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where an agreement is near, in the result. */
#include "output/json_parts.h"

#include <math.h>

static const char *person(const tdo_run *run, size_t h)
{
    return run->scenario->stakeholders[h].id;
}

static void write_split(json_writer *j, const tdo_run *run, const tdo_agree_needs *n)
{
    if (!n->split) {
        json_put_null(j, "split");
        return;
    }
    json_put_object(j, "split", JSON_LINES);
    json_put_array(j, "shares", JSON_LINES);
    for (size_t q = 0; q < n->n_shares; q++) {
        json_put_object(j, NULL, JSON_FLOW);
        json_put_text(j, "id", run->measured.id[n->share[q].candidate]);
        json_put_number(j, "share", n->share[q].share);
        json_put_end(j);
    }
    json_put_end(j);
    json_put_object(j, "range", JSON_LINES);
    for (size_t q = 0; q < 2 && n->n_shares == 2; q++) {
        json_put_array(j, run->measured.id[n->share[q].candidate], JSON_FLOW);
        json_put_number(j, NULL, n->range[q][0]);
        json_put_number(j, NULL, n->range[q][1]);
        json_put_end(j);
    }
    json_put_end(j);
    json_put_bool(j, "within_mix", n->within_mix);
    json_put_end(j);
}

static void write_clashes(json_writer *j, const tdo_run *run, const tdo_agree_needs *n,
                          tdo_arena *a)
{
    json_put_array(j, "clash", JSON_LINES);
    for (size_t q = 0; q < n->n_clashes; q++) {
        json_put_array(j, NULL, JSON_FLOW);
        for (size_t i = 0; i < n->clash_size[q]; i++) {
            size_t h = 0;
            const tdo_need *need = tdo_need_at(run->scenario, n->clash[q][i], &h);
            const char *text =
                tdo_text(a, "%s.%s", person(run, h), run->scenario->criteria[need->criterion].id);
            json_put_text(j, NULL, text);
            j->o->failed |= !text;
        }
        json_put_end(j);
    }
    json_put_end(j);
}

static void write_needs(json_writer *j, const tdo_run *run, tdo_arena *a)
{
    const tdo_agree_needs *n = &run->agreement.needs;
    if (!n->asked) {
        json_put_null(j, "needs");
        return;
    }
    json_put_object(j, "needs", JSON_LINES);
    json_put_array(j, "single", JSON_FLOW);
    for (size_t q = 0; q < n->n_single; q++)
        json_put_text(j, NULL, facts_slot_id(run, n->single[q]));
    json_put_end(j);
    write_split(j, run, n);
    write_clashes(j, run, n, a);
    json_put_end(j);
}

static void write_move(json_writer *j, const tdo_run *run, size_t h, const tdo_agree_move *m)
{
    const tdo_scenario *s = run->scenario;
    if (!m->possible) {
        json_put_null(j, person(run, h));
        return;
    }
    json_put_object(j, person(run, h), JSON_FLOW);
    json_put_number(j, "change", m->change);
    json_put_object(j, "weights", JSON_FLOW);
    for (size_t c = 0; c < s->n_criteria; c++)
        json_put_number(j, s->criteria[c].id, m->weights[c]);
    json_put_end(j);
    json_put_number(j, "regret", m->regret);
    json_put_end(j);
}

static void write_candidate(json_writer *j, const tdo_run *run, const tdo_agree_candidate *x)
{
    const size_t people = run->scenario->n_stakeholders;
    json_put_object(j, NULL, JSON_LINES);
    json_put_text(j, "id", facts_slot_id(run, x->slot));
    json_put_number(j, "total", x->total);
    json_put_number(j, "largest", x->largest);
    json_put_object(j, "moves", JSON_LINES);
    for (size_t h = 0; h < people; h++)
        write_move(j, run, h, &x->move[h]);
    json_put_end(j);
    json_put_object(j, "compensation", JSON_FLOW);
    for (size_t h = 0; h < people; h++)
        json_put_number(j, person(run, h), x->compensation[h]);
    json_put_end(j);
    json_put_end(j);
}

void out_agreement(json_writer *j, const tdo_run *run, tdo_arena *a)
{
    const tdo_agreement *x = &run->agreement;
    if (!run->agreed)
        return;
    json_put_object(j, "agree", JSON_LINES);
    json_put_number(j, "accept", x->share ? (double)NAN : x->accept);
    write_needs(j, run, a);
    json_put_array(j, "candidates", JSON_LINES);
    for (size_t i = 0; i < x->n; i++)
        write_candidate(j, run, &x->of[i]);
    json_put_end(j);
    json_put_text(j, "least", facts_slot_id(run, x->least));
    json_put_text(j, "least_largest", facts_slot_id(run, x->least_largest));
    json_put_number(j, "accept_share", x->share ? x->accept : (double)NAN);
    json_put_text(j, "compensation_in",
                  x->unit != TDO_NONE ? run->scenario->criteria[x->unit].id : NULL);
    json_put_end(j);
}
