/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Errors of measurement ("errors", and their short form on a criterion), and how they are sampled
 * ("robustness"). An error belongs to a column and is given once. */
#include <string.h>

#include "scenario/reader.h"

typedef struct error_keys {
    const tdo_node *se, *interval, *runs, *bounds, *correlation;
} error_keys;

static const scenario_key error_key[] = {
    SCENARIO_KEY(error_keys, se, SCENARIO_IS_NUMBER | SCENARIO_IS_OBJECT, SCENARIO_OPTIONAL),
    SCENARIO_KEY(error_keys, interval, SCENARIO_IS_OBJECT, SCENARIO_OPTIONAL),
    SCENARIO_KEY(error_keys, runs, SCENARIO_IS_NUMBER | SCENARIO_IS_OBJECT, SCENARIO_OPTIONAL),
    SCENARIO_KEY(error_keys, bounds, SCENARIO_IS_LIST, SCENARIO_OPTIONAL),
    SCENARIO_KEY(error_keys, correlation, SCENARIO_IS_NUMBER, SCENARIO_OPTIONAL),
};
enum { ERROR_KEYS = sizeof error_key / sizeof *error_key };

/* ---- who reads a column ---- */

static bool reads(const tdo_criterion *c, const char *column)
{
    for (size_t t = 0; t < c->n_terms; t++)
        if (strcmp(c->terms[t].column, column) == 0)
            return true;
    return false;
}

static const tdo_criterion *reader_of(const tdo_scenario *s, const char *column, bool *limited)
{
    const tdo_criterion *found = NULL;
    *limited = false;
    for (size_t c = 0; c < s->n_criteria; c++)
        if (reads(&s->criteria[c], column) && (!found || s->criteria[c].levels))
            found = &s->criteria[c];
    for (size_t j = 0; j < s->n_constraints; j++) {
        const tdo_condition *is = &s->constraints[j].condition;
        *limited |= is->column && (is->has_min || is->has_max) && strcmp(is->column, column) == 0;
    }
    return found;
}

static size_t find_error(const tdo_scenario *s, const char *column)
{
    for (size_t e = 0; e < s->n_errors; e++)
        if (strcmp(s->errors[e].column, column) == 0)
            return e;
    return TDO_NONE;
}

/* ---- "errors" ---- */

static void read_error(scenario_reader *r, const tdo_node *n)
{
    tdo_scenario *s = r->s;
    error_keys k = {.se = NULL};
    bool limited = false;
    tdo_column_error e = {.column = n->key};
    if (!scenario_expect(r, n, SCENARIO_IS_OBJECT))
        return;
    scenario_read_keys(r, n, error_key, ERROR_KEYS, &k);
    const scenario_error_nodes given = {k.se, k.interval, k.runs, k.bounds};
    if (scenario_is_missing(n, error_key, ERROR_KEYS, "se") &&
        scenario_is_missing(n, error_key, ERROR_KEYS, "interval"))
        scenario_complain(r, n, SCENARIO_AT_VALUE, "%s must have an \"se\" or an \"interval\"",
                          scenario_say_path(r, n));
    const tdo_criterion *of = reader_of(s, n->key, &limited);
    if (!of && !limited)
        scenario_complain(r, n, SCENARIO_AT_KEY, "no criterion and no limit reads the column %s",
                          scenario_say_name(r, n, n->key));
    else if (of && of->levels)
        scenario_complain(r, n, SCENARIO_AT_KEY,
                          "the column %s is read as levels, which have no error",
                          scenario_say_name(r, n, n->key));
    scenario_read_se(r, k.se, &e.se, &e.se_column);
    scenario_read_shape(r, &given, &e.shape);
    e.has_correlation = scenario_read_below_1(r, k.correlation, 0, &e.correlation);
    e.place = scenario_place_of(r, n, SCENARIO_AT_KEY);
    s->errors[s->n_errors++] = e;
}

/* ---- the short form ---- */

static bool is_one_column(const tdo_criterion *c)
{
    return c->n_terms == 1 && !c->linear && !c->levels;
}

static bool same_name(const char *a, const char *b)
{
    return a && b ? strcmp(a, b) == 0 : !a && !b;
}

static bool same_number(double a, double b)
{
    return !(a < b) && !(a > b);
}

static bool same_shape(const tdo_error_shape *a, const tdo_error_shape *b)
{
    return same_name(a->low, b->low) && same_name(a->high, b->high) &&
           same_name(a->runs_column, b->runs_column) && same_number(a->level, b->level) &&
           same_number(a->runs, b->runs) && a->has_bounds == b->has_bounds &&
           same_number(a->bound_low, b->bound_low) && same_number(a->bound_high, b->bound_high);
}

static bool is_same(const tdo_column_error *e, const tdo_criterion *c)
{
    bool same_share = !c->has_correlation ||
                      (e->has_correlation && same_number(e->correlation, c->correlation));
    return same_name(e->se_column, c->se_column) && same_number(e->se, c->se) &&
           same_shape(&e->shape, &c->shape) && same_share;
}

/* What gives the error of criterion n, as far as anything does. */
static const tdo_node *error_of(const tdo_node *n)
{
    const tdo_node *se = json_node_find(n, "se");
    return se ? se : json_node_find(n, "interval");
}

/* The error of a criterion's own column becomes one of the list. n: the criterion. */
static void add_short(scenario_reader *r, const tdo_node *n, const tdo_criterion *c)
{
    tdo_scenario *s = r->s;
    const tdo_node *se = error_of(n);
    size_t e = find_error(s, c->terms[0].column);
    if (e == TDO_NONE) {
        s->errors[s->n_errors++] = (tdo_column_error){.column = c->terms[0].column,
                                                      .se = c->se,
                                                      .se_column = c->se_column,
                                                      .shape = c->shape,
                                                      .has_correlation = c->has_correlation,
                                                      .correlation = c->correlation,
                                                      .place = c->place};
        return;
    }
    if (!is_same(&s->errors[e], c))
        scenario_complain(r, se, SCENARIO_AT_KEY,
                          "the column %s has another error already: an error is that of a column, "
                          "and given once",
                          scenario_say_name(r, se, c->terms[0].column));
}

static bool has_errors_in_cells(const tdo_criterion *c)
{
    return (c->style.as == TDO_CELLS_PLUS_MINUS || c->style.as == TDO_CELLS_INTERVAL) &&
           !c->levels && !c->has_se;
}

/* Those that stand in the cells of a criterion's columns, where nothing takes their place. */
static void add_cells(tdo_scenario *s, const tdo_criterion *c)
{
    for (size_t t = 0; t < c->n_terms && has_errors_in_cells(c); t++)
        if (find_error(s, c->terms[t].column) == TDO_NONE)
            s->errors[s->n_errors++] = (tdo_column_error){.column = c->terms[t].column,
                                                          .in_cells = true,
                                                          .shape = c->shape,
                                                          .has_correlation = c->has_correlation,
                                                          .correlation = c->correlation,
                                                          .place = c->place};
}

/* How many errors there can be at most. */
static size_t most_errors(const tdo_scenario *s, const tdo_node *errors)
{
    size_t most = (errors ? errors->n : 0) + s->n_criteria;
    for (size_t c = 0; c < s->n_criteria; c++)
        most += has_errors_in_cells(&s->criteria[c]) ? s->criteria[c].n_terms : 0;
    return most;
}

static void check_sum(scenario_reader *r, const tdo_node *se, const tdo_criterion *c)
{
    for (size_t t = 0; t < c->n_terms; t++)
        if (find_error(r->s, c->terms[t].column) != TDO_NONE) {
            scenario_complain(r, se, SCENARIO_AT_KEY,
                              "%s is the error of the sum, and its column %s has one already",
                              scenario_say_path(r, se),
                              scenario_say_name(r, se, c->terms[t].column));
            return;
        }
}

/* A criterion of a column with an error has that error. */
static void inherit(const tdo_scenario *s, tdo_criterion *c)
{
    size_t e = is_one_column(c) ? find_error(s, c->terms[0].column) : TDO_NONE;
    if (e == TDO_NONE || c->has_se || s->errors[e].in_cells)
        return;
    c->has_se = true;
    c->se = s->errors[e].se;
    c->se_column = s->errors[e].se_column;
    c->shape = s->errors[e].shape;
}

/* What is said of an error must have one: its own, that of the cells, or that of an average. */
static void check_lonely(scenario_reader *r, const tdo_node *n, const tdo_criterion *c)
{
    static const char *const key[] = {"correlation", "runs", "bounds"};
    static const char *const says[] = {"how errors are shared", "from how few runs an error comes",
                                       "where readings end that have an error"};
    bool in_cells = c->style.as == TDO_CELLS_PLUS_MINUS || c->style.as == TDO_CELLS_INTERVAL;
    for (size_t k = 1; k < sizeof key / sizeof *key; k++) {
        const tdo_node *found = json_node_find(n, key[k]);
        if (found && c->style.as == TDO_CELLS_INTERVAL && !c->has_se)
            scenario_complain(r, found, SCENARIO_AT_KEY,
                              "%s does not go with the intervals of the cells: an error is given "
                              "once",
                              scenario_say_path(r, found));
    }
    if (c->has_se || r->s->average.se || in_cells)
        return;
    const bool of_cells = c->groups && (c->groups->se || c->groups->size); /* and so are shared */
    for (size_t k = of_cells ? 1 : 0; k < sizeof key / sizeof *key; k++) {
        const tdo_node *found = json_node_find(n, key[k]);
        if (found)
            scenario_complain(r, found, SCENARIO_AT_KEY, "%s says %s, and there is no \"se\"",
                              scenario_say_path(r, found), says[k]);
    }
}

/* What one criterion says of the cells of a file is said of the file. */
static void check_shared(scenario_reader *r, const tdo_node *n, size_t c)
{
    const tdo_criterion *all = r->s->criteria, *k = &all[c];
    if (!k->groups || !k->has_correlation || k->has_se)
        return;
    for (size_t q = 0; q < c; q++)
        if (all[q].groups && all[q].has_correlation && !all[q].has_se &&
            strcmp(all[q].groups->from.file, k->groups->from.file) == 0 &&
            !same_number(all[q].correlation, k->correlation)) {
            const tdo_node *found = json_node_find(n, "correlation");
            scenario_complain(r, found, SCENARIO_AT_VALUE,
                              "%s differs from that of criterion \"%s\": the cells of a file share "
                              "one",
                              scenario_say_path(r, found), all[q].id);
            return;
        }
}

static void refuse_beside_draw(scenario_reader *r, const tdo_node *n)
{
    scenario_complain(r, n, SCENARIO_AT_KEY,
                      "%s does not go with \"draw\": the draws hold the errors already",
                      scenario_say_path(r, n));
}

/* Draws are the errors: there is no room for others. */
static void refuse_beside_draws(scenario_reader *r, const tdo_node *errors,
                                const tdo_node *criteria)
{
    static const char *const key[] = {"se", "interval", "runs", "bounds", "correlation", "items"};
    if (errors)
        refuse_beside_draw(r, errors);
    for (const tdo_node *n = criteria->first; n; n = n->next)
        for (size_t k = 0; k < sizeof key / sizeof *key; k++) {
            const tdo_node *found = json_node_find(n, key[k]);
            if (found)
                refuse_beside_draw(r, found);
        }
}

void scenario_read_errors(scenario_reader *r, const tdo_node *errors, const tdo_node *criteria)
{
    tdo_scenario *s = r->s;
    s->errors = scenario_reader_alloc(r, most_errors(s, errors), sizeof *s->errors);
    if (r->no_memory)
        return;
    if (s->draw)
        refuse_beside_draws(r, errors, criteria);
    for (const tdo_node *n = errors ? errors->first : NULL; n; n = n->next)
        read_error(r, n);
    const tdo_node *n = criteria->first;
    for (size_t c = 0; c < s->n_criteria; c++, n = n->next)
        if (s->criteria[c].has_se && is_one_column(&s->criteria[c]))
            add_short(r, n, &s->criteria[c]);
    for (size_t c = 0; c < s->n_criteria; c++)
        add_cells(s, &s->criteria[c]);
    scenario_check_items(r, criteria);
    n = criteria->first;
    for (size_t c = 0; c < s->n_criteria; c++, n = n->next) {
        const tdo_node *se = error_of(n);
        if (s->criteria[c].has_se && s->criteria[c].linear && se)
            check_sum(r, se, &s->criteria[c]);
        if (!s->criteria[c].items)
            check_lonely(r, n, &s->criteria[c]);
        check_shared(r, n, c);
        inherit(s, &s->criteria[c]);
    }
}

/* ---- "robustness" ---- */

/* A quarter by its square is as many samples as there may be. */
#define LEAST_UNTIL 2e-5

typedef struct robustness_keys {
    const tdo_node *samples, *seed, *level, *until;
} robustness_keys;

static const scenario_key robustness_key[] = {
    SCENARIO_KEY(robustness_keys, samples, SCENARIO_IS_NUMBER, SCENARIO_OPTIONAL),
    SCENARIO_KEY(robustness_keys, seed, SCENARIO_IS_NUMBER, SCENARIO_OPTIONAL),
    SCENARIO_KEY(robustness_keys, level, SCENARIO_IS_NUMBER, SCENARIO_OPTIONAL),
    SCENARIO_KEY(robustness_keys, until, SCENARIO_IS_NUMBER, SCENARIO_OPTIONAL),
};

/* True where *out was set. */
static bool read_whole(scenario_reader *r, const tdo_node *n, double most, uint64_t *out)
{
    if (!n)
        return false;
    if (!(n->number >= 0 && n->number <= most) || n->number > (double)(uint64_t)n->number) {
        scenario_complain(r, n, SCENARIO_AT_VALUE,
                          "%s must be a whole number from 0 to %.0f, found %s",
                          scenario_say_path(r, n), most, scenario_say_value(r, n));
        return false;
    }
    *out = (uint64_t)n->number;
    return true;
}

void scenario_read_robustness(scenario_reader *r, const tdo_node *n)
{
    robustness_keys k = {.samples = NULL};
    tdo_sampling *o = &r->s->sampling;
    *o = (tdo_sampling){.seed = 1, .level = 0.95};
    if (!n)
        return;
    scenario_read_keys(r, n, robustness_key, sizeof robustness_key / sizeof *robustness_key, &k);
    o->asked = true;
    o->has_samples = read_whole(r, k.samples, TDO_MAX_SAMPLES, &o->samples);
    (void)read_whole(r, k.seed, 0x1p53, &o->seed);
    if (k.until && !(k.until->number >= LEAST_UNTIL && k.until->number < 0.5))
        scenario_complain(
            r, k.until, SCENARIO_AT_VALUE, "%s must be at least %g and below 0.5, found %s",
            scenario_say_path(r, k.until), LEAST_UNTIL, scenario_say_value(r, k.until));
    else if (k.until)
        o->until = k.until->number;
    (void)scenario_read_below_1(r, k.level, SCENARIO_LEAST_LEVEL, &o->level);
}
