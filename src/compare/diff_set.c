/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The set of candidates that is wanted: is it the same? */
#include <string.h>

#include "base/list.h"
#include "compare/diff_parts.h"

static bool is_in_set(const tdo_result *r, const char *id)
{
    for (size_t k = 0; k < r->n_set; k++)
        if (strcmp(r->set[k], id) == 0)
            return true;
    return false;
}

/* ", with a and b": who is in one set and not in the other. */
static void put_beyond(tdo_sink *o, const char *word, const tdo_result *in, const tdo_result *out)
{
    size_t n = 0, told = 0;
    for (size_t k = 0; k < in->n_set; k++)
        n += !is_in_set(out, in->set[k]);
    for (size_t k = 0; k < in->n_set; k++) {
        if (is_in_set(out, in->set[k]))
            continue;
        tdo_puts(o, told ? list_joint(told, n) : word);
        tdo_put_quoted(o, in->set[k]);
        told++;
    }
}

/* Is everybody of one set in the other? */
static bool holds_all(const tdo_result *set, const tdo_result *of)
{
    for (size_t k = 0; k < of->n_set; k++)
        if (!is_in_set(set, of->set[k]))
            return false;
    return true;
}

static bool is_same_set(const tdo_diff *d)
{
    return holds_all(d->was, d->is) && holds_all(d->is, d->was);
}

bool diff_same_answer(const tdo_diff *d)
{
    if (d->was->wants_set != d->is->wants_set)
        return false;
    return d->is->wants_set ? is_same_set(d) : d->same;
}

void diff_say_set(speech *t, const tdo_diff *d)
{
    tdo_sink *o = &t->o;
    if (!d->is->wants_set && !d->was->wants_set)
        return;
    if (!d->is->wants_set) {
        tdo_puts(o, "A set was wanted, and is not now");
    } else if (!d->was->wants_set) {
        tdo_puts(o, "A set is wanted now");
        put_beyond(o, ": ", d->is, d->was);
    } else if (is_same_set(d)) {
        tdo_puts(o, d->is->n_set ? "The chosen set is the same" : "There is no set, as before");
    } else {
        tdo_puts(o, d->is->n_set ? "The chosen set is another one" : "No set is chosen any more");
        put_beyond(o, ", with ", d->is, d->was);
        put_beyond(o, ", without ", d->was, d->is);
    }
    speech_end(t);
}
