/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What to measure and to discuss next, in words. */
#include "base/decimal.h"
#include "explain/amount.h"
#include "explain/words.h"

#include <math.h>

enum { NEXT_SHOWN = 3 };

/* Points of 100, to the digits that its error leaves. */
static void put_worth(speech *t, double value, double se)
{
    double points = 100 * value, unit = decimal_ten_to(se > 0 ? decimal_tens(100 * se) : -12);
    amount_put_points(&t->o, floor(points / unit + 0.5) * unit);
}

/* The few that are worth most. */
static void say_measure(speech *t)
{
    const tdo_information *x = &t->run->robust.information;
    size_t said = 0;
    for (size_t k = 0; k < x->n_measure && said < NEXT_SHOWN; k++) {
        const tdo_measure_next *of = &x->measure[k];
        if (!(of->value > 2 * of->value_se) || of->value < TDO_LEARN_LEAST)
            continue;
        tdo_puts(&t->o, said++ ? "; " : "Measure next: ");
        tdo_puts(&t->o, t->run->scenario->criteria[of->criterion].label);
        if (of->slot != UINT32_MAX) {
            tdo_puts(&t->o, " of ");
            speech_put_candidate(&t->o, t->run, speech_candidate_of(t->run, of->slot));
        }
        tdo_puts(&t->o, " (worth ");
        put_worth(t, of->value, of->value_se);
        tdo_puts(&t->o, said == 1 ? " of 100 on average, were it known exactly)" : ")");
    }
    if (said)
        speech_end(t);
}

static void say_discuss(speech *t)
{
    const tdo_information *x = &t->run->robust.information;
    size_t said = 0;
    for (size_t k = 0; k < x->n_discuss && said < NEXT_SHOWN; k++) {
        const tdo_discuss_next *of = &x->discuss[k];
        if (!(of->value > 2 * of->value_se) || of->value < TDO_LEARN_LEAST)
            continue;
        tdo_puts(&t->o, said++ ? "; " : "Discuss next: the weights of ");
        tdo_puts(&t->o, t->run->scenario->stakeholders[of->stakeholder].label);
        tdo_puts(&t->o, " (worth ");
        put_worth(t, of->value, of->value_se);
        tdo_puts(&t->o, said == 1 ? " of 100 on average, were they settled)" : ")");
    }
    if (said)
        speech_end(t);
}

static const tdo_measure_next *find_measure(const tdo_information *x, size_t criterion)
{
    for (size_t k = 0; k < x->n_measure; k++)
        if (x->measure[k].criterion == criterion && x->measure[k].slot == UINT32_MAX)
            return &x->measure[k];
    return NULL;
}

/* How many more items pay, where "measure" asks. */
static void say_items(speech *t, const tdo_measure_more *ask)
{
    const tdo_scenario *s = t->run->scenario;
    const tdo_information *x = &t->run->robust.information;
    const tdo_measure_next *of = find_measure(x, ask->criterion);
    const char *label = s->criteria[ask->criterion].label;
    if (!of || !of->more)
        tdo_putf(&t->o, "What more items of %s are worth is not known: %s", label,
                 of ? "its errors are not normal, or its values bend"
                    : "nobody says what error it has, or it tells of others that bend");
    else if (isnan(of->best_n) && ask->cost > 0)
        tdo_putf(&t->o,
                 "What more items of %s are worth in %s is not known: more of that would "
                 "make nobody happier there",
                 label, s->criteria[s->worth_in].label);
    else if (isnan(of->best_n))
        return;
    else if (!(of->best_n > 0))
        tdo_putf(&t->o, "No number of further items of %s is worth its cost", label);
    else {
        amount_put_grouped(&t->o, of->best_n);
        tdo_putf(&t->o, " more items of %s pay best: they cost ", label);
        amount_put_rounded(&t->o, ask->cost * of->best_n / ask->per, 3);
        tdo_puts(&t->o, " and are worth ");
        for (size_t k = 0; k < of->n_more; k++)
            if (!(of->more[k].n < of->best_n) && !(of->more[k].n > of->best_n))
                amount_put_rounded(&t->o, of->more[k].value * x->per_utility * s->periods, 3);
        amount_put_unit(&t->o, &s->criteria[s->worth_in]);
        if (s->periods > 1 || s->periods < 1) {
            tdo_puts(&t->o, " in ");
            amount_put_rounded(&t->o, s->periods, SPEECH_WORD_DIGITS);
            tdo_puts(&t->o, " periods");
        }
    }
    speech_end(t);
}

void speech_say_next(speech *t)
{
    const tdo_scenario *s = t->run->scenario;
    const tdo_information *x = &t->run->robust.information;
    if (!x->listed)
        return;
    say_measure(t);
    say_discuss(t);
    for (size_t k = 0; k < s->n_measure; k++)
        say_items(t, &s->measure[k]);
}
