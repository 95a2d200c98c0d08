/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The best and the worst rank over the weights that count ("extreme ranking analysis", Kadzinski
 * and Tervonen 2013), by branch and bound without a linear program. Scores are linear in the
 * weights, so over a cell they are decided at its corners: a rival that is ahead at no corner is
 * ahead nowhere; one that is behind at no corner, and ahead at one, is ahead at all weights but
 * those of a face. Along the tie with a rival that is neither the cell is cut in two. The fewest
 * rivals ahead give the best rank, the fewest behind the worst one; each is counted again at the
 * middle of its cell. A cell in which too many must count (choice_pairs.c) is not cut. */
#include "model/block.h"
#include "tradeoff/work.h"
#include "weights/choice_cells.h"
#include "weights/choice_pairs.h"
#include "weights/choice_sift.h"

#include <math.h>
#include <string.h>

enum {
    CORNERS = 1 << 17, /* of all cells on the way down, at most */
    MORE_WORDS = 2,    /* for facets beyond those of the whole */
    MIXED = 1 << 17,   /* rivals that may be undecided over all weights, at most: of more a cell
                          leaves so many that the steps do not do */
    BLOCK = 1 << 12    /* rivals that are looked at before it is asked how many those are */
};

typedef struct search {
    const tdo_case *k;
    const choice_space *space;
    choice_cells cells;
    choice_pairs pairs;
    uint32_t slot;
    choice_leads leads; /* those that are not decided yet stand first */
    double way;         /* 1: rivals ahead are counted; -1: those behind */
    size_t always;      /* rivals ahead at all weights */
    size_t mixed;       /* rivals ahead at some */
    bool sifted;        /* they stand first, and nothing has been searched since */
    double reached;     /* fewest that count, at weights */
    double *weights;    /* [d] these */
} search;

/* ---- the search ---- */

/* Weights in the order of the criteria. */
static void take_middle(const search *y, choice_cell cell, double *weights)
{
    double middle[TDO_MAX_CRITERIA];
    choice_find_middle(&y->cells, cell, middle);
    for (size_t c = 0; c < y->space->d; c++)
        weights[y->space->criterion[c]] = middle[c];
}

/* Rivals that count at the middle of a cell, INFINITY where one of the undecided is tied there:
 * then it is on the border of two cells, and in neither. */
static double count_in_middle(const search *y, size_t undecided, size_t counted)
{
    double count = (double)counted;
    for (size_t j = 0; j < undecided; j++)
        count += fabs(y->leads.middle[j]) > TDO_TIE ? y->way * y->leads.middle[j] > 0 : INFINITY;
    return count;
}

/* Takes the middle of a cell where fewer count than ever. They are counted again there: a cell so
 * thin that they are not the same is a null set. */
static void try_middle(search *y, choice_cell cell, double count)
{
    double middle[TDO_MAX_CRITERIA] = {0};
    if (!(count < y->reached))
        return;
    take_middle(y, cell, middle);
    double ahead = (double)choice_rank_at(y->k, middle, y->slot) - 1 - (double)y->always;
    y->cells.steps -= (double)y->k->v->f;
    if (count != (y->way > 0 ? ahead : (double)y->mixed - ahead))
        return;
    y->reached = count;
    memcpy(y->weights, middle, y->space->d * sizeof *middle);
}

/* The undecided rival that counts most at the middle: where it does not, little is left to search,
 * and where it does, one more counts. */
static size_t choose_cut(const search *y, size_t undecided)
{
    size_t best = 0;
    for (size_t j = 1; j < undecided; j++)
        if (y->way * y->leads.middle[j] > y->way * y->leads.middle[best])
            best = j;
    return best;
}

/* The side of each corner, for the rival in that column. */
static void set_sides(search *y, choice_cell cell, size_t rival)
{
    for (size_t q = cell.first; q < cell.first + cell.count; q++) {
        double side = choice_lead_at(&y->leads, y->cells.corner + q * y->cells.width, rival);
        y->cells.side[q] = fabs(side) <= TDO_TIE ? 0 : side;
    }
}

/* By how much more than a tie each of the first `open` rivals counts at each corner, rival by
 * rival. */
static void set_leads(search *y, choice_cell cell, size_t open)
{
    const size_t width = y->cells.width;
    const double *corner = y->cells.corner + cell.first * width;
    double *to = y->pairs.lead;
    for (size_t j = 0; j < open; j++)
        for (size_t q = 0; q < cell.count; q++)
            *to++ = y->way * choice_lead_at(&y->leads, corner + q * width, j) - TDO_TIE;
    y->cells.steps -= (double)(open * cell.count);
}

/* How many of the first `open` rivals count at all weights of the cell, at least; or as many as
 * are too many. */
static size_t count_sure(search *y, choice_cell cell, size_t open, size_t counted)
{
    double enough = y->reached - (double)counted;
    if (!((double)(open / 2) >= enough - 1) || !choice_pairs_fit(open, cell.count))
        return 0;
    set_leads(y, cell, open);
    return choice_count_pairs(&y->pairs, open, cell.count, (size_t)enough);
}

/* False: too much work. The rivals that are not among the first `open` are decided in the cell, and
 * that many of them count. */
static bool search_cell(search *y, choice_cell cell, size_t open, size_t counted)
{
    choice_cell part = {.first = 0};
    size_t undecided = y->sifted ? open
                                 : choice_sift(&y->leads, &y->cells, cell, (choice_span){0, open},
                                               y->way > 0, &counted);
    y->sifted = false;
    if (y->cells.steps < 0)
        return false;
    try_middle(y, cell, count_in_middle(y, undecided, counted));
    if (!undecided || (double)counted >= y->reached)
        return true;
    choice_swap_rivals(&y->leads, choose_cut(y, undecided), undecided - 1);
    undecided--;
    size_t sure = count_sure(y, cell, undecided, counted);
    if ((double)(counted + sure) >= y->reached)
        return true;
    size_t facet = choice_cell_free_facet(&y->cells, cell);
    if (facet == TDO_NONE)
        return false;
    set_sides(y, cell, undecided);
    if (!choice_cell_cut(&y->cells, cell, y->way, facet, &part) ||
        !search_cell(y, part, undecided, counted))
        return false;
    if ((double)(counted + sure + 1) >= y->reached)
        return true;
    return choice_cell_cut(&y->cells, cell, -y->way, facet, &part) &&
           search_cell(y, part, undecided, counted + 1);
}

/* What rivals of slots from `first` on lead by: behind those that are undecided, up to `end`. */
static void set_block(search *y, uint32_t first, uint32_t last, size_t *end)
{
    const uint32_t slot = y->slot;
    double value[BLOCK];
    for (size_t c = 0; c < y->space->active; c++) {
        const double mine = tdo_value_at(y->k->v, y->space->criterion[c], slot);
        double *to = y->leads.lead + c * y->leads.row + y->mixed;
        model_values(y->k->v, y->space->criterion[c], NULL, first, last - first, value);
        for (uint32_t j = first; j < last; j++) {
            *to = value[j - first] - mine;
            to += j != slot;
        }
    }
    *end = y->mixed + (last - first) - (first <= slot && slot < last);
}

/* Every rival over all weights. False: too many are undecided. */
static bool compare_all(search *y, choice_cell whole)
{
    const uint32_t f = (uint32_t)y->k->v->f;
    y->way = 1;
    y->always = y->mixed = 0;
    y->sifted = true;
    for (uint32_t j = 0; j < f && y->mixed <= MIXED; j += BLOCK) {
        choice_span block = {.from = y->mixed};
        set_block(y, j, f - j < BLOCK ? f : j + BLOCK, &block.open);
        y->mixed = choice_sift(&y->leads, &y->cells, whole, block, true, &y->always);
    }
    return y->mixed <= MIXED;
}

static tdo_status find_range(search *y, choice_cell whole, tdo_arena *a, tdo_rank_range *out)
{
    *out = (tdo_rank_range){.asked = true, .known = compare_all(y, whole)};
    for (size_t best = 2; best-- > 0 && out->known;) {
        y->way = best ? 1 : -1;
        y->reached = INFINITY;
        y->weights = tdo_alloc(a, y->space->d, sizeof *y->weights);
        if (!y->weights)
            return TDO_E_MEMORY;
        out->known = search_cell(y, whole, y->mixed, 0);
        if (!isfinite(y->reached)) /* all of it is as thin as a tie */
            take_middle(y, whole, y->weights);
        *(best ? &out->best : &out->worst) = choice_rank_at(y->k, y->weights, y->slot);
        *(best ? &out->best_at : &out->worst_at) = y->weights;
    }
    if (!out->known)
        *out = (tdo_rank_range){.asked = true};
    return TDO_OK;
}

/* ---- the whole ---- */

bool choice_is_named(const tdo_case *k, uint32_t slot)
{
    bool named = slot == k->r->recommended || slot == k->r->runner_up ||
                 (k->x->incumbent != TDO_NONE && slot == k->f->slot[k->x->incumbent]);
    for (size_t s = 0; s < k->u->s && !named; s++)
        named = slot == k->r->favourite[s];
    return named;
}

static bool is_asked(const tdo_case *k, uint32_t slot)
{
    return k->v->f <= TDO_CHOICE_RANKED || choice_is_named(k, slot);
}

static tdo_status make(search *y, tdo_arena *scratch)
{
    const choice_hull *hull = &y->space->hull;
    y->cells = (choice_cells){.width = y->space->d,
                              .rank = hull->rank,
                              .words = hull->words + MORE_WORDS,
                              .room = CORNERS};
    const size_t f = y->k->v->f, most = MIXED + BLOCK;
    tdo_status status =
        choice_leads_make(f < most ? f : most, y->space->active, scratch, &y->leads);
    if (status == TDO_OK)
        status = choice_cells_make(&y->cells, scratch);
    if (status == TDO_OK)
        status = choice_pairs_make(&y->pairs, scratch);
    for (size_t q = 0; q < hull->corners && status == TDO_OK; q++)
        memcpy(y->cells.on + q * y->cells.words, hull->on + q * hull->words,
               hull->words * sizeof *hull->on);
    if (status == TDO_OK)
        memcpy(y->cells.corner, y->space->corner,
               hull->corners * y->space->d * sizeof *y->space->corner);
    return status;
}

static tdo_status find(const choice_search *x, const choice_space *space, tdo_candidate_choice *of,
                       size_t n, tdo_arena *a)
{
    tdo_arena *scratch = tdo_arena_new();
    search y = {.k = x->k, .space = space};
    double left = (double)tdo_work_left(x->k->work, (uint64_t)TDO_CHOICE_RANK_STEPS);
    double each = left / 8;
    tdo_status status = !scratch ? TDO_E_MEMORY : make(&y, scratch);
    for (size_t i = 0; i < n && status == TDO_OK; i++) {
        if (!is_asked(x->k, of[i].slot))
            continue;
        const double most = fmin(left, each);
        y.slot = of[i].slot;
        y.cells.steps = most;
        status = find_range(&y, (choice_cell){.count = space->hull.corners}, a, &of[i].rank);
        each /= of[i].rank.known ? 1 : 2; /* in vain, and they are alike */
        left -= most - y.cells.steps;
        x->effort->steps += most - y.cells.steps;
        tdo_work_done(x->k->work, (uint64_t)(most - y.cells.steps));
    }
    tdo_arena_free(scratch);
    return status;
}

static void set_as_is(const tdo_case *k, tdo_candidate_choice *of, size_t n)
{
    const double *now = k->u->group_weight;
    for (size_t i = 0; i < n; i++) {
        tdo_rank_range *y = &of[i].rank;
        if (!is_asked(k, of[i].slot))
            continue;
        *y = (tdo_rank_range){.asked = true, .known = true, .best_at = now, .worst_at = now};
        y->best = y->worst = choice_rank_at(k, now, of[i].slot);
    }
}

tdo_status choice_find_ranks(const choice_search *x, tdo_candidate_choice *of, size_t n,
                             tdo_arena *a)
{
    const tdo_case *k = x->k;
    bool swept = false;
    tdo_status status = TDO_OK;
    choice_space space = {.known = false};
    if (x->w->bundles == 0) { /* nothing may move */
        set_as_is(k, of, n);
        return TDO_OK;
    }
    if ((double)n * (double)k->v->f <= TDO_CHOICE_STEPS / 100)
        status = choice_sweep_ranks(k, x->w, of, n, a, &swept);
    if (status != TDO_OK || swept)
        return status;
    status = choice_space_make(k, x->w, a, &space);
    if (status == TDO_OK && space.known && space.hull.words + MORE_WORDS <= CHOICE_CELL_WORDS)
        return find(x, &space, of, n, a);
    for (size_t i = 0; i < n; i++)
        of[i].rank.asked = is_asked(k, of[i].slot);
    return status;
}
