/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which statements on weights decide: the stages run anew without each of them. */
#include "tradeoff/whatif.h"
#include "whatif/whatif.h"

#include <string.h>

enum { MOST_LOOKS = 200000000 };

/* A scenario without one statement of one stakeholder. */
typedef struct without {
    tdo_scenario s;
    tdo_stakeholder *people; /* [S] */
    tdo_preference *prefers;
    double *weights; /* [d] */
} without;

/* Every statement counts in full only where the weights come of statements alone. */
static bool is_asked(const tdo_stakeholder *h, size_t part)
{
    return h->only_prefers &&
           (part == 0 || h->prefers[part].statement != h->prefers[part - 1].statement);
}

static size_t count_asked(const tdo_scenario *s)
{
    size_t n = 0;
    for (size_t h = 0; h < s->n_stakeholders; h++)
        for (size_t q = 0; q < s->stakeholders[h].n_prefers; q++)
            n += is_asked(&s->stakeholders[h], q);
    return n;
}

/* Where nothing is left that h said, all weights are as likely: equal ones are their centre. */
static tdo_status leave_out(const tdo_scenario *s, size_t h, size_t statement, tdo_arena *a,
                            without *out)
{
    const tdo_stakeholder *who = &s->stakeholders[h];
    *out = (without){.s = *s,
                     .people = tdo_alloc(a, s->n_stakeholders, sizeof *out->people),
                     .prefers = tdo_alloc(a, who->n_prefers, sizeof *out->prefers),
                     .weights = tdo_alloc(a, s->n_criteria, sizeof *out->weights)};
    if (!out->people || !out->prefers || !out->weights)
        return TDO_E_MEMORY;
    memcpy(out->people, s->stakeholders, s->n_stakeholders * sizeof *out->people);
    tdo_stakeholder *now = &out->people[h];
    now->prefers = out->prefers;
    now->n_prefers = 0;
    for (size_t q = 0; q < who->n_prefers; q++)
        if (who->prefers[q].statement != statement)
            now->prefers[now->n_prefers++] = who->prefers[q];
    now->weights = out->weights;
    now->only_prefers = now->n_prefers > 0;
    for (size_t c = 0; c < s->n_criteria && !now->n_prefers; c++)
        now->weights[c] = 1;
    out->s.stakeholders = out->people;
    return TDO_OK;
}

/* Who is recommended then; TDO_NONE: nothing can be said. */
static tdo_status ask(const tdo_case *k, size_t h, size_t statement, size_t *to)
{
    tdo_arena *a = tdo_arena_new();
    tdo_report *unsaid = a ? tdo_alloc(a, 1, sizeof *unsaid) : NULL;
    tdo_regions regions = {.s = 0};
    whatif_answer answer = {.recommended = TDO_NONE};
    without x;
    tdo_status status = unsaid ? leave_out(k->s, h, statement, a, &x) : TDO_E_MEMORY;
    const tdo_scenario *s = &x.s;
    if (status == TDO_OK && !tdo_compares_wholes(s)) /* else they are found with the values */
        status = tdo_find_regions(&s, a, &regions, unsaid);
    if (status == TDO_OK)
        status = whatif_run(s, k->x, k->f->doubts, TDO_NONE, &answer);
    *to = answer.recommended;
    tdo_arena_free(a);
    return status == TDO_E_INPUT || status == TDO_E_INTERNAL ? TDO_OK : status;
}

tdo_status tdo_find_deciding(const tdo_case *k, tdo_arena *a, tdo_deciding *out)
{
    const tdo_scenario *s = k->s;
    const size_t n = count_asked(s), now = k->f->feasible[k->r->recommended];
    tdo_deciding_statement *item = tdo_alloc(a, n, sizeof *item);
    *out = (tdo_deciding){.item = item};
    if (!item)
        return TDO_E_MEMORY;
    if (whatif_needs_samples(k) ||
        (double)n * whatif_cost(s, k->x->n, k->f->feasible_n) > MOST_LOOKS) {
        out->left_out = n > 0;
        return TDO_OK;
    }
    for (size_t h = 0; h < s->n_stakeholders; h++)
        for (size_t q = 0; q < s->stakeholders[h].n_prefers; q++) {
            const tdo_preference *part = &s->stakeholders[h].prefers[q];
            size_t to = TDO_NONE;
            if (!is_asked(&s->stakeholders[h], q))
                continue;
            out->asked++;
            tdo_status status = ask(k, h, part->statement, &to);
            if (status != TDO_OK)
                return status;
            if (to != TDO_NONE && to != now)
                item[out->n++] = (tdo_deciding_statement){h, part->text, to};
        }
    return TDO_OK;
}
