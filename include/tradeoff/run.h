/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pipeline of src/run.c, which calls the stages in their order. */
#ifndef TRADEOFF_RUN_H
#define TRADEOFF_RUN_H

#include "tradeoff/agree.h"
#include "tradeoff/choice.h"
#include "tradeoff/fleet.h"
#include "tradeoff/mix.h"
#include "tradeoff/portfolio.h"
#include "tradeoff/robust.h"
#include "tradeoff/search.h"
#include "tradeoff/splits.h"
#include "tradeoff/whatif.h"

#ifdef __cplusplus
extern "C" {
#endif

struct tdo_run;

/* A shard of the data rows: index, index + of, ... */
typedef struct tdo_shard {
    size_t index, of; /* of 0: all rows */
} tdo_shard;

/* How far a run goes. */
typedef enum tdo_run_until {
    TDO_UNTIL_END,
    TDO_UNTIL_MEASURED, /* the readings: nothing from the limits on holds */
    TDO_UNTIL_RANKED    /* the ranking: nothing from choice on holds */
} tdo_run_until;

typedef enum tdo_stoppable {
    TDO_STOPPABLE_NOTHING,
    TDO_STOPPABLE_SPLITS,
    TDO_STOPPABLE_SAMPLES
} tdo_stoppable;

typedef struct tdo_run_options {
    tdo_overrides overrides;
    const char *candidates;    /* a file, from the current folder, that is read instead of the
                                  scenario's; NULL: none */
    tdo_bytes candidates_text; /* the candidates; s NULL: they are read from their file */
    void (*progress)(void *user, uint64_t bytes, uint64_t total);    /* while reading; NULL: none */
    void (*stage)(void *user, const char *name, size_t arena_bytes); /* after each stage; NULL:
                                                                        none */
    /* Before a search that looks at stop, and (TDO_STOPPABLE_NOTHING) after it; NULL: nobody asks.
     */
    void (*stoppable)(void *user, tdo_stoppable now);
    /* While sampling: done of so many samples of one question, from one thread at a time; NULL:
     * none. */
    void (*sampling)(void *user, uint64_t done, uint64_t samples);
    void *user;
    size_t max_memory; /* bytes of the run's arena, beyond which memory is out; 0: any */
    uint64_t max_work; /* steps that the searches take together (rank ranges, sets of candidates,
                          numbers of models, the frontier of splits), besides the limit that each
                          has; 0: no more than those */
    int threads;       /* 0: as many as there are cores */
    /* Processes that run the same scenario together, and all read the same files; NULL: none.
     * Process 0 has the whole run, the others what it takes to do their parts. Its stop counts. */
    const tdo_fleet *fleet;
    size_t layers; /* the last layer of domination that is looked for; 0 or 1: the frontier */
    bool volumes;  /* what each on the frontier alone reaches is looked for */
    const volatile int
        *stop;      /* not 0: end sampling, or the frontier of splits, early; NULL: nobody asks */
    bool read_only; /* stop after reading and measuring (tradeoff check) */
    bool unsampled; /* no samples unless they are asked for; else by default where
                       anything is uncertain, up to TDO_ROBUST_UNASKED candidates */
    tdo_run_until until;
    bool headline_only; /* no other rule is computed; not with TDO_UNTIL_END */
    tdo_shard shard;
    bool unread;       /* no file is read: `tables` gives all that is known of them */
    bool incomplete;   /* other candidates are elsewhere (tdo_tables) */
    size_t measured_n; /* as there */
    /* Puts other tables into run in the place of those that were read. NULL: none. */
    tdo_status (*tables)(void *user, struct tdo_run *run, tdo_report *report);
    void *tables_user;
} tdo_run_options;

/* Everything that is known about one decision. */
typedef struct tdo_run {
    tdo_arena *arena;
    const tdo_scenario *scenario;
    tdo_regions regions; /* the weights that "prefers" allows */
    tdo_table table;
    tdo_table *groups; /* [n_groups] the tables of subgroups */
    size_t n_groups;
    tdo_table *items; /* [n_items] the tables of items */
    size_t n_items;
    tdo_measured measured;
    tdo_limit_doubts doubts; /* how sure limits are */
    tdo_screened screened;
    bool feasible; /* false: infeasible holds, the stages from front on do not */
    tdo_infeasible infeasible;
    tdo_valued valued;
    tdo_front front;
    tdo_layers layers;    /* behind it */
    const double *volume; /* [front count] what each alone reaches; NULL: not looked for */
    tdo_utility utility;
    tdo_ranking ranking;
    tdo_choice choice;           /* the weights behind it */
    const tdo_step_curve *steps; /* [n_steps] what each bound of a constraint costs */
    size_t n_steps;
    tdo_lifts lifts;   /* where the infeasible ones would stand without the limits they break */
    tdo_swings swings; /* without whom another one would be recommended */
    bool mixed;        /* mix holds */
    tdo_mix mix;
    tdo_splits splits; /* where mixed, and the scenario asks for it */
    bool agreed;       /* agreement holds: set by whoever asks for it, by tdo_agree */
    tdo_agreement agreement;
    bool picked; /* portfolio holds */
    tdo_portfolio portfolio;
    bool in_parts; /* it is the last merge of a run in parts */
    bool sampled;  /* robust holds */
    tdo_robust robust;
    uint64_t *work; /* left of max_work; NULL: there is none */
    tdo_warnings warnings;
} tdo_run;

/* Runs a scenario. *run is made by the call and freed with tdo_run_free, also on error (report and
 * warnings stay readable). Errors: those of the stages. */
TDO_API TDO_MUST_USE tdo_status tdo_run_scenario(const char *scenario_file,
                                                 const tdo_run_options *options, tdo_run *run,
                                                 tdo_report *report);
TDO_API void tdo_run_free(tdo_run *run);

/* The same for a scenario, and candidates, in memory, which are called "scenario.json" and as the
 * scenario calls them. candidates.s NULL: their file is read, from the current folder. options may
 * be NULL. Bytes are not needed after the call. */
TDO_API TDO_MUST_USE tdo_status tdo_run_text(tdo_bytes scenario, tdo_bytes candidates,
                                             const tdo_run_options *options, tdo_run *run,
                                             tdo_report *report);

/* A run's results so far, as a stage takes them. */
TDO_API tdo_case tdo_case_of(const tdo_run *run);

/* What a run says of one candidate, by its id. */
typedef struct tdo_verdict {
    bool feasible; /* false: the rest is 0, false and NaN */
    uint32_t rank; /* under the rule that decides; 1: first */
    double score;  /* under it */
    bool on_frontier, recommended;
} tdo_verdict;

/* False: there is no candidate of this id. */
TDO_API bool tdo_verdict_of(const tdo_run *run, const char *id, tdo_verdict *out);
/* What was measured, in the criterion's unit; NaN: not measured, or no such id or criterion. */
TDO_API double tdo_reading_of(const tdo_run *run, const char *id, const char *criterion);
/* In [0, 1]; NaN: not feasible, or no such id or stakeholder. */
TDO_API double tdo_utility_of(const tdo_run *run, const char *id, const char *stakeholder);

/* The id of the recommended candidate, as long as the run lives; NULL: nothing is feasible. */
TDO_API const char *tdo_recommended_id(const tdo_run *run);

#ifdef __cplusplus
}
#endif

#endif
