/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the page hands over: a decision as bytes, little-endian, no padding.
 *   u32, f64: as they are; text: u32 length, then UTF-8 bytes; list: u32 count, then the items
 * bytes.mjs writes it, read.c reads it; nothing else knows the order. */
#ifndef TRADEOFF_WEB_ENGINE_READ_H
#define TRADEOFF_WEB_ENGINE_READ_H

#include "tradeoff/robust.h"

/* A column that constraints look at. */
typedef struct web_column {
    const char *name;
    const double *number;     /* [n] NaN: missing; NULL: none were read */
    const double *rest;       /* [n] what they are short of; NULL: nothing */
    const uint32_t *word;     /* [n] index into words; NULL: none were read */
    const char *const *words; /* [n_words] */
    size_t n_words;
} web_column;

/* How sure the lead of one candidate over others is, as it was sampled for these wishes, this rule
 * and these feasible ones, and for no others. */
typedef struct web_leads {
    size_t top; /* TDO_NONE: nothing was sampled */
    uint32_t rule;
    const double *weight;      /* [S][d] */
    const double *power;       /* [S] */
    const bool *feasible;      /* [n] */
    const uint32_t *candidate; /* [n_over] */
    const double *holds;       /* [n_over] */
    size_t n_over;
} web_leads;

typedef struct web_problem {
    tdo_scenario scenario; /* criteria, stakeholders, constraints; no files */
    tdo_measured measured;
    web_column *columns; /* [n_columns] */
    size_t n_columns;
    const double *const *normal;    /* [d] as in doubts */
    const tdo_shared_error *shared; /* [d] as there */
    tdo_limit_doubts doubts;        /* how sure the constraints are */
    bool plain;                     /* as there */
    web_leads leads;
    tdo_need **need; /* [S][n_needs] as loaded; a veto that moves moves the scenario's */
} web_problem;

/* Reads everything but the constraints into the arena. Errors: TDO_E_INPUT, TDO_E_MEMORY. */
TDO_MUST_USE tdo_status web_read_problem(const uint8_t *bytes, size_t length, tdo_arena *a,
                                         web_problem *out);

/* Reads the constraints of a problem, in place of those that it has.
 * Errors: TDO_E_INPUT, TDO_E_MEMORY. */
TDO_MUST_USE tdo_status web_read_limits(const uint8_t *bytes, size_t length, tdo_arena *a,
                                        web_problem *p);

#endif
