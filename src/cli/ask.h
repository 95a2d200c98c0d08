/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of tradeoff ask share. */
#ifndef TRADEOFF_CLI_ASK_H
#define TRADEOFF_CLI_ASK_H

#include "cli/cli.h"

#include <stdio.h>

enum { CLI_ANSWER = 256 }; /* bytes of a line of answers */

/* Somebody is asked. */
typedef struct cli_talk {
    const cli_args *args;
    tdo_run *run;
    tdo_ask *ask;
    size_t who;
    FILE *in, *out;
    const char *in_name; /* for messages */
    unsigned line;       /* of in */
    bool json;           /* by lines of JSON */
    bool terminal;       /* somebody sits there */
    bool interrupted;    /* Ctrl-C */
    bool asking;         /* a question was there to ask */
    int refused;         /* the exit status of a line that was no answer: asking ended there */
    tdo_sink transcript;
    double until;
    tdo_rate_question question[TDO_MAX_CRITERIA]; /* [questions] --by rates: come first */
    size_t questions;
    const char *rate[TDO_MAX_CRITERIA]; /* [asked] the answers as statements; NULL: skipped */
    size_t asked;
    const tdo_scenario *with_rates; /* it, with them */
    bool back;                      /* undo leads back from the pairs to the rates */
} cli_talk;

/* Of a script: a line is none of what may be answered; it ends there, with what was said before. */
void cli_refuse_line(cli_talk *t, const char *why);

/* What may be answered besides tdo_ask_reply. */
enum { CLI_ANSWER_UNDO = TDO_REPLIES, CLI_ANSWER_STOP, CLI_ANSWER_UNKNOWN };

/* Trade-off questions (ask_rates.c): which there are; 0, or the exit status where there is none. */
int cli_start_rates(cli_talk *t);
/* Asks those that are left. *stop: nothing more is to be asked. */
int cli_ask_rates(cli_talk *t, bool *stop);
/* The rates, and where there are some and no pair was compared (wholes), "x >= 0" for what nothing
 * names: [n_criteria] each. */
TDO_MUST_USE tdo_status cli_ask_more(const cli_talk *t, const char **rate, size_t *n_rates,
                                     const char **unnamed, size_t *n_unnamed, bool wholes);

/* ---- lines (ask_read.c, ask_write.c) ---- */

bool cli_same_word(const char *a, const char *b); /* case ignored */
bool cli_starts_alike(const char *text, const char *with);
void cli_watch_interrupts(FILE *in);
/* tdo_ask_reply, or CLI_ANSWER_... */
int cli_answer_of(const char *word);
void cli_say_where(cli_talk *t); /* how far it is */
/* The next line without blanks around it. False: the input ended, or Ctrl-C came. */
bool cli_read_answer(cli_talk *t, char line[CLI_ANSWER]);
/* True also where the input ended. */
bool cli_ask_yes(cli_talk *t, const char *question);

/* `, "taken_back": ["a over b", "b over a"]`, where the last answer and an earlier one were. */
void cli_put_taken_back(const tdo_ask_view *v, tdo_sink *o);

/* Says what came out, and writes what is to be written (ask_write.c). The exit status. */
int cli_finish_asking(cli_talk *t);

#endif
