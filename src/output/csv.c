/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The result as a table for spreadsheets (RFC 4180). A text cell that a spreadsheet would run as a
 * formula gets an apostrophe before it; numbers are written as they are, and are never texts. */
#include "explain/facts.h"
#include "output/json_parts.h"
#include "tradeoff/output.h"

#include <math.h>
#include <string.h>

enum { ARENA_CANDIDATES = 4096 }; /* the reasons of so many are held in memory at a time */

/* A line being written. */
typedef struct cells {
    tdo_sink *o;
    size_t n; /* cells on this line so far */
} cells;

static void begin(cells *l)
{
    if (l->n++)
        tdo_puts(l->o, ",");
}

static void end_line(cells *l)
{
    tdo_puts(l->o, "\r\n");
    l->n = 0;
}

static bool runs_as_formula(const char *s)
{
    /* The signs of a formula, those blanks that spreadsheets skip before one, and the full-width
     * forms of the signs, which some of them fold (OWASP, "CSV injection"). */
    static const char *const wide[] = {"\uff1d", "\uff0b", "\uff0d", "\uff20"};
    if (*s && strchr("=+-@\t\r\n", *s))
        return true;
    for (size_t k = 0; k < sizeof wide / sizeof *wide; k++)
        if (strncmp(s, wide[k], strlen(wide[k])) == 0)
            return true;
    return false;
}

static void put_text(cells *l, const char *s)
{
    size_t length = s ? strlen(s) : 0;
    begin(l);
    if (!length)
        return;
    bool guard = runs_as_formula(s);
    bool quote = strpbrk(s, ",;\"\r\n\t") || s[0] == ' ' || s[length - 1] == ' ';
    tdo_puts(l->o, quote ? "\"" : "");
    tdo_puts(l->o, guard ? "'" : "");
    for (const char *from = s; *from;) {
        size_t plain = strcspn(from, "\"");
        tdo_put(l->o, from, plain);
        from += plain;
        if (*from) {
            tdo_puts(l->o, "\"\"");
            from++;
        }
    }
    tdo_puts(l->o, quote ? "\"" : "");
}

static void put_number(cells *l, double x)
{
    begin(l);
    if (!isnan(x))
        tdo_put_number(l->o, x);
}

static void put_count(cells *l, size_t n)
{
    begin(l);
    tdo_putf(l->o, "%zu", n);
}

static void put_empty(cells *l, size_t n)
{
    for (size_t k = 0; k < n; k++)
        begin(l);
}

/* ---- headings ---- */

/* Is a criterion's id free to be the name of a column as it is? */
static bool is_free(const char *id)
{
    static const char *const taken[] = {"rank",     "id",           "status",
                                        "frontier", "dominated_by", "score",
                                        "reasons",  "layer",        "exclusive_hypervolume"};
    static const char *const first[] = {"measured.", "value.", "utility.", "rank."};
    for (size_t k = 0; k < sizeof taken / sizeof *taken; k++)
        if (strcmp(id, taken[k]) == 0)
            return false;
    for (size_t k = 0; k < sizeof first / sizeof *first; k++)
        if (strncmp(id, first[k], strlen(first[k])) == 0)
            return false;
    return true;
}

static tdo_status put_name(cells *l, const char *prefix, const char *id, tdo_arena *a)
{
    char *name = tdo_text(a, "%s%s", prefix, id);
    if (!name)
        return TDO_E_MEMORY;
    put_text(l, name);
    return TDO_OK;
}

static tdo_status put_criteria_names(cells *l, const tdo_scenario *s, const char *prefix,
                                     tdo_arena *a)
{
    tdo_status status = TDO_OK;
    for (size_t c = 0; c < s->n_criteria && status == TDO_OK; c++) {
        const char *id = s->criteria[c].id;
        status = put_name(l, prefix ? prefix : is_free(id) ? "" : "measured.", id, a);
    }
    return status;
}

static tdo_status put_stakeholder_names(cells *l, const tdo_scenario *s, const char *prefix,
                                        tdo_arena *a)
{
    tdo_status status = TDO_OK;
    for (size_t h = 0; h < s->n_stakeholders && status == TDO_OK; h++)
        status = put_name(l, prefix, s->stakeholders[h].id, a);
    return status;
}

static tdo_status put_heading(cells *l, const tdo_run *run, bool frontier, tdo_arena *a)
{
    const tdo_scenario *s = run->scenario;
    const bool ranked = s->n_stakeholders > 0;
    if (ranked)
        put_text(l, "rank");
    put_text(l, "id");
    if (!frontier) {
        put_text(l, "status");
        put_text(l, "frontier");
        put_text(l, "dominated_by");
    }
    if (ranked)
        put_text(l, "score");
    tdo_status status = put_criteria_names(l, s, NULL, a);
    if (status == TDO_OK && !frontier)
        status = put_criteria_names(l, s, "value.", a);
    if (status == TDO_OK)
        status = put_stakeholder_names(l, s, "utility.", a);
    if (status == TDO_OK && !frontier)
        status = put_stakeholder_names(l, s, "rank.", a);
    if (!frontier)
        put_text(l, "reasons");
    if (run->measured.imputed)
        put_text(l, "assumed");
    if (frontier && run->layers.slot)
        put_text(l, "layer");
    if (frontier && run->volume)
        put_text(l, "exclusive_hypervolume");
    end_line(l);
    return status;
}

/* ---- rows ---- */

/* As the file had it: a level is its word. */
static void put_measured(cells *l, const tdo_run *run, size_t i)
{
    for (size_t c = 0; c < run->measured.d; c++) {
        const tdo_criterion *k = &run->scenario->criteria[c];
        double reading = run->measured.reading[c][i];
        if (k->levels && !isnan(reading))
            put_text(l, k->levels[(size_t)reading]);
        else
            put_number(l, reading);
    }
}

static void put_utilities(cells *l, const tdo_run *run, uint32_t k)
{
    for (size_t h = 0; h < run->utility.s; h++)
        put_number(l, facts_utility_at(run, h, k));
}

static tdo_status put_reasons(cells *l, const tdo_run *run, size_t i, tdo_arena *a)
{
    tdo_sentences why = {0};
    tdo_sink o = tdo_sink_memory(a);
    tdo_status status = tdo_reasons(run, i, a, &why);
    if (status != TDO_OK)
        return status;
    for (size_t k = 0; k < why.n; k++)
        tdo_putf(&o, "%s%s", k ? " " : "", why.item[k]);
    put_text(l, o.text);
    return tdo_sink_status(&o);
}

/* The criteria that were not measured, and are taken as the worst; nothing where nobody has any. */
static tdo_status put_assumed(cells *l, const tdo_run *run, size_t i)
{
    if (!run->measured.imputed)
        return TDO_OK;
    tdo_arena *a = tdo_arena_new();
    tdo_sink o = tdo_sink_memory(a);
    for (size_t c = 0; a && c < run->measured.d; c++)
        if (facts_is_assumed(run, c, i))
            tdo_putf(&o, "%s%s", o.length ? "; " : "", run->scenario->criteria[c].id);
    put_text(l, o.text ? o.text : "");
    tdo_status status = a ? tdo_sink_status(&o) : TDO_E_MEMORY;
    tdo_arena_free(a);
    return status;
}

static tdo_status put_candidate(cells *l, const tdo_run *run, const tdo_places *places, size_t i,
                                tdo_arena *a)
{
    bool in = facts_is_feasible(run, i);
    size_t d = run->measured.d, s = run->scenario->n_stakeholders;
    uint32_t k = run->screened.slot[i];
    const tdo_case now = tdo_case_of(run);
    if (in)
        put_count(l, facts_headline(run)->rank[k]);
    else
        put_empty(l, 1);
    put_text(l, run->measured.id[i]);
    put_text(l, facts_candidate_status(run, i));
    put_text(l, !in ? "" : run->front.member[k] ? "yes" : "no");
    put_text(l, !in ? "" : facts_slot_id(run, tdo_dominator(&now, k)));
    put_number(l, in ? facts_headline(run)->score[k] : (double)NAN);
    put_measured(l, run, i);
    if (in) {
        for (size_t c = 0; c < d; c++)
            put_number(l, tdo_value_at(&run->valued, c, k));
        put_utilities(l, run, k);
        for (size_t h = 0; h < s; h++)
            put_count(l, facts_own_rank_in(run, places, h, k));
    } else {
        put_empty(l, d + 2 * s);
    }
    tdo_status status = put_reasons(l, run, i, a);
    if (status == TDO_OK)
        status = put_assumed(l, run, i);
    end_line(l);
    return status;
}

/* The ranking, then those that are out, in the order of the file. */
static tdo_status put_all(cells *l, const tdo_run *run, const facts_listing *list,
                          const tdo_places *places)
{
    size_t f = run->feasible ? run->screened.feasible_n : 0, written = 0;
    tdo_arena *a = NULL;
    tdo_status status = TDO_OK;
    for (size_t q = 0; q < f + run->measured.n && status == TDO_OK && !l->o->failed; q++) {
        size_t i = q < f ? run->screened.feasible[run->ranking.order[q]] : q - f;
        if (!facts_is_listed(list, i) || (q >= f && facts_is_feasible(run, i)))
            continue;
        if (written++ % ARENA_CANDIDATES == 0) {
            tdo_arena_free(a);
            a = tdo_arena_new();
        }
        status = a ? put_candidate(l, run, places, i, a) : TDO_E_MEMORY;
    }
    tdo_arena_free(a);
    return status;
}

tdo_status tdo_write_csv(const tdo_run *run, bool all_candidates, tdo_sink *o)
{
    cells l = {.o = o};
    facts_listing list = {0};
    const tdo_places *places = NULL;
    tdo_arena *a = tdo_arena_new();
    tdo_status status = a ? facts_list_candidates(run, all_candidates, a, &list) : TDO_E_MEMORY;
    if (status == TDO_OK)
        status = facts_find_places(run, &list, a, &places);
    if (status == TDO_OK)
        status = put_heading(&l, run, false, a);
    if (status == TDO_OK)
        status = put_all(&l, run, &list, places);
    tdo_arena_free(a);
    return status == TDO_OK ? tdo_sink_status(o) : status;
}

tdo_status tdo_write_frontier_csv(const tdo_run *run, tdo_sink *o)
{
    cells l = {.o = o};
    tdo_arena *a = tdo_arena_new();
    tdo_status status = a ? put_heading(&l, run, true, a) : TDO_E_MEMORY;
    const bool ranked = run->scenario->n_stakeholders > 0;
    size_t n = 0;
    const uint32_t *list = status == TDO_OK ? facts_frontier(run, a, &n) : NULL;
    status = status == TDO_OK && !list ? TDO_E_MEMORY : status;
    for (size_t q = 0; q < n && status == TDO_OK; q++) {
        const uint32_t k = list[q];
        if (ranked)
            put_count(&l, facts_headline(run)->rank[k]);
        put_text(&l, facts_slot_id(run, k));
        if (ranked)
            put_number(&l, facts_headline(run)->score[k]);
        put_measured(&l, run, run->screened.feasible[k]);
        put_utilities(&l, run, k);
        status = put_assumed(&l, run, run->screened.feasible[k]);
        if (run->layers.slot)
            put_count(&l, facts_layer(run, q));
        if (run->volume)
            put_number(&l, facts_layer(run, q) > 1 ? (double)NAN : facts_volume(run, k));
        end_line(&l);
    }
    tdo_arena_free(a);
    return status == TDO_OK ? tdo_sink_status(o) : status;
}

tdo_status tdo_write_mix_csv(const tdo_run *run, tdo_sink *o)
{
    cells l = {.o = o};
    put_text(&l, "candidate");
    put_text(&l, "share");
    end_line(&l);
    for (size_t k = 0; run->mixed && k < run->mix.n_shares; k++) {
        put_text(&l, run->measured.id[run->mix.shares[k].candidate]);
        put_number(&l, run->mix.shares[k].share);
        end_line(&l);
    }
    return tdo_sink_status(o);
}
