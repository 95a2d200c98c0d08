/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the chosen one stands, and the parts of a decision record. */
#ifndef TRADEOFF_RECORD_PARTS_H
#define TRADEOFF_RECORD_PARTS_H

#include "output/markup.h"
#include "tradeoff/recheck.h"

/* One side of a constraint that has numbers. */
typedef struct record_room {
    size_t constraint;
    bool is_max;
    double bound, reading; /* in the unit of what is limited */
    double room;           /* how far the bound may move until the chosen one is out (the reading,
                              too, where its error stays the same); < 0: it is out */
} record_room;

typedef struct record_met_need {
    size_t stakeholder;
    const tdo_need *need;
    double reading; /* NaN: not measured */
    double by;      /* how far from being met; 0: met; NaN: not measured */
    bool low;       /* its min is not met */
} record_met_need;

/* Everything about one candidate that a decision for it rests on. */
typedef struct record_stand {
    const tdo_run *run;
    size_t i;      /* the candidate */
    uint32_t slot; /* UINT32_MAX: not feasible */
    bool recommended;
    const record_room
        *room; /* [n_rooms] in the order of the constraints; none where not measured */
    size_t n_rooms;
    const record_met_need *need; /* [n_needs] */
    size_t n_needs;
} record_stand;

/* Errors: TDO_E_USAGE (no such candidate), TDO_E_MEMORY. */
TDO_MUST_USE tdo_status record_find_stand(const tdo_run *run, const char *id, tdo_arena *a,
                                          record_stand *out);

/* Does it break constraint j? */
bool record_breaks(const record_stand *s, size_t j);

/* The record as JSON around the text of a result, which ends with a line end.
 * Errors: as tdo_write_record_json. */
TDO_MUST_USE tdo_status record_write_json(const tdo_run *run, const tdo_decision *d,
                                          const char *result, size_t length, tdo_sink *o);

/* ---- the parts of the Markdown ---- */

typedef struct record_page {
    markup_writer m;
    const tdo_decision *d;
    const record_stand *s;
    const char *twin;
    const char *const *repeats; /* [n_repeats] how sure the recommendation is; none: not sampled */
    size_t n_repeats;
    const char *const *portfolio; /* [n_portfolio] the set that is wanted; none: none is */
    size_t n_portfolio;
    tdo_membership in_set;
} record_page;

/* outcome.c */
void record_outcome(record_page *p);
/* options.c */
void record_options(record_page *p);
void record_pros_and_cons(record_page *p);
/* reopen.c */
void record_more(record_page *p);
/* weights.c: a part of it */
void record_weights(record_page *p);

/* items.c */
/* A sentence of words.h's pieces, as a list item: "- TEXT". */
void record_item(record_page *p, const tdo_sink *text);
/* Texts and sentences as list items. */
void record_texts(record_page *p, const char *const *text, size_t n);
void record_sentences(record_page *p, const tdo_sentences *s);
/* An id, escaped, in double quotes. */
void record_name(record_page *p, const char *id);

#endif
