/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads small values: texts, names, amounts, words of a list, bounds, ids. */
#include <string.h>

#include "base/plain.h"
#include "scenario/reader.h"

/* What stands there, of keys whose value is often written in another shape: ", as in ..."; "".
 * types: those that are read there. */
static const char *example_of(const tdo_node *n, unsigned types)
{
    static const struct {
        const char *key;   /* NULL: any */
        const char *above; /* the key of what it stands in; NULL: any */
        unsigned type;     /* of the example */
        const char *example;
    } shape[] = {
        {"candidates", NULL, SCENARIO_IS_OBJECT,
         ", as in {\"file\": \"models.csv\", \"id\": \"model\"}"},
        {"criteria", NULL, SCENARIO_IS_OBJECT,
         ", as in {\"quality\": {\"column\": \"auc\", \"goal\": \"max\"}}"},
        {NULL, "criteria", SCENARIO_IS_OBJECT, ", as in {\"column\": \"auc\", \"goal\": \"max\"}"},
        {"stakeholders", NULL, SCENARIO_IS_OBJECT,
         ", as in {\"sales\": {\"weights\": {\"quality\": 1}}}"},
        {NULL, "stakeholders", SCENARIO_IS_OBJECT, ", as in {\"weights\": {\"quality\": 1}}"},
        {"weights", NULL, SCENARIO_IS_OBJECT, ", as in {\"quality\": 3, \"latency\": 1}"},
        {"needs", NULL, SCENARIO_IS_OBJECT, ", as in {\"latency\": {\"max\": 80}}"},
        {NULL, "needs", SCENARIO_IS_OBJECT, ", as in {\"max\": 80}"},
        {"prefers", NULL, SCENARIO_IS_LIST, ", as in [\"quality >= latency\"]"},
        {"constraints", NULL, SCENARIO_IS_LIST,
         ", as in [{\"criterion\": \"latency\", \"max\": 80}]"},
        {"limits", NULL, SCENARIO_IS_LIST, ", as in [{\"criterion\": \"latency\", \"max\": 80}]"},
        {"where", NULL, SCENARIO_IS_LIST,
         ", as in [{\"column\": \"state\", \"equals\": \"done\"}]"},
        {"se", NULL, SCENARIO_IS_NUMBER, ", as in 0.01 or {\"column\": \"auc_se\"}"},
        {"levels", NULL, SCENARIO_IS_LIST, ", worst first, as in [\"low\", \"high\"]"},
    };
    const char *above = n->parent && n->parent->key ? n->parent->key : "";
    for (size_t i = 0; i < sizeof shape / sizeof *shape && n->key; i++)
        if ((types & shape[i].type) != 0 && (!shape[i].key || strcmp(shape[i].key, n->key) == 0) &&
            (!shape[i].above || strcmp(shape[i].above, above) == 0))
            return shape[i].example;
    return "";
}

bool scenario_expect(scenario_reader *r, const tdo_node *n, unsigned types)
{
    static const struct {
        unsigned type;
        const char *name;
    } kind[] = {{SCENARIO_IS_STRING, "a string"},
                {SCENARIO_IS_NUMBER, "a number"},
                {SCENARIO_IS_BOOL, "true or false"},
                {SCENARIO_IS_LIST, "a list"},
                {SCENARIO_IS_OBJECT, "an object"}};
    const char *wanted[2] = {NULL, NULL};
    size_t n_wanted = 0;
    if ((types & 1u << n->type) != 0)
        return true;
    for (size_t i = 0; i < sizeof kind / sizeof *kind && n_wanted < 2; i++)
        if ((types & kind[i].type) != 0)
            wanted[n_wanted++] = kind[i].name;
    scenario_complain(r, n, SCENARIO_AT_VALUE, "%s must be %s%s%s%s, found %s",
                      scenario_say_path(r, n), wanted[0], wanted[1] ? " or " : "",
                      wanted[1] ? wanted[1] : "", example_of(n, types), scenario_say_value(r, n));
    return false;
}

void scenario_read_text(const tdo_node *n, const char **out)
{
    if (n)
        *out = n->text;
}

void scenario_read_name(scenario_reader *r, const tdo_node *n, const char **out)
{
    if (!n || !scenario_expect(r, n, SCENARIO_IS_STRING))
        return;
    if (n->text[0] == '\0')
        scenario_complain(r, n, SCENARIO_AT_VALUE, "%s must not be empty", scenario_say_path(r, n));
    else
        *out = n->text;
}

bool scenario_read_amount(scenario_reader *r, const tdo_node *n, double *out)
{
    if (!n)
        return false;
    if (n->number < 0) {
        scenario_complain(r, n, SCENARIO_AT_VALUE, "%s must be at least 0, found %s",
                          scenario_say_path(r, n), scenario_say_value(r, n));
        return false;
    }
    *out = n->number;
    return true;
}

bool scenario_read_below_1(scenario_reader *r, const tdo_node *n, double least, double *out)
{
    if (!n)
        return false;
    if (!(n->number >= least && n->number < 1)) {
        scenario_complain(r, n, SCENARIO_AT_VALUE, "%s must be at least %g and below 1, found %s",
                          scenario_say_path(r, n), least, scenario_say_value(r, n));
        return false;
    }
    *out = n->number;
    return true;
}

static size_t index_of(const char *name, const char *const *words, size_t n_words)
{
    for (size_t i = 0; i < n_words; i++)
        if (strcmp(words[i], name) == 0)
            return i;
    return TDO_NONE;
}

bool scenario_read_choice(scenario_reader *r, const tdo_node *n, const char *const *words,
                          size_t n_words, size_t *out)
{
    if (!n)
        return false;
    size_t i = index_of(n->text, words, n_words);
    if (i == TDO_NONE) {
        scenario_complain(r, n, SCENARIO_AT_VALUE, "unknown %s %s%s", scenario_say_path(r, n),
                          scenario_say_name(r, n, n->text),
                          scenario_say_nearest(r, n, n->text, "allowed", words, n_words));
        return false;
    }
    *out = i;
    return true;
}

bool scenario_read_bound(scenario_reader *r, const tdo_node *n, size_t criterion, double *out)
{
    const tdo_criterion *c = criterion != TDO_NONE ? &r->s->criteria[criterion] : NULL;
    if (n->type == JSON_NODE_NUMBER) {
        *out = n->number;
        return true;
    }
    if (!c || !c->levels || n->type != JSON_NODE_STRING) {
        /* The levels that the word is one of may be among what was complained about. */
        if (!c || r->levels_known[criterion] || n->type != JSON_NODE_STRING)
            scenario_complain(r, n, SCENARIO_AT_VALUE, "%s must be a number%s, found %s",
                              scenario_say_path(r, n), c && c->levels ? " or a level" : "",
                              scenario_say_value(r, n));
        return false;
    }
    size_t level = index_of(n->text, c->levels, c->n_levels);
    if (level == TDO_NONE) {
        scenario_complain(r, n, SCENARIO_AT_VALUE, "unknown level %s in %s%s",
                          scenario_say_name(r, n, n->text), scenario_say_path(r, n),
                          scenario_say_nearest(r, n, n->text, "levels", c->levels, c->n_levels));
        return false;
    }
    *out = (double)level;
    return true;
}

void scenario_read_column(scenario_reader *r, const tdo_node *n, const char **column,
                          tdo_place *place)
{
    scenario_read_name(r, n, column);
    if (n)
        *place = scenario_place_of(r, n, SCENARIO_AT_VALUE);
}

/* The criterion that the key or the value of n names, in `in`; TDO_NONE: it is unknown. */
static size_t find_criterion(scenario_reader *r, const tdo_node *n, scenario_whereof where,
                             const tdo_node *in)
{
    const char *id = where == SCENARIO_AT_KEY ? n->key : n->text;
    const size_t i = index_of(id, r->criterion_id, r->s->n_criteria);
    const tdo_node *all = i == TDO_NONE ? json_node_find(r->root, "criteria") : NULL;
    const tdo_node *labelled = all ? json_node_labelled(all, id) : NULL;
    if (labelled)
        scenario_complain(r, n, where,
                          "unknown criterion %s in %s: it is the label of \"%s\", and criteria are "
                          "named by their keys",
                          scenario_say_name(r, n, id), scenario_say_path(r, in), labelled->key);
    else if (i == TDO_NONE)
        scenario_complain(
            r, n, where, "unknown criterion %s in %s%s", scenario_say_name(r, n, id),
            scenario_say_path(r, in),
            scenario_say_nearest(r, n, id, "criteria", r->criterion_id, r->s->n_criteria));
    return i;
}

size_t scenario_key_criterion(scenario_reader *r, const tdo_node *n)
{
    return find_criterion(r, n, SCENARIO_AT_KEY, n->parent);
}

bool scenario_read_criterion_id(scenario_reader *r, const tdo_node *n, size_t *out)
{
    const size_t i = find_criterion(r, n, SCENARIO_AT_VALUE, n);
    if (i != TDO_NONE)
        *out = i;
    return i != TDO_NONE;
}

void scenario_check_id(scenario_reader *r, const tdo_node *n, const char *what)
{
    size_t length = strlen(n->key);
    if (length == 0)
        scenario_complain(r, n, SCENARIO_AT_KEY, "the id of a %s must not be empty", what);
    else if (length > TDO_MAX_NAME_BYTES)
        scenario_complain(r, n, SCENARIO_AT_KEY,
                          "the id of a %s has %zu bytes, at most %d are allowed", what, length,
                          TDO_MAX_NAME_BYTES);
    else if (plain_has_control(n->key, length, ""))
        scenario_complain(r, n, SCENARIO_AT_KEY, "the id %s of a %s has a control character",
                          scenario_say_name(r, n, n->key), what);
}
