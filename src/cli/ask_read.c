/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines that somebody types, or a script; Ctrl-C ends them. And how far it is by then. */
#include "cli/ask.h"

#include <errno.h>
#include <signal.h>
#include <string.h>

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

bool cli_same_word(const char *a, const char *b)
{
    while (*a != '\0' && lower(*a) == lower(*b)) {
        a++;
        b++;
    }
    return lower(*a) == lower(*b);
}

bool cli_starts_alike(const char *text, const char *with)
{
    while (*with != '\0' && lower(*text) == lower(*with)) {
        text++;
        with++;
    }
    return *with == '\0';
}

static const struct {
    const char *word;
    int answer;
} known[] = {{"a", TDO_REPLY_A},       {"b", TDO_REPLY_B},        {"s", TDO_REPLY_SAME},
             {"same", TDO_REPLY_SAME}, {"=", TDO_REPLY_SAME},     {"k", TDO_REPLY_SKIP},
             {"skip", TDO_REPLY_SKIP}, {"u", CLI_ANSWER_UNDO},    {"undo", CLI_ANSWER_UNDO},
             {"q", CLI_ANSWER_STOP},   {"stop", CLI_ANSWER_STOP}, {"quit", CLI_ANSWER_STOP}};

int cli_answer_of(const char *word)
{
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (cli_same_word(known[i].word, word))
            return known[i].answer;
    return CLI_ANSWER_UNKNOWN;
}

static volatile sig_atomic_t told_to_stop;

static void tell_to_stop(int number)
{
    told_to_stop = number;
}

/* The next line without blanks around it. False: the input ended, or Ctrl-C came. */
bool cli_read_answer(cli_talk *t, char line[CLI_ANSWER])
{
    errno = 0;
    if (told_to_stop || !fgets(line, CLI_ANSWER, t->in)) {
        t->interrupted = told_to_stop != 0;
        if (t->terminal)
            fputc('\n', t->out);
        return false;
    }
    t->line++;
    if (!strchr(line, '\n')) /* the rest of a long line is no answer of its own */
        for (int c = fgetc(t->in); c != EOF && c != '\n';)
            c = fgetc(t->in);
    line[strcspn(line, "\r\n")] = '\0';
    size_t from = strspn(line, " \t\""), end = strlen(line);
    while (end > from && strchr(" \t\"", line[end - 1]))
        end--;
    memmove(line, line + from, end - from);
    line[end - from] = '\0';
    return true;
}

void cli_refuse_line(cli_talk *t, const char *why)
{
    tdo_error e = {.status = TDO_OK};
    (void)tdo_fail_at(&e, TDO_E_INPUT, t->in_name, t->line, 0, "%s",
                      why ? why : "this line is no answer");
    t->refused = cli_complain(&e);
}

void cli_watch_interrupts(void)
{
    struct sigaction keep = {.sa_handler = tell_to_stop}; /* no restart: reading ends */
    (void)sigaction(SIGINT, &keep, NULL);
}

bool cli_ask_yes(cli_talk *t, const char *question)
{
    char line[CLI_ANSWER];
    for (;;) {
        cli_say(t->out, "%s (y/n) ", question);
        fflush(t->out);
        if (!cli_read_answer(t, line)) /* Ctrl-C and the end of the input keep what was answered */
            return true;
        if (cli_same_word(line, "y") || cli_same_word(line, "yes") || *line == '\0')
            return true;
        if (cli_same_word(line, "n") || cli_same_word(line, "no"))
            return false;
    }
}

void cli_say_where(cli_talk *t)
{
    const char *back = tdo_ask_taken_back(t->ask, t->run->arena);
    const char *where = tdo_ask_where(t->ask, t->run->arena);
    if (back && *back)
        cli_say(t->out, "     %s\n", back);
    if (where && *where)
        cli_say(t->out, "     %s\n\n", where);
}
