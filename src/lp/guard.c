/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What GLPK 5.0 does on a fatal error (its env/error): it switches terminal output on, prints,
 * calls the error hook, and aborts if the hook returns. After that only glp_free_env is safe. The
 * terminal hook sees the text first and swallows it. One loss is beyond reach: when realloc fails
 * inside GLPK, its env/alloc has already unlinked the old block, so glp_free_env does not find it.
 */
#include "lp/guard.h"

#include <glpk.h>
#include <setjmp.h>
#include <string.h>

typedef struct guard {
    jmp_buf back;
    char *text; /* [LP_GUARD_TEXT] what GLPK printed */
} guard;

static void on_error(void *info)
{
    guard *g = info;
    longjmp(g->back, 1);
}

static int on_print(void *info, const char *s)
{
    guard *g = info;
    const size_t had = strlen(g->text), more = strlen(s), room = LP_GUARD_TEXT - 1 - had;
    memcpy(g->text + had, s, more < room ? more : room);
    g->text[had + (more < room ? more : room)] = '\0';
    return 1; /* printed, as far as GLPK knows */
}

static tdo_status what_happened(char *text)
{
    for (char *p = text; *p != '\0'; p++) {
        if (*p == '\n')
            *p = ' ';
    }
    /* The two texts of its env/alloc. */
    if (strstr(text, "no memory available") || strstr(text, "limit exceeded"))
        return TDO_E_MEMORY;
    return TDO_E_INTERNAL;
}

tdo_status lp_guarded(void (*work)(void *arg), void *arg, char text[LP_GUARD_TEXT])
{
    guard g = {.text = text};
    const int made = glp_init_env(); /* 0: by us, 1: there was one */
    text[0] = '\0';
    if (made == 2)
        return TDO_E_MEMORY;
    if (made > 2) {
        (void)strcpy(text, "GLPK does not support this machine");
        return TDO_E_INTERNAL;
    }
    const int was_out = glp_term_out(GLP_OFF);
    glp_term_hook(on_print, &g);
    glp_error_hook(on_error, &g);
    if (setjmp(g.back) != 0) {
        (void)glp_free_env();
        return what_happened(text);
    }
    work(arg);
    glp_error_hook(NULL, NULL);
    glp_term_hook(NULL, NULL);
    (void)glp_term_out(was_out);
    if (made == 0)
        (void)glp_free_env();
    return TDO_OK;
}
