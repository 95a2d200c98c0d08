/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Targets of fuzzing: each takes any bytes, and judges what the library makes of them. engine.c
 * hands them to libFuzzer (make fuzz), test_corpus.c runs what is kept of it (make test). */
#ifndef TRADEOFF_TESTS_FUZZ_H
#define TRADEOFF_TESTS_FUZZ_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tradeoff/tradeoff.h"

#define FUZZ_EACH_TARGET(X)                                                                        \
    X(number)   /* numbers, decimals */                                                            \
    X(csv)      /* a table, alone and joined with another */                                       \
    X(items)    /* items, joint draws, subgroups */                                                \
    X(scenario) /* a scenario with what the command line changes */                                \
    X(run)      /* a run of all files, and its writers */                                          \
    X(result)   /* a result, or two, compared */                                                   \
    X(record)   /* a decision: written, read, checked again */                                     \
    X(ballot)   /* a ballot, gathered */                                                           \
    X(part)     /* parts of a run, merged */                                                       \
    X(verify)   /* a result checked */                                                             \
    X(page)     /* the page with a result inside */                                                \
    X(starter)  /* a table's profile and what init makes of it */

#define FUZZ_DECLARE(name) void fuzz_##name(const uint8_t *bytes, size_t length);
FUZZ_EACH_TARGET(FUZZ_DECLARE)

typedef struct fuzz_target {
    const char *name;
    void (*run)(const uint8_t *bytes, size_t length);
} fuzz_target;

extern const fuzz_target fuzz_targets[];
extern const size_t fuzz_n_targets;

/* A promise that must hold, whatever the bytes are. */
#define FUZZ_MUST(promise)                                                                         \
    do {                                                                                           \
        if (!(promise)) {                                                                          \
            (void)fprintf(stderr, "%s:%d: broken: %s\n", __FILE__, __LINE__, #promise);            \
            abort();                                                                               \
        }                                                                                          \
    } while (0)

/* ---- several files in one input ---- */

/* A line "=== NAME" begins a file; what stands before the first is no file. Its lines after
 * "=== args" are options, a word and its value each ("set rule=nash", "limit x<=1", "rule borda").
 * Other names than those of fuzz_file_names are passed over. */
enum { FUZZ_FILES = 9, FUZZ_ARGS = 8 };

extern const char *const fuzz_file_names[FUZZ_FILES];

typedef struct fuzz_blob {
    tdo_bytes file[FUZZ_FILES]; /* s NULL: not there */
    const char *set[FUZZ_ARGS], *limit[FUZZ_ARGS];
    tdo_overrides overrides; /* points into set and limit */
} fuzz_blob;

/* Parts the input; the texts of options are in the arena. */
void fuzz_part_blob(const uint8_t *bytes, size_t length, tdo_arena *a, fuzz_blob *out);

/* The file of that name. */
tdo_bytes fuzz_file(const fuzz_blob *b, const char *name);

/* Puts the files into the current folder, which is the targets' own, and removes all others. */
void fuzz_put_files(const fuzz_blob *b);
void fuzz_put_file(const char *name, tdo_bytes text);

/* Makes that folder and enters it; it is removed when the process ends. */
void fuzz_enter_folder(void);

/* ---- runs ---- */

/* Runs scenario.json of the current folder as tradeoff run would; sampling and searches that would
 * take long are stopped. */
tdo_status fuzz_run_files(const tdo_overrides *over, tdo_run *run);

/* The result of a run, in the arena. */
tdo_bytes fuzz_result_of(const tdo_run *run, tdo_arena *a);

/* Two results in the same words. */
bool fuzz_same(tdo_bytes a, tdo_bytes b);

/* Reads a result that was written: it is one, and does not differ from itself. */
void fuzz_judge_result(tdo_bytes json);

/* Verify accepts a result that was written of the files in the current folder. */
void fuzz_judge_verified(tdo_bytes json);

/* The bytes of a literal. */
#define FUZZ_TEXT(literal)                                                                         \
    {                                                                                              \
        literal, sizeof(literal) - 1                                                               \
    }

/* A scenario and its table that have a bit of everything, for targets whose bytes are another file.
 */
extern const tdo_bytes fuzz_scenario_text, fuzz_table_text;

/* Puts them into the current folder; their run, which is made once and stays. */
const tdo_run *fuzz_fixed_run(void);

#endif
