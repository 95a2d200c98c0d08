/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ballots: what one person wants, made for facts that are named by their hashes, so that wishes are
 * never counted against other measurements than the person had before them. People, criteria and
 * candidates are named by their ids, never by positions. Format "tradeoff-ballot/1". */
#ifndef TRADEOFF_BALLOT_H
#define TRADEOFF_BALLOT_H

#include "tradeoff/run.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { TDO_MAX_BALLOTS = 256 };

typedef struct tdo_ballot_weight {
    const char *criterion;
    double weight; /* >= 0 */
} tdo_ballot_weight;

typedef struct tdo_ballot_need {
    const char *criterion;
    const char *min, *max; /* JSON: a number, or the word of a level in quotes; NULL: none */
    bool veto;
} tdo_ballot_need;

/* A file as the person had it before them. */
typedef struct tdo_ballot_input {
    const char *role; /* "scenario", "candidates", ..., as in a result */
    const char *file;
    const char *sha256;
} tdo_ballot_input;

/* What one person wants. Each part may be absent: then the scenario's counts. */
typedef struct tdo_ballot {
    const tdo_ballot_input *input; /* [n_inputs] read from a ballot; a written one has those of the
                                      run */
    size_t n_inputs;
    const char *stakeholder;         /* the id of whom the person speaks for */
    const char *by;                  /* the person; NULL: not said */
    double power;                    /* >= 0: what it counts beside others; NaN: not said */
    const tdo_ballot_weight *weight; /* [n_weights] */
    size_t n_weights;
    const char *const *prefers; /* [n_prefers] statements, as in a scenario */
    size_t n_prefers;
    const char *const *rates; /* [n_rates] */
    size_t n_rates;
    double vague;                /* in (0, 1]; NaN: not */
    const tdo_ballot_need *need; /* [n_needs] */
    size_t n_needs;
    const tdo_objection *objection; /* [n_objections] by is NULL in each */
    size_t n_objections;
} tdo_ballot;

/* The ballot that stakeholder h would have cast, had they the scenario's wishes: to be changed by a
 * person. Errors: TDO_E_MEMORY. */
TDO_API TDO_MUST_USE tdo_status tdo_ballot_of(const tdo_run *run, size_t h, tdo_arena *a,
                                              tdo_ballot *out);

/* Writes a ballot for the facts of the run, the same bytes for the same ballot.
 * Errors: TDO_E_MEMORY, TDO_E_IO (the sink failed). */
TDO_API TDO_MUST_USE tdo_status tdo_write_ballot(const tdo_run *run, const tdo_ballot *b,
                                                 tdo_sink *o);

/* Reads a ballot; whether it is for the facts of a run is asked by tdo_gather.
 * Errors: TDO_E_INPUT (located), TDO_E_IO, TDO_E_MEMORY. */
TDO_API TDO_MUST_USE tdo_status tdo_ballot_read(const char *file, tdo_arena *a, tdo_ballot *out,
                                                tdo_error *err);

/* ---- gathering ---- */

/* What becomes of several ballots for one stakeholder. */
typedef enum tdo_merge {
    TDO_MERGE_MEAN,   /* the mean of their weights, each counted by its power */
    TDO_MERGE_COMMON, /* all their statements hold: the centroid of what is left to all of them */
    TDO_MERGE_EACH,   /* each is a stakeholder of its own, with its share of the power */
    TDO_MERGES
} tdo_merge;

/* "mean", "common", "each"; in the order of the enum. */
TDO_API extern const char *const tdo_merge_name[TDO_MERGES];

/* What a ballot says that the scenario has no place for. */
typedef struct tdo_misfit {
    size_t ballot;
    const char *text; /* "weights.latency: unknown criterion" */
} tdo_misfit;

/* A wish of a stakeholder beside the weights, before and after. */
typedef struct tdo_change {
    const char *who;      /* the id that it has now; NULL: that which it had */
    const char *path;     /* "prefers", "rates", "vague", "needs.latency" */
    const char *was, *is; /* JSON; NULL: none */
} tdo_change;

/* How far the ballots for one stakeholder are apart, and what becomes of its wishes. */
typedef struct tdo_gathered_for {
    size_t stakeholder;
    const uint32_t *ballot; /* [n] those that say what weights are wanted */
    size_t n;
    const double *weight;       /* [n x d] their weights, sum 1: of statements alone the centroid */
    const double *mean;         /* [d] each counted by its power */
    const double *least, *most; /* [n x d] what its statements and "vague" leave open of each; the
                                   weight itself where nothing is open; NaN: not listed */
    size_t voices;              /* ballots, with those that say nothing of weights */
    tdo_change *change;         /* [n_changes] all that it had or has, also what stays */
    size_t n_changes;
    tdo_misfit *left; /* [n_left] what of the ballots the way of merging has no place for */
    size_t n_left;
} tdo_gathered_for;

typedef struct tdo_gathered {
    const tdo_ballot
        *ballot;             /* [n_ballots] as read, with what stays of the scenario's statements */
    const char *const *file; /* [n_ballots] */
    size_t n_ballots;
    const tdo_gathered_for
        *who; /* [n_who] the stakeholders with ballots, in the scenario's order */
    size_t n_who;
    const tdo_misfit *misfit; /* [n_misfits] in the order of the ballots */
    size_t n_misfits;
    tdo_merge merge;
    const char *scenario; /* [length] the scenario with the wishes of the ballots in it */
    size_t length;
} tdo_gathered;

typedef struct tdo_gather_request {
    const tdo_run *run;      /* of the scenario as it is, read and measured at least */
    const char *const *file; /* [n_files] the ballots */
    size_t n_files;
    tdo_merge merge;
    bool allow_outside;
} tdo_gather_request;

/* Reads the ballots and puts what they say in the place of the scenario's wishes. One that was made
 * for other facts is refused; one that was made for another version of the scenario is applied by
 * ids, and what does not fit is listed. What a ballot does not speak of stays as the scenario has
 * it: needs criterion by criterion. Needs of several ballots all hold (the strictest of each; where
 * somebody vetoes, of what is vetoed, and what others need beyond it is listed), objections are all
 * kept, word for word. The power of a ballot counts among those for one stakeholder; what the
 * stakeholder counts stays.
 * Errors: TDO_E_INPUT (a ballot is none, is for other facts, or says what no scenario can; several
 * cannot be merged so; all in the report), TDO_E_IO, TDO_E_MEMORY. */
TDO_API TDO_MUST_USE tdo_status tdo_gather(const tdo_gather_request *request, tdo_arena *a,
                                           tdo_gathered *out, tdo_report *report);

/* Reads the scenario of a run again with other wishes in its text, which name candidates by the
 * values of the run's facts: also their regions must be good. Errors: TDO_E_INPUT (in the report),
 * TDO_E_IO, TDO_E_MEMORY. */
TDO_API TDO_MUST_USE tdo_status tdo_read_wishes(const tdo_run *run, tdo_bytes text,
                                                bool allow_outside, tdo_arena *a,
                                                const tdo_scenario **out, tdo_report *report);

/* The JSON Schema (2020-12) of a ballot; a constant text. */
TDO_API const char *tdo_ballot_schema(void);

#ifdef __cplusplus
}
#endif

#endif
