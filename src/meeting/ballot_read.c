/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads a ballot. People may have edited it: each number is looked at. */
#include "meeting/ballot.h"

#include <math.h>
#include <string.h>

#include "json/tree_reader.h"

static const json_format format = {"tradeoff-ballot/1", "ballot",
                                   "tradeoff gather SCENARIO --blank STAKEHOLDER"};

static const char *const top_key[] = {"format", "generator", "inputs",  "stakeholder",
                                      "by",     "power",     "weights", "prefers",
                                      "rates",  "vague",     "needs",   "objections"};

/* The first key that is none of these is an error. */
static void check_keys(json_tree *t, const tdo_node *object, const char *const *key, size_t n)
{
    for (const tdo_node *c = object ? object->first : NULL; c && t->status == TDO_OK; c = c->next) {
        bool known = false;
        for (size_t k = 0; k < n && !known; k++)
            known = strcmp(c->key, key[k]) == 0;
        const char *near = known ? NULL : tdo_nearest_word(c->key, key, n);
        if (!known && near)
            json_tree_wrong(t, c, "is not known (did you mean \"%s\"?)", near);
        else if (!known)
            json_tree_wrong(t, c, "is not known");
    }
}

static bool is_hash(const char *s)
{
    enum { HEX = 64 };
    return strlen(s) == HEX && strspn(s, "0123456789abcdef") == HEX;
}

static void read_inputs(json_tree *t, const tdo_node *top, tdo_ballot *b)
{
    const tdo_node *list = json_tree_get(t, top, "inputs", JSON_MAY_BE_LIST);
    tdo_ballot_input *input = list ? json_tree_alloc(t, list->n, sizeof *input) : NULL;
    bool scenario = false, candidates = false;
    for (const tdo_node *n = input ? list->first : NULL; n && t->status == TDO_OK; n = n->next) {
        if (!json_tree_is(t, n, JSON_MAY_BE_OBJECT))
            return;
        tdo_ballot_input *x = &input[b->n_inputs];
        *x = (tdo_ballot_input){.role = json_tree_text(t, n, "role", 0),
                                .file = json_tree_text(t, n, "file", 0),
                                .sha256 = json_tree_text(t, n, "sha256", 0)};
        if (t->status != TDO_OK)
            return;
        if (!is_hash(x->sha256))
            json_tree_wrong(t, json_node_find(n, "sha256"), "must be 64 digits, 0-9 and a-f");
        scenario |= strcmp(x->role, "scenario") == 0;
        candidates |= strcmp(x->role, "candidates") == 0;
        b->n_inputs++;
    }
    b->input = input;
    if (t->status == TDO_OK && (!scenario || !candidates))
        json_tree_wrong(t, list, "must name the scenario and the candidates that it was made for");
}

static double read_amount(json_tree *t, const tdo_node *object, const char *key, double most)
{
    double x = json_tree_number(t, object, key, JSON_MAY_BE_ABSENT);
    if (t->status == TDO_OK && (x < 0 || x > most))
        json_tree_wrong(t, json_node_find(object, key),
                        most < INFINITY ? "must be from 0 to 1" : "must not be negative");
    return x;
}

static void read_weights(json_tree *t, const tdo_node *top, tdo_ballot *b)
{
    const tdo_node *object =
        json_tree_get(t, top, "weights", JSON_MAY_BE_OBJECT | JSON_MAY_BE_ABSENT);
    tdo_ballot_weight *w = object ? json_tree_alloc(t, object->n, sizeof *w) : NULL;
    double sum = 0;
    for (const tdo_node *n = w ? object->first : NULL; n && t->status == TDO_OK; n = n->next) {
        w[b->n_weights] = (tdo_ballot_weight){n->key, read_amount(t, object, n->key, INFINITY)};
        sum += w[b->n_weights++].weight;
    }
    b->weight = w;
    if (object && t->status == TDO_OK && !(sum > 0 && sum < INFINITY))
        json_tree_wrong(t, object, "must have a weight that is more than 0, and a finite sum");
}

static const char *read_bound(json_tree *t, const tdo_node *need, const char *key)
{
    const tdo_node *n =
        json_tree_get(t, need, key, JSON_MAY_BE_NUMBER | JSON_MAY_BE_STRING | JSON_MAY_BE_ABSENT);
    tdo_sink o = tdo_sink_memory(t->a);
    if (!n)
        return NULL;
    json_node_write(n, &o);
    if (o.failed)
        t->status = tdo_fail(t->err, TDO_E_MEMORY, "out of memory");
    return n->type == JSON_NODE_NUMBER ? n->text : o.text;
}

static void read_needs(json_tree *t, const tdo_node *top, tdo_ballot *b)
{
    static const char *const keys[] = {"min", "max", "veto"};
    const tdo_node *object =
        json_tree_get(t, top, "needs", JSON_MAY_BE_OBJECT | JSON_MAY_BE_ABSENT);
    tdo_ballot_need *need = object ? json_tree_alloc(t, object->n, sizeof *need) : NULL;
    for (const tdo_node *n = need ? object->first : NULL; n && t->status == TDO_OK; n = n->next) {
        if (!json_tree_is(t, n, JSON_MAY_BE_OBJECT))
            return;
        check_keys(t, n, keys, sizeof keys / sizeof *keys);
        tdo_ballot_need *x = &need[b->n_needs++];
        *x = (tdo_ballot_need){.criterion = n->key,
                               .min = read_bound(t, n, "min"),
                               .max = read_bound(t, n, "max"),
                               .veto = json_tree_yes(t, n, "veto", JSON_MAY_BE_ABSENT)};
        if (t->status == TDO_OK && !x->min && !x->max)
            json_tree_wrong(t, n, "must have a \"min\" or a \"max\"");
    }
    b->need = need;
}

static void read_objections(json_tree *t, const tdo_node *top, tdo_ballot *b)
{
    static const char *const keys[] = {"candidate", "words"};
    const tdo_node *list =
        json_tree_get(t, top, "objections", JSON_MAY_BE_LIST | JSON_MAY_BE_ABSENT);
    tdo_objection *x = list ? json_tree_alloc(t, list->n, sizeof *x) : NULL;
    for (const tdo_node *n = x ? list->first : NULL; n && t->status == TDO_OK; n = n->next) {
        if (!json_tree_is(t, n, JSON_MAY_BE_OBJECT))
            return;
        check_keys(t, n, keys, sizeof keys / sizeof *keys);
        const tdo_objection said = {
            .candidate = json_tree_text(t, n, "candidate", JSON_MAY_BE_NULL | JSON_MAY_BE_ABSENT),
            .words = json_tree_text(t, n, "words", 0)};
        if (t->status == TDO_OK && !said.words[strspn(said.words, " \t\r\n")])
            json_tree_wrong(t, json_node_find(n, "words"), "must not be empty");
        x[b->n_objections++] = said;
    }
    b->objection = x;
}

/* What only a whole ballot can have wrong. */
static void check_wishes(json_tree *t, const tdo_node *top, const tdo_ballot *b)
{
    static const char *const lists[] = {"prefers", "rates"};
    if (t->status != TDO_OK)
        return;
    const tdo_node *vague = json_node_find(top, "vague");
    if (vague && !(b->vague > 0))
        json_tree_wrong(t, vague, "must be above 0 and at most 1");
    else if (vague && !b->n_weights)
        json_tree_wrong(t, vague, "says how far \"weights\" may be off, and there are none");
    for (size_t k = 0; k < 2; k++) {
        const tdo_node *list = json_node_find(top, lists[k]);
        if (list && list->n == 0)
            json_tree_wrong(t, list, "must have a statement");
    }
    if (b->stakeholder && !b->stakeholder[0])
        json_tree_wrong(t, json_node_find(top, "stakeholder"), "must not be empty");
}

/* A stakeholder of a scenario says these things in the same words. */
static void read_wishes(json_tree *t, const tdo_node *top, tdo_ballot *b)
{
    b->power = read_amount(t, top, "power", INFINITY);
    read_weights(t, top, b);
    b->prefers = json_tree_texts(t, top, "prefers", JSON_MAY_BE_ABSENT, &b->n_prefers);
    b->rates = json_tree_texts(t, top, "rates", JSON_MAY_BE_ABSENT, &b->n_rates);
    b->vague = read_amount(t, top, "vague", 1);
    read_needs(t, top, b);
}

tdo_status ballot_read_file(const char *file, tdo_arena *a, ballot_read *out, tdo_error *err)
{
    json_tree t = {.a = a, .err = err};
    tdo_node *top = NULL;
    tdo_ballot b = {.power = NAN, .vague = NAN};
    t.status = json_tree_read(file, &format, a, &top, err);
    if (t.status != TDO_OK)
        return t.status;
    check_keys(&t, top, top_key, sizeof top_key / sizeof *top_key);
    read_inputs(&t, top, &b);
    b.stakeholder = json_tree_text(&t, top, "stakeholder", 0);
    b.by = json_tree_text(&t, top, "by", JSON_MAY_BE_NULL | JSON_MAY_BE_ABSENT);
    read_wishes(&t, top, &b);
    read_objections(&t, top, &b);
    check_wishes(&t, top, &b);
    if (t.status == TDO_OK)
        *out = (ballot_read){.ballot = b, .file = file, .top = top};
    return t.status;
}

tdo_status tdo_ballot_read(const char *file, tdo_arena *a, tdo_ballot *out, tdo_error *err)
{
    ballot_read read;
    tdo_status status = ballot_read_file(file, a, &read, err);
    if (status == TDO_OK)
        *out = read.ballot;
    return status;
}

tdo_status tdo_ballot_of(const tdo_run *run, size_t h, tdo_arena *a, tdo_ballot *out)
{
    const tdo_scenario *s = run->scenario;
    const json_text text = {.bytes = s->json, .length = strlen(s->json), .file = s->file};
    tdo_error err = {.status = TDO_OK};
    json_tree t = {.a = a, .err = &err};
    tdo_ballot b = {.stakeholder = s->stakeholders[h].id};
    tdo_node *root = NULL;
    t.status = json_parse(text, TDO_MAX_SCENARIO_DEPTH, a, &root, &err);
    const tdo_node *people = json_tree_get(&t, root, "stakeholders", JSON_MAY_BE_OBJECT);
    const tdo_node *who = json_tree_get(&t, people, b.stakeholder, JSON_MAY_BE_OBJECT);
    if (who)
        read_wishes(&t, who, &b);
    if (t.status == TDO_OK)
        *out = b;
    return t.status == TDO_E_INPUT ? TDO_E_INTERNAL : t.status; /* it was read before */
}
