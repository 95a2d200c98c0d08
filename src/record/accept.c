/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was said of the limits that the chosen one breaks: "LIMIT: words". None is given up in
 * silence. */
#include <string.h>

#include "explain/words.h"
#include "record/parts.h"

/* Behind "NAME:" in the text, past blanks; NULL: it does not begin so. */
static const char *words_behind(const char *text, const char *name)
{
    size_t length = strlen(name);
    if (strncmp(text, name, length) != 0)
        return NULL;
    text += length + strspn(text + length, " ");
    return *text == ':' ? text + 1 + strspn(text + 1, " ") : NULL;
}

/* What limit j is called, most exact first: "latency <= 150 ms", "latency", "Latency". */
enum { NAMES = 3 };
static const char *name_of(const tdo_scenario *s, size_t j, size_t k)
{
    const tdo_constraint *is = &s->constraints[j];
    const tdo_criterion *c =
        is->condition.criterion == TDO_NONE ? NULL : &s->criteria[is->condition.criterion];
    const char *const name[NAMES] = {is->text, c ? c->id : is->condition.column,
                                     c ? c->label : is->text};
    return name[k];
}

static tdo_status fail_unnamed(const record_stand *s, const char *text, tdo_error *err)
{
    const tdo_scenario *scenario = s->run->scenario;
    const char *id = s->run->measured.id[s->i];
    for (size_t j = 0; j < scenario->n_constraints; j++)
        if (record_breaks(s, j))
            return tdo_fail(err, TDO_E_USAGE,
                            "--accept \"%s\" names no limit that \"%s\" breaks; it breaks %s, as "
                            "in --accept \"%s: WORDS\"",
                            text, id, scenario->constraints[j].text, name_of(scenario, j, 1));
    return tdo_fail(err, TDO_E_USAGE, "--accept \"%s\": \"%s\" breaks no limit", text, id);
}

/* All broken limits that a text begins with by its name k, a bit each. */
static uint64_t spoken_of(const record_stand *s, const char *text, size_t k, const char **words)
{
    uint64_t found = 0;
    for (size_t j = 0; j < s->run->scenario->n_constraints; j++) {
        const char *behind = words_behind(text, name_of(s->run->scenario, j, k));
        if (!behind || !record_breaks(s, j))
            continue;
        found |= UINT64_C(1) << j;
        *words = behind;
    }
    return found;
}

/* Whoever owns one of these limits speaks for that one alone. */
static bool one_owner(const tdo_scenario *s, uint64_t limits)
{
    const char *owner = NULL;
    for (size_t j = 0; j < s->n_constraints; j++) {
        if (!(limits >> j & 1))
            continue;
        if (owner && strcmp(owner, s->constraints[j].owner) != 0)
            return false;
        owner = s->constraints[j].owner;
    }
    return true;
}

/* Keeps what a text says of the limits that it names. words: [constraints], NULL where nothing was
 * said yet. */
static tdo_status take(const record_stand *s, const char *text, const char **words, tdo_error *err)
{
    const tdo_scenario *scenario = s->run->scenario;
    const char *said = NULL;
    uint64_t limits = 0;
    size_t k = 0;
    for (; k < NAMES && !limits; k++)
        limits = spoken_of(s, text, k, &said);
    if (!limits)
        return fail_unnamed(s, text, err);
    if (!said[0])
        return tdo_fail(err, TDO_E_USAGE, "--accept \"%s\" says nothing behind the limit", text);
    for (size_t j = 0; j < scenario->n_constraints; j++) {
        if (!(limits >> j & 1))
            continue;
        if (k > 1 && !one_owner(scenario, limits))
            return tdo_fail(err, TDO_E_USAGE,
                            "--accept \"%s\" speaks for several owners: begin it with all of one "
                            "limit, as in \"%s: WORDS\"",
                            text, scenario->constraints[j].text);
        if (words[j])
            return tdo_fail(err, TDO_E_USAGE, "--accept speaks of %s twice",
                            scenario->constraints[j].text);
        words[j] = said;
    }
    return TDO_OK;
}

static tdo_status fail_unspoken(const record_stand *s, size_t j, tdo_arena *a, tdo_error *err)
{
    const char *owner = s->run->scenario->constraints[j].owner;
    tdo_sink text = tdo_sink_memory(a);
    speech_put_broken(&text, s->run, j, s->i);
    return text.failed ? TDO_E_MEMORY
                       : tdo_fail(err, TDO_E_USAGE,
                                  "\"%s\" cannot be recorded: %s. If %s accepts that, say it with "
                                  "--accept \"%s: WORDS\"",
                                  s->run->measured.id[s->i], text.text,
                                  owner[0] ? owner : "everybody", name_of(s->run->scenario, j, 1));
}

tdo_status tdo_read_acceptances(const tdo_run *run, const char *const *text, size_t n, tdo_arena *a,
                                tdo_decision *d, tdo_error *err)
{
    const tdo_scenario *scenario = run->scenario;
    record_stand s = {0};
    const char **words = tdo_alloc(a, scenario->n_constraints, sizeof *words);
    tdo_acceptance *said = tdo_alloc(a, scenario->n_constraints, sizeof *said);
    tdo_status status = words && said ? record_find_stand(run, d->chosen, a, &s) : TDO_E_MEMORY;
    d->n_accepted = 0;
    for (size_t k = 0; k < n && status == TDO_OK; k++)
        status = take(&s, text[k], words, err);
    for (size_t j = 0; j < scenario->n_constraints && status == TDO_OK; j++)
        if (words[j])
            said[d->n_accepted++] = (tdo_acceptance){j, scenario->constraints[j].owner, words[j]};
        else if (record_breaks(&s, j))
            status = fail_unspoken(&s, j, a, err);
    d->accepted = said;
    return status;
}
