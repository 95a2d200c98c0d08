/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads a result back: the top of it, and what is recommended. */
#include <math.h>
#include <string.h>

#include "compare/result_reader.h"

enum { INPUTS_MOST = 1000, RULES_MOST = 100 };

static const json_format format = {"tradeoff-result/1", "result", "tradeoff run SCENARIO -o FILE"};

static void read_inputs(json_tree *t, const tdo_node *top, tdo_result *r)
{
    const tdo_node *list = json_tree_get(t, top, "inputs", JSON_MAY_BE_LIST);
    tdo_result_file *input = list ? json_tree_alloc(t, list->n, sizeof *input) : NULL;
    size_t k = 0;
    if (list && list->n > INPUTS_MOST)
        json_tree_wrong(t, list, "must have at most %d items, found %zu", INPUTS_MOST, list->n);
    for (const tdo_node *n = input ? list->first : NULL; n; n = n->next) {
        if (!json_tree_is(t, n, JSON_MAY_BE_OBJECT))
            return;
        input[k++] = (tdo_result_file){json_tree_text(t, n, "role", 0),
                                       json_tree_text(t, n, "file", 0),
                                       json_tree_text(t, n, "sha256", 0)};
    }
    r->input = input;
    r->n_inputs = k;
}

static void read_rules(json_tree *t, const tdo_node *top, tdo_result *r)
{
    const tdo_node *rules = json_tree_get(t, top, "rules", JSON_MAY_BE_OBJECT);
    tdo_result_winner *winner = rules ? json_tree_alloc(t, rules->n, sizeof *winner) : NULL;
    size_t k = 0;
    if (rules && rules->n > RULES_MOST)
        json_tree_wrong(t, rules, "must have at most %d rules, found %zu", RULES_MOST, rules->n);
    for (const tdo_node *n = winner ? rules->first : NULL; n; n = n->next) {
        if (!json_tree_is(t, n, JSON_MAY_BE_OBJECT))
            return;
        winner[k] = (tdo_result_winner){n->key, json_tree_text(t, n, "winner", 0), NULL, 0};
        winner[k].tied = json_tree_texts(t, n, "tied", JSON_MAY_BE_ABSENT, &winner[k].n_tied);
        k++;
    }
    r->winner = winner;
    r->n_winners = k;
}

static void read_recommendation(json_tree *t, const tdo_node *top, tdo_result *r)
{
    static const char *const outcomes[] = {"infeasible", "recommended"};
    bool feasible = json_tree_choice(t, top, "outcome", outcomes, 2) == 1;
    const tdo_node *n =
        json_tree_get(t, top, "recommendation", feasible ? JSON_MAY_BE_OBJECT : JSON_MAY_BE_NULL);
    r->score = r->margin = NAN;
    if (!n)
        return;
    const char *id = json_tree_text(t, n, "id", 0);
    r->rule = json_tree_text(t, n, "rule", 0);
    r->score = json_tree_number(t, n, "score", 0);
    r->runner_up = json_tree_text(t, n, "runner_up", JSON_MAY_BE_NULL);
    r->margin = json_tree_number(t, n, "margin", JSON_MAY_BE_NULL);
    r->simpler_than = json_tree_text(t, n, "simpler_than", JSON_MAY_BE_NULL);
    r->tie = json_tree_texts(t, n, "practical_ties", 0, &r->n_ties);
    if (t->status != TDO_OK)
        return;
    r->recommended = tdo_result_find(r, id);
    if (!r->recommended || r->recommended->status != TDO_IS_FEASIBLE)
        json_tree_wrong(t, json_node_find(n, "id"), "is no feasible candidate of this result");
}

static void read_set(json_tree *t, const tdo_node *top, tdo_result *r)
{
    const tdo_node *n = json_node_find(top, "portfolio");
    if (!n || !json_tree_is(t, n, JSON_MAY_BE_OBJECT))
        return;
    r->wants_set = true;
    if (json_node_find(n, "ids"))
        r->set = json_tree_texts(t, n, "ids", 0, &r->n_set);
}

tdo_status result_of_tree(const tdo_node *top, const char *file, tdo_arena *a, tdo_result **out,
                          tdo_error *err)
{
    json_tree t = {.a = a, .err = err};
    tdo_result *r = json_tree_alloc(&t, 1, sizeof *r);
    if (!r)
        return t.status;
    r->file = file;
    r->version =
        json_tree_text(&t, json_tree_get(&t, top, "generator", JSON_MAY_BE_OBJECT), "version", 0);
    read_inputs(&t, top, r);
    result_setting(&t, top, r);
    result_candidates(&t, top, r);
    read_rules(&t, top, r);
    read_recommendation(&t, top, r);
    read_set(&t, top, r);
    if (t.status == TDO_OK)
        *out = r;
    return t.status;
}

tdo_status tdo_result_parse(const char *json, size_t length, const char *file, tdo_arena *a,
                            tdo_result **out, tdo_error *err)
{
    tdo_node *top = NULL;
    tdo_status status = json_tree_parse((json_text){json, length, file}, &format, a, &top, err);
    return status == TDO_OK ? result_of_tree(top, file, a, out, err) : status;
}

tdo_status tdo_result_read(const char *file, tdo_arena *a, tdo_result **out, tdo_error *err)
{
    tdo_node *top = NULL;
    tdo_status status = json_tree_read(file, &format, a, &top, err);
    return status == TDO_OK ? result_of_tree(top, top->start.file, a, out, err) : status;
}
