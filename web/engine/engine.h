/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one decision that a page shows, and how the page calls in. */
#ifndef TRADEOFF_WEB_ENGINE_ENGINE_H
#define TRADEOFF_WEB_ENGINE_ENGINE_H

#include "engine/about.h"
#include "engine/arrays.h"
#include "engine/read.h"
#include "tradeoff/run.h"

/* A function that the page calls: its prototype, then its head. */
#define EXPORT(name, type, args)                                                                   \
    __attribute__((export_name(#name))) type name args;                                            \
    type name args

typedef struct web_engine {
    tdo_arena *data, *limits, *wishes, *words;
    uint8_t *input; /* what the page writes before it calls */
    size_t input_length;
    web_problem problem;
    web_about about;
    tdo_run run;
    tdo_warnings limit_warnings; /* of screening and valuing */
    double *wish;                /* [S x d] weights as set, then [S] powers */
    bool loaded, limited;
    web_slice array[ARRAYS];
    double facts[8];
    double hold[4];
    tdo_sink text;
    tdo_error error;
} web_engine;

extern web_engine web;

/* An empty arena in place of that one. False: memory is out. */
bool web_renew(tdo_arena **a);

#endif
