/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is written: never over what is read, never twice into one place, whole or not at all, and
 * nothing left behind by a signal. */
#include "cli/cli.h"

#include <assert.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "files/place.h"

/* ---- places ---- */

typedef enum use { USED_READ, USED_TO_WRITE, USED_WRITTEN } use;

/* A file of this command. The process runs one command, which has one list of them. */
typedef struct used_file {
    place at;
    const char *name; /* as it was typed, or found in a file; a copy */
    char option[32];  /* that named it; "": none did */
    use how;
} used_file;

static used_file *used; /* [n_used] */
static size_t n_used;
static const char *running = "tradeoff"; /* the command */
static bool tells;                       /* does it say what it wrote? */

static place place_to_write(const char *path)
{
    return strcmp(path, "-") == 0 ? place_of_open(STDOUT_FILENO) : place_of(path);
}

static int note(const char *path, const cli_option *option, use how)
{
    const bool standard = how == USED_READ && strcmp(path, "-") == 0;
    used_file *more = realloc(used, (n_used + 1) * sizeof *more);
    char *name = more ? strdup(path) : NULL;
    used = more ? more : used;
    if (!name)
        return cli_complain_all(TDO_E_MEMORY, &(tdo_report){0});
    used_file *u = &used[n_used++];
    *u = (used_file){.name = name, .how = how};
    u->at = standard ? place_of_open(STDIN_FILENO) : place_to_write(path);
    if (option && option->letter)
        (void)snprintf(u->option, sizeof u->option, "-%c", option->letter);
    else if (option)
        (void)snprintf(u->option, sizeof u->option, "--%.24s", option->name);
    return 0;
}

int cli_note_read(const char *path)
{
    return note(path, NULL, USED_READ);
}

/* Who writes there: the option that was typed, or the command. */
static const char *named(const char *path)
{
    for (size_t k = 0; k < n_used; k++)
        if (used[k].option[0] && strcmp(used[k].name, path) == 0)
            return used[k].option;
    return strcmp(path, "-") == 0 ? "standard output" : running;
}

/* Complains where path is a place that is used already. over: a name of what it may replace, though
 * it is read; NULL: nothing. */
static int check_place(const char *path, const char *over)
{
    const place at = place_to_write(path);
    const place may = over ? place_of(over) : (place){.kind = PLACE_ELSEWHERE};
    for (size_t k = 0; k < n_used; k++) {
        if (!place_same(&at, &used[k].at))
            continue;
        if (used[k].how == USED_READ && !place_same(&may, &at))
            return cli_usage_error("%s would write over %s, which is read", named(path),
                                   strcmp(used[k].name, "-") ? used[k].name : "standard input");
        if (used[k].how == USED_WRITTEN)
            return cli_usage_error("%s would write over %s, which was just written", named(path),
                                   used[k].name);
    }
    return 0;
}

/* Complains where two things would be written into one place. name: what a message calls each. */
static int check_each_other(const char *const *path, const char *const *name, size_t n)
{
    for (size_t k = 0; k < n; k++)
        for (size_t q = 0; q < k; q++) {
            const place a = place_to_write(path[q]), b = place_to_write(path[k]);
            const bool streams = strcmp(path[q], "-") == 0 && strcmp(path[k], "-") == 0;
            if (place_same(&a, &b) && !streams)
                return cli_usage_error("%s and %s name the same file: %s", name[q], name[k],
                                       path[strcmp(path[k], "-") == 0 ? q : k]);
        }
    return 0;
}

int cli_check_outputs(const cli_command *command, const cli_args *args)
{
    const char *path[CLI_OUTS + 1], *name[CLI_OUTS + 1];
    size_t n = 0, at[CLI_OUTS], to_stdout = 0;
    int failed = 0;
    running = command->name;
    tells = (command->options & CLI_TELLS) && !args->quiet && isatty(STDERR_FILENO);
    for (size_t k = 0; k < args->n_operands && !failed; k++)
        failed = note(args->operand[k], NULL, USED_READ);
    for (size_t k = 0; k < args->program->n_options && !failed; k++) {
        const cli_option *o = &args->program->option[k];
        const char *value = o->is == CLI_WORD || !(command->options & o->id)
                                ? NULL
                                : *(const char *const *)((const char *)args + o->offset);
        if (!value)
            continue;
        failed = note(value, o, o->is == CLI_FILE_READ ? USED_READ : USED_TO_WRITE);
        to_stdout += strcmp(value, "-") == 0;
        if (o->is == CLI_FILE_WRITTEN && !failed) {
            assert(n < CLI_OUTS);
            at[n] = n_used - 1;
            path[n++] = value;
        }
    }
    for (size_t k = 0; k < n; k++)
        name[k] = used[at[k]].option;
    if (!to_stdout) {
        name[n] = "standard output";
        path[n++] = "-";
    }
    for (size_t k = 0; k < n && !failed; k++)
        failed = check_place(path[k], command->options & CLI_REWRITES ? args->operand[0] : NULL);
    return failed ? failed : check_each_other(path, name, n);
}

/* ---- signals ---- */

static tdo_file *open_file[CLI_OUTS];
static atomic_int committing; /* files are being put in their places: a signal waits */
static atomic_int pending;    /* the signal that waits */

static _Noreturn void end_by(int number)
{
    for (size_t k = 0; k < CLI_OUTS; k++) {
        const char *left = tdo_file_temporary(open_file[k]);
        if (left)
            (void)unlink(left);
    }
    if (number != SIGINT) { /* as if nobody had caught it */
        struct sigaction plain = {.sa_handler = SIG_DFL};
        sigset_t only;
        (void)sigaction(number, &plain, NULL);
        (void)raise(number);
        (void)sigemptyset(&only);
        (void)sigaddset(&only, number);
        (void)sigprocmask(SIG_UNBLOCK, &only, NULL);
    }
    _exit(130);
}

static void told_to_end(int number)
{
    if (atomic_load(&committing))
        atomic_store(&pending, number);
    else
        end_by(number);
}

static const int ending[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};
enum { ENDINGS = sizeof ending / sizeof *ending };

static void catch_signals(struct sigaction before[ENDINGS])
{
    struct sigaction end = {.sa_handler = told_to_end};
    (void)sigfillset(&end.sa_mask);
    for (size_t k = 0; k < ENDINGS; k++) {
        (void)sigaction(ending[k], NULL, &before[k]);
        if (before[k].sa_handler != SIG_IGN) /* nohup */
            (void)sigaction(ending[k], &end, NULL);
    }
}

static void release_signals(const struct sigaction before[ENDINGS])
{
    for (size_t k = 0; k < ENDINGS; k++)
        (void)sigaction(ending[k], &before[k], NULL);
}

/* ---- writing ---- */

/* Writes and closes all of them; nothing is in its place yet. */
static tdo_status prepare(const cli_out *out, size_t n, tdo_error *err)
{
    tdo_sink sink[CLI_OUTS] = {{0}};
    tdo_status status = TDO_OK;
    for (size_t k = 0; k < n && status == TDO_OK; k++) {
        status = tdo_file_create(out[k].path, &open_file[k], &sink[k], err);
    }
    for (size_t k = 0; k < n && status == TDO_OK; k++) {
        sink[k].raw = out[k].copy && strcmp(out[k].path, "-") != 0;
        status = out[k].write(out[k].what, &sink[k]);
        if (status != TDO_OK && out[k].why && out[k].why->status != TDO_OK)
            *err = *out[k].why;
    }
    for (size_t k = 0; k < n && status == TDO_OK; k++)
        status = tdo_file_finish(open_file[k], err);
    return status;
}

/* Puts all of them in their places, in their order, or none. */
static tdo_status commit(const cli_out *out, size_t n, tdo_status status, tdo_error *err)
{
    size_t done = 0;
    atomic_store(&committing, 1);
    for (size_t k = 0; k < n; k++) {
        tdo_file *f = open_file[k];
        open_file[k] = NULL;
        const tdo_status closed = tdo_file_close(f, status == TDO_OK, err);
        status = status == TDO_OK ? closed : status;
        done += status == TDO_OK;
    }
    for (size_t k = 0; k < done && done < n; k++)
        if (strcmp(out[k].path, "-") != 0)
            cli_say(stderr, "tradeoff: %s was written already\n", out[k].path);
    atomic_store(&committing, 0);
    const int number = atomic_load(&pending);
    if (number)
        end_by(number);
    return status;
}

static int write_together(const cli_out *out, size_t n)
{
    struct sigaction before[ENDINGS];
    tdo_error err = {0};
    catch_signals(before);
    tdo_status status = prepare(out, n, &err);
    status = commit(out, n, status, &err);
    release_signals(before);
    if (status == TDO_OK)
        return 0;
    if (err.status == TDO_OK) /* no file complains: what was to go into one could not be made */
        (void)tdo_fail(&err, status == TDO_E_IO ? TDO_E_MEMORY : status,
                       status == TDO_E_IO || status == TDO_E_MEMORY
                           ? "out of memory"
                           : "something went wrong inside");
    return cli_complain(&err);
}

int cli_write_all(const cli_out *out, size_t n)
{
    cli_out file[CLI_OUTS], stream[CLI_OUTS];
    const char *path[CLI_OUTS] = {NULL}, *name[CLI_OUTS] = {NULL};
    bool there[CLI_OUTS] = {false};
    size_t files = 0, streams = 0;
    int failed = 0;
    for (size_t k = 0; k < n; k++) {
        if (!out[k].path)
            continue;
        path[files + streams] = out[k].path;
        name[files + streams] = named(out[k].path);
        if (strcmp(out[k].path, "-") == 0) {
            stream[streams++] = out[k];
        } else {
            there[files] = access(out[k].path, F_OK) == 0;
            file[files++] = out[k];
        }
        failed = failed ? failed : check_place(out[k].path, out[k].over);
    }
    if (!failed)
        failed = check_each_other(path, name, files + streams);
    if (!failed && files)
        failed = write_together(file, files);
    for (size_t k = 0; k < files && !failed; k++) {
        failed = note(file[k].path, NULL, USED_WRITTEN);
        if (tells && !failed)
            cli_say(stderr, "%s: %s\n", file[k].path,
                    there[k] ? "written, over what was there" : "written");
    }
    for (size_t k = 0; k < streams && !failed; k++)
        failed = write_together(&stream[k], 1);
    return failed;
}

int cli_write(const char *path, cli_write_fn write, const void *what)
{
    return cli_write_all(&(cli_out){.path = path, .write = write, .what = what}, 1);
}
