/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GLPK's branch and bound. Its cuts and its presolver stay off: the first lean on tolerances that
 * the bound would inherit, the second loses the basis and gains nothing on trees this small. */
#include "lp/simplex.h"

#include "lp/guard.h"
#include "lp/load.h"

#include <float.h>
#include <limits.h>
#include <math.h>

typedef struct search_job {
    const lp_form *f;
    const bool *integer;
    const tdo_lp_options *options;
    const uint8_t *place;
    lp_search_result *r;
    double bound; /* as GLPK sees it, of what is still open; -DBL_MAX: not known */
    bool stopped; /* by the node limit */
} search_job;

/* Called by GLPK at each event of the search. */
static void on_event(glp_tree *tree, void *info)
{
    search_job *b = info;
    if (glp_ios_reason(tree) == GLP_ISELECT) {
        const int best = glp_ios_best_node(tree);
        if (best != 0)
            b->bound = glp_ios_node_bound(tree, best);
        if (b->r->nodes >= b->options->nodes) {
            b->stopped = true;
            glp_ios_terminate(tree);
        } else {
            b->r->nodes++;
        }
    }
}

static int run_search(glp_prob *p, search_job *b)
{
    glp_iocp how;
    glp_init_iocp(&how);
    how.msg_lev = GLP_MSG_OFF;
    how.tm_lim = lp_milliseconds(b->options->seconds);
    how.mip_gap = b->options->gap;
    how.tol_int = 1e-7;
    how.cb_func = on_event;
    how.cb_info = b;
    return glp_intopt(p, &how);
}

/* GLPK needs the LP solved first, in its own eyes. */
static bool solve_root(glp_prob *p, const search_job *b)
{
    glp_smcp how;
    glp_init_smcp(&how);
    how.msg_lev = GLP_MSG_OFF;
    how.it_lim = b->options->iterations < INT_MAX ? (int)b->options->iterations : INT_MAX - 1;
    how.tm_lim = lp_milliseconds(b->options->seconds);
    int rc = glp_simplex(p, &how);
    if (rc == GLP_EBADB || rc == GLP_ESING || rc == GLP_ECOND) {
        glp_std_basis(p);
        rc = glp_simplex(p, &how);
    }
    return rc == 0 && glp_get_status(p) == GLP_OPT;
}

/* Nodes are cut off when they cannot be better than the best by tol_obj x (1 + |best|), and their
 * LPs are right to about as much: what the bound has to allow for. */
static double allow_for_tolerance(double bound)
{
    return bound - 2e-7 * (1 + fabs(bound));
}

static void work(void *arg)
{
    search_job *b = arg;
    lp_search_result *r = b->r;
    const double begun = glp_time();
    /* Whole numbers must stay whole: their columns are not to be scaled by the shift. */
    lp_loaded l = lp_load(b->f, LP_SCALE_FULL, false);
    lp_put_places(l.p, b->f, b->place);
    for (size_t j = 0; j < b->f->n; j++)
        glp_set_col_kind(l.p, (int)j + 1, b->integer[j] ? GLP_IV : GLP_CV);
    if (solve_root(l.p, b)) {
        const double root = glp_get_obj_val(l.p);
        b->bound = root;
        const int rc = run_search(l.p, b);
        const int status = glp_mip_status(l.p);
        const bool limit = b->stopped || rc == GLP_ETMLIM;
        r->has_x = status == GLP_OPT || status == GLP_FEAS;
        r->verdict = status == GLP_OPT && rc == 0      ? LP_S_FOUND
                     : limit                           ? LP_S_LIMIT
                     : rc == GLP_EMIPGAP               ? LP_S_FOUND
                     : status == GLP_NOFEAS && rc == 0 ? LP_S_NONE
                                                       : LP_S_FAILED;
        if (status == GLP_OPT && rc == 0)
            b->bound = glp_mip_obj_val(l.p);
        r->bound = ldexp(allow_for_tolerance(b->bound), l.cost_shift);
        for (size_t j = 0; r->has_x && j < b->f->n; j++)
            r->x[j] = glp_mip_col_val(l.p, (int)j + 1);
    }
    r->iterations += (uint32_t)glp_get_it_cnt(l.p);
    glp_delete_prob(l.p);
    r->seconds += glp_difftime(glp_time(), begun);
}

tdo_status lp_search(const lp_form *f, const bool *integer, const tdo_lp_options *options,
                     const uint8_t *place, lp_search_result *r, char *text)
{
    search_job b = {
        .f = f, .integer = integer, .options = options, .place = place, .r = r, .bound = -DBL_MAX};
    r->verdict = LP_S_FAILED;
    r->bound = -(double)INFINITY;
    r->has_x = false;
    return lp_guarded(work, &b, text);
}
