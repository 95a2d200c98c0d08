/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A comparison as JSON, format "tradeoff-diff/1": pairs of "was" and "is". Its shape is held by
 * diff.schema.json; a change here is a change there. */
#include <math.h>
#include <string.h>

#include "json/json.h"
#include "compare/diff_parts.h"
#include "explain/facts.h"
#include "json/writer.h"

/* ---- pairs ---- */

static void pair_of_texts(tdo_json *j, const char *key, const char *was, const char *is)
{
    tdo_json_object(j, key, TDO_JSON_FLOW);
    tdo_json_text(j, "was", was);
    tdo_json_text(j, "is", is);
    tdo_json_end(j);
}

static void pair_of_numbers(tdo_json *j, const char *key, double was, double is)
{
    tdo_json_object(j, key, TDO_JSON_FLOW);
    tdo_json_number(j, "was", was);
    tdo_json_number(j, "is", is);
    tdo_json_end(j);
}

static void count_or_null(tdo_json *j, const char *key, bool there, size_t n)
{
    if (there)
        tdo_json_count(j, key, n);
    else
        tdo_json_null(j, key);
}

static void bool_or_null(tdo_json *j, const char *key, bool there, bool yes)
{
    tdo_json_raw(j, key, there ? yes ? "true" : "false" : "null");
}

static void write_names(tdo_json *j, const char *key, const char *const *name, size_t n)
{
    tdo_json_array(j, key, TDO_JSON_LINES);
    for (size_t k = 0; k < n; k++)
        tdo_json_text(j, NULL, name[k]);
    tdo_json_end(j);
}

/* ---- the top ---- */

static void write_side(tdo_json *j, const char *key, const tdo_result *r)
{
    tdo_json_object(j, key, TDO_JSON_LINES);
    tdo_json_text(j, "file", r->file);
    tdo_json_text(j, "version", r->version);
    tdo_json_text(j, "title", r->title);
    tdo_json_text(j, "outcome", r->recommended ? "recommended" : "infeasible");
    tdo_json_text(j, "recommended", r->recommended ? r->recommended->id : NULL);
    tdo_json_text(j, "rule", r->rule);
    tdo_json_number(j, "score", r->score);
    tdo_json_text(j, "runner_up", r->runner_up);
    tdo_json_number(j, "margin", r->margin);
    tdo_json_count(j, "feasible", r->feasible_n);
    tdo_json_count(j, "frontier", r->frontier_n);
    tdo_json_end(j);
}

static void write_areas(tdo_json *j, const tdo_diff *d)
{
    tdo_json_array(j, "differs", TDO_JSON_FLOW);
    for (unsigned a = 0; a < TDO_AREAS; a++)
        if (d->areas >> a & 1)
            tdo_json_text(j, NULL, tdo_area_name[a]);
    tdo_json_end(j);
}

static void write_file(tdo_json *j, const char *key, const tdo_result_file *f)
{
    if (!f) {
        tdo_json_null(j, key);
        return;
    }
    tdo_json_object(j, key, TDO_JSON_FLOW);
    tdo_json_text(j, "file", f->file);
    tdo_json_text(j, "sha256", f->sha256);
    tdo_json_end(j);
}

static void write_files(tdo_json *j, const tdo_diff *d)
{
    tdo_json_array(j, "inputs", TDO_JSON_LINES);
    for (size_t k = 0; k < d->n_files; k++) {
        const tdo_diff_file *f = &d->file[k];
        tdo_json_object(j, NULL, TDO_JSON_FLOW);
        tdo_json_text(j, "role", f->is ? f->is->role : f->was->role);
        tdo_json_bool(j, "same", f->same);
        write_file(j, "was", f->was);
        write_file(j, "is", f->is);
        tdo_json_end(j);
    }
    tdo_json_end(j);
}

/* ---- what was asked ---- */

/* The value of a setting; no key where it is not set. */
static bool write_value(tdo_json *j, const char *key, const struct tdo_node *n, tdo_arena *a)
{
    tdo_sink text = tdo_sink_memory(a);
    if (!n)
        return true;
    tdo_node_write(n, &text);
    if (!text.failed)
        tdo_json_raw(j, key, text.text);
    return !text.failed;
}

static tdo_status write_settings(tdo_json *j, const tdo_diff *d, tdo_arena *a)
{
    bool good = true;
    tdo_json_array(j, "settings", TDO_JSON_LINES);
    for (size_t k = 0; k < d->n_settings && good; k++) {
        const tdo_diff_setting *s = &d->setting[k];
        tdo_json_object(j, NULL, TDO_JSON_FLOW);
        tdo_json_text(j, "area", tdo_area_name[s->area]);
        tdo_json_text(j, "path", s->path);
        good = write_value(j, "was", s->was, a) && write_value(j, "is", s->is, a);
        tdo_json_end(j);
    }
    tdo_json_end(j);
    return good ? TDO_OK : TDO_E_MEMORY;
}

static void write_limit(tdo_json *j, const char *key, const tdo_result_limit *l)
{
    if (!l) {
        tdo_json_null(j, key);
        return;
    }
    tdo_json_object(j, key, TDO_JSON_FLOW);
    tdo_json_text(j, "text", l->text);
    tdo_json_text(j, "owner", l->owner);
    tdo_json_text(j, "why", l->why);
    if (l->has_min)
        tdo_json_number(j, "min", l->min);
    if (l->has_max)
        tdo_json_number(j, "max", l->max);
    tdo_json_count(j, "excludes", l->excludes);
    tdo_json_end(j);
}

static void write_limits(tdo_json *j, const tdo_diff *d)
{
    tdo_json_array(j, "limits", TDO_JSON_LINES);
    for (size_t k = 0; k < d->n_limits; k++) {
        tdo_json_object(j, NULL, TDO_JSON_FLOW);
        tdo_json_text(j, "change", tdo_limit_change(&d->limit[k]));
        write_limit(j, "was", d->limit[k].was);
        write_limit(j, "is", d->limit[k].is);
        tdo_json_end(j);
    }
    tdo_json_end(j);
}

static void write_person(tdo_json *j, const char *key, const tdo_result *r,
                         const tdo_result_person *p)
{
    if (!p) {
        tdo_json_null(j, key);
        return;
    }
    tdo_json_object(j, key, TDO_JSON_FLOW);
    tdo_json_text(j, "label", p->label);
    tdo_json_number(j, "power", p->power);
    tdo_json_object(j, "weights", TDO_JSON_FLOW);
    for (size_t c = 0; c < r->n_criteria; c++)
        tdo_json_number(j, r->criteria[c].id, p->weight[c]);
    tdo_json_end(j);
    tdo_json_text(j, "choice", p->choice);
    tdo_json_end(j);
}

static void write_people(tdo_json *j, const tdo_diff *d)
{
    tdo_json_array(j, "stakeholders", TDO_JSON_LINES);
    for (size_t k = 0; k < d->n_people; k++) {
        const tdo_diff_person *p = &d->person[k];
        tdo_json_object(j, NULL, TDO_JSON_FLOW);
        tdo_json_text(j, "id", p->is ? p->is->id : p->was->id);
        write_person(j, "was", d->was, p->was);
        write_person(j, "is", d->is, p->is);
        tdo_json_end(j);
    }
    tdo_json_end(j);
}

static void write_criterion(tdo_json *j, const char *key, const tdo_criterion *c)
{
    if (!c) {
        tdo_json_null(j, key);
        return;
    }
    tdo_json_object(j, key, TDO_JSON_FLOW);
    tdo_json_number(j, "worst", c->worst);
    tdo_json_number(j, "best", c->best);
    tdo_json_text(j, "range", c->has_range ? "given" : "observed");
    tdo_json_end(j);
}

static void write_criteria(tdo_json *j, const tdo_diff *d)
{
    tdo_json_array(j, "criteria", TDO_JSON_LINES);
    for (size_t k = 0; k < d->n_criteria; k++) {
        const tdo_diff_criterion *c = &d->criterion[k];
        tdo_json_object(j, NULL, TDO_JSON_FLOW);
        tdo_json_text(j, "id", c->is ? c->is->id : c->was->id);
        write_criterion(j, "was", c->was);
        write_criterion(j, "is", c->is);
        tdo_json_end(j);
    }
    tdo_json_end(j);
}

static void write_winners(tdo_json *j, const tdo_diff *d)
{
    tdo_json_object(j, "rules", TDO_JSON_LINES);
    for (size_t k = 0; k < d->n_winners; k++)
        pair_of_texts(j, d->winner[k].rule, d->winner[k].was, d->winner[k].is);
    tdo_json_end(j);
}

/* ---- candidates ---- */

static void write_reading(tdo_json *j, const tdo_diff_reading *r)
{
    static const char *const better[] = {"worse", "neither", "better"};
    const char *was = tdo_level_word(r->was_of, r->was), *is = tdo_level_word(r->is_of, r->is);
    tdo_json_object(j, r->is_of->id, TDO_JSON_FLOW);
    if (was)
        tdo_json_text(j, "was", was);
    else
        tdo_json_number(j, "was", r->was);
    if (is)
        tdo_json_text(j, "is", is);
    else
        tdo_json_number(j, "is", r->is);
    tdo_json_number(j, "by", r->by);
    bool_or_null(j, "beyond_two_se", r->noise != TDO_NOISE_UNKNOWN, r->noise == TDO_BEYOND_NOISE);
    tdo_json_text(j, "for_the", better[r->better + 1]);
    if (r->imputed)
        tdo_json_bool(j, "imputed", true);
    tdo_json_end(j);
}

static void write_cell(tdo_json *j, const char *key, const tdo_result_cell *c)
{
    if (c->word)
        tdo_json_text(j, key, c->word);
    else
        tdo_json_number(j, key, c->number);
}

static void write_measured(tdo_json *j, const tdo_diff_candidate *c)
{
    tdo_json_object(j, "measured", TDO_JSON_FLOW);
    for (size_t k = 0; k < c->n_readings; k++)
        write_reading(j, &c->reading[k]);
    tdo_json_end(j);
    if (!c->n_cells)
        return;
    tdo_json_object(j, "columns", TDO_JSON_FLOW);
    for (size_t k = 0; k < c->n_cells; k++) {
        tdo_json_object(j, c->cell[k].is->column, TDO_JSON_FLOW);
        write_cell(j, "was", c->cell[k].was);
        write_cell(j, "is", c->cell[k].is);
        tdo_json_end(j);
    }
    tdo_json_end(j);
}

static void write_candidate(tdo_json *j, const tdo_diff_candidate *c)
{
    const tdo_result_candidate *was = c->was, *is = c->is;
    tdo_json_object(j, NULL, TDO_JSON_FLOW);
    tdo_json_text(j, "id", is ? is->id : was->id);
    tdo_json_text(j, "change",
                  was && is     ? "changed"
                  : c->unlisted ? "not listed"
                  : is          ? "added"
                                : "removed");
    pair_of_texts(j, "status", was ? tdo_standing_name[was->status] : NULL,
                  is ? tdo_standing_name[is->status] : NULL);
    tdo_json_object(j, "rank", TDO_JSON_FLOW);
    count_or_null(j, "was", was && was->rank, was ? was->rank : 0);
    count_or_null(j, "is", is && is->rank, is ? is->rank : 0);
    tdo_json_end(j);
    pair_of_numbers(j, "score", was ? was->score : NAN, is ? is->score : NAN);
    tdo_json_object(j, "frontier", TDO_JSON_FLOW);
    bool_or_null(j, "was", was, was && was->frontier);
    bool_or_null(j, "is", is, is && is->frontier);
    tdo_json_end(j);
    pair_of_texts(j, "dominated_by", was ? was->dominated_by : NULL, is ? is->dominated_by : NULL);
    write_measured(j, c);
    tdo_json_array(j, "reasons", TDO_JSON_FLOW);
    for (size_t k = 0; is && k < is->n_reasons; k++)
        tdo_json_text(j, NULL, is->reason[k]);
    tdo_json_end(j);
    tdo_json_end(j);
}

static void write_found(tdo_json *j, const tdo_diff *d)
{
    tdo_json_object(j, "counts", TDO_JSON_FLOW);
    tdo_json_count(j, "changed", d->n);
    tdo_json_count(j, "unchanged", d->unchanged);
    tdo_json_count(j, "added", d->added);
    tdo_json_count(j, "removed", d->removed);
    tdo_json_count(j, "measured_anew", d->measured_anew);
    tdo_json_count(j, "beyond_two_se", d->beyond);
    tdo_json_end(j);
    tdo_json_array(j, "candidates", TDO_JSON_LINES);
    for (size_t k = 0; k < d->n && !j->o->failed; k++)
        write_candidate(j, &d->candidate[k]);
    tdo_json_end(j);
    tdo_json_object(j, "frontier", TDO_JSON_LINES);
    write_names(j, "in", d->frontier_in, d->n_in);
    write_names(j, "out", d->frontier_out, d->n_out);
    tdo_json_end(j);
}

static tdo_status write_diff(tdo_json *j, const tdo_diff *d, const tdo_sentences *why, tdo_arena *a)
{
    tdo_json_object(j, NULL, TDO_JSON_LINES);
    tdo_json_text(j, "format", "tradeoff-diff/1");
    tdo_json_object(j, "generator", TDO_JSON_FLOW);
    tdo_json_text(j, "name", "tradeoff");
    tdo_json_text(j, "version", TDO_VERSION);
    tdo_json_end(j);
    tdo_json_bool(j, "same_recommendation", d->same);
    write_side(j, "was", d->was);
    write_side(j, "is", d->is);
    write_areas(j, d);
    write_names(j, "sentences", why->item, why->n);
    write_files(j, d);
    tdo_status status = write_settings(j, d, a);
    write_limits(j, d);
    write_people(j, d);
    write_criteria(j, d);
    write_winners(j, d);
    write_found(j, d);
    tdo_json_end(j);
    return status;
}

tdo_status tdo_write_diff_json(const tdo_diff *d, tdo_sink *o)
{
    tdo_arena *a = tdo_arena_new();
    tdo_sentences why = {0};
    tdo_json j = {.o = o};
    tdo_status status = a ? tdo_explain_diff(d, a, &why) : TDO_E_MEMORY;
    if (status == TDO_OK)
        status = write_diff(&j, d, &why, a);
    if (status == TDO_OK)
        status = tdo_sink_status(o);
    tdo_arena_free(a);
    return status;
}
