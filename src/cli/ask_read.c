/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines that somebody types, or a script; Ctrl-C ends them. And how far it is by then. */
#include "cli/ask.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/select.h>

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
static sigset_t while_waiting; /* the signals that are held back then: not that of Ctrl-C */

static void tell_to_stop(int number)
{
    told_to_stop = number;
}

/* Ctrl-C is heard while somebody is waited for and at no other moment: between a look at
 * told_to_stop and a read that waits it would be lost. */
void cli_watch_interrupts(FILE *in)
{
    const struct sigaction keep = {.sa_handler = tell_to_stop};
    sigset_t interrupt;
    (void)sigemptyset(&interrupt);
    (void)sigaddset(&interrupt, SIGINT);
    (void)sigaction(SIGINT, &keep, NULL);
    (void)sigprocmask(SIG_BLOCK, &interrupt, &while_waiting);
    (void)sigdelset(&while_waiting, SIGINT);
    (void)setvbuf(in, NULL, _IONBF, 0); /* what is there is seen by pselect */
}

/* EOF: the input ended, or Ctrl-C came. */
static int next_of(cli_talk *t)
{
    const int fd = fileno(t->in);
    fd_set one;
    do {
        FD_ZERO(&one);
        FD_SET(fd, &one);
    } while (!told_to_stop && pselect(fd + 1, &one, NULL, NULL, NULL, &while_waiting) < 0 &&
             errno == EINTR);
    t->interrupted = told_to_stop != 0;
    return t->interrupted ? EOF : fgetc(t->in);
}

/* The next line without blanks around it; the rest of one that is too long is no answer of its own.
 * False: the input ended, or Ctrl-C came. */
bool cli_read_answer(cli_talk *t, char line[CLI_ANSWER])
{
    size_t length = 0;
    int c = next_of(t);
    for (; c != EOF && c != '\n'; c = next_of(t))
        if (length + 1 < CLI_ANSWER)
            line[length++] = (char)c;
    if (c == EOF && (length == 0 || t->interrupted)) {
        if (t->terminal)
            fputc('\n', t->out);
        return false;
    }
    line[length] = '\0';
    t->line++;
    line[strcspn(line, "\r")] = '\0';
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
