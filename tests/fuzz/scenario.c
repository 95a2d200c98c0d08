/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A scenario with what the command line changes: read twice it is the same, and with its changes in
 * its text it is the same without them. */
#include "fuzz.h"

static tdo_status read_scenario(const tdo_overrides *o, tdo_arena *a, const tdo_scenario **s)
{
    static tdo_report report;
    memset(&report, 0, sizeof report);
    *s = NULL;
    tdo_status status = tdo_scenario_read("scenario.json", o, a, s, &report);
    FUZZ_MUST(status != TDO_E_INTERNAL && status != TDO_E_MEMORY);
    FUZZ_MUST((status == TDO_OK) == (report.count == 0) && (status == TDO_OK) == (*s != NULL));
    for (size_t k = 0; k < report.count && k < TDO_REPORT_SHOWN; k++)
        FUZZ_MUST(report.item[k].text[0]);
    return status;
}

/* json is the scenario that is in effect. */
static void judge(const tdo_scenario *s, tdo_overrides o, tdo_arena *a)
{
    const tdo_scenario *again = NULL;
    FUZZ_MUST(s->n_criteria <= TDO_MAX_CRITERIA && s->n_stakeholders <= TDO_MAX_STAKEHOLDERS);
    o.text = (tdo_bytes){s->json, strlen(s->json)};
    o.set = o.limit = NULL;
    o.n_set = o.n_limit = 0;
    o.rule = NULL;
    FUZZ_MUST(read_scenario(&o, a, &again) == TDO_OK);
    FUZZ_MUST(strcmp(again->json, s->json) == 0 && again->n_criteria == s->n_criteria &&
              again->n_stakeholders == s->n_stakeholders &&
              again->n_constraints == s->n_constraints && again->rule == s->rule);
}

void fuzz_scenario(const uint8_t *bytes, size_t length)
{
    tdo_arena *a = tdo_arena_new();
    const tdo_scenario *s = NULL;
    fuzz_blob b;
    FUZZ_MUST(a);
    fuzz_part_blob(bytes, length, a, &b);
    tdo_overrides o = b.overrides;
    o.text = fuzz_file(&b, "scenario.json");
    o.text.s = o.text.s ? o.text.s : "";
    if (read_scenario(&o, a, &s) == TDO_OK)
        judge(s, o, a);
    tdo_arena_free(a);
}
