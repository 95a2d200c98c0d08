/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A comparison as JSON, format "tradeoff-diff/1": pairs of "was" and "is". Its shape is held by
 * diff.schema.json; a change here is a change there. */
#include <math.h>
#include <string.h>

#include "compare/diff_parts.h"
#include "explain/facts.h"
#include "json/json.h"
#include "json/writer.h"

/* ---- pairs ---- */

static void pair_of_texts(json_writer *j, const char *key, const char *was, const char *is)
{
    json_put_object(j, key, JSON_FLOW);
    json_put_text(j, "was", was);
    json_put_text(j, "is", is);
    json_put_end(j);
}

static void pair_of_numbers(json_writer *j, const char *key, double was, double is)
{
    json_put_object(j, key, JSON_FLOW);
    json_put_number(j, "was", was);
    json_put_number(j, "is", is);
    json_put_end(j);
}

static void count_or_null(json_writer *j, const char *key, bool there, size_t n)
{
    if (there)
        json_put_count(j, key, n);
    else
        json_put_null(j, key);
}

static void bool_or_null(json_writer *j, const char *key, bool there, bool yes)
{
    json_put_raw(j, key, there ? yes ? "true" : "false" : "null");
}

/* ---- the top ---- */

static void write_side(json_writer *j, const char *key, const tdo_result *r)
{
    json_put_object(j, key, JSON_LINES);
    json_put_text(j, "file", r->file);
    json_put_text(j, "version", r->version);
    json_put_text(j, "title", r->title);
    json_put_text(j, "outcome", r->recommended ? "recommended" : "infeasible");
    json_put_text(j, "recommended", r->recommended ? r->recommended->id : NULL);
    json_put_text(j, "rule", r->rule);
    json_put_number(j, "score", r->score);
    json_put_text(j, "runner_up", r->runner_up);
    json_put_number(j, "margin", r->margin);
    json_put_count(j, "feasible", r->feasible_n);
    json_put_count(j, "frontier", r->frontier_n);
    json_put_text(j, "simpler_than", r->simpler_than);
    const tdo_result_winner *w = diff_winner_of(r, r->rule);
    json_put_texts(j, "tied", w ? w->tied : NULL, w ? w->n_tied : 0);
    json_put_end(j);
}

static void write_areas(json_writer *j, const tdo_diff *d)
{
    json_put_array(j, "differs", JSON_FLOW);
    for (unsigned a = 0; a < TDO_AREAS; a++)
        if (d->areas >> a & 1)
            json_put_text(j, NULL, tdo_area_name[a]);
    json_put_end(j);
}

static void write_file(json_writer *j, const char *key, const tdo_result_file *f)
{
    if (!f) {
        json_put_null(j, key);
        return;
    }
    json_put_object(j, key, JSON_FLOW);
    json_put_text(j, "file", f->file);
    json_put_text(j, "sha256", f->sha256);
    json_put_end(j);
}

static void write_files(json_writer *j, const tdo_diff *d)
{
    json_put_array(j, "inputs", JSON_LINES);
    for (size_t k = 0; k < d->n_files; k++) {
        const tdo_diff_file *f = &d->file[k];
        json_put_object(j, NULL, JSON_FLOW);
        json_put_text(j, "role", f->is ? f->is->role : f->was->role);
        json_put_bool(j, "same", f->same);
        write_file(j, "was", f->was);
        write_file(j, "is", f->is);
        json_put_end(j);
    }
    json_put_end(j);
}

/* ---- what was asked ---- */

/* The value of a setting; no key where it is not set. */
static bool write_value(json_writer *j, const char *key, const struct tdo_node *n, tdo_arena *a)
{
    tdo_sink text = tdo_sink_memory(a);
    if (!n)
        return true;
    json_node_write(n, &text);
    if (!text.failed)
        json_put_raw(j, key, text.text);
    return !text.failed;
}

static tdo_status write_settings(json_writer *j, const tdo_diff *d, tdo_arena *a)
{
    bool good = true;
    json_put_array(j, "settings", JSON_LINES);
    for (size_t k = 0; k < d->n_settings && good; k++) {
        const tdo_diff_setting *s = &d->setting[k];
        json_put_object(j, NULL, JSON_FLOW);
        json_put_text(j, "area", tdo_area_name[s->area]);
        json_put_text(j, "path", s->path);
        good = write_value(j, "was", s->was, a) && write_value(j, "is", s->is, a);
        json_put_end(j);
    }
    json_put_end(j);
    return good ? TDO_OK : TDO_E_MEMORY;
}

static void write_limit(json_writer *j, const char *key, const tdo_result_limit *l)
{
    if (!l) {
        json_put_null(j, key);
        return;
    }
    json_put_object(j, key, JSON_FLOW);
    json_put_text(j, "text", l->text);
    json_put_text(j, "owner", l->owner);
    json_put_text(j, "why", l->why);
    if (l->has_min)
        json_put_number(j, "min", l->min);
    if (l->has_max)
        json_put_number(j, "max", l->max);
    json_put_count(j, "excludes", l->excludes);
    json_put_end(j);
}

static void write_limits(json_writer *j, const tdo_diff *d)
{
    json_put_array(j, "limits", JSON_LINES);
    for (size_t k = 0; k < d->n_limits; k++) {
        json_put_object(j, NULL, JSON_FLOW);
        json_put_text(j, "change", diff_limit_change(&d->limit[k]));
        write_limit(j, "was", d->limit[k].was);
        write_limit(j, "is", d->limit[k].is);
        json_put_end(j);
    }
    json_put_end(j);
}

static void write_person(json_writer *j, const char *key, const tdo_result *r,
                         const tdo_result_person *p)
{
    if (!p) {
        json_put_null(j, key);
        return;
    }
    json_put_object(j, key, JSON_FLOW);
    json_put_text(j, "label", p->label);
    json_put_number(j, "power", p->power);
    json_put_object(j, "weights", JSON_FLOW);
    for (size_t c = 0; c < r->n_criteria; c++)
        json_put_number(j, r->criteria[c].id, p->weight[c]);
    json_put_end(j);
    json_put_text(j, "choice", p->choice);
    json_put_end(j);
}

static void write_people(json_writer *j, const tdo_diff *d)
{
    json_put_array(j, "stakeholders", JSON_LINES);
    for (size_t k = 0; k < d->n_people; k++) {
        const tdo_diff_person *p = &d->person[k];
        json_put_object(j, NULL, JSON_FLOW);
        json_put_text(j, "id", p->is ? p->is->id : p->was->id);
        write_person(j, "was", d->was, p->was);
        write_person(j, "is", d->is, p->is);
        json_put_end(j);
    }
    json_put_end(j);
}

static void write_criterion(json_writer *j, const char *key, const tdo_criterion *c)
{
    if (!c) {
        json_put_null(j, key);
        return;
    }
    json_put_object(j, key, JSON_FLOW);
    json_put_number(j, "worst", c->worst);
    json_put_number(j, "best", c->best);
    json_put_text(j, "range", c->has_range ? "given" : "observed");
    json_put_end(j);
}

static void write_criteria(json_writer *j, const tdo_diff *d)
{
    json_put_array(j, "criteria", JSON_LINES);
    for (size_t k = 0; k < d->n_criteria; k++) {
        const tdo_diff_criterion *c = &d->criterion[k];
        json_put_object(j, NULL, JSON_FLOW);
        json_put_text(j, "id", c->is ? c->is->id : c->was->id);
        write_criterion(j, "was", c->was);
        write_criterion(j, "is", c->is);
        json_put_end(j);
    }
    json_put_end(j);
}

static void write_winners(json_writer *j, const tdo_diff *d)
{
    json_put_object(j, "rules", JSON_LINES);
    for (size_t k = 0; k < d->n_winners; k++)
        pair_of_texts(j, d->winner[k].rule, d->winner[k].was, d->winner[k].is);
    json_put_end(j);
}

/* ---- candidates ---- */

static void write_reading(json_writer *j, const tdo_diff_reading *r)
{
    static const char *const better[] = {"worse", "neither", "better"};
    const char *was = diff_level_word(r->was_of, r->was), *is = diff_level_word(r->is_of, r->is);
    json_put_object(j, r->is_of->id, JSON_FLOW);
    if (was)
        json_put_text(j, "was", was);
    else
        json_put_number(j, "was", r->was);
    if (is)
        json_put_text(j, "is", is);
    else
        json_put_number(j, "is", r->is);
    json_put_number(j, "by", r->by);
    bool_or_null(j, "beyond_two_se", r->noise != TDO_NOISE_UNKNOWN, r->noise == TDO_BEYOND_NOISE);
    json_put_text(j, "for_the", better[r->better + 1]);
    if (r->imputed)
        json_put_bool(j, "imputed", true);
    json_put_end(j);
}

static void write_cell(json_writer *j, const char *key, const tdo_result_cell *c)
{
    if (c->word)
        json_put_text(j, key, c->word);
    else
        json_put_number(j, key, c->number);
}

static void write_measured(json_writer *j, const tdo_diff_candidate *c)
{
    json_put_object(j, "measured", JSON_FLOW);
    for (size_t k = 0; k < c->n_readings; k++)
        write_reading(j, &c->reading[k]);
    json_put_end(j);
    if (!c->n_cells)
        return;
    json_put_object(j, "columns", JSON_FLOW);
    for (size_t k = 0; k < c->n_cells; k++) {
        json_put_object(j, c->cell[k].is->column, JSON_FLOW);
        write_cell(j, "was", c->cell[k].was);
        write_cell(j, "is", c->cell[k].is);
        json_put_end(j);
    }
    json_put_end(j);
}

static void write_candidate(json_writer *j, const tdo_diff_candidate *c)
{
    const tdo_result_candidate *was = c->was, *is = c->is;
    json_put_object(j, NULL, JSON_FLOW);
    json_put_text(j, "id", is ? is->id : was->id);
    json_put_text(j, "change",
                  was && is     ? "changed"
                  : c->unlisted ? "not listed"
                  : is          ? "added"
                                : "removed");
    pair_of_texts(j, "status", was ? tdo_standing_name[was->status] : NULL,
                  is ? tdo_standing_name[is->status] : NULL);
    json_put_object(j, "rank", JSON_FLOW);
    count_or_null(j, "was", was && was->rank, was ? was->rank : 0);
    count_or_null(j, "is", is && is->rank, is ? is->rank : 0);
    json_put_end(j);
    pair_of_numbers(j, "score", was ? was->score : NAN, is ? is->score : NAN);
    json_put_object(j, "frontier", JSON_FLOW);
    bool_or_null(j, "was", was, was && was->frontier);
    bool_or_null(j, "is", is, is && is->frontier);
    json_put_end(j);
    pair_of_texts(j, "dominated_by", was ? was->dominated_by : NULL, is ? is->dominated_by : NULL);
    write_measured(j, c);
    json_put_array(j, "reasons", JSON_FLOW);
    for (size_t k = 0; is && k < is->n_reasons; k++)
        json_put_text(j, NULL, is->reason[k]);
    json_put_end(j);
    json_put_end(j);
}

static void write_found(json_writer *j, const tdo_diff *d)
{
    json_put_object(j, "counts", JSON_FLOW);
    json_put_count(j, "changed", d->n);
    json_put_count(j, "unchanged", d->unchanged);
    json_put_count(j, "added", d->added);
    json_put_count(j, "removed", d->removed);
    json_put_count(j, "measured_anew", d->measured_anew);
    json_put_count(j, "beyond_two_se", d->beyond);
    json_put_end(j);
    json_put_array(j, "candidates", JSON_LINES);
    for (size_t k = 0; k < d->n && !j->o->failed; k++)
        write_candidate(j, &d->candidate[k]);
    json_put_end(j);
    json_put_object(j, "frontier", JSON_LINES);
    json_put_texts(j, "in", d->frontier_in, d->n_in);
    json_put_texts(j, "out", d->frontier_out, d->n_out);
    json_put_end(j);
}

static tdo_status write_diff(json_writer *j, const tdo_diff *d, const tdo_sentences *why,
                             tdo_arena *a)
{
    json_put_object(j, NULL, JSON_LINES);
    json_put_format(j, "tradeoff-diff/1");
    json_put_bool(j, "same_recommendation", d->same_answer);
    write_side(j, "was", d->was);
    write_side(j, "is", d->is);
    write_areas(j, d);
    json_put_texts(j, "sentences", why->item, why->n);
    write_files(j, d);
    tdo_status status = write_settings(j, d, a);
    write_limits(j, d);
    write_people(j, d);
    write_criteria(j, d);
    write_winners(j, d);
    write_found(j, d);
    json_put_end(j);
    return status;
}

tdo_status tdo_write_diff_json(const tdo_diff *d, tdo_sink *o)
{
    tdo_arena *a = tdo_arena_new();
    tdo_sentences why = {0};
    json_writer j = {.o = o};
    tdo_status status = a ? tdo_explain_diff(d, a, &why) : TDO_E_MEMORY;
    if (status == TDO_OK)
        status = write_diff(&j, d, &why, a);
    if (status == TDO_OK)
        status = tdo_sink_status(o);
    tdo_arena_free(a);
    return status;
}
