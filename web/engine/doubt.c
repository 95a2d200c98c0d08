/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How sure the answer is, as the program tells it: what bounds cost, how far wishes may move, and
 * how often it is first again, which the page has from the program's result or from samples of its
 * own. */
#include "engine/engine.h"

#include <math.h>

#include "engine/bytes.h"

/* Of repeats, what the answer is told with. */
static tdo_status read_repeats(tdo_run *r)
{
    web_bytes bytes = {web.input, web.input + web.input_length, web.wishes, false, false};
    const size_t f = r->screened.feasible_n;
    const uint32_t first = r->ranking.recommended;
    tdo_robust x = {.samples = 1, .optimism = NAN};
    x.level = bytes_f64(&bytes);
    x.n_noise = bytes_u32(&bytes) != 0; /* it matters only whether there is any */
    x.candidate = bytes_room(&bytes, f, sizeof *x.candidate);
    double *together = bytes_room(&bytes, f, sizeof *together);
    const double at_least = bytes_f64(&bytes);
    for (size_t n = bytes_count(&bytes, 12, f); n > 0 && !bytes.failed; n--) {
        const uint32_t slot = r->screened.slot[bytes_index(&bytes, r->measured.n, false)];
        const double often = bytes_f64(&bytes);
        bytes.failed = bytes.failed || slot == UINT32_MAX;
        if (!bytes.failed)
            x.candidate[slot].first = often;
    }
    x.n_tie = bytes_count(&bytes, 4, f);
    uint32_t *tie = bytes_room(&bytes, x.n_tie, sizeof *tie);
    for (size_t k = 0; k < x.n_tie && !bytes.failed; k++) {
        tie[k] = r->screened.slot[bytes_index(&bytes, r->measured.n, false)];
        bytes.failed = bytes.failed || tie[k] == UINT32_MAX;
    }
    tdo_status st = bytes_verdict(&bytes);
    if (st != TDO_OK)
        return st;
    x.tie = x.n_tie ? tie : NULL;
    together[first] = at_least;
    x.correlated = isnan(at_least) ? NULL : together;
    r->robust = x;
    r->sampled = true;
    return TDO_OK;
}

static bool is_ranked(void)
{
    return web.limited && web.run.feasible && web.array[ORDER].at;
}

static tdo_status find_holds(void)
{
    tdo_run *r = &web.run;
    const tdo_case k = tdo_case_of(r);
    tdo_status st = TDO_OK;
    if (!r->choice.computed)
        st = tdo_find_holds(&k, r->ranking.rule, web.wishes, &r->choice.headline);
    r->choice.computed = st == TDO_OK;
    return st;
}

/* How far each weight and each say may move until another one is first. Ranks come first. */
EXPORT(reach, int, (void))
{
    return is_ranked() ? (int)find_holds() : TDO_E_USAGE;
}

static double candidate_of(uint32_t slot)
{
    return slot == UINT32_MAX ? -1 : (double)web.run.screened.feasible[slot];
}

/* Between which shares a weight of stakeholder h may move, its say where c is d; then who is ahead
 * just below and above, -1: nobody. NULL: that is not known, or not of the recommended one. */
EXPORT(hold, const double *, (size_t h, size_t c))
{
    const tdo_run *r = &web.run;
    const tdo_holds *x = &r->choice.headline;
    const size_t d = web.problem.measured.d;
    const bool power = c == d, known = power ? x->powers_known : x->weights_known;
    const size_t at = power ? h : h * d + c;
    if (!is_ranked() || !r->choice.computed || x->first != r->ranking.recommended || !known ||
        c > d || at >= (power ? x->powers : x->weights))
        return NULL;
    const tdo_hold *of = power ? &x->power[at] : &x->weight[at];
    web.hold[0] = of->from;
    web.hold[1] = of->to;
    web.hold[2] = candidate_of(of->below);
    web.hold[3] = candidate_of(of->above);
    return web.hold;
}

/* With what the answer is told from then on. The input: what was sampled, or nothing. Ranks come
 * first. */
EXPORT(doubt, int, (void))
{
    tdo_run *r = &web.run;
    if (!is_ranked())
        return TDO_E_USAGE;
    const tdo_case k = tdo_case_of(r);
    tdo_status st = web.input_length > 0 ? read_repeats(r) : TDO_OK;
    if (st == TDO_OK)
        st = tdo_step_curves(&k, web.wishes, &r->steps, &r->n_steps);
    return (int)(st == TDO_OK ? find_holds() : st);
}
