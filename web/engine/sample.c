/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How sure the choice is: the program's samples, of what the page holds of the errors. What knowing
 * more would be worth is not asked here. */
#include "engine/engine.h"

#include <math.h>

#include "engine/bytes.h"
#include "output/json_parts.h"

/* Beside the decision, which stays as it is. */
typedef struct web_sampling {
    tdo_scenario scenario;
    tdo_run run;
    tdo_robust_options options;
} web_sampling;

static void read_correlation(web_bytes *r, bool *has, double *correlation)
{
    *has = bytes_u32(r) != 0;
    *correlation = bytes_f64(r);
}

/* The errors of columns. */
static void read_errors(web_bytes *r, web_sampling *out)
{
    tdo_scenario *s = &out->scenario;
    tdo_measured *x = &out->run.measured;
    s->n_errors = bytes_count(r, 16 + x->n * sizeof(double), UINT32_MAX);
    s->errors = bytes_room(r, s->n_errors, sizeof *s->errors);
    tdo_spread *error = bytes_room(r, s->n_errors, sizeof *error);
    for (size_t e = 0; e < s->n_errors && !r->failed; e++) {
        s->errors[e].column = bytes_text(r);
        read_correlation(r, &s->errors[e].has_correlation, &s->errors[e].correlation);
        error[e].se = bytes_array(r, x->n, sizeof(double));
    }
    x->column_error = error;
}

/* What each criterion reads, and whether a sum has an error of its own. */
static void read_terms(web_bytes *r, web_sampling *out)
{
    tdo_scenario *s = &out->scenario;
    tdo_measured *x = &out->run.measured;
    tdo_criterion *c = bytes_room(r, s->n_criteria, sizeof *c);
    tdo_spread *error = bytes_room(r, s->n_criteria, sizeof *error);
    for (size_t k = 0; k < s->n_criteria && !r->failed; k++) {
        c[k] = s->criteria[k];
        c[k].linear = bytes_u32(r) != 0;
        c[k].has_se = bytes_u32(r) != 0;
        read_correlation(r, &c[k].has_correlation, &c[k].correlation);
        c[k].n_terms = bytes_count(r, 12, UINT32_MAX);
        c[k].terms = bytes_room(r, c[k].n_terms, sizeof *c[k].terms);
        for (size_t t = 0; t < c[k].n_terms && !r->failed; t++) {
            c[k].terms[t].column = bytes_text(r);
            c[k].terms[t].coefficient = bytes_f64(r);
        }
        error[k] = (tdo_spread){.se = x->se[k], .reading = x->reading[k]};
    }
    s->criteria = c;
    x->error = error;
}

/* Whole numbers that doubles hold; those below 0: none. */
static void read_options(web_bytes *r, web_sampling *out)
{
    tdo_scenario *s = &out->scenario;
    s->sampling = (tdo_sampling){.asked = true, .seed = (uint64_t)bytes_f64(r)};
    s->sampling.level = bytes_f64(r);
    const double samples = bytes_f64(r);
    out->options.until = bytes_f64(r);
    out->options.threads = 1;
    out->options.samples =
        samples >= 0 ? (uint64_t)samples
        : out->options.until > 0
            ? (uint64_t)TDO_MAX_SAMPLES
            : tdo_default_samples(&out->run.measured, out->run.screened.feasible_n);
}

/* Nobody's weights are open: what is so needs linear programs. */
static void close_regions(web_bytes *r, web_sampling *out)
{
    const size_t s = out->scenario.n_stakeholders;
    out->run.regions = (tdo_regions){.s = s};
    out->run.regions.region = bytes_room(r, s, sizeof *out->run.regions.region);
}

static tdo_status read_sampling(web_sampling *out)
{
    web_bytes r = {web.input, web.input + web.input_length, web.words, false, false};
    *out = (web_sampling){.scenario = web.problem.scenario, .run = web.run};
    out->scenario.worth_in = TDO_NONE;
    read_options(&r, out);
    read_errors(&r, out);
    read_terms(&r, out);
    close_regions(&r, out);
    return bytes_verdict(&r);
}

/* Samples what was ranked last, and makes a text: what a result has under "robustness". */
EXPORT(sample, int, (void))
{
    web_sampling it;
    facts_listing all;
    if (!web.limited || !web.run.feasible || !web.array[ORDER].at)
        return TDO_E_USAGE;
    web.error = (tdo_error){0};
    if (!web_renew(&web.words))
        return TDO_E_MEMORY;
    tdo_status st = read_sampling(&it);
    if (st != TDO_OK)
        return (int)st;
    it.run.scenario = &it.scenario;
    it.run.sampled = true;
    const tdo_case k = tdo_case_of(&it.run);
    st = tdo_sample(&k, &it.options, web.words, &it.run.robust);
    if (st == TDO_OK)
        st = facts_list_candidates(&it.run, true, web.words, &all);
    web.text = tdo_sink_memory(web.words);
    json_writer j = {.o = &web.text};
    json_put_object(&j, NULL, JSON_FLOW);
    if (st == TDO_OK)
        st = out_robust(&j, &it.run, &all, web.words);
    json_put_end(&j);
    return (int)(web.text.failed ? TDO_E_MEMORY : st);
}
