/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tradeoff ask --by rates: amounts that are worth the same, one question at a time. After each
 * answer the scenario is read with all of them, by its own reader, so that an answer may be what a
 * "rates" may be and nothing else; what is left of the weights then goes to the pairs. */
#include "cli/ask.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_TIMES = 100 }; /* all of what is asked for: beyond it is taken for a mistake */

/* ---- the scenario with what was said ---- */

static size_t list_rates(const cli_talk *t, const char **out)
{
    size_t n = 0;
    for (size_t k = 0; k < t->asked; k++)
        if (t->rate[k])
            out[n++] = t->rate[k];
    return n;
}

/* *out stays as it is where nothing was said. */
static tdo_status read_scenario(cli_talk *t, const tdo_scenario **out, tdo_report *report)
{
    const tdo_run *run = t->run;
    const char *rate[TDO_MAX_CRITERIA];
    const tdo_bytes text = {run->scenario->json, strlen(run->scenario->json)};
    const tdo_stated add = {.stakeholder = run->scenario->stakeholders[t->who].id,
                            .rate = rate,
                            .n_rates = list_rates(t, rate)};
    tdo_bytes with;
    tdo_error err = {0};
    if (add.n_rates == 0)
        return TDO_OK;
    tdo_status status = tdo_scenario_with(text, &add, run->arena, &with, &err);
    if (status != TDO_OK)
        tdo_report_add(report, &err);
    return status == TDO_OK
               ? tdo_read_wishes(run, with, t->args->allow_outside, run->arena, out, report)
               : status;
}

/* What is left of the weights, with the rates so far. */
static tdo_status look_again(cli_talk *t, tdo_report *report)
{
    tdo_case k = tdo_case_of(t->run);
    tdo_ask *ask = NULL;
    tdo_error err = {0};
    tdo_status status = read_scenario(t, &k.s, report);
    if (status != TDO_OK)
        return status;
    status = tdo_ask_start(&k, t->who, t->until, &ask, &err);
    if (status != TDO_OK) {
        tdo_ask_free(ask);
        tdo_report_add(report, &err);
        return status;
    }
    tdo_ask_free(t->ask);
    t->ask = ask;
    t->with_rates = k.s;
    return TDO_OK;
}

/* ---- one question ---- */

static void put_json_question(cli_talk *t, const tdo_rate_question *q)
{
    tdo_sink o = tdo_sink_memory(t->run->arena);
    tdo_putf(&o, "{\"rate\": %zu, \"of\": ", t->asked + 1);
    tdo_put_json_string(&o, t->run->scenario->criteria[q->of].id, false);
    tdo_puts(&o, ", \"amount\": ");
    tdo_put_number(&o, q->amount);
    tdo_puts(&o, ", \"in\": ");
    tdo_put_json_string(&o, t->run->scenario->criteria[q->in].id, false);
    tdo_puts(&o, ", \"regret\": ");
    tdo_put_number(&o, tdo_ask_look(t->ask).regret);
    tdo_puts(&o, "}\n");
    if (!o.failed)
        cli_say(t->out, "%s", o.text);
}

static void put_question(cli_talk *t, const tdo_rate_question *q)
{
    tdo_sink o = tdo_sink_memory(t->run->arena);
    tdo_ask_write_rate(t->run->scenario, q, t->asked + 1, &o);
    if (o.failed)
        return;
    cli_say(t->out, "%s", o.text);
    tdo_puts(&t->transcript, o.text);
}

/* Complains about a line: it is why. At a terminal it is asked again. */
static int refuse(cli_talk *t, const char *line, const char *why)
{
    tdo_sink o = tdo_sink_memory(t->run->arena);
    tdo_put_quoted(&o, line);
    const char *what = o.failed ? "it" : o.text;
    why = why ? why : "cannot be";
    if (t->terminal) {
        cli_say(t->out, "     %s %s\n", what, why);
        return 0;
    }
    cli_refuse_line(t, tdo_text(t->run->arena, "%s %s", what, why));
    return 0;
}

static void note_answer(cli_talk *t, const char *line)
{
    if (!t->terminal && !t->json)
        cli_say(t->out, "%s\n", line);
    tdo_puts(&t->transcript, "     answer: ");
    tdo_puts(&t->transcript, line);
    tdo_puts(&t->transcript, "\n\n");
}

/* Takes a rate, or none (statement NULL); one that cannot be is refused. */
static int take(cli_talk *t, const char *line, const char *statement)
{
    tdo_report *report = calloc(1, sizeof *report);
    t->rate[t->asked++] = statement;
    const tdo_status status = report ? look_again(t, report) : TDO_E_MEMORY;
    int failed = 0;
    if (status != TDO_OK)
        t->asked--;
    if (status == TDO_E_INPUT)
        failed = refuse(t, line, tdo_text(t->run->arena, "cannot be: %s", report->item[0].text));
    else if (status != TDO_OK)
        failed = cli_complain_all(status, report ? report : &(tdo_report){0});
    else
        note_answer(t, line);
    free(report);
    return failed;
}

/* Said where an answer goes beyond what there is. */
static const char *more_than(cli_talk *t, const tdo_rate_question *q, unsigned times)
{
    tdo_sink o = tdo_sink_memory(t->run->arena);
    const tdo_criterion *in = &t->run->scenario->criteria[q->in];
    if (times > 1)
        tdo_putf(&o, "is more than %u times", times);
    else
        tdo_puts(&o, "     That is more than");
    tdo_putf(&o, " all of %s, which is ", in->label);
    tdo_put_rounded(&o, q->all, 12);
    tdo_putf(&o, "%s%s", *in->unit ? " " : "", in->unit);
    tdo_puts(&o, times > 1 ? "" : ". Is it so?");
    return o.failed ? "That is more than all of it." : o.text;
}

static int take_answer(cli_talk *t, const char *line, const tdo_rate_question *q)
{
    double x = 0;
    if (tdo_number_read(line, strlen(line), &x) != TDO_NUMBER_OK || !(x > 0))
        return refuse(t, line,
                      "is no answer: a number above 0, k (cannot say), u (undo) or q (stop)");
    if (x > MOST_TIMES * q->all)
        return refuse(t, line, more_than(t, q, MOST_TIMES));
    if (x > q->all && t->terminal && !cli_ask_yes(t, more_than(t, q, 1)))
        return 0;
    const char *statement = tdo_ask_rate_statement(t->run->scenario, q, line, t->run->arena);
    return statement ? take(t, line, statement) : cli_complain_all(TDO_E_MEMORY, &(tdo_report){0});
}

static int undo(cli_talk *t, const char *line)
{
    tdo_report *report = NULL;
    if (t->asked == 0) {
        if (!t->json)
            fputs("     There is nothing to undo.\n", t->out);
        return 0;
    }
    report = calloc(1, sizeof *report);
    t->asked--;
    const tdo_status status = report ? look_again(t, report) : TDO_E_MEMORY;
    const int failed =
        status == TDO_OK ? 0 : cli_complain_all(status, report ? report : &(tdo_report){0});
    if (!failed && line)
        note_answer(t, line);
    free(report);
    return failed;
}

/* One line, after which it may be the same question's turn. */
static int ask_one(cli_talk *t, bool *stop)
{
    const tdo_rate_question *q = &t->question[t->asked];
    char line[CLI_ANSWER];
    if (t->json)
        put_json_question(t, q);
    else
        put_question(t, q);
    if (!t->json)
        fputs("     a number, k, u, q? ", t->out);
    fflush(t->out);
    *stop = !cli_read_answer(t, line);
    if (*stop)
        return 0;
    const int is = cli_answer_of(line);
    *stop = is == CLI_ANSWER_STOP;
    if (*stop)
        return 0;
    int failed = is == CLI_ANSWER_UNDO  ? undo(t, line)
                 : is == TDO_REPLY_SKIP ? take(t, line, NULL)
                                        : take_answer(t, line, q);
    *stop = t->refused != 0;
    if (!failed && !*stop && !t->json)
        cli_say_where(t);
    return failed;
}

/* ---- all of them ---- */

int cli_start_rates(cli_talk *t)
{
    const tdo_case k = tdo_case_of(t->run);
    tdo_error e = {0};
    t->questions = tdo_ask_rates(&k, t->question);
    t->with_rates = t->run->scenario;
    if (t->questions > 0)
        return 0;
    (void)tdo_fail_at(&e, TDO_E_INPUT, t->args->operand[0], 0, 0,
                      "trade-off questions need two criteria of numbers with a \"range\" (or a "
                      "\"value\" of two points) in which candidates differ");
    return cli_complain(&e);
}

int cli_ask_rates(cli_talk *t, bool *stop)
{
    int failed = t->back ? undo(t, NULL) : 0;
    t->back = false;
    while (!failed && !*stop && t->asked < t->questions && tdo_ask_look(t->ask).end != TDO_ASK_SURE)
        failed = ask_one(t, stop);
    return failed;
}

tdo_status cli_ask_more(const cli_talk *t, const char **rate, size_t *n_rates, const char **unnamed,
                        size_t *n_unnamed, bool wholes)
{
    *n_rates = list_rates(t, rate);
    *n_unnamed = 0;
    return *n_rates == 0 || wholes
               ? TDO_OK
               : tdo_ask_unnamed(t->with_rates, t->who, t->run->arena, unnamed, n_unnamed);
}
