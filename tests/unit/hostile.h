/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The hostile files of tests/badinput: lines of name, verdict, bytes (escaped), why. Include after
 * cmocka.h. */
#ifndef TRADEOFF_TESTS_HOSTILE_H
#define TRADEOFF_TESTS_HOSTILE_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Turns \n \r \t \\ \xHH into bytes, in place; returns how many. */
static inline size_t hostile_decode(char *s)
{
    char *to = s;
    for (const char *p = s; *p; p++) {
        if (*p != '\\') {
            *to++ = *p;
        } else if (*++p == 'x') {
            const char hex[3] = {p[1], p[2], '\0'};
            *to++ = (char)strtol(hex, NULL, 16);
            p += 2;
        } else {
            *to++ = (char)(*p == 'n' ? '\n' : *p == 'r' ? '\r' : *p == 't' ? '\t' : *p);
        }
    }
    *to = '\0';
    return (size_t)(to - s);
}

/* Hands every entry of a list over; returns how many there were. The verdict is decoded, too. */
static inline size_t hostile_each(const char *list,
                                  void (*check)(const char *name, const char *verdict,
                                                const char *bytes, size_t length))
{
    char line[4096];
    size_t n = 0;
    FILE *f = fopen(list, "r");
    if (!f)
        fail_msg("no %s: run this at the top of the checkout", list);
    while (fgets(line, sizeof line, f)) {
        char *verdict = strchr(line, '\t'), *bytes = verdict ? strchr(verdict + 1, '\t') : NULL;
        char *why = bytes ? strchr(bytes + 1, '\t') : NULL;
        if (*line == '#')
            continue;
        assert_non_null(why);
        *verdict++ = *bytes++ = *why = '\0';
        (void)hostile_decode(verdict);
        check(line, verdict, bytes, hostile_decode(bytes));
        n++;
    }
    (void)fclose(f);
    return n;
}

#endif
