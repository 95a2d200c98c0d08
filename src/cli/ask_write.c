/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What came out of the questions, and where it goes. */
#include "cli/ask.h"

#include "files/source.h"

#include <math.h>
#include <string.h>

typedef struct outcome {
    cli_talk *t;
    tdo_ask_view v;
    const char *const *statement; /* [n] */
    size_t n;
    tdo_bytes before, after; /* the scenario */
    tdo_ballot ballot;
} outcome;

/* ---- in words ---- */

static const char *id_of(const outcome *y, size_t candidate)
{
    return y->t->run->measured.id[candidate];
}

static void say_result(const outcome *y)
{
    FILE *o = y->t->out;
    size_t leader[3];
    const size_t n = tdo_ask_leaders(y->t->ask, 3, leader);
    const double points = 100 * y->v.regret;
    const int whole = (int)points + (points > (int)points + 1e-9);
    cli_say(o, "\nYours   %s\n", id_of(y, y->v.favourite));
    if (whole > 0)
        cli_say(o,
                "Sure    if every answer is right, nothing is more than %d of 100 points better\n",
                whole);
    else
        fputs("Sure    if every answer is right, nothing is better\n", o);
    if (n > 1)
        cli_say(o, "Then    %s%s%s\n", id_of(y, leader[1]), n > 2 ? ", then " : "",
                n > 2 ? id_of(y, leader[2]) : "");
    if (y->v.end == TDO_ASK_NOTHING)
        fputs("        (no question is left that would tell more)\n", o);
}

static int put_json(const outcome *y)
{
    tdo_sink o = tdo_sink_memory(y->t->run->arena);
    tdo_puts(&o, "{\"favourite\": ");
    tdo_put_json_string(&o, id_of(y, y->v.favourite), false);
    tdo_puts(&o, ", \"regret\": ");
    tdo_put_number(&o, y->v.regret);
    tdo_puts(&o, ", \"statements\": [");
    for (size_t k = 0; k < y->n; k++) {
        tdo_puts(&o, k ? ", " : "");
        tdo_put_json_string(&o, y->statement[k], false);
    }
    tdo_puts(&o, "]}\n");
    if (!o.failed)
        cli_say(y->t->out, "%s", o.text);
    return o.failed || fflush(y->t->out) != 0 ? tdo_exit_status(TDO_E_IO) : 0;
}

/* ---- into files ---- */

static tdo_status write_before(const void *what, tdo_sink *o)
{
    const outcome *y = what;
    tdo_put(o, y->before.s, y->before.length);
    return o->failed ? TDO_E_IO : TDO_OK;
}

static tdo_status write_after(const void *what, tdo_sink *o)
{
    const outcome *y = what;
    tdo_put(o, y->after.s, y->after.length);
    return o->failed ? TDO_E_IO : TDO_OK;
}

static tdo_status write_transcript(const void *what, tdo_sink *o)
{
    const outcome *y = what;
    const tdo_stakeholder *h = &y->t->run->scenario->stakeholders[y->t->who];
    tdo_putf(o, "Asked: %s (%s)\n\n", h->label, h->id);
    if (y->t->transcript.text)
        tdo_puts(o, y->t->transcript.text);
    tdo_putf(o, "Favourite: %s, at most ", id_of(y, y->v.favourite));
    tdo_put_rounded(o, y->v.regret, 3);
    tdo_puts(o, " of utility below the best, if every answer is right\n");
    for (size_t k = 0; k < y->n; k++)
        tdo_putf(o, "%s%s\n", k ? "         " : "Prefers: ", y->statement[k]);
    return o->failed ? TDO_E_IO : TDO_OK;
}

static tdo_status write_ballot(const void *what, tdo_sink *o)
{
    const outcome *y = what;
    return tdo_write_ballot(y->t->run, &y->ballot, o);
}

/* What was preferred before and what was said now; power and needs stay the scenario's. */
static tdo_status make_ballot(outcome *y)
{
    tdo_arena *a = y->t->run->arena;
    tdo_ballot is;
    tdo_status status = tdo_ballot_of(y->t->run, y->t->who, a, &is);
    if (status != TDO_OK)
        return status;
    const char **all = tdo_alloc(a, is.n_prefers + y->n, sizeof *all);
    if (!all)
        return TDO_E_MEMORY;
    for (size_t k = 0; k < is.n_prefers; k++)
        all[k] = is.prefers[k];
    for (size_t k = 0; k < y->n; k++)
        all[is.n_prefers + k] = y->statement[k];
    y->ballot = (tdo_ballot){.stakeholder = is.stakeholder,
                             .power = NAN,
                             .prefers = all,
                             .n_prefers = is.n_prefers + y->n,
                             .rates = is.rates,
                             .n_rates = is.n_rates,
                             .vague = NAN};
    return TDO_OK;
}

/* The scenario as it is now on the disk; it must be the one that was read. */
static int prepare(outcome *y)
{
    const char *file = y->t->args->operand[0];
    tdo_arena *a = y->t->run->arena;
    source_text text = {.length = 0};
    tdo_error err = {0};
    tdo_status status = source_slurp(file, file, TDO_MAX_SCENARIO_BYTES, a, &text, &err);
    if (status == TDO_OK && strcmp(text.sha256, y->t->run->scenario->sha256) != 0)
        status = tdo_fail_at(&err, TDO_E_INPUT, file, 0, 0,
                             "was changed while questions were asked: nothing was written");
    y->before = (tdo_bytes){text.bytes, text.length};
    const tdo_stated add = {y->t->run->scenario->stakeholders[y->t->who].id, y->statement, y->n};
    if (status == TDO_OK)
        status = tdo_scenario_with(y->before, &add, a, &y->after, &err);
    return status == TDO_OK ? 0 : cli_complain(&err);
}

/* NULL: nowhere. */
static const char *target_of(const outcome *y)
{
    const cli_talk *t = y->t;
    tdo_sink o = tdo_sink_memory(t->run->arena);
    if (t->args->ballot)
        return NULL;
    if (t->args->output && (y->n > 0 || !cli_same_file(t->args->output, t->args->operand[0])))
        return t->args->output;
    if (!t->terminal || y->n == 0)
        return NULL;
    tdo_putf(&o, "\nWrite %s%zu answer%s into the scenario, as \"prefers\" of %s?",
             y->n > 1 ? "these " : "this ", y->n, y->n > 1 ? "s" : "",
             t->run->scenario->stakeholders[t->who].label);
    const bool yes = !o.failed && (t->interrupted || cli_ask_yes(y->t, o.text));
    return yes ? t->args->operand[0] : NULL;
}

static void say_ballot(const outcome *y, const char *ballot)
{
    if (!ballot)
        cli_say(stderr, "tradeoff: nothing was said: no ballot was written\n");
    else if (!y->t->json && strcmp(ballot, "-") != 0)
        cli_say(y->t->out, "%s: a ballot for %s; \"tradeoff gather\" puts it into the scenario\n",
                ballot, y->ballot.stakeholder);
}

/* What was there first, then what takes its place, then how it came about. target: NULL: no
 * scenario is written. */
static int write_files(outcome *y, const char *target)
{
    const char *own = y->t->args->operand[0];
    const tdo_stakeholder *h = &y->t->run->scenario->stakeholders[y->t->who];
    const char *ballot = y->n > 0 ? y->t->args->ballot : NULL;
    int failed = target ? prepare(y) : 0;
    if (!failed && ballot && make_ballot(y) != TDO_OK)
        failed = cli_complain_all(TDO_E_MEMORY, &(tdo_report){0});
    const bool over = target && cli_same_file(target, own);
    const char *copy = over ? tdo_text(y->t->run->arena, "%s~", target) : NULL;
    if (!failed && over && !copy)
        failed = cli_complain_all(TDO_E_MEMORY, &(tdo_report){0});
    const cli_out out[] = {
        {.path = copy, .write = write_before, .what = y, .copy = true},
        {.path = target, .write = write_after, .what = y, .over = own, .copy = true},
        {.path = ballot, .write = write_ballot, .what = y, .copy = true},
        {.path = y->t->args->transcript, .write = write_transcript, .what = y}};
    if (!failed)
        failed = cli_write_all(out, sizeof out / sizeof *out);
    if (!failed && y->t->args->ballot)
        say_ballot(y, ballot);
    if (failed || y->t->json || !target || strcmp(target, "-") == 0)
        return failed;
    cli_say(y->t->out, "%s: %s.prefers has %zu statement%s more%s", target, h->id, y->n,
            y->n == 1 ? "" : "s",
            h->only_prefers || y->n == 0 ? "" : ", in the place of its weights");
    if (copy)
        cli_say(y->t->out, "; a copy of before: %s", copy);
    fputc('\n', y->t->out);
    return 0;
}

static void list_statements(const outcome *y)
{
    for (size_t k = 0; k < y->n; k++)
        cli_say(y->t->out, "%s%s\n", k ? "        " : "\nPrefers ", y->statement[k]);
    if (y->n && !y->t->terminal && !y->t->args->ballot)
        fputs("Not written: -o FILE writes the scenario with these statements.\n", y->t->out);
}

static void warn_unused(cli_talk *t)
{
    char line[CLI_ANSWER];
    size_t n = 0;
    while (t->args->answers && tdo_ask_look(t->ask).end != TDO_ASK_GOES_ON &&
           fgets(line, sizeof line, t->in))
        n += line[strspn(line, " \t\r\n")] != '\0';
    if (n && !t->args->quiet)
        cli_say(stderr, "warning: %s: %zu answer%s came after the last question\n", t->in_name, n,
                n > 1 ? "s" : "");
}

int cli_finish_asking(cli_talk *t)
{
    enum { INTERRUPTED_EMPTY = 130 };
    outcome y = {.t = t, .v = tdo_ask_look(t->ask)};
    int failed = 0;
    if (tdo_ask_statements(t->ask, t->run->arena, &y.statement, &y.n) != TDO_OK)
        return cli_complain(&(tdo_error){.status = TDO_E_MEMORY, .text = "out of memory"});
    if (t->interrupted && y.n == 0)
        return INTERRUPTED_EMPTY;
    warn_unused(t);
    if (t->json)
        failed = put_json(&y);
    else
        say_result(&y);
    const char *target = failed ? NULL : target_of(&y);
    if (!failed)
        failed = write_files(&y, target);
    if (!failed && !target && !t->json)
        list_statements(&y);
    if (!failed && (fflush(t->out) != 0 || ferror(t->out)))
        failed = cli_complain(&(tdo_error){.status = TDO_E_IO, .text = "cannot write all of it"});
    return failed ? failed : t->interrupted ? tdo_exit_status(TDO_E_LIMIT) : 0;
}
