/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two invented stakeholders who disagree: who uses the thing, and who runs it. */
#include "starter/parts.h"

static bool is_for_users(tdo_topic about)
{
    return about == TDO_TOPIC_QUALITY || about == TDO_TOPIC_GAIN || about == TDO_TOPIC_FAIRNESS ||
           about == TDO_TOPIC_CAPACITY || about == TDO_TOPIC_UNKNOWN;
}

/* The first criterion of each weighs most: who wants everything alike can be left out. */
static size_t weigh(const tdo_starter *s, bool users, double *weight)
{
    size_t n = 0;
    for (size_t k = 0; k < s->n_criteria; k++)
        if (is_for_users(s->criterion[k].about) == users)
            weight[k] = n++ == 0 ? 3 : 1;
    return n;
}

void starter_invent_people(starter_work *t)
{
    tdo_starter *s = t->out;
    tdo_starter_person *users = &s->person[0], *operators = &s->person[1];
    *users = (tdo_starter_person){.id = "users", .label = "Users (an example)"};
    *operators = (tdo_starter_person){.id = "operations", .label = "Operations (an example)"};
    const size_t n_users = weigh(s, true, users->weight);
    const size_t n_operators = weigh(s, false, operators->weight);
    if (n_users > 0 && n_operators > 0) {
        operators->weight[0] += is_for_users(s->criterion[0].about) ? 1 : 0;
        return;
    }
    for (size_t k = 0; k < s->n_criteria; k++) { /* all on one side: opposite orders of weight */
        users->weight[k] = k == 0 ? 3 : 1;
        operators->weight[k] = k + 1 == s->n_criteria ? 3 : 1;
    }
}
