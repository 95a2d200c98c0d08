/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output/markup.h"

#include <assert.h>
#include <string.h>

#include "base/plain.h"

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
    static const char *const escaped[] = {"\\\\", "\\`",  "\\*", "\\[", "\\]",
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

void tdo_put_marked(tdo_markup *m, const char *s)
{
    const char *plain = tdo_plain(m->a, s);
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

void tdo_markup_cell(tdo_markup *m)
{
    tdo_puts(m->o, m->column++ ? " | " : "| ");
}

void tdo_markup_text(tdo_markup *m, const char *s)
{
    tdo_markup_cell(m);
    tdo_put_marked(m, s);
}

void tdo_markup_collected(tdo_markup *m, const tdo_sink *s)
{
    m->failed = m->failed || s->failed;
    tdo_markup_text(m, s->text && !s->failed ? s->text : "");
}

void tdo_markup_number(tdo_markup *m, double x, int digits)
{
    tdo_markup_cell(m);
    tdo_put_rounded(m->o, x, digits);
}

void tdo_markup_end(tdo_markup *m)
{
    tdo_puts(m->o, " |\n");
    m->column = 0;
}

void tdo_markup_head(tdo_markup *m, const char *s, bool right)
{
    assert(m->column < TDO_MARKUP_COLUMNS);
    m->right[m->column] = right;
    tdo_markup_text(m, s);
}

void tdo_markup_head_collected(tdo_markup *m, const tdo_sink *s, bool right)
{
    m->failed = m->failed || s->failed;
    tdo_markup_head(m, s->text && !s->failed ? s->text : "", right);
}

void tdo_markup_head_end(tdo_markup *m)
{
    size_t n = m->column;
    tdo_markup_end(m);
    for (size_t k = 0; k < n; k++)
        tdo_puts(m->o, m->right[k] ? "|---:" : "|:---");
    tdo_puts(m->o, "|\n");
}
