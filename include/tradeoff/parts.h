/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A run in parts: shards of the candidates, each in a process of its own, perhaps on another
 * machine, and merges of what they found. Facts that hang on all candidates (the ends of a range, a
 * stakeholder's best) are held by candidates: a part carries the rows of those who may hold one,
 * the next pass takes them in beside its own, and so every stage of a run is used as it is. */
#ifndef TRADEOFF_PARTS_H
#define TRADEOFF_PARTS_H

#include "tradeoff/run.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { TDO_MAX_SHARDS = 100000 };

typedef struct tdo_run_part_options {
    tdo_overrides overrides; /* of text, set, limit, rule and allow_outside only */
    tdo_shard shard;         /* 1 <= of <= TDO_MAX_SHARDS, index < of */
    const char *after;       /* what all parts of the pass before were merged to; NULL: this is the
                                first pass */
    void (*progress)(void *user, uint64_t bytes, uint64_t total); /* as of a run */
    void *user;
} tdo_run_part_options;

struct parts_document;

/* A part, or what parts were merged to. */
typedef struct tdo_run_part {
    tdo_arena *arena;
    const struct parts_document *document; /* what is written, unless */
    bool is_result;                        /* run holds: all was found */
    tdo_run run;
} tdo_run_part;

/* One shard in one pass. *out is freed with tdo_run_part_free, also on error.
 * Errors: TDO_E_INPUT (of the files, a rule that counts places, an `after` that is of something
 * else), TDO_E_IO, TDO_E_MEMORY; in the report. */
TDO_API TDO_MUST_USE tdo_status tdo_part_scenario(const char *scenario_file,
                                                  const tdo_run_part_options *o, tdo_run_part *out,
                                                  tdo_report *report);

/* Joins parts of one pass. partial: some shards may be missing, and it becomes a part again; else
 * all are needed, and it becomes what the next pass goes by, or, after the last one, the result.
 * The same for the same shards, however they were joined.
 * Errors: TDO_E_INPUT (no part, missing, twice, of another scenario, of other data; an id in two
 * shards), TDO_E_IO, TDO_E_MEMORY; in the report. */
TDO_API TDO_MUST_USE tdo_status tdo_merge_parts(const char *const *file, size_t n, bool partial,
                                                tdo_run_part *out, tdo_report *report);

/* The format "tradeoff-part/1", or the result's. Errors: TDO_E_MEMORY, TDO_E_IO (the sink). */
TDO_API TDO_MUST_USE tdo_status tdo_write_run_part(const tdo_run_part *part, tdo_sink *o);

TDO_API void tdo_run_part_free(tdo_run_part *part);

/* The JSON Schema (2020-12) of parts; a constant text. */
TDO_API const char *tdo_part_schema(void);

#ifdef __cplusplus
}
#endif

#endif
