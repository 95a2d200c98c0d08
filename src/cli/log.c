/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tradeoff log FOLDER: the decisions so far, and whether each still stands. */
#include "cli/cli.h"

#include <dirent.h>
#include <errno.h>
#include <string.h>

#include "base/array.h"
#include "base/plain.h"

enum { OPEN_AGAIN = 1 };

typedef struct log_entry {
    const char *file;
    const tdo_record *record; /* NULL: it could not be read */
    tdo_recheck check;
    int failed; /* exit status of asking; 0: check holds */
} log_entry;

typedef struct decision_log {
    log_entry *entry; /* [n] */
    size_t n;
    size_t width;
} decision_log;

/* ---- finding them ---- */

static bool ends_in_json(const char *name)
{
    const size_t n = strlen(name);
    return n > 5 && strcmp(name + n - 5, ".json") == 0;
}

static int add(decision_log *l, const char *file, tdo_arena *a)
{
    log_entry *more = array_more(a, l->entry, l->n, sizeof *more);
    if (!more)
        return cli_complain_all(TDO_E_MEMORY, &(tdo_report){0});
    l->entry = more;
    size_t at = l->n++;
    for (; at > 0 && strcmp(l->entry[at - 1].file, file) > 0; at--)
        l->entry[at] = l->entry[at - 1];
    l->entry[at] = (log_entry){.file = file};
    return 0;
}

/* By name: what order a folder has is nobody's business. */
static int find_records(const char *folder, tdo_arena *a, decision_log *l)
{
    tdo_error err = {0};
    DIR *d = opendir(folder);
    int failed = 0;
    if (!d) {
        (void)tdo_fail_at(&err, TDO_E_IO, folder, 0, 0, "cannot open the folder: %s",
                          strerror(errno));
        return cli_complain(&err);
    }
    for (struct dirent *e = readdir(d); e && !failed; e = readdir(d)) {
        if (!ends_in_json(e->d_name))
            continue;
        const char *file = strcmp(folder, ".") == 0 ? tdo_copy(a, e->d_name, strlen(e->d_name))
                                                    : tdo_text(a, "%s/%s", folder, e->d_name);
        if (!file)
            failed = cli_complain_all(TDO_E_MEMORY, &(tdo_report){0});
        else if (cli_kind_of(file) == CLI_DECISION)
            failed = add(l, file, a);
    }
    (void)closedir(d);
    return failed;
}

/* ---- asking them ---- */

static const char *date_of(const log_entry *e)
{
    return e->record && e->record->decision.date ? e->record->decision.date : "";
}

/* Is a before b? The oldest first, whoever has no date last; else as they stand, by name. */
static bool is_before(const log_entry *a, const log_entry *b)
{
    const char *x = date_of(a), *y = date_of(b);
    return *x && (!*y || strcmp(x, y) < 0);
}

static void sort_by_date(decision_log *l)
{
    for (size_t k = 1; k < l->n; k++) {
        const log_entry x = l->entry[k];
        size_t at = k;
        for (; at > 0 && is_before(&x, &l->entry[at - 1]); at--)
            l->entry[at] = l->entry[at - 1];
        l->entry[at] = x;
    }
}

/* The first check that fails; NULL: all hold. */
static const char *why_open(const log_entry *e)
{
    for (size_t k = 0; k < e->check.n; k++)
        if (!e->check.check[k].holds)
            return e->check.check[k].text;
    return NULL;
}

/* ---- telling ---- */

enum { STATE_AT = 12, CHOSEN_AT = 20 };

static const char *chosen_of(const log_entry *e, tdo_arena *a)
{
    const char *text = e->record ? plain_text(a, e->record->decision.chosen) : "-";
    return text ? text : "";
}

static tdo_status write_log(const void *what, tdo_sink *o)
{
    const decision_log *l = what;
    tdo_arena *a = tdo_arena_new();
    size_t wide = strlen("Decision");
    if (!a)
        return TDO_E_MEMORY;
    for (size_t k = 0; k < l->n; k++) {
        const char *chosen = chosen_of(&l->entry[k], a);
        const size_t is = plain_width(chosen);
        wide = is > wide ? is : wide;
    }
    plain_put_padded(o, l->n ? "Date" : "", l->n ? STATE_AT : 0, false);
    plain_put_padded(o, l->n ? "State" : "", l->n ? CHOSEN_AT - STATE_AT : 0, false);
    plain_put_padded(o, l->n ? "Decision" : "", l->n ? wide + 2 : 0, false);
    tdo_puts(o, l->n ? "Record\n" : "no decision record here\n");
    for (size_t k = 0; k < l->n; k++) {
        const log_entry *e = &l->entry[k];
        const char *why = e->failed ? "see standard error" : why_open(e);
        plain_put_padded(o, date_of(e)[0] ? date_of(e) : "-", STATE_AT, false);
        plain_put_padded(o, e->failed ? "?" : why ? "open" : "stands", CHOSEN_AT - STATE_AT, false);
        plain_put_padded(o, chosen_of(e, a), wide + 2, false);
        tdo_putf(o, "%s\n", e->file);
        if (why) {
            const char *text = plain_text(a, why);
            plain_put_blanks(o, CHOSEN_AT);
            plain_put_folded(o, text ? text : "", l->width, CHOSEN_AT, CHOSEN_AT);
            tdo_puts(o, "\n");
        }
    }
    tdo_arena_free(a);
    return o->failed ? TDO_E_IO : TDO_OK;
}

/* "gbdt-v7", decided 2026-05-02, stands. NULL: out of memory. */
static const char *say_state(const log_entry *e, const char *why, tdo_arena *a)
{
    tdo_sink o = tdo_sink_memory(a);
    if (e->record)
        tdo_put_quoted(&o, e->record->decision.chosen);
    else
        tdo_puts(&o, e->file);
    if (date_of(e)[0])
        tdo_putf(&o, ", decided %s%s", date_of(e), e->failed ? "" : ",");
    if (e->failed)
        tdo_putf(&o, ": %s", why);
    else if (why)
        tdo_putf(&o, " is open again: %s", why);
    else
        tdo_puts(&o, " stands");
    return o.failed ? NULL : o.text;
}

static int write_gate(const cli_args *args, const decision_log *l, tdo_arena *a)
{
    tdo_finding *of = tdo_alloc(a, l->n, sizeof *of);
    for (size_t k = 0; of && k < l->n; k++) {
        const log_entry *e = &l->entry[k];
        const char *why = e->failed ? "it could not be asked again" : why_open(e);
        const char *text = say_state(e, why, a);
        if (!text)
            return cli_complain_all(TDO_E_MEMORY, &(tdo_report){0});
        of[k] = (tdo_finding){.state = why ? TDO_FINDING_FAILS : TDO_FINDING_HOLDS,
                              .rule = "stands",
                              .file = e->file,
                              .line = 1,
                              .text = text};
    }
    return of ? cli_write_findings(args, of, l->n, NULL)
              : cli_complain_all(TDO_E_MEMORY, &(tdo_report){0});
}

int cli_log(const cli_args *args)
{
    tdo_arena *a = tdo_arena_new();
    decision_log l = {.width = cli_style(args).width};
    int failed = a ? find_records(args->operand[0], a, &l)
                   : cli_complain_all(TDO_E_MEMORY, &(tdo_report){0});
    int worst = 0, open = 0;
    cli_args each = *args; /* what a record lacks is told in the one report of all */
    each.format = NULL;
    for (size_t k = 0; k < l.n && !failed; k++) {
        log_entry *e = &l.entry[k];
        tdo_record *record = NULL;
        e->failed = cli_recheck_record(&each, e->file, a, &record, &e->check);
        e->record = record;
        worst = e->failed > worst ? e->failed : worst;
        open |= !e->failed && !e->check.stands;
    }
    if (!failed) {
        sort_by_date(&l);
        failed = cli_is_gate(args) ? write_gate(args, &l, a) : cli_write("-", write_log, &l);
    }
    if (!failed)
        failed = worst ? worst : open ? OPEN_AGAIN : 0;
    tdo_arena_free(a);
    return failed;
}
