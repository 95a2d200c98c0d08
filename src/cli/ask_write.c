/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What came out of the questions, and where it goes. */
#include "cli/ask.h"

#include "files/source.h"

#include <math.h>
#include <string.h>

typedef struct outcome {
    cli_talk *t;
    tdo_ask_view v;
    const char *sure;             /* a sentence's end */
    const char *const *statement; /* [n] of "prefers" */
    size_t n;
    const char *const *rate; /* [n_rates] */
    size_t n_rates;
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
    cli_say(o, "\nYours   %s\n", id_of(y, y->v.favourite));
    cli_say(o, "Sure    %s\n", y->sure);
    if (n > 1)
        cli_say(o, "Then    %s%s%s\n", id_of(y, leader[1]), n > 2 ? ", then " : "",
                n > 2 ? id_of(y, leader[2]) : "");
    if (y->v.end == TDO_ASK_NOTHING)
        cli_say(o, "        (%s)\n", tdo_ask_why_nothing(y->t->ask));
}

void cli_put_taken_back(const tdo_ask_view *v, tdo_sink *o)
{
    if (!v->taken_back)
        return;
    tdo_puts(o, ", \"taken_back\": [");
    tdo_put_json_string(o, v->was ? v->was : "", false);
    tdo_puts(o, ", ");
    tdo_put_json_string(o, v->is ? v->is : "", false);
    tdo_puts(o, "]");
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
    tdo_puts(&o, y->t->questions ? "], \"rates\": [" : "");
    for (size_t k = 0; k < y->n_rates; k++) {
        tdo_puts(&o, k ? ", " : "");
        tdo_put_json_string(&o, y->rate[k], false);
    }
    tdo_puts(&o, "]");
    cli_put_taken_back(&y->v, &o);
    tdo_puts(&o, "}\n");
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
    if (y->v.end == TDO_ASK_NOTHING)
        tdo_putf(o, "         (%s)\n", tdo_ask_why_nothing(y->t->ask));
    for (size_t k = 0; k < y->n; k++)
        tdo_putf(o, "%s%s\n", k ? "         " : "Prefers: ", y->statement[k]);
    for (size_t k = 0; k < y->n_rates; k++)
        tdo_putf(o, "%s%s\n", k ? "         " : "Rates:   ", y->rate[k]);
    return o->failed ? TDO_E_IO : TDO_OK;
}

static tdo_status write_ballot(const void *what, tdo_sink *o)
{
    const outcome *y = what;
    return tdo_write_ballot(y->t->run, &y->ballot, o);
}

static const char **join(const char *const *x, size_t n, const char *const *y, size_t m,
                         tdo_arena *a)
{
    const char **all = tdo_alloc(a, n + m, sizeof *all);
    for (size_t k = 0; all && k < n + m; k++)
        all[k] = k < n ? x[k] : y[k - n];
    return all;
}

static size_t said(const outcome *y)
{
    return y->n + y->n_rates;
}

/* What was preferred before and what was said now; power and needs stay the scenario's. */
static tdo_status make_ballot(outcome *y)
{
    tdo_arena *a = y->t->run->arena;
    tdo_ballot is;
    tdo_status status = tdo_ballot_of(y->t->run, y->t->who, a, &is);
    if (status != TDO_OK)
        return status;
    const char **prefers = join(is.prefers, is.n_prefers, y->statement, y->n, a);
    const char **rates = join(is.rates, is.n_rates, y->rate, y->n_rates, a);
    if (!prefers || !rates)
        return TDO_E_MEMORY;
    y->ballot = (tdo_ballot){.stakeholder = is.stakeholder,
                             .power = NAN,
                             .prefers = prefers,
                             .n_prefers = is.n_prefers + y->n,
                             .rates = rates,
                             .n_rates = is.n_rates + y->n_rates,
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
    const tdo_stated add = {y->t->run->scenario->stakeholders[y->t->who].id, y->statement, y->n,
                            y->rate, y->n_rates};
    if (status == TDO_OK)
        status = tdo_scenario_with(y->before, &add, a, &y->after, &err);
    return status == TDO_OK ? 0 : cli_complain(&err);
}

/* Where statements of these kinds go. */
static const char *kinds(const outcome *y)
{
    return !y->n_rates ? "prefers" : y->n ? "rates and prefers" : "rates";
}

/* NULL: nowhere. */
static const char *target_of(const outcome *y)
{
    const cli_talk *t = y->t;
    tdo_sink o = tdo_sink_memory(t->run->arena);
    if (t->args->ballot)
        return NULL;
    if (t->args->output && (said(y) > 0 || !cli_same_file(t->args->output, t->args->operand[0])))
        return t->args->output;
    if (!t->terminal || said(y) == 0)
        return NULL;
    const tdo_stakeholder *h = &t->run->scenario->stakeholders[t->who];
    tdo_putf(&o, "\nWrite %s%zu %s%s to the scenario, as \"%s\" of %s?",
             said(y) > 1 ? "these " : "this ", said(y), y->n_rates ? "statement" : "answer",
             said(y) > 1 ? "s" : "", kinds(y), h->label);
    if (!h->only_prefers && !t->interrupted)
        cli_say(t->out, "\nWritten, %s would take the place of the weights of %s.",
                said(y) > 1 ? "they" : "it", h->label);
    const bool yes = !o.failed && (t->interrupted || cli_ask_yes(y->t, o.text));
    if (!yes)
        cli_say(t->out, "Nothing was written.\n");
    return yes ? t->args->operand[0] : NULL;
}

static void say_ballot(const outcome *y, const char *ballot)
{
    if (!y->t->json && strcmp(ballot, "-") != 0)
        cli_say(y->t->out, "%s: a ballot for %s; \"tradeoff gather\" puts it into the scenario\n",
                ballot, y->ballot.stakeholder);
}

/* What was there first, then what takes its place, then how it came about. target: NULL: no
 * scenario is written. */
static int write_files(outcome *y, const char *target)
{
    const char *own = y->t->args->operand[0];
    const tdo_stakeholder *h = &y->t->run->scenario->stakeholders[y->t->who];
    const char *ballot = y->t->args->ballot;
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
    if (!failed && ballot)
        say_ballot(y, ballot);
    if (failed || y->t->json || !target || strcmp(target, "-") == 0)
        return failed;
    cli_say(y->t->out, "%s: %s.%s %s %zu statement%s more%s", target, h->id, kinds(y),
            y->n && y->n_rates ? "have" : "has", said(y), said(y) == 1 ? "" : "s",
            h->only_prefers || said(y) == 0 ? "" : ", in the place of its weights");
    fputc('\n', y->t->out);
    if (copy)
        cli_say(y->t->out, "%s: a copy of before\n", copy);
    return 0;
}

static void list_statements(const outcome *y)
{
    for (size_t k = 0; k < y->n; k++)
        cli_say(y->t->out, "%s%s\n", k ? "        " : "\nPrefers ", y->statement[k]);
    for (size_t k = 0; k < y->n_rates; k++)
        cli_say(y->t->out, "%s%s\n", k ? "        " : y->n ? "Rates   " : "\nRates   ", y->rate[k]);
    if (said(y) && !y->t->terminal && !y->t->args->ballot)
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

/* All that was said. */
static tdo_status collect(outcome *y)
{
    const size_t most = y->t->run->scenario->n_criteria;
    tdo_arena *a = y->t->run->arena;
    const char **rate = tdo_alloc(a, most, sizeof *rate);
    const char **unnamed = tdo_alloc(a, most, sizeof *unnamed);
    size_t n = 0;
    tdo_status status = rate && unnamed ? TDO_OK : TDO_E_MEMORY;
    if (status == TDO_OK)
        status = tdo_ask_statements(y->t->ask, a, &y->statement, &y->n);
    if (status == TDO_OK)
        status = cli_ask_more(y->t, rate, &y->n_rates, unnamed, &n, y->n > 0);
    y->rate = rate;
    if (n > 0) { /* then no pairs were compared */
        y->statement = unnamed;
        y->n = n;
    }
    y->sure = tdo_ask_sure(y->t->ask, y->t->run->arena);
    return status == TDO_OK && !y->sure ? TDO_E_MEMORY : status;
}

/* Somebody was asked and said nothing that tells: no favourite is theirs, and no file is made but
 * the transcript. */
static int finish_without(const outcome *y)
{
    enum { NOTHING_SAID = 1 };
    const cli_talk *t = y->t;
    const cli_out out = {.path = t->args->transcript, .write = write_transcript, .what = y};
    int failed = t->json ? put_json(y) : 0;
    if (!failed)
        failed = cli_write_all(&out, 1);
    if (failed)
        return failed;
    if (!t->json)
        fputc('\n', t->out);
    fflush(t->out);
    cli_say(stderr, "tradeoff: no answer tells what %s would choose: nothing was written\n",
            t->run->scenario->stakeholders[t->who].label);
    return NOTHING_SAID;
}

int cli_finish_asking(cli_talk *t)
{
    enum { INTERRUPTED_EMPTY = 130 };
    outcome y = {.t = t, .v = tdo_ask_look(t->ask)};
    int failed = 0;
    if (collect(&y) != TDO_OK)
        return cli_complain(&(tdo_error){.status = TDO_E_MEMORY, .text = "out of memory"});
    if (t->interrupted && said(&y) == 0)
        return INTERRUPTED_EMPTY;
    if (t->refused && said(&y) == 0)
        return t->refused;
    warn_unused(t);
    if (t->asking && said(&y) == 0)
        return finish_without(&y);
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
    if (!failed && t->refused)
        cli_say(stderr, "tradeoff: it ended there, with what was answered before\n");
    return failed ? failed : t->interrupted ? tdo_exit_status(TDO_E_LIMIT) : t->refused;
}
