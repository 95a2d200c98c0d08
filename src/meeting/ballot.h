/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ballots inside the room: with their trees, so that a complaint can point at a value. */
#ifndef TRADEOFF_MEETING_BALLOT_H
#define TRADEOFF_MEETING_BALLOT_H

#include "tradeoff/ballot.h"
#include "json/json.h"

typedef struct ballot_read {
    tdo_ballot ballot;
    const char *file;
    const tdo_node *top;
    bool other_version;   /* made for another text of the scenario */
    bool kept_statements; /* all its statements are those that the scenario has */
} ballot_read;

/* ballot_read.c, ballot_fit.c. Errors: as tdo_ballot_read. */
TDO_MUST_USE tdo_status ballot_read_file(const char *file, tdo_arena *a, ballot_read *out,
                                         tdo_error *err);

/* What is being gathered. */
typedef struct gather {
    const tdo_gather_request *request;
    const tdo_scenario *s;
    tdo_arena *a;
    tdo_report *report;
    ballot_read *ballot; /* [n] */
    size_t n;
    tdo_misfit *misfit; /* grows */
    size_t n_misfits;
    json_text text;    /* of the scenario */
    tdo_node *root;    /* it */
    tdo_node *people;  /* its stakeholders */
    size_t complaints; /* in the report */
} gather;

/* Complains about a value of ballot b. Returns TDO_E_INPUT. */
tdo_status gather_complain(gather *g, size_t b, const tdo_node *at, const char *fmt, ...)
    TDO_PRINTF(4, 5);

/* ballot_fit.c: is ballot b for the facts of the run? Takes out of it what the scenario has no
 * place for, and lists it; of the very scenario that it was made for that is an error
 * (g->complaints). *stakeholder: whom it speaks for; TDO_NONE: nobody who is there. Errors:
 * TDO_E_INPUT (in the report), TDO_E_MEMORY. */
TDO_MUST_USE tdo_status gather_fit(gather *g, size_t b, size_t *stakeholder);

/* gather_complete.c: puts what ballot b does not speak of as the scenario has it for stakeholder h
 * into a ballot that speaks of weights; statements that cannot hold with it give way. Errors:
 * TDO_E_MEMORY, TDO_E_INTERNAL. */
TDO_MUST_USE tdo_status gather_complete(gather *g, size_t b, size_t h);

/* gather_try.c: the stakeholder of index h with this value (NULL: as it is) read as the scenario
 * would be. *out: the scenario, with the centroid where there are only statements. Errors:
 * TDO_E_INPUT (*report), TDO_E_MEMORY. */
TDO_MUST_USE tdo_status gather_try(const gather *g, size_t h, const tdo_node *value,
                                   const tdo_scenario **out, tdo_report *report);

/* With the wishes of a ballot. */
TDO_MUST_USE tdo_status gather_try_ballot(const gather *g, size_t h, const tdo_ballot *b,
                                          const tdo_scenario **out, tdo_report *report);

/* The same for a whole scenario. */
TDO_MUST_USE tdo_status gather_read(const gather *g, const char *text, size_t length,
                                    const tdo_scenario **out, tdo_report *report);

/* gather_node.c: the value of a stakeholder that has the wishes of a ballot, and all else of what
 * is there (NULL: nothing). NULL: out of memory. */
tdo_node *gather_stakeholder(const gather *g, const tdo_node *now, const tdo_ballot *b);
/* Appends or replaces a key; value NULL: takes it out. */
void gather_put(tdo_node *object, const char *key, tdo_node *value);
tdo_node *gather_copy(tdo_arena *a, const tdo_node *n);

/* gather_spread.c: what a ballot counts beside others: its power, or what the scenario gives its
 * stakeholder; the share of ballot b among those listed (equal ones where nobody has power). */
double gather_share(const gather *g, const tdo_gathered_for *of, const uint32_t *ballot, size_t n,
                    uint32_t b);
/* The weights of all ballots for a stakeholder (voice: [of->voices]). Errors: TDO_E_MEMORY,
 * TDO_E_INTERNAL. */
TDO_MUST_USE tdo_status gather_find_spread(const gather *g, tdo_gathered_for *of,
                                           const uint32_t *voice);

/* gather_needs.c: the needs of all. Errors: TDO_E_INPUT (in the report), TDO_E_MEMORY. */
TDO_MUST_USE tdo_status gather_merge_needs(gather *g, tdo_gathered_for *of, const uint32_t *voice,
                                           tdo_ballot *out);

/* gather_each.c: may there be several in the place of the stakeholder? Complains of what names it.
 * Then each ballot as a stakeholder of its own, at the end of people. Errors: as gather_merge. */
TDO_MUST_USE tdo_status gather_keep_each(gather *g, tdo_gathered_for *of, const uint32_t *voice,
                                         const tdo_node *now, tdo_node *people);

/* gather_changes.c: adds to what was not taken of ballot b; text NULL: out of memory. Lists what
 * differs between the stakeholder as it was and as it will be. who: as in tdo_change. Errors:
 * TDO_E_MEMORY. */
TDO_MUST_USE tdo_status gather_leave(gather *g, tdo_gathered_for *of, size_t b, const char *text);
TDO_MUST_USE tdo_status gather_list_changes(gather *g, tdo_gathered_for *of, const char *who,
                                            const tdo_node *now, const tdo_node *value);

/* gather_merge.c: these, in its place, at the end of people. now: as the scenario has it. Errors:
 * TDO_E_INPUT (in the report), TDO_E_MEMORY, TDO_E_INTERNAL. */
TDO_MUST_USE tdo_status gather_merge(gather *g, tdo_gathered_for *of, const uint32_t *voice,
                                     const tdo_node *now, tdo_node *people);

#endif
