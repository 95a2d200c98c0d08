/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the page shows in words: the engine's sentences, as JSON. */
#include "engine/engine.h"

#include "explain/limit_words.h"
#include "tradeoff/explain.h"
#include "verdict/answer.h"

enum {
    SAY_RECOMMENDATION,
    SAY_CANDIDATE,
    SAY_REASONS,
    SAY_ERROR,
    SAY_WORD,
    SAY_LIMIT,
    SAY_WARNINGS, /* "CODE: message" of limits (0), of wishes (1) */
    SAY_LIMIT_WORDS,
    SAY_ANSWER /* the lines of the answer: a label, its text, and so on */
};

static tdo_status list_warnings(const tdo_warnings *w, tdo_sentences *out)
{
    const char **text = tdo_alloc(web.words, w->n, sizeof *text);
    bool good = text;
    for (size_t k = 0; good && k < w->n; k++) {
        text[k] = tdo_text(web.words, "%s: %s", w->item[k].code, w->item[k].message);
        good = text[k];
    }
    *out = (tdo_sentences){text, good ? w->n : 0};
    return good ? TDO_OK : TDO_E_MEMORY;
}

/* "Latency, p95 at most 320 ms". */
static tdo_status word_limit(size_t j, tdo_sentences *out)
{
    const char **text = tdo_alloc(web.words, 1, sizeof *text);
    tdo_sink o = tdo_sink_memory(web.words);
    if (!text || !web.limited || j >= web.problem.scenario.n_constraints)
        return text ? TDO_E_USAGE : TDO_E_MEMORY;
    speech_put_limit_of(&o, &web.run, &web.problem.scenario.constraints[j]);
    text[0] = o.text;
    *out = (tdo_sentences){text, 1};
    return o.failed ? TDO_E_MEMORY : TDO_OK;
}

static tdo_status list_answer(tdo_sentences *out)
{
    tdo_answer answer;
    tdo_status st = tdo_explain_answer(&web.run, NULL, web.words, &answer);
    const char **text = tdo_alloc(web.words, 2 * TDO_ANSWER_LINES, sizeof *text);
    if (st != TDO_OK || !text)
        return TDO_E_MEMORY;
    for (size_t k = 0; k < answer.n; k++) {
        text[2 * k] = answer.line[k].label;
        text[2 * k + 1] = answer.line[k].text;
    }
    *out = (tdo_sentences){text, 2 * answer.n};
    return TDO_OK;
}

static tdo_status speak(unsigned what, size_t i, size_t j, tdo_sentences *out)
{
    const tdo_run *r = &web.run;
    bool ranked = !r->feasible || web.array[ORDER].at;
    if (!web.limited || !ranked)
        return TDO_E_USAGE;
    if (what == SAY_RECOMMENDATION)
        return tdo_explain_recommendation(r, web.words, out);
    if (what == SAY_ANSWER)
        return list_answer(out);
    if (i >= r->measured.n)
        return TDO_E_USAGE;
    if (what == SAY_CANDIDATE)
        return tdo_explain_candidate(r, i, j < r->measured.n ? j : TDO_NONE, web.words, out);
    return tdo_reasons(r, i, web.words, out);
}

/* Makes a text: sentences as a JSON array of strings. Returns a status. */
EXPORT(say, int, (unsigned what, size_t i, size_t j))
{
    tdo_sentences out = {0};
    const char *one[1] = {web.error.text};
    if (!web_renew(&web.words))
        return TDO_E_MEMORY;
    tdo_status st = TDO_OK;
    if (what == SAY_ERROR) {
        out = (tdo_sentences){one, 1};
    } else if (what == SAY_WORD) {
        one[0] = i < web.run.infeasible.n_relax ? web.run.infeasible.relax[i].word : NULL;
        out = (tdo_sentences){one, one[0] ? 1 : 0};
    } else if (what == SAY_WARNINGS) {
        st = list_warnings(i ? &web.run.warnings : &web.limit_warnings, &out);
    } else if (what == SAY_LIMIT) {
        bool known = web.limited && i < web.problem.scenario.n_constraints;
        one[0] = known ? web.problem.scenario.constraints[i].text : NULL;
        out = (tdo_sentences){one, known ? 1 : 0};
    } else if (what == SAY_LIMIT_WORDS) {
        st = word_limit(i, &out);
    } else {
        st = speak(what, i, j, &out);
    }
    web.text = tdo_sink_memory(web.words);
    tdo_puts(&web.text, "[");
    for (size_t k = 0; st == TDO_OK && k < out.n; k++) {
        tdo_puts(&web.text, k ? "," : "");
        tdo_put_json_string(&web.text, out.item[k], false);
    }
    tdo_puts(&web.text, "]");
    return (int)(web.text.failed ? TDO_E_MEMORY : st);
}

/* How candidate i stands against j in criterion c: an answer_standing. */
EXPORT(stand, int, (size_t c, size_t i, size_t j))
{
    const tdo_measured *x = &web.run.measured;
    bool known = web.limited && c < x->d && i < x->n && j < x->n;
    return known ? (int)answer_stand(&web.run, c, i, j) : ANSWER_UNKNOWN;
}

EXPORT(said, const char *, (void))
{
    return web.text.text;
}

EXPORT(said_length, size_t, (void))
{
    return web.text.length;
}
