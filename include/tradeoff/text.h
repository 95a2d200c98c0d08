/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers and text, byte for byte the same in every locale and on every machine. */
#ifndef TRADEOFF_TEXT_H
#define TRADEOFF_TEXT_H

#include <stdarg.h>

#include "tradeoff/memory.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- numbers ---- */

enum { TDO_NUMBER_TEXT = 32 }; /* bytes that any formatted number fits in, with the NUL */

typedef enum tdo_number_verdict {
    TDO_NUMBER_OK = 0,
    TDO_NUMBER_SYNTAX,   /* not a decimal number: hex, inf, nan, "1,5", "20ms", blanks, ... */
    TDO_NUMBER_OVERFLOW, /* beyond the range of a double */
    TDO_NUMBER_UNDERFLOW /* not zero, but reads as zero */
} tdo_number_verdict;

/* Reads a whole decimal number: [+-] digits [. digits] [(e|E) [+-] digits], with at least one digit
 * before or after the point (".5" and "1." are read). Correctly rounded; -0 reads as 0.
 * The length bytes of s need no NUL after them. */
TDO_API tdo_number_verdict tdo_number_read(const char *s, size_t length, double *out);

/* The shortest of %.15g, %.16g, %.17g that reads back as x; -0 is written as 0. "null" for a NaN or
 * an infinity. Returns the length. */
TDO_API size_t tdo_number_write(double x, char out[TDO_NUMBER_TEXT]);

/* x rounded to so many significant digits (1 to 17), trailing zeros cut, no exponent for
 * 1e-6 <= |x| < 1e15: for words and tables, never for data. */
TDO_API size_t tdo_number_round(double x, int digits, char out[TDO_NUMBER_TEXT]);

/* ---- bytes ---- */

/* The length of the longest valid UTF-8 start of s (no overlong forms, no surrogates). */
TDO_API size_t tdo_utf8_valid(const char *s, size_t length);

/* Columns a terminal gives to s (UTF-8): 0 for combining marks and zero-width characters, 2 for
 * wide East Asian characters and emoji, else 1. */
TDO_API size_t tdo_utf8_width(const char *s, size_t length);

/* The nearest of n words to s by Damerau-Levenshtein distance (case ignored), or NULL where none is
 * within a third of its length (at least 1). Ties: the least by their bytes. */
TDO_API const char *tdo_nearest_word(const char *s, const char *const *words, size_t n);

/* ---- a sink: where output goes ----
 * Texts come from files that anybody may have written, and a terminal obeys control characters and
 * hides others. Whatever leaves through a function is made visible on the way, so that no writer
 * has to remember it: controls but line ends, format characters, separators of lines and
 * paragraphs as \uXXXX (what JSON reads back as the same), bytes that are no UTF-8 as \xXX. Only
 * the joiners of letters from U+0590 on and of emoji pass, and our own styles. What collects in an
 * arena stays as it is. */

/* A style of the terminal, TDO_STYLE "1m" say: leaves as an escape sequence. No text holds it. */
#define TDO_STYLE "\xFF["

/* Receives bytes; returns false when it cannot take them. */
typedef bool (*tdo_write_fn)(void *user, const char *bytes, size_t length);

typedef struct tdo_sink {
    tdo_write_fn write; /* NULL: a sink that collects in the arena */
    void *user;
    tdo_arena *arena; /* for a collecting sink */
    char *text;       /* what was collected, NUL-terminated; NULL: nothing yet */
    size_t length;    /* bytes written (for both kinds) */
    size_t room;
    bool failed;     /* once true, nothing more is written */
    bool raw;        /* every byte passes as it is (a copy of a file, a page) */
    char part[4];    /* [parts] a character of which not every byte has come yet */
    size_t parts;    /* 0 to 3 */
    uint32_t before; /* the last character that left */
} tdo_sink;

/* A sink that collects text in the arena (read it in ->text, ->length). */
TDO_API tdo_sink tdo_sink_memory(tdo_arena *a);
/* TDO_OK, or why it failed: TDO_E_IO (it writes), TDO_E_MEMORY (it collects). */
TDO_API tdo_status tdo_sink_status(const tdo_sink *o);

TDO_API void tdo_put(tdo_sink *o, const char *bytes, size_t length);
TDO_API void tdo_puts(tdo_sink *o, const char *s);
TDO_API void tdo_putf(tdo_sink *o, const char *fmt, ...) TDO_PRINTF(2, 3); /* no floating point */
TDO_API void tdo_putv(tdo_sink *o, const char *fmt, va_list args) TDO_PRINTF(2, 0);
TDO_API void tdo_put_number(tdo_sink *o, double x);              /* tdo_number_write */
TDO_API void tdo_put_rounded(tdo_sink *o, double x, int digits); /* tdo_number_round */

/* A quoted JSON string. Control characters, quotes and backslashes are escaped; "<", ">", "&" and
 * U+2028/9 too where html is true, so that the text can stand inside a script element. */
TDO_API void tdo_put_json_string(tdo_sink *o, const char *s, bool html);

/* A quoted name for a message: control characters and bidirectional overrides shown as \u escapes,
 * cut after 80 columns. */
TDO_API void tdo_put_quoted(tdo_sink *o, const char *s);

/* ---- warnings: counted and listed in the result, never silent ---- */

typedef struct tdo_warning {
    const char *code; /* "W...": stable, listed by "tradeoff help csv" */
    const char *message;
} tdo_warning;

typedef struct tdo_warnings {
    tdo_warning *item; /* [n] in the arena */
    size_t n;
} tdo_warnings;

/* Adds one. Errors: TDO_E_MEMORY. */
TDO_API TDO_MUST_USE tdo_status tdo_warn(tdo_warnings *w, tdo_arena *a, const char *code,
                                         const char *fmt, ...) TDO_PRINTF(4, 5);

#ifdef __cplusplus
}
#endif

#endif
