/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files given by mistake, known by how they start. */
#include "csv/lines.h"

#include <string.h>

static bool starts_with(const char *s, size_t length, const char *with)
{
    size_t n = strlen(with);
    if (length < n)
        return false;
    for (size_t i = 0; i < n; i++) {
        char c = s[i];
        if (c >= 'A' && c <= 'Z')
            c = (char)(c - 'A' + 'a');
        if (c != with[i])
            return false;
    }
    return true;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* JSON, told from a column name such as [model] by what follows the bracket. */
static bool is_json(const char *s, size_t length)
{
    size_t i = 1;
    if (length < 2 || (s[0] != '{' && s[0] != '['))
        return false;
    while (i < length && is_blank(s[i]))
        i++;
    return i == length || memchr("{[\"]}-0123456789", s[i], 16) ||
           starts_with(s + i, length - i, "null") || starts_with(s + i, length - i, "true") ||
           starts_with(s + i, length - i, "false");
}

static const char *unmarked_wide_text(const char *s, size_t length)
{
    if (length < 4)
        return NULL;
    if (s[0] != 0 && s[1] == 0 && s[2] == 0 && s[3] == 0)
        return "UTF-32 text";
    if (s[0] == 0 && s[1] == 0 && s[2] == 0 && s[3] != 0)
        return "UTF-32 text";
    if ((s[0] != 0 && s[1] == 0 && s[2] != 0 && s[3] == 0) ||
        (s[0] == 0 && s[1] != 0 && s[2] == 0 && s[3] != 0))
        return "UTF-16 text";
    return NULL;
}

/* Tables for people: a line under the header that only draws. */
static const char *drawn_table(const char *s, size_t length)
{
    enum { LINES = 20 };
    static const char *const boxes[] = {"\xE2\x94\x8C", "\xE2\x94\x8F", "\xE2\x95\xAD",
                                        "\xE2\x95\x92", "\xE2\x95\x94"};
    bool bar_above = false;
    if (starts_with(s, length, "\\begin{"))
        return "a LaTeX table";
    for (size_t i = 0; i < sizeof boxes / sizeof boxes[0]; i++)
        if (starts_with(s, length, boxes[i]))
            return "a table drawn with lines";
    for (size_t line = 0; line < LINES && length > 0; line++) {
        const char *end = memchr(s, '\n', length);
        size_t n = end ? (size_t)(end - s) : length, dashes = 0, bars = 0, crosses = 0, others = 0;
        for (size_t i = 0; i < n; i++) {
            dashes += i > 0 && s[i] == '-' && s[i - 1] == '-';
            bars += s[i] == '|';
            crosses += s[i] == '+';
            others += !strchr("-|+:= \t\r", s[i]);
        }
        if (end && others == 0 && dashes > 0 && crosses > 0)
            return "a table drawn with lines";
        if (end && others == 0 && dashes > 0 && bars > 0 && crosses == 0 && bar_above)
            return "a Markdown table";
        bar_above = bars > 0;
        length -= end ? n + 1 : n;
        s += end ? n + 1 : n;
    }
    return NULL;
}

const char *csv_sniff_format(const char *bytes, size_t length)
{
    static const struct {
        const char *start;
        size_t length;
        const char *name;
    } magic[] = {
        {"\xFF\xFE\0\0", 4, "UTF-32 text"},
        {"\0\0\xFE\xFF", 4, "UTF-32 text"},
        {"\xFF\xFE", 2, "UTF-16 text"},
        {"\xFE\xFF", 2, "UTF-16 text"},
        {"\x1F\x8B", 2, "a gzip file"},
        {"\x28\xB5\x2F\xFD", 4, "a zstd file"},
        {"\xFD"
         "7zXZ",
         5, "an xz file"},
        {"BZh91AY", 7, "a bzip2 file"},
        {"PK\x03\x04", 4, "a zip file or an Excel workbook"},
        {"\xD0\xCF\x11\xE0", 4, "an old Excel workbook"},
        {"PAR1", 4, "a Parquet file"},
        {"ARROW1", 6, "an Arrow file"},
        {"SQLite format 3", 15, "an SQLite database"},
        {"%PDF-", 5, "a PDF file"},
    };
    static const char *const markup[] = {"<!doctype", "<html", "<head", "<body", "<!--"};
    for (size_t i = 0; i < sizeof magic / sizeof magic[0]; i++)
        if (length >= magic[i].length && memcmp(bytes, magic[i].start, magic[i].length) == 0)
            return magic[i].name;
    const char *wide = unmarked_wide_text(bytes, length);
    if (wide)
        return wide;
    if (length >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0) {
        bytes += 3;
        length -= 3;
    }
    while (length > 0 && is_blank(*bytes)) {
        bytes++;
        length--;
    }
    for (size_t i = 0; i < sizeof markup / sizeof markup[0]; i++)
        if (starts_with(bytes, length, markup[i]))
            return "an HTML page";
    if (starts_with(bytes, length, "<?xml"))
        return "an XML file";
    return is_json(bytes, length) ? "a JSON file" : drawn_table(bytes, length);
}
