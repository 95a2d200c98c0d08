/* SPDX-License-Identifier: GPL-3.0-or-later */
/* --set, --limit and --rule change the tree before anybody judges it, so that a bad value of theirs
 * is found by the same checks, and blamed on the option. */
#include <assert.h>
#include <string.h>

#include "scenario/reader.h"

typedef struct limit {
    const char *option; /* "--limit latency<=80" */
    const char *name;   /* criterion or column */
    const char *side;   /* "max" or "min" */
    tdo_node *bound;
} limit;

static tdo_status no_memory(tdo_error *err)
{
    return tdo_fail(err, TDO_E_MEMORY, "out of memory");
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static const char *trimmed(tdo_arena *a, const char *start, const char *end)
{
    while (start < end && is_blank(*start))
        start++;
    while (end > start && is_blank(end[-1]))
        end--;
    return tdo_copy(a, start, (size_t)(end - start));
}

/* The last "<=" or ">=": names of columns are free to hold others, numbers are not. */
static const char *find_relation(const char *s)
{
    const char *found = NULL;
    for (; *s != '\0'; s++)
        if ((*s == '<' || *s == '>') && s[1] == '=')
            found = s;
    return found;
}

/* A number, or else a word: whoever reads it knows whether it is a level. */
static tdo_node *bound_node(tdo_arena *a, const char *option, const char *text)
{
    double x = 0;
    bool number = tdo_number_read(text, strlen(text), &x) == TDO_NUMBER_OK;
    tdo_node *n = json_node_new(a, number ? JSON_NODE_NUMBER : JSON_NODE_STRING, option, text);
    if (n)
        n->number = x;
    return n;
}

static bool is_number(const char *text)
{
    double x = 0;
    return tdo_number_read(text, strlen(text), &x) == TDO_NUMBER_OK;
}

#define EXPECTED_LIMIT                                                                             \
    "expected NAME<=NUMBER or NAME>=NUMBER, as in \"latency<=80\" (the shell needs the quotes)"

/* What stands next to a relation: "=<", "<", "=". */
static tdo_status refuse_relation(const char *text, const char *relation, const char *option,
                                  tdo_error *err)
{
    const char *sign = strpbrk(text, "<>="), *then = sign ? sign + strspn(sign, "<>=") : NULL;
    if (relation || !sign || sign == text || !*then || sign[-1] == '!')
        return tdo_fail_at(err, TDO_E_USAGE, option, 0, 0, EXPECTED_LIMIT);
    const bool turned = then - sign <= 2 && strpbrk(sign, "<>") && strpbrk(sign, "<>") < then;
    if (turned)
        return tdo_fail_at(err, TDO_E_USAGE, option, 0, 0, "did you mean \"%.*s%c=%s\"?",
                           (int)(sign - text), text, *strpbrk(sign, "<>"), then);
    return tdo_fail_at(err, TDO_E_USAGE, option, 0, 0,
                       "a limit needs <= or >=: did you mean \"%.*s<=%s\"?", (int)(sign - text),
                       text, then);
}

/* Is it a name with another bound, "20<=latency" or "latency>=20"? A name may hold a relation. */
static bool has_bound(const char *name, tdo_arena *a)
{
    const char *relation = find_relation(name);
    const char *before = relation ? trimmed(a, name, relation) : NULL;
    return before && (is_number(before) || is_number(relation + 2));
}

static tdo_status read_limit(const char *text, tdo_arena *a, limit *out, tdo_error *err)
{
    const char *relation = find_relation(text);
    const char *end = text + strlen(text);
    bool valid = tdo_utf8_valid(text, strlen(text)) == strlen(text);
    out->option = tdo_text(a, "--limit %s", text);
    if (!out->option)
        return no_memory(err);
    if (relation && valid) {
        const char *bound = trimmed(a, relation + 2, end);
        out->name = trimmed(a, text, relation);
        out->side = *relation == '<' ? "max" : "min";
        out->bound = bound ? bound_node(a, out->option, bound) : NULL;
        if (!out->name || !out->bound)
            return no_memory(err);
        if (has_bound(out->name, a))
            return tdo_fail_at(err, TDO_E_USAGE, out->option, 0, 0,
                               "a limit has one bound: write two of them, each with its --limit");
        if (out->bound->type != JSON_NODE_NUMBER && is_number(out->name) && bound[0] != '\0')
            return tdo_fail_at(err, TDO_E_USAGE, out->option, 0, 0, "did you mean \"%s%c=%s\"?",
                               bound, *relation == '<' ? '>' : '<', out->name);
        if (out->name[0] != '\0' && bound[0] != '\0')
            return TDO_OK;
    }
    return valid ? refuse_relation(text, relation, out->option, err)
                 : tdo_fail_at(err, TDO_E_USAGE, out->option, 0, 0, EXPECTED_LIMIT);
}

static bool has_text(const tdo_node *object, const char *key, const char *text)
{
    const tdo_node *n = json_node_find(object, key);
    return n && n->type == JSON_NODE_STRING && strcmp(n->text, text) == 0;
}

static tdo_status append_new(tdo_node *object, const char *key, tdo_node *value, tdo_error *err)
{
    if (!value)
        return no_memory(err);
    json_node_append(object, key, value);
    return TDO_OK;
}

static tdo_status add_limit(tdo_node *root, const limit *l, const char *kind, tdo_arena *a,
                            tdo_error *err)
{
    tdo_node *list = json_node_find(root, "constraints");
    tdo_node *object = json_node_new(a, JSON_NODE_OBJECT, l->option, NULL);
    tdo_status status = object ? TDO_OK : no_memory(err);
    if (status == TDO_OK && !list) {
        list = json_node_new(a, JSON_NODE_LIST, l->option, NULL);
        status = append_new(root, "constraints", list, err);
    }
    if (status == TDO_OK)
        status =
            append_new(object, kind, json_node_new(a, JSON_NODE_STRING, l->option, l->name), err);
    if (status == TDO_OK)
        status = append_new(object, l->side, l->bound, err);
    if (status == TDO_OK)
        status = append_new(object, "owner",
                            json_node_new(a, JSON_NODE_STRING, l->option, "command line"), err);
    if (status == TDO_OK)
        json_node_append(list, NULL, object);
    return status;
}

/* Is some limit of the scenario on the column of that name? */
static bool limits_column(const tdo_node *root, const char *name)
{
    const tdo_node *list = json_node_find(root, "constraints");
    for (const tdo_node *n = list ? list->first : NULL; n; n = n->next)
        if (has_text(n, "column", name))
            return true;
    return false;
}

/* The criterion of that id; else, where no limit is on a column of that name, of that label. */
static const tdo_node *find_criterion(const tdo_node *root, limit *l)
{
    const tdo_node *criteria = json_node_find(root, "criteria");
    const tdo_node *found = criteria ? json_node_find(criteria, l->name) : NULL;
    if (found || !criteria || limits_column(root, l->name))
        return found;
    found = json_node_labelled(criteria, l->name);
    l->name = found ? found->key : l->name;
    return found;
}

/* Moves the bound of every veto on that criterion and side. */
static bool move_vetoes(tdo_node *root, const limit *l)
{
    const tdo_node *people = json_node_find(root, "stakeholders");
    bool moved = false;
    for (tdo_node *n = people ? people->first : NULL; n; n = n->next) {
        const tdo_node *needs = json_node_find(n, "needs");
        const tdo_node *need = needs ? json_node_find(needs, l->name) : NULL;
        const tdo_node *veto = need ? json_node_find(need, "veto") : NULL;
        tdo_node *side = need ? json_node_find(need, l->side) : NULL;
        if (side && veto && veto->type == JSON_NODE_BOOL && veto->yes) {
            json_node_replace(side, l->bound);
            moved = true;
        }
    }
    return moved;
}

/* NULL: not said. */
static const char *unit_of(const tdo_node *criterion)
{
    const tdo_node *unit = criterion ? json_node_find(criterion, "unit") : NULL;
    return unit && unit->type == JSON_NODE_STRING && unit->text[0] ? unit->text : NULL;
}

/* Neither a number nor a level. */
static tdo_status refuse_bound(const limit *l, const tdo_node *criterion, tdo_error *err)
{
    double x = 0;
    const char *bound = l->bound->text;
    const size_t digits = strspn(bound, "+-.0123456789");
    const bool unit = bound[digits] != 'e' && bound[digits] != 'E';
    const char *behind = bound + digits + (bound[digits] == ',');
    if (bound[digits] == ',' && *behind && behind[strspn(behind, "0123456789")] == '\0')
        return tdo_fail_at(err, TDO_E_USAGE, l->option, 0, 0,
                           "\"%s\" is no number: the decimal point is a point, and thousands have "
                           "no mark",
                           bound);
    if (unit && tdo_number_read(bound, digits, &x) == TDO_NUMBER_OK) {
        const char *in = unit_of(criterion), *own = bound + digits + strspn(bound + digits, " ");
        const bool other = in && strcmp(in, own) != 0;
        return tdo_fail_at(err, TDO_E_USAGE, l->option, 0, 0,
                           "\"%s\" is no number: write %.*s alone, in %s", bound,
                           other ? 10 : (int)digits, other ? "the number" : bound,
                           in ? in : "the unit of its column");
    }
    return tdo_fail_at(err, TDO_E_USAGE, l->option, 0, 0, "\"%s\" is no number%s", bound,
                       criterion ? ", and the criterion has no levels" : "");
}

/* Another one before set that side: the last would win, and all would be told. */
static tdo_status refuse_second(const limit *done, const limit *l, tdo_error *err)
{
    for (; done < l; done++)
        if (strcmp(done->name, l->name) == 0 && strcmp(done->side, l->side) == 0)
            return tdo_fail_at(err, TDO_E_USAGE, l->option, 0, 0,
                               "\"%s\" sets that side, too: give one", done->option);
    return TDO_OK;
}

/* Moves the bound wherever the scenario limits that side; else adds a constraint. */
static tdo_status apply_limit(tdo_node *root, const limit *l, const tdo_node *criterion,
                              tdo_arena *a, tdo_error *err)
{
    bool moved = false;
    bool is_criterion = criterion;
    if (l->bound->type != JSON_NODE_NUMBER && !(criterion && json_node_find(criterion, "levels")))
        return refuse_bound(l, criterion, err);
    const char *kind = is_criterion ? "criterion" : "column";
    const tdo_node *list = json_node_find(root, "constraints");
    if (list && list->type != JSON_NODE_LIST)
        return TDO_OK; /* which is complained about later */
    for (tdo_node *n = list ? list->first : NULL; n; n = n->next) {
        tdo_node *side = has_text(n, kind, l->name) ? json_node_find(n, l->side) : NULL;
        if (side)
            json_node_replace(side, l->bound);
        moved = moved || side;
    }
    if (is_criterion)
        moved = move_vetoes(root, l) || moved;
    return moved ? TDO_OK : add_limit(root, l, kind, a, err);
}

static tdo_status apply_limits(tdo_node *root, const tdo_overrides *over, tdo_arena *a,
                               tdo_error *err)
{
    limit *l = tdo_alloc(a, over->n_limit, sizeof *l);
    tdo_status status = l ? TDO_OK : no_memory(err);
    for (size_t i = 0; i < over->n_limit && status == TDO_OK; i++) {
        status = read_limit(over->limit[i], a, &l[i], err);
        if (status != TDO_OK)
            break;
        assert(l[i].bound);
        const tdo_node *criterion = find_criterion(root, &l[i]);
        status = refuse_second(l, &l[i], err);
        if (status == TDO_OK)
            status = apply_limit(root, &l[i], criterion, a, err);
    }
    return status;
}

static tdo_status apply_set(tdo_node *root, const char *text, tdo_arena *a, tdo_error *err)
{
    const char *option = tdo_text(a, "--set %s", text);
    return option ? json_set(root, text, option, TDO_MAX_SCENARIO_DEPTH, a, err) : no_memory(err);
}

/* An object that is there already, or an empty one. Something else stays, and is complained about
 * later. */
static tdo_status ask_for(tdo_node *root, const char *key, const char *command, tdo_arena *a,
                          tdo_error *err)
{
    if (json_node_find(root, key))
        return TDO_OK;
    return append_new(root, key, json_node_new(a, JSON_NODE_OBJECT, command, NULL), err);
}

/* --samples and --seed. */
static tdo_status apply_sampling(tdo_node *root, const char *key, const char *value, tdo_arena *a,
                                 tdo_error *err)
{
    const char *option = value ? tdo_text(a, "--%s %s", key, value) : "";
    const char *set = value ? tdo_text(a, "robustness.%s=%s", key, value) : "";
    if (!value)
        return TDO_OK;
    if (!option || !set)
        return no_memory(err);
    tdo_status status = ask_for(root, "robustness", option, a, err);
    return status == TDO_OK ? json_set(root, set, option, TDO_MAX_SCENARIO_DEPTH, a, err) : status;
}

/* The rule of the scenario, or of its mix. An object that names the same rule is kept. */
static tdo_status apply_rule(tdo_node *root, const char *rule, tdo_arena *a, tdo_error *err)
{
    if (!root || root->type != JSON_NODE_OBJECT)
        return TDO_OK; /* a mix that is none: complained about later */
    const char *option = tdo_text(a, "--rule %s", rule);
    tdo_node *old = json_node_find(root, "rule");
    if (old && old->type == JSON_NODE_OBJECT && has_text(old, "name", rule))
        return TDO_OK;
    tdo_node *n = option ? json_node_new(a, JSON_NODE_STRING, option, rule) : NULL;
    if (!n)
        return no_memory(err);
    if (old)
        json_node_replace(old, n);
    else
        json_node_append(root, "rule", n);
    return TDO_OK;
}

/* --frontier of the mix. An object that names the same space is kept. */
static tdo_status apply_splits(tdo_node *mix, const char *space, tdo_arena *a, tdo_error *err)
{
    if (!mix || mix->type != JSON_NODE_OBJECT)
        return TDO_OK;
    tdo_node *old = json_node_find(mix, "frontier");
    if (old && old->type == JSON_NODE_OBJECT && has_text(old, "space", space))
        return TDO_OK;
    const char *option = tdo_text(a, "--frontier %s", space);
    tdo_node *n = option ? json_node_new(a, JSON_NODE_OBJECT, option, NULL) : NULL;
    tdo_node *name = n ? json_node_new(a, JSON_NODE_STRING, option, space) : NULL;
    if (!name)
        return no_memory(err);
    json_node_append(n, "space", name);
    if (old)
        json_node_replace(old, n);
    else
        json_node_append(mix, "frontier", n);
    return TDO_OK;
}

tdo_status scenario_apply_overrides(tdo_node *root, const tdo_overrides *over, tdo_arena *a,
                                    tdo_error *err)
{
    tdo_status status = over->mix ? ask_for(root, "mix", "tradeoff mix", a, err) : TDO_OK;
    if (over->splits && status == TDO_OK)
        status = apply_splits(json_node_find(root, "mix"), over->splits, a, err);
    if (over->robust && status == TDO_OK)
        status = ask_for(root, "robustness", "tradeoff robust", a, err);
    for (size_t i = 0; i < over->n_set && status == TDO_OK; i++)
        status = apply_set(root, over->set[i], a, err);
    if (status == TDO_OK)
        status = apply_limits(root, over, a, err);
    if (over->rule && status == TDO_OK)
        status = apply_rule(root, over->rule, a, err);
    if (status == TDO_OK)
        status = apply_sampling(root, "samples", over->samples, a, err);
    if (status == TDO_OK)
        status = apply_sampling(root, "seed", over->seed, a, err);
    if (over->mix_rule && status == TDO_OK)
        status = apply_rule(json_node_find(root, "mix"), over->mix_rule, a, err);
    return status;
}
