/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tradeoff run CSV: a first answer from guesses, and how far it hangs on them. */
#include "cli/cli.h"

#include "base/plain.h"

#include <string.h>

enum { DOUBTS = 5 };

static const char *last_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

/* The scenario that init would write. */
static tdo_status guess(const char *csv, tdo_arena *a, cli_args *out, tdo_report *report)
{
    tdo_profile *profile = tdo_alloc(a, 1, sizeof *profile);
    tdo_starter *starter = tdo_alloc(a, 1, sizeof *starter);
    tdo_error err = {0};
    tdo_sink o = tdo_sink_memory(a);
    const tdo_profile_request request = {.file = csv, .path = csv};
    tdo_status status = profile && starter ? TDO_OK : TDO_E_MEMORY;
    if (status == TDO_OK)
        status = tdo_profile_read(&request, a, profile, &err);
    if (status == TDO_OK)
        status = tdo_starter_make(profile, last_name(csv), a, starter, &err);
    if (err.status != TDO_OK)
        tdo_report_add(report, &err);
    if (status == TDO_OK)
        status = tdo_starter_check(starter, csv, a, report);
    if (status == TDO_OK)
        status = tdo_write_starter(starter, &o);
    if (status == TDO_OK) {
        out->draft = (tdo_bytes){o.text, o.length};
        out->starter = starter;
        out->drafted.unread = starter->unread;
    }
    return status;
}

int cli_draft(const cli_args *args, tdo_arena *a, cli_args *out)
{
    const char *csv = args->operand[0];
    tdo_report *report = a ? tdo_alloc(a, 1, sizeof *report) : NULL;
    const char *title = a ? tdo_text(a,
                                     "title=DRAFT of %s: goals, ranges and people are guessed, "
                                     "nothing written",
                                     last_name(csv))
                          : NULL;
    if (!report || !title)
        return cli_complain_all(TDO_E_MEMORY, &(tdo_report){0});
    *out = *args;
    out->operand[0] = cli_path_beside(csv, "draft.json", a);
    out->new_candidates = csv;
    tdo_status status = guess(csv, a, out, report);
    if (status != TDO_OK)
        return cli_complain_all(status, report);
    if (!out->operand[0])
        return cli_complain_all(TDO_E_MEMORY, &(tdo_report){0});
    if (args->n_set == CLI_MANY)
        return cli_usage_error("--set may stand %d times", CLI_MANY - 1);
    out->set[0] = title;
    for (size_t k = 0; k < args->n_set; k++)
        out->set[k + 1] = args->set[k];
    out->n_set = args->n_set + 1;
    return 0;
}

/* ---- how far it hangs on the guesses ---- */

typedef struct turned_goal {
    const char *guess;
    const char *first; /* who would be, were it made otherwise; NULL: nobody */
    bool turns;        /* somebody else than now */
} turned_goal;

/* The draft once more, with the goal of a criterion turned round. */
static tdo_status turn_goal(const cli_args *draft, const tdo_criterion *k, tdo_arena *a,
                            const char **first)
{
    static const char *const other[] = {[TDO_GOAL_MAX] = "min", [TDO_GOAL_MIN] = "max"};
    const char *set[CLI_MANY + 2];
    tdo_report *report = tdo_alloc(a, 1, sizeof *report);
    size_t n = draft->n_set;
    memcpy(set, draft->set, n * sizeof *set);
    set[n] = tdo_text(a, "criteria.%s.range=null", k->id);
    set[n + 1] = tdo_text(a, "criteria.%s.goal=%s", k->id, other[k->goal]);
    if (!report || !set[n] || !set[n + 1])
        return TDO_E_MEMORY;
    const bool ranged = k->has_range;
    const tdo_run_options o = {.overrides = {.set = set,
                                             .n_set = n + 2,
                                             .limit = draft->limit,
                                             .n_limit = draft->n_limit,
                                             .rule = draft->rule,
                                             .text = draft->draft},
                               .candidates = draft->new_candidates,
                               .unsampled = true};
    tdo_run_options plain = o;
    if (!ranged) { /* nothing to take out */
        set[n] = set[n + 1];
        plain.overrides.n_set = n + 1;
    }
    tdo_run run;
    tdo_status status = tdo_run_scenario(draft->operand[0], &plain, &run, report);
    const char *id = status == TDO_OK ? tdo_recommended_id(&run) : NULL;
    *first = id ? tdo_copy(a, id, strlen(id)) : NULL;
    tdo_run_free(&run);
    return status == TDO_E_MEMORY ? status : TDO_OK;
}

typedef struct doubts {
    turned_goal goal[TDO_STARTER_CRITERIA];
    size_t n;
    const char *csv;
    const tdo_starter *starter;
    size_t width;
    tdo_arena *a;
} doubts;

/* A line that folds below its start. */
static void put_item(tdo_sink *o, const doubts *d, const char *text)
{
    tdo_puts(o, "  ");
    plain_put_folded(o, text, d->width, 2, 4);
    tdo_puts(o, "\n");
}

/* How cells were read that are no plain numbers, and what was not used. */
static tdo_status put_readings(tdo_sink *o, const doubts *d)
{
    const tdo_starter *s = d->starter;
    tdo_arena *a = tdo_arena_new();
    size_t n = 0;
    bool good = a != NULL;
    for (size_t k = 0; k < s->n_criteria && good; k++) {
        const tdo_starter_criterion *c = &s->criterion[k];
        const char *text = tdo_text(a, "%s: %s", c->label, c->reading);
        good = text != NULL;
        if (!good || !c->reading[0])
            continue;
        tdo_puts(o, n++ ? "" : "\nHow cells were read\n");
        put_item(o, d, text);
    }
    if (s->unused[0]) {
        tdo_puts(o, "\nNot used  ");
        plain_put_folded(o, s->unused, d->width, 10, 10);
        tdo_puts(o, "\n");
    }
    tdo_arena_free(a);
    return good ? TDO_OK : TDO_E_MEMORY;
}

static tdo_status write_doubts(const void *what, tdo_sink *o)
{
    const doubts *d = what;
    size_t turning = 0, shown = 0;
    for (size_t k = 0; k < d->n; k++)
        turning += d->goal[k].turns;
    tdo_puts(o, "\n");
    plain_put_folded(
        o, "The guesses that matter most, and who would be first were they made otherwise",
        d->width, 0, 2);
    tdo_puts(o, "\n");
    for (int turns = 1; turns >= 0; turns--)
        for (size_t k = 0; k < d->n && shown < DOUBTS; k++)
            if (d->goal[k].turns == (turns == 1)) {
                const char *text = tdo_text(d->a, "%s; otherwise: %s", d->goal[k].guess,
                                            turns ? d->goal[k].first : "the same one");
                if (!text)
                    return TDO_E_MEMORY;
                tdo_putf(o, "  %zu  ", ++shown);
                plain_put_folded(o, text, d->width, 5, 5);
                tdo_puts(o, "\n");
            }
    plain_put_folded(o,
                     turning ? "So the file alone does not decide: put in your own goals, ranges "
                               "and people."
                             : "The people are invented: put in who decides, and what they weigh.",
                     d->width, 0, 0);
    tdo_puts(o, "\n");
    if (put_readings(o, d) != TDO_OK)
        return TDO_E_MEMORY;
    tdo_putf(o, "\nNext    tradeoff init %s -o scenario.json   # then edit it\n", d->csv);
    return o->failed ? TDO_E_IO : TDO_OK;
}

int cli_write_doubts(const cli_args *draft, const tdo_run *run)
{
    tdo_arena *a = tdo_arena_new();
    static const char *const amount[] = {[TDO_GOAL_MAX] = "more", [TDO_GOAL_MIN] = "less"};
    doubts d = {.csv = draft->new_candidates,
                .starter = draft->starter,
                .width = cli_style(draft).width,
                .a = a};
    const char *now = tdo_recommended_id(run);
    tdo_status status = a ? TDO_OK : TDO_E_MEMORY;
    for (size_t c = 0; c < run->scenario->n_criteria && status == TDO_OK; c++) {
        const tdo_criterion *k = &run->scenario->criteria[c];
        turned_goal *x = &d.goal[d.n];
        if (k->goal == TDO_GOAL_TARGET || k->levels || d.n == TDO_STARTER_CRITERIA)
            continue;
        status = turn_goal(draft, k, a, &x->first);
        x->turns = x->first && now && strcmp(x->first, now) != 0;
        x->guess = tdo_text(a, "%s: %s is better", k->label ? k->label : k->id, amount[k->goal]);
        status = status == TDO_OK && !x->guess ? TDO_E_MEMORY : status;
        d.n++;
    }
    int failed = status == TDO_OK ? cli_write("-", write_doubts, &d)
                                  : cli_complain_all(status, &(tdo_report){0});
    tdo_arena_free(a);
    return failed;
}
