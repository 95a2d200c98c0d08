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
    tdo_sink transcript;
} cli_talk;

/* ---- lines (ask_read.c) ---- */

bool cli_same_word(const char *a, const char *b); /* case ignored */
void cli_watch_interrupts(void);
/* The next line without blanks around it. False: the input ended, or Ctrl-C came. */
bool cli_read_answer(cli_talk *t, char line[CLI_ANSWER]);
/* True also where the input ended. */
bool cli_ask_yes(cli_talk *t, const char *question);

/* Says what came out, and writes what is to be written (ask_write.c). The exit status. */
int cli_finish_asking(cli_talk *t);

#endif
