/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which statements cannot all hold. No weights obey them exactly when there are multipliers y >= 0
 * of the rows and z >= 0 with
 *
 *     sum over k of y[k] row[k][c] + z <= 0 for every criterion c,
 *     z + sum of y over strict rows = 1
 *
 * (Motzkin 1936): weights sum to 1, so the rows' weighted sum would be at most -z, but also at
 * least 0, and more than 0 where a strict row counts. A vertex of this LP names few rows. */
#include "region/region.h"

#include "tradeoff/lp.h"

#include <math.h>
#include <string.h>

enum {
    MOST_LPS = 2000,        /* sets that are tried for a smaller clash */
    MOST_DENOMINATOR = 4096 /* of multipliers in the exact check */
};

__extension__ typedef __int128 wide;

typedef struct clash {
    const tdo_preference *part;
    const tdo_region *r;
    size_t statements;         /* how many there are */
    bool in[TDO_MAX_PREFERS];  /* by statement: may be used */
    double y[TDO_MAX_PREFERS]; /* by part: multipliers of the last clash that was found */
    bool exact;                /* proven in rationals */
    size_t lps;
    tdo_error *err;
} clash;

static tdo_status add_part(const clash *k, tdo_lp *lp, size_t part)
{
    const size_t n = k->r->n;
    const double *row = k->r->row + part * n;
    uint32_t at[TDO_MAX_CRITERIA + 1] = {0};
    double value[TDO_MAX_CRITERIA + 1] = {0}, most = 0;
    tdo_lp_column c = {.upper = INFINITY, .row = at, .value = value};
    int exponent = 0;
    for (size_t q = 0; q < n; q++)
        most = fmax(most, fabs(row[q]));
    (void)frexp(most, &exponent);
    for (size_t q = 0; q < n; q++)
        if (row[q] != 0) {
            at[c.count] = (uint32_t)q;
            value[c.count++] = ldexp(row[q], -exponent); /* about 1, and as exact */
        }
    if (k->part[part].strict) {
        at[c.count] = (uint32_t)n;
        value[c.count++] = 1;
    }
    if (!k->in[k->part[part].statement])
        c.upper = 0;
    return tdo_lp_add_column(lp, &c, k->err);
}

static tdo_status build(const clash *k, tdo_lp *lp)
{
    const size_t n = k->r->n;
    uint32_t at[TDO_MAX_CRITERIA + 1] = {0};
    double ones[TDO_MAX_CRITERIA + 1] = {0};
    tdo_status status = TDO_OK;
    for (size_t q = 0; q < n && status == TDO_OK; q++)
        status = tdo_lp_add_row(lp, &(tdo_lp_row){.lower = -INFINITY}, k->err);
    if (status == TDO_OK)
        status = tdo_lp_add_row(lp, &(tdo_lp_row){.lower = 1, .upper = 1}, k->err);
    for (size_t part = 0; part < k->r->m && status == TDO_OK; part++)
        status = add_part(k, lp, part);
    for (size_t q = 0; q <= n; q++) {
        at[q] = (uint32_t)q;
        ones[q] = 1;
    }
    if (status == TDO_OK)
        status = tdo_lp_add_column(
            lp, &(tdo_lp_column){.upper = INFINITY, .count = n + 1, .row = at, .value = ones},
            k->err);
    return status;
}

/* Can the statements in use not all hold? Then k->y tells why. */
static tdo_status try(clash *k, bool *clashes)
{
    tdo_arena *scratch = tdo_arena_new();
    tdo_lp *lp = !scratch ? NULL : tdo_lp_new(scratch, false);
    tdo_lp_solution x = {.outcome = TDO_LP_NUMERICAL};
    tdo_status status = !lp ? TDO_E_MEMORY : build(k, lp);
    k->lps++;
    if (status == TDO_OK)
        status = tdo_lp_solve(lp, NULL, scratch, &x, k->err);
    if (status == TDO_OK && x.outcome != TDO_LP_OPTIMAL && x.outcome != TDO_LP_INFEASIBLE)
        status = tdo_fail(k->err, TDO_E_INTERNAL, "whether statements clash was not found out (%s)",
                          tdo_lp_outcome_word(x.outcome));
    *clashes = status == TDO_OK && x.outcome == TDO_LP_OPTIMAL;
    if (*clashes) {
        memcpy(k->y, x.primal, k->r->m * sizeof *k->y);
        k->exact = x.certificate.exact;
    }
    tdo_arena_free(scratch);
    return status;
}

/* ---- a small set ---- */

/* Leaves in use what the last clash needs. */
static void keep_support(clash *k)
{
    memset(k->in, 0, sizeof k->in);
    for (size_t part = 0; part < k->r->m; part++)
        if (k->y[part] > 0)
            k->in[k->part[part].statement] = true;
}

static size_t in_use(const clash *k)
{
    size_t n = 0;
    for (size_t s = 0; s < k->statements; s++)
        n += k->in[s];
    return n;
}

/* Leaves out one after another what is not needed. */
static tdo_status reduce(clash *k)
{
    tdo_status status = TDO_OK;
    keep_support(k);
    for (size_t s = k->statements; s-- > 0 && status == TDO_OK;) {
        bool clashes = false;
        if (!k->in[s])
            continue;
        k->in[s] = false;
        status = try(k, &clashes);
        if (clashes)
            keep_support(k);
        else
            k->in[s] = true;
    }
    return status;
}

/* The next set of the same size in lexicographic order; false: that was the last. */
static bool next_set(size_t *set, size_t size, size_t n)
{
    for (size_t i = size; i-- > 0;) {
        if (set[i] + (size - i) < n) {
            set[i]++;
            for (size_t j = i + 1; j < size; j++)
                set[j] = set[j - 1] + 1;
            return true;
        }
    }
    return false;
}

/* Looks for a set of that size. found is left as it was unless it is true now. */
static tdo_status look_for(clash *k, size_t size, bool *found, bool *gave_up)
{
    size_t set[TDO_MAX_PREFERS] = {0};
    bool kept[TDO_MAX_PREFERS], more = true;
    tdo_status status = TDO_OK;
    memcpy(kept, k->in, sizeof kept);
    for (size_t i = 0; i < size; i++)
        set[i] = i;
    while (more && !*found && status == TDO_OK) {
        if (k->lps >= MOST_LPS) {
            *gave_up = true;
            break;
        }
        memset(k->in, 0, sizeof k->in);
        for (size_t i = 0; i < size; i++)
            k->in[set[i]] = true;
        status = try(k, found);
        more = next_set(set, size, k->statements);
    }
    if (!*found)
        memcpy(k->in, kept, sizeof kept);
    return status;
}

/* ---- the check ---- */

/* x as a fraction with a small denominator; 0: none is near. */
static int64_t denominator_of(double x)
{
    for (int64_t q = 1; q <= MOST_DENOMINATOR; q++)
        if (fabs(x * (double)q - nearbyint(x * (double)q)) < 1e-11 * (double)q)
            return q;
    return 0;
}

/* The row's multiplier belongs to the row scaled to about 1; that of the row itself is as exact. */
static double multiplier(const clash *k, size_t part)
{
    double most = 0;
    int exponent = 0;
    for (size_t q = 0; q < k->r->n; q++)
        most = fmax(most, fabs(k->r->row[part * k->r->n + q]));
    (void)frexp(most, &exponent);
    return ldexp(k->y[part], -exponent);
}

/* The proof in whole numbers: multipliers as fractions, then every sum exactly. */
static bool is_proven(const clash *k)
{
    int64_t whole[TDO_MAX_PREFERS] = {0};
    double least = INFINITY;
    wide all = 1;
    bool strict = false, below = true;
    for (size_t part = 0; part < k->r->m; part++)
        if (k->y[part] > 0)
            least = fmin(least, multiplier(k, part));
    for (size_t part = 0; part < k->r->m; part++) {
        int64_t q = k->y[part] > 0 ? denominator_of(multiplier(k, part) / least) : 1;
        if (q == 0 || all * q > INT32_MAX)
            return false;
        all *= all % q == 0 ? 1 : q;
    }
    for (size_t part = 0; part < k->r->m; part++) {
        double y = k->y[part] > 0 ? multiplier(k, part) / least * (double)all : 0;
        if (y > INT32_MAX)
            return false;
        whole[part] = (int64_t)nearbyint(y);
        strict |= whole[part] > 0 && k->part[part].strict;
    }
    for (size_t c = 0; c < k->r->n; c++) {
        wide sum = 0;
        for (size_t part = 0; part < k->r->m; part++)
            sum += (wide)whole[part] * (int64_t)k->r->row[part * k->r->n + c];
        below &= sum < 0;
        if (sum > 0)
            return false;
    }
    return strict || below;
}

tdo_status region_find_clash(const tdo_preference *part, const tdo_region *r, tdo_arena *a,
                             region_clash *out, tdo_error *err)
{
    clash *k = tdo_alloc(a, 1, sizeof *k);
    bool clashes = false, gave_up = false, found = false;
    if (!k)
        return TDO_E_MEMORY;
    *k = (clash){.part = part, .r = r, .err = err};
    for (size_t p = 0; p < r->m; p++) {
        k->in[part[p].statement] = true;
        if (part[p].statement >= k->statements)
            k->statements = part[p].statement + 1;
    }
    tdo_status status = try(k, &clashes);
    if (status == TDO_OK && !clashes)
        status = tdo_fail(err, TDO_E_INTERNAL, "statements that cannot hold do not clash");
    if (status == TDO_OK)
        status = reduce(k);
    for (size_t size = 1; status == TDO_OK && !found && !gave_up && size < in_use(k); size++)
        status = look_for(k, size, &found, &gave_up);
    if (status == TDO_OK && !found)
        status = try(k, &clashes); /* of this set, for the check */
    if (status == TDO_OK && !k->exact && !is_proven(k))
        status = tdo_fail(err, TDO_E_INTERNAL, "that statements clash was not proven");
    *out = (region_clash){.smallest = !gave_up};
    for (size_t s = 0; s < k->statements; s++)
        if (k->in[s])
            out->statement[out->n++] = s;
    return status;
}
