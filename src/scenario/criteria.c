/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads "criteria": what is measured, its goal, levels, style and errors. */
#include <string.h>

#include "scenario/reader.h"

typedef struct criterion_keys {
    const tdo_node *column, *linear, *groups, *items, *goal, *unit, *label, *levels, *as, *percent,
        *thousands, *decimal, *missing_marks, *zero_is_missing, *missing, *range, *value, *se,
        *interval, *runs, *bounds, *correlation, *indifference, *mixes;
} criterion_keys;

static const scenario_key criterion_key[] = {
    SCENARIO_KEY(criterion_keys, column, SCENARIO_IS_STRING, SCENARIO_OPTIONAL),
    SCENARIO_KEY(criterion_keys, linear, SCENARIO_IS_OBJECT, SCENARIO_OPTIONAL),
    SCENARIO_KEY(criterion_keys, groups, SCENARIO_IS_OBJECT, SCENARIO_OPTIONAL),
    SCENARIO_KEY(criterion_keys, items, SCENARIO_IS_OBJECT, SCENARIO_OPTIONAL),
    SCENARIO_KEY(criterion_keys, goal, SCENARIO_IS_STRING | SCENARIO_IS_OBJECT, SCENARIO_OPTIONAL),
    SCENARIO_KEY(criterion_keys, unit, SCENARIO_IS_STRING, SCENARIO_OPTIONAL),
    SCENARIO_KEY(criterion_keys, label, SCENARIO_IS_STRING, SCENARIO_OPTIONAL),
    SCENARIO_KEY(criterion_keys, levels, SCENARIO_IS_LIST, SCENARIO_OPTIONAL),
    SCENARIO_KEY(criterion_keys, as, SCENARIO_IS_STRING, SCENARIO_OPTIONAL),
    SCENARIO_KEY(criterion_keys, percent, SCENARIO_IS_BOOL, SCENARIO_OPTIONAL),
    SCENARIO_KEY(criterion_keys, thousands, SCENARIO_IS_STRING, SCENARIO_OPTIONAL),
    SCENARIO_KEY(criterion_keys, decimal, SCENARIO_IS_STRING, SCENARIO_OPTIONAL),
    SCENARIO_KEY(criterion_keys, missing_marks, SCENARIO_IS_LIST, SCENARIO_OPTIONAL),
    SCENARIO_KEY(criterion_keys, zero_is_missing, SCENARIO_IS_BOOL, SCENARIO_OPTIONAL),
    SCENARIO_KEY(criterion_keys, missing, SCENARIO_IS_STRING, SCENARIO_OPTIONAL),
    SCENARIO_KEY(criterion_keys, range, SCENARIO_IS_LIST | SCENARIO_IS_STRING, SCENARIO_OPTIONAL),
    SCENARIO_KEY(criterion_keys, value, SCENARIO_IS_LIST, SCENARIO_OPTIONAL),
    SCENARIO_KEY(criterion_keys, se, SCENARIO_IS_NUMBER | SCENARIO_IS_OBJECT, SCENARIO_OPTIONAL),
    SCENARIO_KEY(criterion_keys, interval, SCENARIO_IS_OBJECT, SCENARIO_OPTIONAL),
    SCENARIO_KEY(criterion_keys, runs, SCENARIO_IS_NUMBER | SCENARIO_IS_OBJECT, SCENARIO_OPTIONAL),
    SCENARIO_KEY(criterion_keys, bounds, SCENARIO_IS_LIST, SCENARIO_OPTIONAL),
    SCENARIO_KEY(criterion_keys, correlation, SCENARIO_IS_NUMBER, SCENARIO_OPTIONAL),
    SCENARIO_KEY(criterion_keys, indifference, SCENARIO_IS_NUMBER, SCENARIO_OPTIONAL),
    SCENARIO_KEY(criterion_keys, mixes, SCENARIO_IS_STRING, SCENARIO_OPTIONAL),
};
enum { CRITERION_KEYS = sizeof criterion_key / sizeof *criterion_key };

static const char *const mixes_name[] = {"mean", "worst"};

static void read_linear(scenario_reader *r, const tdo_node *linear, tdo_criterion *c)
{
    if (linear->n == 0 || linear->n > SCENARIO_MAX_PARTS) {
        scenario_complain(r, linear, SCENARIO_AT_VALUE, "%s must have 1 to %d columns, found %zu",
                          scenario_say_path(r, linear), SCENARIO_MAX_PARTS, linear->n);
        return;
    }
    c->linear = true;
    c->terms = scenario_reader_alloc(r, linear->n, sizeof *c->terms);
    if (!c->terms)
        return;
    for (const tdo_node *n = linear->first; n; n = n->next) {
        if (n->key[0] == '\0')
            scenario_complain(r, n, SCENARIO_AT_KEY, "a column in %s has no name",
                              scenario_say_path(r, linear));
        if (!scenario_expect(r, n, SCENARIO_IS_NUMBER))
            continue;
        if (n->number == 0)
            scenario_complain(r, n, SCENARIO_AT_VALUE, "%s must not be 0", scenario_say_path(r, n));
        c->terms[c->n_terms++] =
            (tdo_term){n->key, n->number, scenario_place_of(r, n, SCENARIO_AT_KEY)};
    }
}

/* What is measured: one column, a sum of columns, the values of subgroups or of items. */
static void read_terms(scenario_reader *r, const tdo_node *n, const criterion_keys *k,
                       tdo_criterion *c)
{
    static const char *const kind[] = {"column", "linear", "groups", "items"};
    static const char *const many[] = {"", "", "two", "three", "all"};
    const int found = (k->column != NULL) + (k->linear != NULL) + (k->groups != NULL) +
                      (k->items != NULL);
    const char *column = NULL;
    bool none = true;
    for (size_t i = 0; i < sizeof kind / sizeof *kind; i++)
        none = none && scenario_is_missing(n, criterion_key, CRITERION_KEYS, kind[i]);
    if (found > 1)
        scenario_complain(r, n, SCENARIO_AT_VALUE,
                          "%s must have one of \"column\", \"linear\", \"groups\" and \"items\", "
                          "found %s",
                          scenario_say_path(r, n), many[found]);
    else if (none)
        scenario_complain(r, n, SCENARIO_AT_VALUE,
                          "%s must have a \"column\", a \"linear\", \"groups\" or \"items\"",
                          scenario_say_path(r, n));
    if (k->groups)
        scenario_read_groups(r, k->groups, c);
    if (k->items)
        scenario_read_items(r, k->items, c);
    if (k->linear)
        read_linear(r, k->linear, c);
    scenario_read_name(r, k->column, &column);
    if (!column)
        return;
    c->terms = scenario_reader_alloc(r, 1, sizeof *c->terms);
    c->n_terms = c->terms != NULL;
    if (c->terms)
        c->terms[0] = (tdo_term){column, 1, scenario_place_of(r, k->column, SCENARIO_AT_VALUE)};
}

/* False where there are levels that cannot be used. */
static bool read_levels(scenario_reader *r, const tdo_node *n, const criterion_keys *k,
                        tdo_criterion *c)
{
    const tdo_node *list = k->levels;
    size_t before = r->complaints, n_words = 0;
    if (!list)
        return !json_node_find(n, "levels");
    if (!k->column && (k->linear || k->groups || k->items))
        scenario_complain(r, list, SCENARIO_AT_KEY, "%s goes only with \"column\"",
                          scenario_say_path(r, list));
    if (list->n < 2 || list->n > SCENARIO_MAX_LEVELS) {
        scenario_complain(r, list, SCENARIO_AT_VALUE, "%s must have 2 to %d words, found %zu",
                          scenario_say_path(r, list), SCENARIO_MAX_LEVELS, list->n);
        return false;
    }
    const char **word = scenario_reader_alloc(r, list->n, sizeof *word);
    for (const tdo_node *item = list->first; item && word; item = item->next) {
        const char *w = NULL;
        scenario_read_name(r, item, &w);
        for (size_t i = 0; i < n_words && w; i++) {
            if (strcmp(word[i], w) == 0) {
                scenario_complain(r, item, SCENARIO_AT_VALUE,
                                  "%s is %s, which is in the list already",
                                  scenario_say_path(r, item), scenario_say_name(r, item, w));
                w = NULL;
            }
        }
        if (w)
            word[n_words++] = w;
    }
    c->levels = word;
    c->n_levels = n_words;
    return r->complaints == before;
}

static bool is_separator(const char *s)
{
    return strlen(s) == 1 && *s >= ' ' && *s < 0x7F && !strchr("+-%\"", *s) &&
           !(*s >= '0' && *s <= '9') && !(*s >= 'A' && *s <= 'Z') && !(*s >= 'a' && *s <= 'z');
}

/* After the unit. */
static void read_form(scenario_reader *r, const criterion_keys *k, tdo_criterion *c)
{
    size_t form = TDO_CELLS_PLAIN;
    if (!scenario_read_choice(r, k->as, tdo_cell_form_name + 1, TDO_CELL_FORMS - 1, &form))
        return;
    c->style.as = (tdo_cell_form)(form + 1);
    c->style.unit = c->style.as == TDO_CELLS_QUANTITY ? c->unit : NULL;
    if (c->style.as == TDO_CELLS_QUANTITY && c->style.percent)
        scenario_complain(r, k->percent, SCENARIO_AT_KEY,
                          "%s is for numbers without a unit, and \"as\" is \"quantity\"",
                          scenario_say_path(r, k->percent));
}

static void read_marks(scenario_reader *r, const tdo_node *list, tdo_reading_style *style)
{
    if (!list)
        return;
    if (list->n == 0 || list->n > SCENARIO_MAX_MARKS)
        scenario_complain(r, list, SCENARIO_AT_VALUE, "%s must have 1 to %d words, found %zu",
                          scenario_say_path(r, list), SCENARIO_MAX_MARKS, list->n);
    const char **mark = scenario_reader_alloc(r, list->n, sizeof *mark);
    style->marks = mark;
    for (const tdo_node *item = list->first; item && mark; item = item->next) {
        const char *word = NULL;
        scenario_read_name(r, item, &word);
        if (word)
            mark[style->n_marks++] = word;
    }
}

/* After "thousands". */
static void read_decimal(scenario_reader *r, const tdo_node *n, tdo_criterion *c)
{
    if (!n)
        return;
    const bool comma = strcmp(n->text, ",") == 0;
    if (!comma && strcmp(n->text, ".") != 0)
        scenario_complain(r, n, SCENARIO_AT_VALUE, "%s must be \",\" or \".\", found %s",
                          scenario_say_path(r, n), scenario_say_value(r, n));
    else if (comma && c->style.thousands == ',')
        scenario_complain(r, n, SCENARIO_AT_VALUE,
                          "%s and \"thousands\" are the same sign: one of them parts thousands, "
                          "the other is the decimal sign",
                          scenario_say_path(r, n));
    else
        c->style.decimal = (char)(comma ? ',' : '\0');
}

static void read_style(scenario_reader *r, const criterion_keys *k, tdo_criterion *c)
{
    c->style.percent = k->percent && k->percent->yes;
    c->zero_is_missing = k->zero_is_missing && k->zero_is_missing->yes;
    if (k->thousands && is_separator(k->thousands->text))
        c->style.thousands = k->thousands->text[0];
    else if (k->thousands)
        scenario_complain(
            r, k->thousands, SCENARIO_AT_VALUE,
            "%s must be one ASCII character that is no part of a number, as in \",\", "
            "found %s",
            scenario_say_path(r, k->thousands), scenario_say_value(r, k->thousands));
    read_decimal(r, k->decimal, c);
    read_form(r, k, c);
    read_marks(r, k->missing_marks, &c->style);
    const tdo_node *n = c->style.percent     ? k->percent
                        : c->zero_is_missing ? k->zero_is_missing
                        : k->as              ? k->as
                        : k->decimal         ? k->decimal
                                             : k->thousands;
    if (k->levels && n)
        scenario_complain(r, n, SCENARIO_AT_KEY, "%s is for numbers, and \"levels\" are words",
                          scenario_say_path(r, n));
}

/* What a goal may be, and which one is meant where the word is nearly one. */
static void complain_goal(scenario_reader *r, const tdo_node *n)
{
    static const char *const words[][2] = {{"max", "max"},  {"Max", "max"},   {"MAX", "max"},
                                           {"larg", "max"}, {"high", "max"},  {"most", "max"},
                                           {"min", "min"},  {"Min", "min"},   {"MIN", "min"},
                                           {"low", "min"},  {"small", "min"}, {"least", "min"}};
    const char *meant = tdo_nearest_word(n->text, tdo_goal_name, TDO_GOAL_TARGET);
    for (size_t k = 0; k < sizeof words / sizeof *words && !meant; k++)
        meant = strncmp(n->text, words[k][0], strlen(words[k][0])) == 0 ? words[k][1] : NULL;
    if (meant)
        scenario_complain(r, n, SCENARIO_AT_VALUE, "unknown %s %s (did you mean \"%s\"?)",
                          scenario_say_path(r, n), scenario_say_name(r, n, n->text), meant);
    else
        scenario_complain(r, n, SCENARIO_AT_VALUE,
                          "%s must be \"max\", \"min\" or {\"target\": number}, not %s",
                          scenario_say_path(r, n), scenario_say_name(r, n, n->text));
}

/* The goal's name, or NULL where it is not known. */
static const char *read_goal(scenario_reader *r, const tdo_node *n, const criterion_keys *k,
                             size_t criterion)
{
    struct {
        const tdo_node *target;
    } object = {NULL};
    const scenario_key key[] = {{"target", SCENARIO_IS_ANY, SCENARIO_REQUIRED, 0}};
    tdo_criterion *c = &r->s->criteria[criterion];
    size_t which = 0;
    c->goal = TDO_GOAL_MAX;
    if (!k->goal) {
        bool missing = scenario_is_missing(n, criterion_key, CRITERION_KEYS, "goal");
        bool has_levels = json_node_find(n, "levels") != NULL;
        if (missing && !has_levels)
            scenario_complain(r, n, SCENARIO_AT_VALUE,
                              "\"goal\" is missing in %s: \"max\", \"min\" or {\"target\": number}",
                              scenario_say_path(r, n));
        return missing && has_levels ? tdo_goal_name[TDO_GOAL_MAX] : NULL;
    }
    if (k->goal->type == JSON_NODE_OBJECT) {
        c->goal = TDO_GOAL_TARGET;
        scenario_read_keys(r, k->goal, key, 1, &object);
        bool good = object.target && scenario_read_bound(r, object.target, criterion, &c->target);
        return good ? tdo_goal_name[TDO_GOAL_TARGET] : NULL;
    }
    while (which < TDO_GOAL_TARGET && strcmp(k->goal->text, tdo_goal_name[which]) != 0)
        which++;
    if (which == TDO_GOAL_TARGET) {
        complain_goal(r, k->goal);
        return NULL;
    }
    c->goal = (tdo_goal)which;
    return tdo_goal_name[which];
}

/* The error of the measurement. */
static void read_error(scenario_reader *r, const criterion_keys *k, tdo_criterion *c)
{
    const scenario_error_nodes given = {k->se, k->interval, k->runs, k->bounds};
    const tdo_node *n = k->se         ? k->se
                        : k->interval ? k->interval
                        : k->runs     ? k->runs
                        : k->bounds   ? k->bounds
                                      : k->correlation;
    scenario_read_se(r, k->se, &c->se, &c->se_column);
    c->has_se = k->se || k->interval;
    if (n)
        c->error_place = scenario_place_of(r, n, SCENARIO_AT_VALUE);
    scenario_read_shape(r, &given, &c->shape);
    c->has_correlation = scenario_read_below_1(r, k->correlation, 0, &c->correlation);
    if (n && k->levels)
        scenario_complain(r, n, SCENARIO_AT_KEY, "%s is for numbers, and \"levels\" are words",
                          scenario_say_path(r, n));
}

static void read_criterion(scenario_reader *r, const tdo_node *n, size_t criterion)
{
    tdo_criterion *c = &r->s->criteria[criterion];
    criterion_keys k = {.column = NULL};
    size_t mixes = 0;
    scenario_check_id(r, n, "criterion");
    *c = (tdo_criterion){.id = n->key, .label = n->key, .unit = ""};
    c->place = scenario_place_of(r, n, SCENARIO_AT_VALUE);
    if (!scenario_expect(r, n, SCENARIO_IS_OBJECT))
        return;
    scenario_read_keys(r, n, criterion_key, CRITERION_KEYS, &k);
    read_terms(r, n, &k, c);
    r->levels_known[criterion] = read_levels(r, n, &k, c);
    scenario_read_text(k.unit, &c->unit);
    read_style(r, &k, c);
    const char *goal = read_goal(r, n, &k, criterion);
    scenario_read_criterion_shape(r, k.range, k.value, goal, criterion);
    read_error(r, &k, c);
    c->has_missing = scenario_read_missing(r, k.missing, &c->missing);
    c->has_indifference = scenario_read_amount(r, k.indifference, &c->indifference);
    c->mixes_worst = scenario_read_choice(r, k.mixes, mixes_name, 2, &mixes) && mixes == 1;
    scenario_read_name(r, k.label, &c->label);
}

void scenario_read_criteria(scenario_reader *r, const tdo_node *criteria)
{
    tdo_scenario *s = r->s;
    size_t n = criteria->n < TDO_MAX_CRITERIA ? criteria->n : TDO_MAX_CRITERIA, i = 0;
    s->criteria = scenario_reader_alloc(r, n, sizeof *s->criteria);
    r->criterion_id = scenario_reader_alloc(r, n, sizeof *r->criterion_id);
    r->levels_known = scenario_reader_alloc(r, n, sizeof *r->levels_known);
    if (r->no_memory)
        return;
    if (criteria->n == 0)
        scenario_complain(r, criteria, SCENARIO_AT_VALUE, "there must be at least one criterion");
    s->n_criteria = n;
    for (const tdo_node *c = criteria->first; i < n; c = c->next)
        r->criterion_id[i++] = c->key;
    i = 0;
    for (const tdo_node *c = criteria->first; c; c = c->next, i++) {
        if (i == n) {
            scenario_complain(r, c, SCENARIO_AT_KEY, "%zu criteria, at most %d are allowed",
                              criteria->n, TDO_MAX_CRITERIA);
            break;
        }
        read_criterion(r, c, i);
    }
}
