/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads a decision record back. */
#include "tradeoff/record.h"

#include <math.h>
#include <string.h>

#include "compare/result_reader.h"

static const json_format format = {
    "tradeoff-decision/1", "decision record",
    "tradeoff record SCENARIO -o FILE.md --choose ID --because TEXT"};
static const char result_format[] = "tradeoff-result/1";

/* ---- the date ---- */

static int number_at(const char *s, size_t digits)
{
    int x = 0;
    for (size_t k = 0; k < digits; k++)
        x = 10 * x + (s[k] - '0');
    return x;
}

/* By the Gregorian calendar, whatever the year. */
static int days_of(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && leap);
}

bool tdo_is_date(const char *s)
{
    static const char pattern[] = "0000-00-00";
    for (size_t k = 0; k < sizeof pattern - 1; k++) {
        bool digit = s[k] >= '0' && s[k] <= '9';
        if (pattern[k] == '0' ? !digit : s[k] != pattern[k])
            return false;
    }
    int month = number_at(s + 5, 2), day = number_at(s + 8, 2);
    return !s[sizeof pattern - 1] && month >= 1 && month <= 12 && day >= 1 &&
           day <= days_of(number_at(s, 4), month);
}

/* ---- what people decided ---- */

/* Records from before limits had to be accepted one by one have no such list. */
static void read_accepted(json_tree *t, const tdo_node *top, tdo_decision *d)
{
    const tdo_node *list = json_tree_get(t, top, "accepted", JSON_MAY_BE_LIST | JSON_MAY_BE_ABSENT);
    tdo_acceptance *said = list ? json_tree_alloc(t, list->n, sizeof *said) : NULL;
    size_t k = 0;
    for (const tdo_node *n = said ? list->first : NULL; n; n = n->next, k++) {
        if (!json_tree_is(t, n, JSON_MAY_BE_OBJECT))
            return;
        said[k].constraint = json_tree_count(t, n, "constraint", 0);
        said[k].owner = json_tree_text(t, n, "owner", 0);
        said[k].words = json_tree_text(t, n, "words", 0);
    }
    d->accepted = said;
    d->n_accepted = k;
}

static void read_decision(json_tree *t, const tdo_node *top, tdo_decision *d)
{
    d->chosen = json_tree_text(t, top, "chosen", 0);
    d->because = json_tree_text(t, top, "because", 0);
    d->decided_by = json_tree_texts(t, top, "decided_by", 0, &d->n_decided_by);
    d->dissent = json_tree_texts(t, top, "dissent", 0, &d->n_dissent);
    read_accepted(t, top, d);
    d->date = json_tree_text(t, top, "date", JSON_MAY_BE_NULL);
    if (d->date && !tdo_is_date(d->date))
        json_tree_wrong(t, json_node_find(top, "date"), "must be a date, YYYY-MM-DD");
    const tdo_node *scenario = json_tree_get(t, top, "scenario", JSON_MAY_BE_OBJECT);
    d->scenario = json_tree_text(t, scenario, "file", 0);
    d->overrides.set = json_tree_texts(t, scenario, "set", 0, &d->overrides.n_set);
    d->overrides.limit = json_tree_texts(t, scenario, "limit", 0, &d->overrides.n_limit);
    d->overrides.rule = json_tree_text(t, scenario, "rule", JSON_MAY_BE_NULL);
    if (d->scenario && !d->scenario[0])
        json_tree_wrong(t, json_node_find(scenario, "file"), "must not be empty");
}

/* ---- how the chosen one stood ---- */

static void read_breaks(json_tree *t, const tdo_node *state, tdo_record *r)
{
    const tdo_node *list = json_tree_get(t, state, "breaks", JSON_MAY_BE_LIST);
    tdo_accepted_break *broke = list ? json_tree_alloc(t, list->n, sizeof *broke) : NULL;
    size_t k = 0;
    for (const tdo_node *n = broke ? list->first : NULL; n; n = n->next, k++) {
        if (!json_tree_is(t, n, JSON_MAY_BE_OBJECT))
            return;
        broke[k].limit = json_tree_count(t, n, "constraint", 0);
        broke[k].by = json_tree_number(t, n, "by", JSON_MAY_BE_NULL);
        if (t->status == TDO_OK && broke[k].limit >= r->result->n_limits)
            json_tree_wrong(t, n, "names a constraint that the result does not have");
    }
    r->broke = broke;
    r->n_broke = k;
}

static void read_needs(json_tree *t, const tdo_node *state, tdo_record *r)
{
    const tdo_node *list = json_tree_get(t, state, "needs", JSON_MAY_BE_LIST);
    tdo_accepted_need *need = list ? json_tree_alloc(t, list->n, sizeof *need) : NULL;
    size_t k = 0;
    for (const tdo_node *n = need ? list->first : NULL; n; n = n->next, k++) {
        if (!json_tree_is(t, n, JSON_MAY_BE_OBJECT))
            return;
        need[k].stakeholder = json_tree_text(t, n, "stakeholder", 0);
        need[k].criterion = json_tree_text(t, n, "criterion", 0);
        need[k].by = json_tree_number(t, n, "by", JSON_MAY_BE_NULL);
    }
    r->need = need;
    r->n_needs = k;
}

static void read_state(json_tree *t, const tdo_node *top, tdo_record *r)
{
    const tdo_node *state = json_tree_get(t, top, "state", JSON_MAY_BE_OBJECT);
    r->status = (tdo_standing)json_tree_choice(t, state, "status", tdo_standing_name, 3);
    r->recommended = json_tree_yes(t, state, "recommended", 0);
    r->rank = json_tree_count(t, state, "rank", JSON_MAY_BE_NULL);
    r->behind = json_tree_number(t, state, "behind", JSON_MAY_BE_NULL);
    read_breaks(t, state, r);
    read_needs(t, state, r);
}

tdo_status tdo_record_read(const char *file, tdo_arena *a, tdo_record **out, tdo_error *err)
{
    tdo_node *top = NULL;
    json_tree t = {.a = a, .err = err};
    tdo_result *result = NULL;
    t.status = json_tree_read(file, &format, a, &top, err);
    tdo_record *r = json_tree_alloc(&t, 1, sizeof *r);
    if (!r)
        return t.status;
    r->file = file;
    r->version =
        json_tree_text(&t, json_tree_get(&t, top, "generator", JSON_MAY_BE_OBJECT), "version", 0);
    read_decision(&t, top, &r->decision);
    const tdo_node *n = json_tree_get(&t, top, "result", JSON_MAY_BE_OBJECT);
    const char *is = json_tree_text(&t, n, "format", 0);
    if (is && strcmp(is, result_format) != 0)
        json_tree_wrong(&t, json_node_find(n, "format"), "must be \"%s\"", result_format);
    if (n && t.status == TDO_OK)
        t.status = result_of_tree(n, top->start.file, a, &result, err);
    r->result = result;
    if (t.status == TDO_OK)
        read_state(&t, top, r);
    if (t.status == TDO_OK)
        *out = r;
    return t.status;
}
