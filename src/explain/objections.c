/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What people said against candidates: word for word, and whose words they are. */
#include "explain/words.h"
#include "tradeoff/explain.h"

#include <string.h>

/* As one line: a line break, with the blanks around it, is a blank. */
static void put_words(tdo_sink *o, const char *words)
{
    while (*words) {
        const size_t blanks = strspn(words, " \t\r\n"), broken = strcspn(words, "\r\n");
        if (broken < blanks) {
            tdo_puts(o, " ");
            words += blanks;
            continue;
        }
        const size_t length = blanks ? blanks : strcspn(words, " \t\r\n");
        tdo_put(o, words, length);
        words += length;
    }
}

/* `Against "large": too slow (Ada, for ML engineers)`; of no one candidate: "In general: ...". */
static const char *say(const tdo_objection *said, const tdo_stakeholder *who, tdo_arena *a)
{
    tdo_sink o = tdo_sink_memory(a);
    tdo_puts(&o, said->candidate ? "Against " : "In general");
    if (said->candidate)
        tdo_put_quoted(&o, said->candidate);
    tdo_puts(&o, ": ");
    put_words(&o, said->words);
    tdo_puts(&o, " (");
    if (said->by)
        tdo_putf(&o, "%s, for ", said->by);
    tdo_putf(&o, "%s)", who->label);
    return o.failed ? NULL : o.text;
}

tdo_status tdo_explain_objections(const tdo_run *run, size_t i, tdo_arena *a, tdo_sentences *out)
{
    const tdo_scenario *s = run->scenario;
    const char *id = i == TDO_NONE ? NULL : run->measured.id[i];
    size_t n = 0;
    for (size_t h = 0; h < s->n_stakeholders; h++)
        n += s->stakeholders[h].n_objections;
    const char **text = tdo_alloc(a, n, sizeof *text);
    *out = (tdo_sentences){text, 0};
    for (size_t h = 0; text && h < s->n_stakeholders; h++)
        for (size_t k = 0; k < s->stakeholders[h].n_objections; k++) {
            const tdo_objection *said = &s->stakeholders[h].objections[k];
            if (id && (!said->candidate || strcmp(said->candidate, id) != 0))
                continue;
            text[out->n] = say(said, &s->stakeholders[h], a);
            if (!text[out->n++])
                return TDO_E_MEMORY;
        }
    return text ? TDO_OK : TDO_E_MEMORY;
}
