/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables of items, of joint draws and of subgroups, in scenarios that read them: the result is one,
 * and verify accepts it. */
#include "fuzz.h"

#define CANDIDATES "{\"tradeoff\": 1, \"candidates\": {\"file\": \"c.csv\", \"id\": \"id\""
#define PEOPLE                                                                                     \
    "}, \"stakeholders\": {\"p\": {\"weights\": {\"x\": 1}}}, \"robustness\": {\"samples\": 8}}"
#define ITEMS "\"items\": {\"file\": \"i.csv\", \"id\": \"id\", \"item\": \"q\", \"value\": \"v\""
#define GROUPS                                                                                     \
    "\"groups\": {\"file\": \"g.csv\", \"id\": \"id\", \"group\": \"g\", \"value\": \"v\""

static const tdo_bytes scenarios[] = {
    FUZZ_TEXT(CANDIDATES "}, \"criteria\": {\"x\": {" ITEMS "}, \"goal\": \"max\"}" PEOPLE),
    FUZZ_TEXT(CANDIDATES "}, \"criteria\": {\"x\": {" ITEMS
                         ", \"cluster\": \"k\", \"over\": \"n\"}, \"goal\": \"min\"}" PEOPLE),
    FUZZ_TEXT(CANDIDATES "}, \"criteria\": {\"x\": {" ITEMS
                         ", \"quantile\": 0.9}, \"goal\": \"max\", \"range\": [0, 9]}" PEOPLE),
    FUZZ_TEXT(CANDIDATES ", \"draw\": \"q\"}, \"criteria\": {\"x\": {\"column\": \"v\", \"goal\": "
                         "\"max\"}" PEOPLE),
    FUZZ_TEXT(CANDIDATES "}, \"criteria\": {\"x\": {" GROUPS
                         ", \"take\": \"worst\"}, \"goal\": \"max\"}" PEOPLE),
    FUZZ_TEXT(CANDIDATES "}, \"criteria\": {\"x\": {" GROUPS
                         ", \"size\": \"n\", \"take\": \"mean\"}, \"goal\": \"max\"}" PEOPLE),
    FUZZ_TEXT(CANDIDATES ", \"average\": {\"by\": [\"id\"], \"se\": true}}, \"criteria\": {\"x\": "
                         "{\"column\": \"v\", \"goal\": \"max\"}" PEOPLE)};

void fuzz_items(const uint8_t *bytes, size_t length)
{
    tdo_arena *a = tdo_arena_new();
    fuzz_blob b;
    tdo_run run;
    FUZZ_MUST(a);
    if (length > 0) {
        fuzz_part_blob(bytes + 1, length - 1, a, &b);
        fuzz_put_files(&b);
        fuzz_put_file("scenario.json",
                      scenarios[bytes[0] % (sizeof scenarios / sizeof *scenarios)]);
        if (fuzz_run_files(&b.overrides, &run) == TDO_OK) {
            fuzz_judge_result(fuzz_result_of(&run, a));
            fuzz_judge_verified(fuzz_result_of(&run, a));
        }
        tdo_run_free(&run);
    }
    tdo_arena_free(a);
}
