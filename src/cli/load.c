/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A run of the scenario that was typed: progress on a terminal, Ctrl-C, what went wrong. */
#include "cli/cli.h"
#include "cli/fleet.h"

#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* ---- progress: a line on a terminal when it takes longer than a second ---- */

typedef struct progress {
    struct timespec start;
    double shown_at; /* seconds after the start; 0: nothing was */
    bool sample;     /* Ctrl-C ends the sampling, not the program */
    bool together;   /* with other processes */
} progress;

static progress start_progress(const cli_args *args)
{
    progress p = {.sample = args->sample, .together = args->fleet != NULL};
    clock_gettime(CLOCK_MONOTONIC, &p.start);
    return p;
}

static double seconds_since(const struct timespec *start)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - start->tv_sec) + 1e-9 * (double)(now.tv_nsec - start->tv_nsec);
}

static void show_progress(void *user, uint64_t bytes, uint64_t total)
{
    progress *p = user;
    double now = seconds_since(&p->start);
    if (now < 1)
        return;
    p->shown_at = now;
    if (total)
        fprintf(stderr, "\rreading %.0f of %.0f MB\033[K", (double)bytes / 1e6,
                (double)total / 1e6);
    else
        fprintf(stderr, "\rreading %.0f MB\033[K", (double)bytes / 1e6);
}

static void show_sampling(void *user, uint64_t done, uint64_t samples)
{
    progress *p = user;
    double now = seconds_since(&p->start);
    if (now < 1 || now - p->shown_at < 0.1)
        return;
    p->shown_at = now;
    if ((double)samples < TDO_MAX_SAMPLES)
        fprintf(stderr, "\rsampling: %.0f of %.0f\033[K", (double)done, (double)samples);
    else
        fprintf(stderr, "\rsampling: %.0f\033[K", (double)done);
}

/* ---- sampling: how many threads, and Ctrl-C ---- */

/* Complains where text, if there is one, is no whole number from least to most. */
static int check_whole(const char *option, const char *text, double least, double most, double *out)
{
    double x = 0;
    if (!text)
        return 0;
    if (tdo_number_read(text, strlen(text), &x) != TDO_NUMBER_OK || !(x >= least) || x > most ||
        x > floor(x))
        return cli_typed_error(option, text, "it must be a whole number from %.0f to %.0f", least,
                               most);
    *out = x;
    return 0;
}

int cli_read_threads(const cli_args *args, int *threads)
{
    enum { MOST_THREADS = 1024 };
    double t = *threads;
    int failed = check_whole("--threads", args->threads, 1, MOST_THREADS, &t);
    *threads = (int)t;
    return failed;
}

/* The numbers of the sampling: threads is untouched where none are typed. */
static int check_sampling(const cli_args *args, int *threads)
{
    const double MOST_SEED = 9007199254740992.0; /* 2^53, as in the schema */
    double samples = 0, seed = 0;
    int failed = cli_read_threads(args, threads);
    if (!failed)
        failed = check_whole("--samples", args->samples, 0, TDO_MAX_SAMPLES, &samples);
    if (!failed)
        failed = check_whole("--seed", args->seed, 0, MOST_SEED, &seed);
    return failed;
}

static int check_numbers(const cli_args *args, int *threads, double *work, double *layers)
{
    const double MOST_WORK = 1e15, MOST_LAYERS = 1e9;
    int failed = check_sampling(args, threads);
    if (!failed)
        failed = check_whole("--max-work", args->max_work, 1, MOST_WORK, work);
    if (!failed)
        failed = check_whole("--layers", args->layers, 1, MOST_LAYERS, layers);
    return failed;
}

static volatile sig_atomic_t told_to_stop;

static void tell_to_stop(int number)
{
    told_to_stop = number;
}

/* Sampling by tradeoff robust, and the frontier of splits, come to an end with what they have; in
 * all else, and when told twice, the program just ends. mpirun ends all at Ctrl-C, but hands
 * SIGUSR1 on. */
static void watch_searches(void *user, tdo_stoppable now)
{
    static struct sigaction before[2]; /* in a background job it is ignored, and stays so */
    static bool watching;
    static const int number[] = {SIGINT, SIGUSR1};
    const progress *p = user;
    const struct sigaction action = {.sa_handler = tell_to_stop, .sa_flags = (int)SA_RESETHAND};
    const size_t n = p->together ? 2 : 1;
    for (size_t k = 0; k < n && watching; k++)
        (void)sigaction(number[k], &before[k], NULL);
    watching = now == TDO_STOPPABLE_SPLITS || (now == TDO_STOPPABLE_SAMPLES && p->sample);
    for (size_t k = 0; k < n && watching; k++)
        (void)sigaction(number[k], &action, &before[k]);
}

int cli_note_side_tables(const tdo_run *run)
{
    int failed = 0;
    for (size_t k = 0; k < run->table.n_joined && !failed; k++)
        failed = cli_note_read(run->table.joined[k].file);
    for (size_t k = 0; k < run->n_groups && !failed; k++)
        failed = cli_note_read(run->groups[k].file);
    for (size_t k = 0; k < run->n_items && !failed; k++)
        failed = cli_note_read(run->items[k].file);
    return failed;
}

/* What the run read is not to be written over. */
static int note_files(const cli_args *args, const tdo_run *run)
{
    const tdo_scenario *s = run->scenario;
    int failed = args->draft.s ? 0 : cli_note_read(s->file); /* a draft is in no file */
    if (!failed && s->candidates_path)
        failed = cli_note_read(s->candidates_path);
    return failed ? failed : cli_note_side_tables(run);
}

int cli_load(const cli_args *args, cli_depth how, tdo_run *run)
{
    tdo_report *report = calloc(1, sizeof *report);
    int threads = 0;
    *run = (tdo_run){0};
    size_t memory = 0;
    double work = 0, layers = 0;
    int wrong = check_numbers(args, &threads, &work, &layers);
    wrong = wrong ? wrong : cli_read_memory(args, &memory);
    if (wrong) {
        free(report);
        return wrong;
    }
    if (!report)
        return cli_complain(&(tdo_error){.status = TDO_E_MEMORY, .text = "out of memory"});
    progress p = start_progress(args);
    bool watch = !args->quiet && isatty(STDERR_FILENO);
    tdo_run_options options = {.overrides = {.set = args->set,
                                             .n_set = args->n_set,
                                             .limit = args->limit,
                                             .n_limit = args->n_limit,
                                             .rule = args->rule,
                                             .mix = args->mix,
                                             .mix_rule = args->mix_rule,
                                             .splits = args->splits,
                                             .robust = args->sample,
                                             .facts_only = args->facts_only,
                                             .text = args->draft,
                                             .samples = args->samples,
                                             .seed = args->seed,
                                             .allow_outside = args->allow_outside,
                                             .set_by_file = args->set_by_file},
                               .candidates = args->new_candidates,
                               .progress = watch ? show_progress : NULL,
                               .sampling = watch ? show_sampling : NULL,
                               .stoppable = cli_leads(args->fleet) ? watch_searches : NULL,
                               .user = &p,
                               .max_memory = memory,
                               .max_work = (uint64_t)work,
                               .threads = threads,
                               .fleet = args->fleet,
                               .layers = (size_t)layers,
                               .volumes = args->volumes,
                               .stop = &told_to_stop,
                               .read_only = how == CLI_READ_ONLY,
                               .unsampled = how != CLI_SAMPLED};
    tdo_status status = tdo_run_scenario(args->operand[0], &options, run, report);
    if (p.shown_at > 0)
        fputs("\r\033[K", stderr);
    if (status != TDO_OK || !args->warns_later)
        cli_show_warnings(&run->warnings, args);
    if (status == TDO_E_MEMORY && run->arena && tdo_arena_refused(run->arena)) {
        *report = (tdo_report){0};
        tdo_report_add(report, &(tdo_error){.status = status,
                                            .text = "this takes more memory than "
                                                    "--max-memory allows"});
    }
    int exit_status = status == TDO_OK ? 0 : cli_complain_all(status, report);
    if (status != TDO_OK && cli_is_gate(args) && cli_write_errors(args, report) != 0)
        exit_status = tdo_exit_status(TDO_E_IO);
    free(report);
    return exit_status ? exit_status : note_files(args, run);
}
