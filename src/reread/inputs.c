/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The files that a result was made from: are they still those? */
#include "reread/inputs.h"

#include "reread/sha256.h"

#include <string.h>

static bool check_input(verify_world *w, const tdo_inputs *files, verify_node *node,
                        verify_source *out)
{
    char hash[VERIFY_HASH_TEXT];
    verify_job *j = w->job;
    *out = (verify_source){.node = node,
                           .role = verify_text(node, "role", NULL),
                           .file = verify_text(node, "file", NULL)};
    if (!out->role || !out->file)
        return claim_fails(j, node, "it names no file");
    if (verify_source_of(w, out->role, out->file))
        return claim_fails(j, node, "it is there twice");
    j->status = files->fetch(files->user, out->file, &out->bytes.s, &out->bytes.length, j->err);
    if (j->status != TDO_OK)
        return false;
    verify_sha256(out->bytes.s, out->bytes.length, hash);
    const char *is = verify_text(node, "sha256", "");
    if (strcmp(hash, is) != 0)
        return claim_fails(j, verify_get(node, "sha256"), "%s has the hash %s: it is another file",
                           out->file, hash);
    return claim_holds_all(j, node);
}

static bool says_the_same(const verify_node *a, const verify_node *b)
{
    if (a->kind == VERIFY_NUMBER)
        return !(a->number < b->number) && !(a->number > b->number);
    return a->kind != VERIFY_TEXT || strcmp(a->text, b->text) == 0;
}

static bool add_change(verify_world *w, verify_node *in, tdo_verification *out)
{
    if (out->n_changed == VERIFY_CHANGES)
        return true;
    const char *path = verify_path(in, w->job->a);
    claim_told(in);
    if (!path)
        return verify_room(w->job, SIZE_MAX, SIZE_MAX) != NULL;
    out->changed[out->n_changed++] = path;
    return true;
}

/* Adds the keys of what differs; what does not is as it should be. */
static bool find_changes(verify_world *w, verify_node *in, const verify_node *file,
                         tdo_verification *out)
{
    const bool keyed = in->kind == VERIFY_OBJECT, list = in->kind == VERIFY_ARRAY;
    if (!file || in->kind != file->kind || (list && in->n != file->n))
        return add_change(w, in, out);
    if (!keyed && !list)
        return says_the_same(in, file) ? claim_holds(w->job, in) : add_change(w, in, out);
    const verify_node *b = file->first;
    for (verify_node *c = in->first; c; c = c->next, b = b ? b->next : NULL)
        if (!find_changes(w, c, keyed ? verify_get(file, c->key) : b, out))
            return false;
    for (b = file->first; b && keyed; b = b->next)
        if (!verify_get(in, b->key))
            return add_change(w, in, out);
    return true;
}

bool verify_check_inputs(verify_world *w, const tdo_inputs *files, tdo_verification *out)
{
    verify_job *j = w->job;
    verify_node *list = claim_child(j, j->root, "inputs"), *file = NULL;
    if (!list || !VERIFY_ROOM(j, w->source, list->n) ||
        !VERIFY_ROOM(j, out->changed, VERIFY_CHANGES))
        return false;
    for (verify_node *x = list->first; x; x = x->next, w->n_sources++)
        if (!check_input(w, files, x, &w->source[w->n_sources]))
            return false;
    if (w->n_sources == 0 || strcmp(w->source[0].role, "scenario") != 0)
        return claim_fails(j, list, "the first input is no scenario");
    const verify_source *s = &w->source[0];
    tdo_error why = {0};
    j->status = verify_tree_read(s->bytes.s, s->bytes.length, j->a, &file, &why);
    if (j->status == TDO_E_INPUT) {
        j->status = TDO_OK;
        return claim_fails(j, s->node, "%s is no JSON", s->file);
    }
    if (j->status != TDO_OK || !find_changes(w, w->scenario, file, out))
        return false;
    return true;
}

const verify_source *verify_source_of(const verify_world *w, const char *role, const char *file)
{
    for (size_t k = 0; k < w->n_sources; k++)
        if (strcmp(w->source[k].role, role) == 0 && (!file || strcmp(w->source[k].file, file) == 0))
            return &w->source[k];
    return NULL;
}
