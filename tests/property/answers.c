/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Answers for the tests that edit files and run them anew, in one process: each line of standard
 * input is the path of a scenario, each line of standard output who is recommended and the rank of
 * every feasible candidate under every rule, as JSON; or the first error. */
#include <stdio.h>
#include <string.h>

#include "tradeoff/run.h"

/* The ids of random cases need no escape. */
static void put_ranks(const tdo_run *r, uint32_t slot)
{
    const char *comma = "";
    printf("\"%s\":{", r->measured.id[r->screened.feasible[slot]]);
    for (int rule = 0; rule < TDO_RULES; rule++) {
        const tdo_rule_result *by = &r->ranking.by_rule[rule];
        if (by->computed)
            printf("%s\"%s\":%u", comma, tdo_rule_name[rule], (unsigned)by->rank[slot]);
        if (by->computed)
            comma = ",";
    }
    printf("}");
}

static void put_answer(const tdo_run *r)
{
    const tdo_ranking *y = &r->ranking;
    printf("{\"recommended\":");
    if (!r->feasible) {
        printf("null,\"ranks\":{}}\n");
        return;
    }
    printf("\"%s\",\"first\":\"%s\",\"score\":%.17g,\"ranks\":{", tdo_recommended_id(r),
           r->measured.id[r->screened.feasible[y->top]], y->by_rule[y->rule].score[y->top]);
    for (uint32_t slot = 0; slot < r->screened.feasible_n; slot++) {
        if (slot > 0)
            printf(",");
        put_ranks(r, slot);
    }
    printf("}}\n");
}

static void put_error(tdo_status status, const tdo_error *e)
{
    printf("{\"error\":\"status %d, line %u, %s: ", (int)status, e->line, e->path);
    for (const char *c = e->text; *c != '\0'; c++)
        putchar(*c == '"' || *c == '\\' ? '\'' : *c);
    printf("\"}\n");
}

int main(void)
{
    static char path[4096];
    static const tdo_run_options options = {.until = TDO_UNTIL_RANKED, .threads = 1};
    while (fgets(path, sizeof path, stdin)) {
        static tdo_run run;
        static tdo_report report;
        path[strcspn(path, "\n")] = '\0';
        memset(&report, 0, sizeof report);
        const tdo_status status = tdo_run_scenario(path, &options, &run, &report);
        if (status == TDO_OK)
            put_answer(&run);
        else
            put_error(status, &report.item[0]);
        tdo_run_free(&run);
        if (fflush(stdout) != 0)
            return 4;
    }
    return 0;
}
