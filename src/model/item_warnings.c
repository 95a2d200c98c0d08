/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is doubtful about items. */
#include "model/items.h"

static tdo_status warn_tail(model_item_rows *x, size_t c, const bool *tailed)
{
    model_readings *r = x->r;
    model_named who = model_named_start(r->a);
    for (size_t i = 0; i < r->n; i++)
        if (tailed[i])
            model_named_add(&who, r->t->id[i]);
    if (!who.count)
        return TDO_OK;
    const char *names = model_named_text(&who);
    return !names ? TDO_E_MEMORY
                  : tdo_warn(r->w, r->a, "W_TAIL",
                             "criterion \"%s\": the %s of %zu of %zu candidates (%s) are so skewed "
                             "that the error of their mean is not nearly normal: more of them, or "
                             "a quantile, would say more",
                             r->s->criteria[c].id, x->cluster ? "clusters" : "items", who.count,
                             r->n, names);
}

/* What does not differ shows no error, which is not to say that there is none. */
static tdo_status warn_flat(model_item_rows *x, const tdo_item_scores *of, const bool *flat)
{
    model_readings *r = x->r;
    model_named who = model_named_start(r->a);
    for (size_t i = 0; i < r->n; i++)
        if (flat[i])
            model_named_add(&who, r->t->id[i]);
    if (!who.count)
        return TDO_OK;
    const char *names = model_named_text(&who);
    return !names
               ? TDO_E_MEMORY
               : tdo_warn(r->w, r->a, "W_NO_SPREAD",
                          "criterion \"%s\": the %s of %zu of %zu candidates (%s) do not differ, "
                          "which shows no error and does not say that there is none: samples "
                          "take them as exact, limits %s",
                          r->s->criteria[of->criterion].id, x->cluster ? "clusters" : "items",
                          who.count, r->n, names,
                          of->share ? "judge them as shares of so many" : "are not shown by them");
}

/* ---- pairs ---- */

/* Entries that are looked at, about, at most: beyond that, the pairs of the first candidates. */
static const double MOST_WORK = 5e7;

/* Pairs of candidates that have few units in common; of these the one that has fewest. */
typedef struct unpaired {
    size_t looked_at, n;
    bool cut; /* not all were looked at */
    size_t a, b, units_a, units_b, common;
    double alike;
} unpaired;

typedef struct unit_pairs {
    const tdo_item_scores *of;
    size_t n;            /* candidates */
    size_t *first;       /* [units] 1 + the first of the pair, where that has the unit */
    size_t *seen, looks; /* [units] the look at a candidate in which it was seen last */
    size_t *held, units; /* [units] candidates that have it */
    unpaired found;
} unit_pairs;

static bool is_measured(const unit_pairs *p, size_t i)
{
    return p->of->start[i + 1] > p->of->start[i];
}

/* The units of a candidate, each once; those that the first of the pair has, too. first: p->n:
 * there is none, and who has them is counted. */
static size_t count_units(unit_pairs *p, size_t i, size_t first, size_t *common)
{
    size_t units = 0;
    *common = 0;
    p->looks++;
    for (size_t q = p->of->start[i]; q < p->of->start[i + 1]; q++) {
        const uint32_t u = p->of->unit[q];
        if (p->seen[u] == p->looks)
            continue;
        p->seen[u] = p->looks;
        units++;
        p->held[u] += first == p->n;
        *common += p->first[u] == first + 1;
        if (i == first)
            p->first[u] = i + 1;
    }
    return units;
}

/* Means over units that vary alike have a correlation of at most common / sqrt(units_a units_b):
 * where that is below 1/2, it takes away less than half of the variance of their difference. */
static void judge(unpaired *x, unpaired now)
{
    const double common = (double)now.common;
    now.alike = common * common / ((double)now.units_a * (double)now.units_b);
    x->looked_at++;
    if (!(now.alike < 0.25))
        return;
    now.n = x->n + 1;
    now.looked_at = x->looked_at;
    if (x->n == 0 || now.alike < x->alike)
        *x = now;
    else
        x->n++;
}

/* Do all candidates have so many units in common that every pair has enough? */
static bool share_enough(unit_pairs *p)
{
    size_t measured = 0, most = 0, all = 0, none = 0;
    for (size_t i = 0; i < p->n; i++) {
        const size_t units = count_units(p, i, p->n, &none);
        measured += units > 0;
        most = units > most ? units : most;
    }
    for (size_t u = 0; u < p->units; u++)
        all += p->held[u] == measured;
    return 2 * all >= most;
}

static void judge_pairs(unit_pairs *p)
{
    const double entries = (double)p->of->start[p->n];
    for (size_t i = 0; i + 1 < p->n; i++) {
        unpaired now = {.a = i};
        if (!is_measured(p, i))
            continue;
        if ((double)i * entries > MOST_WORK) {
            p->found.cut = true;
            return;
        }
        now.units_a = count_units(p, i, i, &now.common);
        for (now.b = i + 1; now.b < p->n; now.b++) {
            if (!is_measured(p, now.b))
                continue;
            now.units_b = count_units(p, now.b, i, &now.common);
            judge(&p->found, now);
        }
    }
}

static void put_pair(tdo_sink *o, const model_readings *r, const unpaired *u)
{
    tdo_put_quoted(o, r->t->id[u->a]);
    tdo_puts(o, " and ");
    tdo_put_quoted(o, r->t->id[u->b]);
}

static tdo_status warn_unpaired(model_item_rows *x, const tdo_item_scores *of)
{
    model_readings *r = x->r;
    unit_pairs p = {.of = of,
                    .n = r->n,
                    .first = tdo_alloc(r->a, x->units, sizeof *p.first),
                    .seen = tdo_alloc(r->a, x->units, sizeof *p.seen),
                    .held = tdo_alloc(r->a, x->units, sizeof *p.held),
                    .units = x->units};
    tdo_sink names = tdo_sink_memory(r->a);
    if (!p.first || !p.seen || !p.held)
        return TDO_E_MEMORY;
    if (!share_enough(&p))
        judge_pairs(&p);
    const unpaired *u = &p.found;
    if (u->n == 0)
        return TDO_OK;
    put_pair(&names, r, u);
    return names.failed
               ? TDO_E_MEMORY
               : tdo_warn(r->w, r->a, "W_UNPAIRED",
                          "criterion \"%s\": %zu of %s%zu %s of candidates %s few %s of %s in "
                          "common (%s %zu, of %zu and %zu): were all as unsure, that would take "
                          "away less than half of the variance of their difference",
                          r->s->criteria[of->criterion].id, u->n, u->cut ? "the first " : "",
                          u->looked_at, u->looked_at == 1 ? "pair" : "pairs",
                          u->n == 1 ? "has" : "have", x->cluster ? "clusters" : "items", x->t->name,
                          names.text, u->common, u->units_a, u->units_b);
}

tdo_status model_item_warn(model_item_rows *x, const tdo_item_scores *of, const bool *tailed,
                           const bool *flat)
{
    tdo_status status = warn_tail(x, of->criterion, tailed);
    if (status == TDO_OK)
        status = warn_flat(x, of, flat);
    return status == TDO_OK ? warn_unpaired(x, of) : status;
}
