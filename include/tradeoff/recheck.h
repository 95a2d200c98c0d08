/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records of decisions: writing one, and asking later whether it still stands. */
#ifndef TRADEOFF_RECHECK_H
#define TRADEOFF_RECHECK_H

#include "tradeoff/diff.h"
#include "tradeoff/record.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Reads "LIMIT: words" of every limit that d->chosen breaks into d->accepted, in the order of the
 * constraints: LIMIT is its criterion, its column (where all limits on it are one owner's) or all
 * of it
 * ("latency <= 150 ms"). text: [n]. Errors: TDO_E_USAGE (a limit is broken and not spoken of, or
 * spoken of and not broken; no such candidate), TDO_E_MEMORY. */
TDO_API TDO_MUST_USE tdo_status tdo_read_acceptances(const tdo_run *run, const char *const *text,
                                                     size_t n, tdo_arena *a, tdo_decision *d,
                                                     tdo_error *err);

/* A decision record in Markdown, with the headings of MADR 4. twin: the name of the JSON record
 * beside it. Errors of both: TDO_E_USAGE (no such candidate), TDO_E_MEMORY, TDO_E_IO. */
TDO_API TDO_MUST_USE tdo_status tdo_write_record(const tdo_run *run, const tdo_decision *d,
                                                 const char *twin, tdo_sink *o);
/* Format "tradeoff-decision/1": the decision, what the chosen one has, and the whole result. */
TDO_API TDO_MUST_USE tdo_status tdo_write_record_json(const tdo_run *run, const tdo_decision *d,
                                                      tdo_sink *o);

/* The JSON Schema (2020-12) of that; a constant text. */
TDO_API const char *tdo_decision_schema(void);

typedef struct tdo_check {
    bool holds;
    const char *asked; /* "candidate", "measured", "limits", "needs" or "recommended" */
    const char *text;  /* a sentence */
} tdo_check;

/* A decision stands while the chosen one is a candidate that is measured; breaks no limit and
 * misses no need, or none by more than was accepted when it was chosen; and is still recommended,
 * or, where it never was, has no worse rank than then. Where nothing but readings changed, and none
 * of them beyond two standard errors of the difference, being recommended no more does not count.
 */
typedef struct tdo_recheck {
    bool stands;
    const tdo_check *check; /* [n] */
    size_t n;
} tdo_recheck;

/* now: the scenario of the record, run again. Errors: TDO_E_MEMORY. */
TDO_API TDO_MUST_USE tdo_status tdo_recheck_decision(const tdo_record *r, const tdo_run *now,
                                                     tdo_arena *a, tdo_recheck *out);

/* For the terminal: whether it stands and why, then what changed since. changes: from the record's
 * result to that of now. Errors: TDO_E_MEMORY, TDO_E_IO. */
TDO_API TDO_MUST_USE tdo_status tdo_write_recheck(const tdo_record *r, const tdo_recheck *check,
                                                  const tdo_diff *changes,
                                                  const tdo_table_style *style, tdo_sink *o);

#ifdef __cplusplus
}
#endif

#endif
