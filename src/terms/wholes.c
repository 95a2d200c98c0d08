/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Statements on two candidates as wholes, in words; scenario/wholes.c reads them. */
#include "terms/wholes.h"

#include "tradeoff/scenario.h"

#include <string.h>

const terms_whole_about terms_whole_table[TERMS_WHOLES] = {
    [TERMS_OVER] = {"over", 0}, [TERMS_AS_GOOD] = {"as good as", TDO_AS_GOOD}};

/* A name that could be read otherwise stands between backticks. */
static void put_name(tdo_sink *o, const char *id)
{
    bool plain = *id != '\0' && *id != ' ' && id[strlen(id) - 1] != ' ' && !strpbrk(id, "\t<>=`");
    for (size_t w = 0; w < TERMS_WHOLES; w++)
        plain = plain && !strstr(id, terms_whole_table[w].word);
    if (plain) {
        tdo_puts(o, id);
        return;
    }
    tdo_puts(o, "`");
    for (; *id != '\0'; id++) {
        const char one[2] = {*id, '\0'};
        tdo_puts(o, one);
        if (*id == '`')
            tdo_puts(o, one);
    }
    tdo_puts(o, "`");
}

void terms_put_whole(tdo_sink *o, const char *better, terms_whole how, const char *other)
{
    put_name(o, better);
    tdo_putf(o, " %s ", terms_whole_table[how].word);
    put_name(o, other);
}
