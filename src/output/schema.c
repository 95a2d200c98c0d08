/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The schemas are files beside this one, which the Makefile turns into texts. */
#include "tradeoff/ballot.h"
#include "tradeoff/parts.h"
#include "tradeoff/recheck.h"
#include "tradeoff/segments.h"

extern const char tdo_scenario_schema_text[];
extern const char tdo_result_schema_text[];
extern const char tdo_diff_schema_text[];
extern const char tdo_decision_schema_text[];
extern const char tdo_ballot_schema_text[];
extern const char tdo_plan_schema_text[];
extern const char tdo_part_schema_text[];

const char *tdo_scenario_schema(void)
{
    return tdo_scenario_schema_text;
}

const char *tdo_result_schema(void)
{
    return tdo_result_schema_text;
}

const char *tdo_diff_schema(void)
{
    return tdo_diff_schema_text;
}

const char *tdo_decision_schema(void)
{
    return tdo_decision_schema_text;
}

const char *tdo_ballot_schema(void)
{
    return tdo_ballot_schema_text;
}

const char *tdo_plan_schema(void)
{
    return tdo_plan_schema_text;
}

const char *tdo_part_schema(void)
{
    return tdo_part_schema_text;
}
