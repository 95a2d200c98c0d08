/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a ballot does not speak of stays as the scenario has it. Of the weights these are the
 * statements and "vague"; needs stay one by one, where they are put in. */
#include "meeting/ballot.h"

#include <math.h>

static void take_statements(tdo_ballot *into, const tdo_ballot *from)
{
    into->prefers = from->prefers;
    into->n_prefers = from->n_prefers;
    into->rates = from->rates;
    into->n_rates = from->n_rates;
}

tdo_status gather_complete(gather *g, size_t b, size_t h)
{
    ballot_read *read = &g->ballot[b];
    tdo_ballot *is = &read->ballot, was, whole = *is;
    tdo_report report = {0};
    const tdo_scenario *s = NULL;
    if (!is->n_weights && !is->n_prefers && !is->n_rates)
        return TDO_OK; /* not a word on weights: all of it stays */
    tdo_status status = tdo_ballot_of(g->request->run, h, g->a, &was);
    if (status != TDO_OK)
        return status;
    if (!is->n_prefers)
        whole.prefers = was.prefers, whole.n_prefers = was.n_prefers;
    if (!is->n_rates)
        whole.rates = was.rates, whole.n_rates = was.n_rates;
    if (is->n_weights && !isfinite(is->vague))
        whole.vague = was.vague;
    bool more = whole.n_prefers > is->n_prefers || whole.n_rates > is->n_rates;
    status = more ? gather_try_ballot(g, h, &whole, &s, &report) : TDO_OK;
    if (status ==
        TDO_E_INPUT) { /* what the scenario says and what the ballot does cannot both be */
        report = (tdo_report){0};
        more = false;
        take_statements(&whole, is);
        status = TDO_OK;
    }
    if (status == TDO_OK && !more && isfinite(whole.vague) && !isfinite(is->vague))
        status = gather_try_ballot(g, h, &whole, &s, &report);
    if (status != TDO_OK)
        return status == TDO_E_INPUT ? TDO_OK : status; /* the ballot as it is was tried before */
    read->kept_statements = more;
    *is = whole;
    return TDO_OK;
}
