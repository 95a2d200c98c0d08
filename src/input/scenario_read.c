/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The scenario file: bytes, tree, overrides, and the top of the format. Read this first. */
#include <string.h>

#include "input/scenario_reader.h"
#include "input/source.h"

const char *const tdo_rule_name[TDO_RULES] = {
    [TDO_RULE_WEIGHTED] = "weighted",
    [TDO_RULE_MAXIMIN] = "maximin",
    [TDO_RULE_NASH] = "nash",
    [TDO_RULE_KALAI_SMORODINSKY] = "kalai-smorodinsky",
    [TDO_RULE_MINIMAX_REGRET] = "minimax-regret",
    [TDO_RULE_CHEBYSHEV] = "chebyshev",
    [TDO_RULE_BORDA] = "borda",
    [TDO_RULE_COPELAND] = "copeland",
    [TDO_RULE_KEMENY] = "kemeny",
};

static const char *const missing_name[] = {
    [TDO_MISSING_ERROR] = "error", [TDO_MISSING_DROP] = "drop", [TDO_MISSING_WORST] = "worst"};

typedef struct top_keys {
    const tdo_node *tradeoff, *title, *candidates, *criteria, *stakeholders, *constraints, *rule,
        *simpler;
} top_keys;

static const tdo_key top_key[] = {
    TDO_KEY(top_keys, tradeoff, TDO_IS_NUMBER, TDO_REQUIRED),
    TDO_KEY(top_keys, title, TDO_IS_STRING, TDO_OPTIONAL),
    TDO_KEY(top_keys, candidates, TDO_IS_OBJECT, TDO_REQUIRED),
    TDO_KEY_LATER("join"),
    TDO_KEY_LATER("average"),
    TDO_KEY(top_keys, criteria, TDO_IS_OBJECT, TDO_REQUIRED),
    TDO_KEY(top_keys, stakeholders, TDO_IS_OBJECT, TDO_REQUIRED),
    TDO_KEY(top_keys, constraints, TDO_IS_LIST, TDO_OPTIONAL),
    TDO_KEY(top_keys, rule, TDO_IS_STRING, TDO_OPTIONAL),
    TDO_KEY(top_keys, simpler, TDO_IS_OBJECT, TDO_OPTIONAL),
    TDO_KEY_LATER("mix"),
    TDO_KEY_LATER("robustness"),
};

typedef struct candidates_keys {
    const tdo_node *file, *id, *where, *missing, *incumbent, *delimiter;
} candidates_keys;

static const tdo_key candidates_key[] = {
    TDO_KEY(candidates_keys, file, TDO_IS_STRING, TDO_REQUIRED),
    TDO_KEY(candidates_keys, id, TDO_IS_STRING | TDO_IS_LIST, TDO_REQUIRED),
    TDO_KEY(candidates_keys, where, TDO_IS_LIST, TDO_OPTIONAL),
    TDO_KEY(candidates_keys, missing, TDO_IS_STRING, TDO_OPTIONAL),
    TDO_KEY(candidates_keys, incumbent, TDO_IS_STRING, TDO_OPTIONAL),
    TDO_KEY(candidates_keys, delimiter, TDO_IS_STRING, TDO_OPTIONAL),
    TDO_KEY_LATER("join"),
    TDO_KEY_LATER("average"),
    TDO_KEY_LATER("zero_is_missing"),
};

typedef struct simpler_keys {
    const tdo_node *criterion, *within;
} simpler_keys;

static const tdo_key simpler_key[] = {
    TDO_KEY(simpler_keys, criterion, TDO_IS_STRING, TDO_REQUIRED),
    TDO_KEY(simpler_keys, within, TDO_IS_NUMBER, TDO_REQUIRED),
};

/* ---- candidates ---- */

static void read_file(tdo_reader *r, const tdo_node *n)
{
    tdo_scenario *s = r->s;
    const char *slash = strrchr(s->file, '/');
    bool as_it_is = false;

    tdo_read_name(r, n, &s->candidates_file);
    if (s->candidates_file == NULL)
        return;
    s->candidates_place = tdo_place_of(r, n, TDO_AT_VALUE);
    bool from_stdin = strcmp(s->candidates_file, "-") == 0;
    if (from_stdin && strcmp(s->file, "-") == 0)
        tdo_complain(r, n, TDO_AT_VALUE, "%s is standard input, which is the scenario already",
                     tdo_say_path(r, n));
    as_it_is = from_stdin || s->candidates_file[0] == '/' || slash == NULL;
    s->candidates_path = as_it_is ? s->candidates_file
                                  : tdo_text(r->a, "%.*s%s", (int)(slash + 1 - s->file), s->file,
                                             s->candidates_file);
    if (s->candidates_path == NULL)
        r->no_memory = true;
}

static void read_id(tdo_reader *r, const tdo_node *n)
{
    tdo_scenario *s = r->s;
    bool list = n->type == TDO_NODE_LIST;

    s->id_place = tdo_place_of(r, n, TDO_AT_VALUE);
    if (list && (n->n == 0 || n->n > TDO_MAX_PARTS)) {
        tdo_complain(r, n, TDO_AT_VALUE, "%s must have 1 to %d columns, found %zu",
                     tdo_say_path(r, n), TDO_MAX_PARTS, n->n);
        return;
    }
    s->id_columns = tdo_reader_alloc(r, list ? n->n : 1, sizeof *s->id_columns);
    if (s->id_columns == NULL)
        return;
    for (const tdo_node *item = list ? n->first : n; item != NULL;
         item = list ? item->next : NULL) {
        const char *column = NULL;
        tdo_read_name(r, item, &column);
        for (size_t i = 0; i < s->n_id_columns && column != NULL; i++) {
            if (strcmp(s->id_columns[i], column) == 0) {
                tdo_complain(r, item, TDO_AT_VALUE, "%s is %s, which is in the list already",
                             tdo_say_path(r, item), tdo_say_name(r, item, column));
                column = NULL;
            }
        }
        if (column != NULL)
            s->id_columns[s->n_id_columns++] = column;
    }
}

static void read_candidates(tdo_reader *r, const tdo_node *n)
{
    tdo_scenario *s = r->s;
    candidates_keys k = {.file = NULL};
    size_t missing = TDO_MISSING_ERROR;

    tdo_read_keys(r, n, candidates_key, sizeof candidates_key / sizeof *candidates_key, &k);
    read_file(r, k.file);
    if (k.id != NULL)
        read_id(r, k.id);
    if (k.where != NULL)
        tdo_read_where(r, k.where);
    (void)tdo_read_choice(r, k.missing, missing_name, 3, &missing);
    s->missing = (tdo_missing)missing;
    tdo_read_name(r, k.incumbent, &s->incumbent);
    if (k.incumbent != NULL)
        s->incumbent_place = tdo_place_of(r, k.incumbent, TDO_AT_VALUE);
    if (k.delimiter == NULL)
        return;
    if (strlen(k.delimiter->text) == 1 && strchr(",;\t|", k.delimiter->text[0]) != NULL)
        s->delimiter = k.delimiter->text[0];
    else
        tdo_complain(r, k.delimiter, TDO_AT_VALUE,
                     "%s must be \",\", \";\", \"\\t\" or \"|\", found %s",
                     tdo_say_path(r, k.delimiter), tdo_say_value(r, k.delimiter));
}

/* ---- the top ---- */

/* The vetoes are constraints too, behind those of the file. */
static void add_vetoes(tdo_reader *r, const tdo_node *people)
{
    const tdo_scenario *s = r->s;
    const tdo_node *person = people->first;

    for (size_t i = 0; i < s->n_stakeholders; i++, person = person->next) {
        const tdo_node *needs = tdo_node_find(person, "needs");
        for (size_t j = 0; j < s->stakeholders[i].n_needs; j++) {
            const tdo_need *need = &s->stakeholders[i].needs[j];
            if (!need->veto)
                continue;
            tdo_constraint c = {.is = {.criterion = need->criterion,
                                       .has_min = need->has_min,
                                       .has_max = need->has_max,
                                       .min = need->min,
                                       .max = need->max,
                                       .place = need->place},
                                .owner = s->stakeholders[i].label,
                                .why = "veto",
                                .stakeholder = i};
            if (r->complaints == 0)
                c.text = tdo_condition_text(r, &c.is);
            tdo_add_constraint(r, tdo_node_find(needs, s->criteria[need->criterion].id), &c);
        }
    }
}

static void read_simpler(tdo_reader *r, const tdo_node *n)
{
    simpler_keys k = {.within = NULL};

    tdo_read_keys(r, n, simpler_key, sizeof simpler_key / sizeof *simpler_key, &k);
    if (k.criterion != NULL)
        (void)tdo_read_criterion_id(r, k.criterion, &r->s->simpler);
    (void)tdo_read_amount(r, k.within, &r->s->simpler_within);
}

static void read_top(tdo_reader *r)
{
    tdo_scenario *s = r->s;
    top_keys k = {.title = NULL};
    size_t rule = TDO_RULE_WEIGHTED;

    tdo_read_keys(r, r->root, top_key, sizeof top_key / sizeof *top_key, &k);
    tdo_read_text(k.title, &s->title);
    if (k.candidates != NULL)
        read_candidates(r, k.candidates);
    (void)tdo_read_choice(r, k.rule, tdo_rule_name, TDO_RULES, &rule);
    s->rule = (tdo_rule)rule;
    s->rule_place = k.rule != NULL ? tdo_place_of(r, k.rule, TDO_AT_VALUE)
                                   : (tdo_place){.file = s->file, .path = "rule"};
    /* What follows names criteria. Without them, or with too many, it would all be "unknown". */
    if (k.criteria == NULL)
        return;
    tdo_read_criteria(r, k.criteria);
    if (r->no_memory || k.criteria->n == 0 || k.criteria->n > TDO_MAX_CRITERIA)
        return;
    if (k.stakeholders != NULL)
        tdo_read_stakeholders(r, k.stakeholders);
    if (k.constraints != NULL)
        tdo_read_constraints(r, k.constraints);
    if (k.stakeholders != NULL && !r->no_memory)
        add_vetoes(r, k.stakeholders);
    if (k.simpler != NULL)
        read_simpler(r, k.simpler);
}

/* Another format would be nothing but errors here: one says it all. */
static bool is_other_format(tdo_reader *r)
{
    const tdo_node *n = tdo_node_find(r->root, "tradeoff");

    if (n == NULL || n->type != TDO_NODE_NUMBER || n->number == 1)
        return false;
    tdo_complain(r, n, TDO_AT_VALUE, "unsupported format %s: this version reads format 1",
                 tdo_say_value(r, n));
    return true;
}

/* ---- the file ---- */

static tdo_status read_tree(const char *file, const tdo_overrides *over, tdo_arena *a,
                            tdo_scenario *s, tdo_node **root, tdo_error *err)
{
    char *bytes = NULL;
    size_t length = 0;
    tdo_status status =
        tdo_source_slurp(file, file, TDO_MAX_SCENARIO_BYTES, a, &bytes, &length, s->sha256, err);

    if (status == TDO_OK)
        status = tdo_json_parse(bytes, length, file, TDO_MAX_SCENARIO_DEPTH, a, root, err);
    if (status == TDO_OK && (*root)->type != TDO_NODE_OBJECT)
        status = tdo_fail_at(err, TDO_E_INPUT, file, (*root)->at.line, (*root)->at.column,
                             "the scenario must be an object, found a list");
    if (status == TDO_OK && over != NULL)
        status = tdo_apply_overrides(*root, over, a, err);
    return status;
}

static const char *write_tree(const tdo_node *root, tdo_arena *a)
{
    tdo_sink o = tdo_sink_memory(a);

    tdo_node_write(root, &o);
    return o.failed ? NULL : o.text;
}

static void report_complaints(const tdo_reader *r, tdo_report *report)
{
    for (size_t i = 0; i < r->shown; i++)
        tdo_report_add(report, &r->error[i]);
    if (report != NULL)
        report->count += r->complaints - r->shown;
}

tdo_status tdo_scenario_read(const char *file, const tdo_overrides *over, tdo_arena *a,
                             tdo_scenario **out, tdo_report *report)
{
    tdo_error err = {.status = TDO_OK};
    tdo_node *root = NULL;
    tdo_reader r = {.a = a};
    tdo_scenario *s = r.s = tdo_reader_alloc(&r, 1, sizeof *r.s);

    r.error = tdo_reader_alloc(&r, TDO_REPORT_SHOWN, sizeof *r.error);
    if (r.no_memory)
        return TDO_E_MEMORY;
    *s = (tdo_scenario){.title = "", .simpler = TDO_NONE};
    s->file = tdo_copy(a, file, strlen(file));
    if (s->file == NULL)
        return TDO_E_MEMORY;
    tdo_status status = read_tree(s->file, over, a, s, &root, &err);
    if (status != TDO_OK) {
        if (status != TDO_E_MEMORY)
            tdo_report_add(report, &err);
        return status;
    }
    r.root = root;
    if (!is_other_format(&r))
        read_top(&r);
    s->json = r.complaints == 0 ? write_tree(root, a) : "";
    if (r.no_memory || s->json == NULL)
        return TDO_E_MEMORY;
    if (r.complaints > 0) {
        report_complaints(&r, report);
        return TDO_E_INPUT;
    }
    *out = s;
    return TDO_OK;
}
