/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Escapes texts for Markdown and writes its tables. */
#include "output/markup.h"
#include "tradeoff/explain.h"

#include "explain/words.h"

#include <assert.h>
#include <string.h>

#include "base/plain.h"
#include "explain/amount.h"

static bool is_word(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           (unsigned char)c >= 0x80;
}

static bool ends(char c)
{
    return c == ' ' || c == 0;
}

/* What stands for the character at *s, which before came before (0: nothing); NULL: itself. Marks
 * of emphasis, code, links, tables, HTML, entities and formulas are escaped everywhere; a list's
 * first sign, an underscore, an address and a mention only where they would count. */
static const char *escape_of(const char *s, char before)
{
    static const char marks[] = "\\`*[]|~$!#";
    static const char *const escaped[] = {"\\\\", "\\`", "\\*", "\\[", "\\]",
                                          "\\|",  "\\~", "\\$", "\\!", "\\#"};
    const char *mark = strchr(marks, *s);
    if (*s == '<')
        return "&lt;";
    if (*s == '>')
        return "&gt;";
    if (*s == '&')
        return "&amp;";
    if (mark)
        return escaped[mark - marks];
    if (*s == '_')
        return is_word(before) && is_word(s[1]) ? NULL : "\\_";
    if (*s == ':' && s[1] == '/')
        return "\\:";
    if (*s == '.' && before == 'w' && is_word(s[1]))
        return "\\.";
    if (*s == '@' && is_word(s[1]) && !is_word(before))
        return "&#64;";
    if (before == 0 && *s == '-' && (ends(s[1]) || s[1] == '-'))
        return "\\-";
    return before == 0 && *s == '+' && ends(s[1]) ? "\\+" : NULL;
}

void markup_put(markup_writer *m, const char *s)
{
    const char *plain = plain_text(m->a, s);
    m->failed = m->failed || !plain;
    if (!plain)
        return;
    size_t digits = strspn(plain, "0123456789");
    char before = 0;
    for (const char *p = plain; *p; before = *p++) {
        bool numbers = digits && p == plain + digits && ends(p[1]); /* "1. " starts a list */
        const char *escape = numbers && *p == '.'   ? "\\."
                             : numbers && *p == ')' ? "\\)"
                                                    : escape_of(p, before);
        if (escape)
            tdo_puts(m->o, escape);
        else
            tdo_put(m->o, p, 1);
    }
}

/* ---- tables ---- */

void markup_cell(markup_writer *m)
{
    tdo_puts(m->o, m->column++ ? " | " : "| ");
}

void markup_text(markup_writer *m, const char *s)
{
    markup_cell(m);
    markup_put(m, s);
}

void markup_collected(markup_writer *m, const tdo_sink *s)
{
    m->failed = m->failed || s->failed;
    markup_text(m, s->text && !s->failed ? s->text : "");
}

void markup_number(markup_writer *m, double x, int digits)
{
    markup_cell(m);
    amount_put_rounded(m->o, x, digits);
}

void markup_weights(markup_writer *m, size_t h)
{
    tdo_sink text = tdo_sink_memory(m->a);
    speech_put_weights(&text, m->run, h);
    markup_collected(m, &text);
}

void markup_end(markup_writer *m)
{
    tdo_puts(m->o, " |\n");
    m->column = 0;
}

void markup_head(markup_writer *m, const char *s, bool right)
{
    assert(m->column < MARKUP_COLUMNS);
    m->right[m->column] = right;
    markup_text(m, s);
}

void markup_head_collected(markup_writer *m, const tdo_sink *s, bool right)
{
    m->failed = m->failed || s->failed;
    markup_head(m, s->text && !s->failed ? s->text : "", right);
}

void markup_head_end(markup_writer *m)
{
    size_t n = m->column;
    markup_end(m);
    for (size_t k = 0; k < n; k++)
        tdo_puts(m->o, m->right[k] ? "|---:" : "|:---");
    tdo_puts(m->o, "|\n");
}

void markup_meanings(markup_writer *m)
{
    tdo_sentences said = {0};
    m->failed = m->failed || tdo_explain_weights(m->run, m->a, &said) != TDO_OK;
    tdo_puts(m->o, said.n ? "\n" : "");
    for (size_t k = 0; k < said.n; k++) {
        tdo_puts(m->o, "- ");
        markup_put(m, said.item[k]);
        tdo_puts(m->o, "\n");
    }
}
