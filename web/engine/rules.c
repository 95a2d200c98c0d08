/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The linker puts this in the place of tdo_apply_rule (--wrap), so that no frame waits for all
 * pairs of copeland: while a slider moves, rules other than the headline count as not computed; and
 * where copeland is the headline, an engine beside the page finds its scores. */
#include <string.h>

#include "engine/rules.h"

web_rules web_rules_asked;

extern tdo_status __real_tdo_apply_rule(tdo_rule rule, const tdo_rule_input *in, tdo_arena *a,
                                        tdo_rule_result *out);
extern tdo_status __wrap_tdo_apply_rule(tdo_rule rule, const tdo_rule_input *in, tdo_arena *a,
                                        tdo_rule_result *out);

static tdo_status take_given(const double *given, size_t f, tdo_arena *a, tdo_rule_result *out)
{
    uint32_t *rank = tdo_alloc(a, f, sizeof *rank);
    double *score = tdo_alloc(a, f, sizeof *score);
    if (!rank || !score)
        return TDO_E_MEMORY;
    memcpy(score, given, f * sizeof *score);
    *out = (tdo_rule_result){true, score, rank};
    return tdo_rank(score, f, a, rank);
}

tdo_status __wrap_tdo_apply_rule(tdo_rule rule, const tdo_rule_input *in, tdo_arena *a,
                                 tdo_rule_result *out)
{
    const web_rules *asked = &web_rules_asked;
    if (asked->given && rule == asked->headline)
        return take_given(asked->given, in->u->f, a, out);
    if (asked->only_headline && rule != asked->headline) {
        *out = (tdo_rule_result){0};
        return TDO_OK;
    }
    return __real_tdo_apply_rule(rule, in, a, out);
}
