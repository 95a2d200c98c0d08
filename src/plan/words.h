/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Limits of a plan in words. */
#ifndef TRADEOFF_PLAN_WORDS_H
#define TRADEOFF_PLAN_WORDS_H

#include "plan/facts.h"

/* "Cost at most 0.45 cents", "share of large at most 30%", "gap of groups in Quality at most 0.05":
 * limit k. */
void plan_put_limit(tdo_sink *o, const tdo_planned *x, size_t k);
/* Whose points a plan's value counts: " on average", or " for whoever is worst off" by maximin. */
void plan_put_whose(tdo_sink *o, const tdo_planned *x);
/* What it comes to, in its unit; a share as percent. */
void plan_put_reached(tdo_sink *o, const tdo_planned *x, size_t k, double at);
/* "; g1 and g2 have only what they must": the groups that stand at what "not_below" asks. */
void plan_put_bound_groups(tdo_sink *o, const tdo_planned *x, size_t k);
/* What a little more room under it would bring. */
void plan_put_price(tdo_sink *o, const tdo_planned *x, size_t k);

#endif
