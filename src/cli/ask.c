/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tradeoff ask: one question at a time, at a terminal or by a script. */
#include "cli/ask.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- what is said ---- */

static const char *id_of(const cli_talk *t, size_t candidate)
{
    return t->run->measured.id[candidate];
}

static int put_question(cli_talk *t, const tdo_ask_view *v)
{
    tdo_arena *a = tdo_arena_new();
    tdo_sink o = tdo_sink_memory(a);
    const tdo_status status = a ? tdo_ask_write_question(t->ask, &o) : TDO_E_MEMORY;
    if (status == TDO_OK) {
        cli_say(t->out, "%s", o.text);
        tdo_puts(&t->transcript, o.text);
        tdo_puts(&t->transcript, "     A is ");
        tdo_put_quoted(&t->transcript, id_of(t, v->a));
        tdo_puts(&t->transcript, ", B is ");
        tdo_put_quoted(&t->transcript, id_of(t, v->b));
        tdo_puts(&t->transcript, "\n");
    }
    tdo_arena_free(a);
    return status == TDO_OK ? 0
                            : cli_complain(&(tdo_error){.status = status, .text = "out of memory"});
}

static void put_json_question(cli_talk *t, const tdo_ask_view *v)
{
    tdo_sink o = tdo_sink_memory(t->run->arena);
    tdo_putf(&o, "{\"question\": %zu, \"a\": ", v->number);
    tdo_put_json_string(&o, id_of(t, v->a), false);
    tdo_puts(&o, ", \"b\": ");
    tdo_put_json_string(&o, id_of(t, v->b), false);
    tdo_puts(&o, ", \"regret\": ");
    tdo_put_number(&o, v->regret);
    cli_put_taken_back(v, &o);
    tdo_puts(&o, v->again ? ", \"again\": true}\n" : "}\n");
    if (!o.failed)
        cli_say(t->out, "%s", o.text);
    fflush(t->out);
}

/* ---- one question ---- */

#define PAIR_ANSWERS "a, b, s (about the same), k (cannot say), u (undo) or q (stop)"

static const char *quoted(const cli_talk *t, const char *line)
{
    tdo_sink o = tdo_sink_memory(t->run->arena);
    tdo_put_quoted(&o, line);
    return o.failed ? "it" : o.text;
}

/* 0, or the exit status. */
static int take_answer(cli_talk *t, int is, const char *line, tdo_error *err)
{
    bool undone = false;
    tdo_status status = TDO_OK;
    if (!t->terminal && !t->json)
        cli_say(t->out, "%s\n", line);
    tdo_puts(&t->transcript, "     answer: ");
    tdo_puts(&t->transcript, line);
    tdo_puts(&t->transcript, "\n\n");
    if (is == CLI_ANSWER_UNDO) {
        status = tdo_ask_undo(t->ask, &undone, err);
        t->back = status == TDO_OK && !undone && t->asked > 0;
        if (status == TDO_OK && !undone && !t->json && !t->back)
            fputs("     There is nothing to undo.\n", t->out);
    } else {
        status = tdo_ask_answer(t->ask, (tdo_ask_reply)is, err);
    }
    if (status != TDO_OK)
        return cli_complain(err);
    const char *back = tdo_ask_taken_back(t->ask, t->run->arena);
    if (back && *back)
        tdo_putf(&t->transcript, "     %s\n\n", back);
    if (!t->json)
        cli_say_where(t);
    return 0;
}

/* Until an answer is one; *stop: nothing more is to be asked. */
static int ask_one(cli_talk *t, bool *stop)
{
    const tdo_ask_view v = tdo_ask_look(t->ask);
    char line[CLI_ANSWER];
    tdo_error err = {0};
    int failed = 0, is = CLI_ANSWER_UNKNOWN;
    *stop = false;
    if (t->json)
        put_json_question(t, &v);
    else
        failed = put_question(t, &v);
    while (!failed && is == CLI_ANSWER_UNKNOWN) {
        if (!t->json)
            fputs("     a, b, s, k, u, q? ", t->out);
        fflush(t->out);
        if (!cli_read_answer(t, line)) {
            *stop = true;
            return 0;
        }
        is = cli_answer_of(line);
        if (is == CLI_ANSWER_UNKNOWN && t->terminal)
            cli_say(t->out, "     That is no answer: a, b, s, k, u or q.\n");
        if (is == CLI_ANSWER_UNKNOWN && !t->terminal) {
            cli_refuse_line(
                t, tdo_text(t->run->arena, "%s is no answer: %s", quoted(t, line), PAIR_ANSWERS));
            *stop = true;
            return 0;
        }
    }
    *stop = is == CLI_ANSWER_STOP;
    if (*stop && !t->terminal && !t->json)
        cli_say(t->out, "%s\n", line);
    return failed || *stop ? failed : take_answer(t, is, line, &err);
}

static void greet(const cli_talk *t, bool pairs)
{
    if (t->json)
        return;
    cli_say(t->out,
            pairs ? "%s: which one would you rather have? There are no wrong answers.\n"
                    "a, b, s (about the same), k (cannot say), u (undo), q (stop and keep)\n\n"
                  : "%s: how much is it worth to you? There are no wrong answers.\n"
                    "a number, k (cannot say), u (undo), q (stop and keep)\n\n",
            t->run->scenario->stakeholders[t->who].label);
}

static bool goes_on(const cli_talk *t)
{
    return tdo_ask_look(t->ask).end == TDO_ASK_GOES_ON;
}

/* Rates first, where they are asked for; undo leads back to them. */
static int talk(cli_talk *t)
{
    const bool rates = t->args->by && strcmp(t->args->by, "rates") == 0;
    bool stop = false;
    int failed = rates ? cli_start_rates(t) : 0;
    t->asking = rates ? tdo_ask_look(t->ask).end != TDO_ASK_SURE : goes_on(t);
    if (!failed && !t->json && !goes_on(t) && !rates)
        cli_say(t->out, "%s: nothing to ask, what is said already tells.\n",
                t->run->scenario->stakeholders[t->who].label);
    cli_watch_interrupts(t->in);
    do {
        if (rates && !failed) {
            if (tdo_ask_look(t->ask).end != TDO_ASK_SURE)
                greet(t, false);
            failed = cli_ask_rates(t, &stop);
        }
        if (!failed && !stop && goes_on(t))
            greet(t, true);
        while (!failed && !stop && !t->back && goes_on(t))
            failed = ask_one(t, &stop);
    } while (!failed && !stop && t->back);
    return failed;
}

/* ---- the command ---- */

static int read_until(const cli_args *args, double *out)
{
    *out = TDO_ASK_UNTIL;
    if (args->until && (tdo_number_read(args->until, strlen(args->until), out) != TDO_NUMBER_OK ||
                        !(*out >= 0 && *out < 1)))
        return cli_usage_error("--until takes a regret from 0 to below 1, not \"%s\"", args->until);
    return 0;
}

static int check_typed(const cli_args *args)
{
    if (!args->who)
        return cli_usage_error("whom to ask: --who STAKEHOLDER");
    if (strcmp(args->operand[0], "-") == 0)
        return cli_usage_error("ask reads answers from standard input, and the scenario from a "
                               "file");
    if (args->output && args->ballot)
        return cli_usage_error("-o writes the scenario, --ballot a ballot in its place: one of "
                               "them");
    if (args->ballot && strcmp(args->ballot, "-") != 0)
        return cli_check_new(args->ballot, args->force);
    if (args->output && !cli_same_file(args->output, args->operand[0]) &&
        strcmp(args->output, "-") != 0)
        return cli_check_new(args->output, args->force);
    return 0;
}

static int open_answers(cli_talk *t)
{
    const char *file = t->args->answers;
    t->in_name = file ? file : "standard input";
    t->in = file ? fopen(file, "r") : stdin;
    tdo_error e = {0};
    if (t->in)
        return 0;
    if (errno == ENOMEM)
        return cli_complain_all(TDO_E_MEMORY, &(tdo_report){0});
    (void)tdo_fail_at(&e, TDO_E_IO, file, 0, 0, "%s", strerror(errno));
    return cli_complain(&e);
}

/* Values, and the first question. */
static int start(cli_talk *t)
{
    enum { NOTHING_FEASIBLE = 1 };
    tdo_run *run = t->run;
    tdo_warnings unsaid = {0};
    tdo_error err = {0};
    if (!run->feasible) {
        cli_say(stderr,
                "tradeoff: no candidate meets every limit: there is nothing to ask about\n");
        return NOTHING_FEASIBLE;
    }
    tdo_status status =
        tdo_value(run->scenario, &run->measured, &run->screened, run->arena, &run->valued, &unsaid);
    const tdo_case k = tdo_case_of(run);
    if (status == TDO_OK)
        status = tdo_ask_start(&k, t->who, t->until, &t->ask, &err);
    if (status != TDO_OK && err.status == TDO_OK)
        (void)tdo_fail(&err, status, "out of memory");
    return status == TDO_OK ? 0 : cli_complain(&err);
}

int cli_ask(const cli_args *args)
{
    tdo_run run = {0};
    cli_talk t = {.args = args, .run = &run};
    int failed = check_typed(args);
    if (!failed)
        failed = read_until(args, &t.until);
    if (failed)
        return failed;
    t.json = args->format && strcmp(args->format, "jsonl") == 0;
    t.terminal = !t.json && !args->answers && isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
    const char *result = args->ballot ? args->ballot : args->output;
    t.out = result && strcmp(result, "-") == 0 ? stderr : stdout;
    failed = cli_load(args, CLI_READ_ONLY, &run);
    if (!failed)
        failed = cli_find_stakeholder(&run, args->who, &t.who);
    if (!failed)
        failed = start(&t);
    if (!failed)
        failed = open_answers(&t);
    if (!failed) {
        t.transcript = tdo_sink_memory(run.arena);
        failed = talk(&t);
    }
    if (!failed)
        failed = cli_finish_asking(&t);
    if (t.in && t.in != stdin)
        fclose(t.in);
    tdo_ask_free(t.ask);
    tdo_run_free(&run);
    return failed;
}
