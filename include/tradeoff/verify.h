/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A checker of results. Of what it checks it uses memory, text, sorting and the index of ids
 * only: it reads the inputs again by itself,
 * and computes in integers and rationals what follows from them. */
#ifndef TRADEOFF_VERIFY_H
#define TRADEOFF_VERIFY_H

#include "tradeoff/memory.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Where the inputs are. */
typedef struct tdo_inputs {
    /* The bytes of a file, as the result names it; they live as long as the arena of the check. A
     * status other than TDO_OK ends the check with it. */
    tdo_status (*fetch)(void *user, const char *file, const char **bytes, size_t *length,
                        tdo_error *err);
    void *user;
} tdo_inputs;

typedef struct tdo_verification {
    bool holds;           /* every claim that was checked */
    size_t checked;       /* numbers, words and truth values of the result that were compared */
    const char *path;     /* the first claim that does not hold, by its keys; NULL: none */
    const char *why;      /* what is wrong with it */
    const char **changed; /* [n_changed] keys of the scenario in effect that are not as in the
                             file: what the command line changed */
    size_t n_changed;
    const char **unchecked; /* [n_unchecked] what no check covers, by keys; * stands for any */
    size_t n_unchecked;
} tdo_verification;

/* Checks the claims of a result (the bytes of a file of format tradeoff-result/1 or
 * tradeoff-plan/1).
 * Everything in *out is in the arena. A claim that does not hold is no error.
 * Errors: TDO_E_INPUT (it is no such result), what fetch() returns, TDO_E_MEMORY. Thread-safe.
 * GMP, which counts here, ends the process by abort() where memory is out, unless the next function
 * was called. */
TDO_API TDO_MUST_USE tdo_status tdo_verify(const char *result, size_t length,
                                           const tdo_inputs *inputs, tdo_arena *a,
                                           tdo_verification *out, tdo_error *err);

/* From now on GMP takes its memory from these, which do not return without it (resize: the old size
 * stands between). For all of the process: call it once, before there is a second thread. */
TDO_API void tdo_verify_memory(void *(*allocate)(size_t), void *(*resize)(void *, size_t, size_t));

#ifdef __cplusplus
}
#endif

#endif
