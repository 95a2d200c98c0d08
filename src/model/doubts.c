/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What reads without an error and is hardly meant: said where it stands, before anybody decides. */
#include "model/measure.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

/* ---- words that occur nowhere ---- */

bool model_letters_agree(const char *a, const char *b)
{
    for (;;) {
        while (*a && !isalnum((unsigned char)*a) && (unsigned char)*a < 0x80)
            a++;
        while (*b && !isalnum((unsigned char)*b) && (unsigned char)*b < 0x80)
            b++;
        if (!*a || !*b || tolower((unsigned char)*a) != tolower((unsigned char)*b))
            return !*a && !*b;
        a++;
        b++;
    }
}

static const char *nearest(const char *word, const tdo_column *x)
{
    const char *same = NULL; /* of several the least: in whatever order the rows are */
    for (size_t q = 0; q < x->n_words; q++)
        if (model_letters_agree(word, x->words[q]) && x->words[q][0] != '\0' &&
            (!same || strcmp(x->words[q], same) < 0))
            same = x->words[q];
    return same ? same : tdo_nearest_word(word, x->words, x->n_words);
}

static tdo_status doubt_word(model_readings *r, const tdo_place *place, const tdo_match *m,
                             const char *column, const tdo_column *x)
{
    for (size_t q = 0; q < x->n_words; q++)
        if (tdo_match_text(m, x->words[q], strlen(x->words[q])))
            return TDO_OK;
    tdo_sink o = tdo_sink_memory(r->a);
    model_named held = model_named_start(r->a);
    const char *near = nearest(m->text, x);
    for (size_t q = 0; q < x->n_words; q++)
        model_named_add(&held, x->words[q]);
    const char *names = model_named_text(&held);
    model_put_place(&o, place);
    tdo_put_quoted(&o, m->text);
    tdo_puts(&o, " occurs nowhere in column ");
    tdo_put_quoted(&o, column);
    if (near) {
        tdo_puts(&o, " (did you mean ");
        tdo_put_quoted(&o, near);
        tdo_puts(&o, "?)");
    }
    tdo_puts(&o, ", which holds ");
    tdo_puts(&o, names ? names : "nothing");
    return !names && x->n_words ? TDO_E_MEMORY : model_warn(r, "W_WORD_ABSENT", &o);
}

static tdo_status doubt_words(model_readings *r, size_t j)
{
    const tdo_condition *is = &r->s->constraints[j].condition;
    const tdo_column *x = &r->t->column[r->plan.matched[j]];
    tdo_status status = TDO_OK;
    if (is->equals)
        status = doubt_word(r, &is->place, is->equals, is->column, x);
    for (size_t k = 0; k < is->n_in && status == TDO_OK; k++)
        status = doubt_word(r, &is->place, &is->in[k], is->column, x);
    for (size_t k = 0; k < is->n_not_in && status == TDO_OK; k++)
        status = doubt_word(r, &is->place, &is->not_in[k], is->column, x);
    return status;
}

static tdo_status doubt_levels(model_readings *r, size_t c)
{
    const tdo_criterion *k = &r->s->criteria[c];
    tdo_status status = TDO_OK;
    if (!k->levels)
        return TDO_OK;
    const tdo_column *x = &r->t->column[r->plan.term[c][0]];
    for (size_t l = 0; l < k->n_levels && status == TDO_OK; l++) {
        tdo_match m = {.text = k->levels[l]};
        status = doubt_word(r, &k->place, &m, k->terms[0].column, x);
    }
    return status;
}

/* ---- wishes that are hardly meant ---- */

static tdo_status doubt_needs(model_readings *r, const tdo_stakeholder *who)
{
    tdo_status status = TDO_OK;
    for (size_t q = 0; q < who->n_needs && status == TDO_OK; q++) {
        const tdo_need *need = &who->needs[q];
        const tdo_criterion *k = &r->s->criteria[need->criterion];
        bool up = k->goal == TDO_GOAL_MAX, down = k->goal == TDO_GOAL_MIN;
        if (need->has_min == need->has_max || !(up ? need->has_max : down && need->has_min))
            continue;
        tdo_sink o = tdo_sink_memory(r->a);
        model_put_place(&o, &need->place);
        tdo_put_quoted(&o, who->id);
        tdo_putf(&o, " needs at %s ", up ? "most" : "least");
        tdo_put_number(&o, up ? need->max : need->min);
        tdo_puts(&o, " of ");
        model_put_criterion(&o, k);
        tdo_putf(&o, ", of which %s is better: is \"%s\" meant?", up ? "more" : "less",
                 up ? "min" : "max");
        status = model_warn(r, "W_NEED_DIRECTION", &o);
    }
    return status;
}

static bool same_items(const model_readings *r, size_t b, size_t c)
{
    const model_item_plan *x = &r->plan.item[b], *y = &r->plan.item[c];
    double p = r->s->criteria[b].items->quantile, q = r->s->criteria[c].items->quantile;
    return x->table == y->table && x->value == y->value && x->over == y->over && !(p < q) &&
           !(p > q);
}

static bool same_measurement(const model_readings *r, size_t b, size_t c)
{
    const tdo_criterion *x = &r->s->criteria[b], *y = &r->s->criteria[c];
    if (x->groups || y->groups)
        return x->groups && y->groups && x->groups->take == y->groups->take &&
               r->plan.group[b].table == r->plan.group[c].table &&
               r->plan.group[b].value == r->plan.group[c].value;
    if (x->items || y->items)
        return x->items && y->items && same_items(r, b, c);
    if (x->n_terms != y->n_terms)
        return false;
    for (size_t t = 0; t < x->n_terms; t++)
        if (strcmp(x->terms[t].column, y->terms[t].column) != 0 ||
            x->terms[t].coefficient != y->terms[t].coefficient)
            return false;
    return true;
}

static tdo_status doubt_same(model_readings *r, size_t c)
{
    const tdo_criterion *k = &r->s->criteria[c];
    for (size_t b = 0; b < c; b++) {
        if (!same_measurement(r, b, c))
            continue;
        tdo_sink o = tdo_sink_memory(r->a);
        model_put_place(&o, &k->place);
        model_put_criterion(&o, k);
        tdo_puts(&o, " measures the same as ");
        model_put_criterion(&o, &r->s->criteria[b]);
        tdo_puts(&o, ": what it says counts twice");
        return model_warn(r, "W_SAME_COLUMN", &o);
    }
    return TDO_OK;
}

/* A power that statements give is not known yet, either. */
static bool has_no_power(const tdo_stakeholder *h)
{
    return h->has_power && !(h->power > 0);
}

/* Weights that follow from candidates compared as wholes are not known yet: all may count. */
static bool gives_weight(const tdo_stakeholder *h, size_t c)
{
    bool gives = h->weights[c] > 0;
    for (size_t k = 0; k < h->n_prefers && h->only_prefers; k++)
        gives |= h->prefers[k].better != NULL;
    return gives && !has_no_power(h);
}

static tdo_status doubt_weight(model_readings *r, size_t c)
{
    const tdo_criterion *k = &r->s->criteria[c];
    for (size_t h = 0; h < r->s->n_stakeholders; h++)
        if (gives_weight(&r->s->stakeholders[h], c))
            return TDO_OK;
    if (!r->s->n_stakeholders || r->s->simpler == c)
        return TDO_OK;
    tdo_sink o = tdo_sink_memory(r->a);
    model_put_place(&o, &k->place);
    model_put_criterion(&o, k);
    bool powerless = false;
    for (size_t h = 0; h < r->s->n_stakeholders; h++)
        powerless = powerless || has_no_power(&r->s->stakeholders[h]);
    tdo_putf(&o, ": nobody%s gives it a weight; it only decides who is on the frontier",
             powerless ? " who has power" : "");
    return model_warn(r, "W_UNWEIGHED", &o);
}

/* An owner may be anybody; but one that is nearly a stakeholder is hardly meant. */
static tdo_status doubt_owner(model_readings *r, const tdo_constraint *k)
{
    const tdo_scenario *s = r->s;
    const char *name[2 * TDO_MAX_STAKEHOLDERS];
    size_t n = 0;
    for (size_t h = 0; h < s->n_stakeholders; h++) {
        name[n++] = s->stakeholders[h].id;
        name[n++] = s->stakeholders[h].label;
    }
    for (size_t q = 0; q < n; q++)
        if (strcmp(name[q], k->owner) == 0)
            return TDO_OK;
    const char *near = k->owner[0] ? tdo_nearest_word(k->owner, name, n) : NULL;
    if (!near)
        return TDO_OK;
    tdo_sink o = tdo_sink_memory(r->a);
    model_put_place(&o, &k->condition.place);
    tdo_puts(&o, "the owner ");
    tdo_put_quoted(&o, k->owner);
    tdo_puts(&o, " of a limit is none of the stakeholders (did you mean ");
    tdo_put_quoted(&o, near);
    tdo_puts(&o, "?)");
    return model_warn(r, "W_OWNER", &o);
}

tdo_status model_find_doubts(model_readings *r)
{
    const tdo_scenario *s = r->s;
    tdo_status status = TDO_OK;
    for (size_t j = 0; j < s->n_constraints && status == TDO_OK; j++)
        status = doubt_owner(r, &s->constraints[j]);
    for (size_t j = 0; j < s->mix.n_limits && status == TDO_OK; j++)
        status = doubt_owner(r, &s->mix.limits[j]);
    for (size_t j = 0; j < s->n_constraints && status == TDO_OK; j++)
        if (r->plan.matched[j] != TDO_NONE)
            status = doubt_words(r, j);
    for (size_t j = 0; j < s->n_constraints && status == TDO_OK; j++)
        status = model_doubt_bound(r, j);
    for (size_t h = 0; h < s->n_stakeholders; h++)
        for (size_t q = 0; q < s->stakeholders[h].n_needs && status == TDO_OK; q++)
            status = model_doubt_need(r, h, &s->stakeholders[h].needs[q]);
    for (size_t c = 0; c < s->n_criteria && status == TDO_OK; c++) {
        status = doubt_levels(r, c);
        if (status == TDO_OK)
            status = model_doubt_numbers(r, c);
        if (status == TDO_OK)
            status = doubt_same(r, c);
        if (status == TDO_OK)
            status = doubt_weight(r, c);
    }
    for (size_t h = 0; h < s->n_stakeholders && status == TDO_OK; h++)
        status = doubt_needs(r, &s->stakeholders[h]);
    return status;
}
