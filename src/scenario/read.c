/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The scenario file: bytes, tree, overrides, and the top of the format. Read this first. */
#include <string.h>

#include "files/source.h"
#include "scenario/reader.h"

typedef struct top_keys {
    const tdo_node *tradeoff, *title, *candidates, *criteria, *stakeholders, *constraints, *rule,
        *simpler, *mix, *portfolio, *errors, *robustness, *powers, *measure, *worth_in, *segments;
} top_keys;

static const scenario_key top_key[] = {
    SCENARIO_KEY(top_keys, tradeoff, SCENARIO_IS_NUMBER, SCENARIO_REQUIRED),
    SCENARIO_KEY(top_keys, title, SCENARIO_IS_STRING, SCENARIO_OPTIONAL),
    SCENARIO_KEY(top_keys, candidates, SCENARIO_IS_OBJECT, SCENARIO_OPTIONAL),
    SCENARIO_KEY(top_keys, criteria, SCENARIO_IS_OBJECT, SCENARIO_REQUIRED),
    SCENARIO_KEY(top_keys, stakeholders, SCENARIO_IS_OBJECT, SCENARIO_REQUIRED),
    SCENARIO_KEY(top_keys, powers, SCENARIO_IS_LIST, SCENARIO_OPTIONAL),
    SCENARIO_KEY(top_keys, constraints, SCENARIO_IS_LIST, SCENARIO_OPTIONAL),
    SCENARIO_KEY(top_keys, rule, SCENARIO_IS_STRING | SCENARIO_IS_OBJECT, SCENARIO_OPTIONAL),
    SCENARIO_KEY(top_keys, simpler, SCENARIO_IS_OBJECT, SCENARIO_OPTIONAL),
    SCENARIO_KEY(top_keys, mix, SCENARIO_IS_OBJECT, SCENARIO_OPTIONAL),
    SCENARIO_KEY(top_keys, portfolio, SCENARIO_IS_OBJECT, SCENARIO_OPTIONAL),
    SCENARIO_KEY(top_keys, errors, SCENARIO_IS_OBJECT, SCENARIO_OPTIONAL),
    SCENARIO_KEY(top_keys, robustness, SCENARIO_IS_OBJECT, SCENARIO_OPTIONAL),
    SCENARIO_KEY(top_keys, measure, SCENARIO_IS_LIST, SCENARIO_OPTIONAL),
    SCENARIO_KEY(top_keys, worth_in, SCENARIO_IS_OBJECT, SCENARIO_OPTIONAL),
    SCENARIO_KEY(top_keys, segments, SCENARIO_IS_OBJECT, SCENARIO_OPTIONAL),
};

typedef struct simpler_keys {
    const tdo_node *criterion, *within, *significant;
} simpler_keys;

static const scenario_key simpler_key[] = {
    SCENARIO_KEY(simpler_keys, criterion, SCENARIO_IS_STRING, SCENARIO_REQUIRED),
    SCENARIO_KEY(simpler_keys, within, SCENARIO_IS_NUMBER, SCENARIO_REQUIRED),
    SCENARIO_KEY(simpler_keys, significant, SCENARIO_IS_NUMBER, SCENARIO_OPTIONAL),
};

/* ---- the top ---- */

/* The vetoes are constraints too, behind those of the file. */
static void add_vetoes(scenario_reader *r, const tdo_node *people)
{
    const tdo_scenario *s = r->s;
    const tdo_node *person = people->first;
    for (size_t i = 0; i < s->n_stakeholders; i++, person = person->next) {
        const tdo_node *needs = json_node_find(person, "needs");
        for (size_t j = 0; j < s->stakeholders[i].n_needs; j++) {
            const tdo_need *need = &s->stakeholders[i].needs[j];
            if (!need->veto)
                continue;
            tdo_constraint c = {.condition = {.criterion = need->criterion,
                                              .has_min = need->has_min,
                                              .has_max = need->has_max,
                                              .min = need->min,
                                              .max = need->max,
                                              .place = need->place},
                                .owner = s->stakeholders[i].label,
                                .why = "veto",
                                .stakeholder = i};
            c.text = scenario_say_condition(r, &c.condition);
            scenario_add_constraint(r, json_node_find(needs, s->criteria[need->criterion].id), &c);
        }
    }
}

static void read_simpler(scenario_reader *r, const tdo_node *n)
{
    simpler_keys k = {.within = NULL};
    scenario_read_keys(r, n, simpler_key, sizeof simpler_key / sizeof *simpler_key, &k);
    if (tdo_rule_about[r->s->rule]->in_stages)
        scenario_complain(r, n, SCENARIO_AT_KEY,
                          "\"simpler\" compares scores, and those of the rule \"%s\" are of "
                          "different stages",
                          tdo_rule_name[r->s->rule]);
    if (k.criterion)
        (void)scenario_read_criterion_id(r, k.criterion, &r->s->simpler);
    (void)scenario_read_amount(r, k.within, &r->s->simpler_within);
    (void)scenario_read_below_1(r, k.significant, SCENARIO_LEAST_LEVEL, &r->s->simpler_shown);
}

/* A plan reads its candidates from the segments; all else needs those of everybody. */
static void check_candidates(scenario_reader *r)
{
    const bool segments = json_node_find(r->root, "segments");
    if ((segments && r->segments_only) ||
        !scenario_is_missing(r->root, top_key, sizeof top_key / sizeof *top_key, "candidates"))
        return;
    scenario_complain(r, r->root, SCENARIO_AT_VALUE, "\"candidates\" is missing in %s%s",
                      scenario_say_path(r, r->root),
                      segments ? ", which has \"segments\" only: tradeoff plan reads it" : "");
}

static void read_top(scenario_reader *r)
{
    tdo_scenario *s = r->s;
    const size_t n_keys = sizeof top_key / sizeof *top_key;
    top_keys k = {.title = NULL};
    check_candidates(r);
    scenario_read_keys(r, r->root, top_key, n_keys, &k);
    scenario_read_text(k.title, &s->title);
    if (k.candidates)
        scenario_read_candidates(r, k.candidates);
    /* What follows names criteria. Without them, or with too many, it would all be "unknown". */
    bool known = k.criteria;
    if (known)
        scenario_read_criteria(r, k.criteria);
    known = known && !r->no_memory && k.criteria->n > 0 && k.criteria->n <= TDO_MAX_CRITERIA;
    if (known && k.stakeholders)
        scenario_read_stakeholders(r, k.stakeholders);
    if (known && k.stakeholders && k.powers && !r->no_memory)
        scenario_read_powers(r, k.powers);
    scenario_read_rule(r, k.rule);
    scenario_read_robustness(r, k.robustness);
    if (!known)
        return;
    if (k.constraints)
        scenario_read_constraints(r, k.constraints);
    scenario_read_errors(r, k.errors, k.criteria);
    scenario_read_worth(r, k.measure, k.worth_in);
    if (k.stakeholders && !r->no_memory)
        add_vetoes(r, k.stakeholders);
    if (k.simpler)
        read_simpler(r, k.simpler);
    if (k.mix)
        scenario_read_mix(r, k.mix);
    if (k.segments)
        scenario_read_segments(r, k.segments);
    if (k.portfolio)
        scenario_read_portfolio(r, k.portfolio);
}

/* Another format would be nothing but errors here: one says it all. */
static bool is_other_format(scenario_reader *r)
{
    const tdo_node *n = json_node_find(r->root, "tradeoff");
    if (!n || n->type != JSON_NODE_NUMBER || n->number == 1)
        return false;
    scenario_complain(r, n, SCENARIO_AT_VALUE, "unsupported format %s: this version reads format 1",
                      scenario_say_value(r, n));
    return true;
}

/* ---- the file ---- */

static tdo_status read_tree(const char *file, const tdo_overrides *over, tdo_arena *a,
                            tdo_scenario *s, tdo_node **root, tdo_error *err)
{
    source_text all = {.length = 0};
    source_stream text = {.fd = -1};
    const bool in_memory = over && over->text.s;
    if (in_memory)
        source_open_text(&text, over->text.s, over->text.length, file);
    tdo_status status = in_memory ? source_slurp_open(&text, TDO_MAX_SCENARIO_BYTES, a, &all, err)
                                  : source_slurp(file, file, TDO_MAX_SCENARIO_BYTES, a, &all, err);
    memcpy(s->sha256, all.sha256, sizeof s->sha256);
    if (status == TDO_OK)
        status = json_parse((json_text){all.bytes, all.length, file}, TDO_MAX_SCENARIO_DEPTH, a,
                            root, err);
    if (status == TDO_OK && (*root)->type != JSON_NODE_OBJECT)
        status = tdo_fail_at(err, TDO_E_INPUT, file, (*root)->start.line, (*root)->start.column,
                             "the scenario must be an object, found a list");
    if (status == TDO_OK && over)
        status = scenario_apply_overrides(*root, over, a, err);
    return status;
}

static const char *write_tree(const tdo_node *root, tdo_arena *a)
{
    tdo_sink o = tdo_sink_memory(a);
    json_node_write(root, &o);
    return o.failed ? NULL : o.text;
}

static void report_complaints(const scenario_reader *r, tdo_report *report)
{
    for (size_t i = 0; i < r->shown; i++)
        tdo_report_add(report, &r->error[i]);
    if (report)
        report->count += r->complaints - r->shown;
}

tdo_status tdo_scenario_read(const char *file, const tdo_overrides *over, tdo_arena *a,
                             const tdo_scenario **out, tdo_report *report)
{
    tdo_error err = {.status = TDO_OK};
    tdo_node *root = NULL;
    scenario_reader r = {.a = a,
                         .outside_allowed = over && over->allow_outside,
                         .set_trusted = over && !over->set_by_file,
                         .facts_only = over && over->facts_only,
                         .segments_only = over && over->segments_only};
    tdo_scenario *s = r.s = scenario_reader_alloc(&r, 1, sizeof *r.s);
    r.error = scenario_reader_alloc(&r, TDO_REPORT_SHOWN, sizeof *r.error);
    if (r.no_memory)
        return TDO_E_MEMORY;
    *s = (tdo_scenario){.title = "", .simpler = TDO_NONE, .worth_in = TDO_NONE};
    s->file = tdo_copy(a, file, strlen(file));
    if (!s->file)
        return TDO_E_MEMORY;
    const char *slash = strrchr(s->file, '/');
    s->name = slash ? slash + 1 : s->file;
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
    if (r.no_memory || !s->json)
        return TDO_E_MEMORY;
    if (r.complaints > 0) {
        report_complaints(&r, report);
        return TDO_E_INPUT;
    }
    *out = s;
    return TDO_OK;
}
