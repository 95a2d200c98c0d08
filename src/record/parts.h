/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the chosen one stands, and the parts of a decision record. */
#ifndef TRADEOFF_RECORD_PARTS_H
#define TRADEOFF_RECORD_PARTS_H

#include "output/markup.h"
#include "tradeoff/recheck.h"

/* One side of a constraint that has numbers. */
typedef struct tdo_room {
    size_t constraint;
    bool is_max;
    double bound, reading; /* in the unit of what is limited */
    double room;           /* how far either may move until the chosen one is out; < 0: it is out */
} tdo_room;

typedef struct tdo_met_need {
    size_t stakeholder;
    const tdo_need *need;
    double reading; /* NaN: not measured */
    double by;      /* how far from being met; 0: met; NaN: not measured */
} tdo_met_need;

/* Everything about one candidate that a decision for it rests on. */
typedef struct tdo_stand {
    const tdo_run *run;
    size_t i;      /* the candidate */
    uint32_t slot; /* UINT32_MAX: not feasible */
    bool recommended;
    const tdo_room *room; /* [n_rooms] in the order of the constraints; none where not measured */
    size_t n_rooms;
    const tdo_met_need *need; /* [n_needs] */
    size_t n_needs;
} tdo_stand;

/* Errors: TDO_E_USAGE (no such candidate), TDO_E_MEMORY. */
TDO_MUST_USE tdo_status tdo_find_stand(const tdo_run *run, const char *id, tdo_arena *a,
                                       tdo_stand *out);

/* Does it break constraint j? */
bool tdo_breaks(const tdo_stand *s, size_t j);

/* ---- the parts of the Markdown ---- */

typedef struct tdo_page_of_record {
    tdo_markup m;
    const tdo_decision *d;
    const tdo_stand *s;
    const char *twin;
} tdo_page_of_record;

/* record_outcome.c */
void tdo_record_outcome(tdo_page_of_record *p);
/* record_options.c */
void tdo_record_options(tdo_page_of_record *p);
void tdo_record_pros_and_cons(tdo_page_of_record *p);
/* record_reopen.c */
void tdo_record_more(tdo_page_of_record *p);
/* record_weights.c: a part of it */
void tdo_record_weights(tdo_page_of_record *p);

/* A sentence of words.h's pieces, as a list item: "- TEXT". */
void tdo_record_item(tdo_page_of_record *p, const tdo_sink *text);
/* Sentences as list items. */
void tdo_record_sentences(tdo_page_of_record *p, const tdo_sentences *s);
/* An id, escaped, in double quotes. */
void tdo_record_name(tdo_page_of_record *p, const char *id);

#endif
