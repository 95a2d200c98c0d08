/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page's arithmetic of long numbers against GMP's, on numbers of random and of awkward limbs.
 */
#include "engine/limbs.c"

#include <gmp.h>
#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include "random.h"

enum { MOST = 12, ROUNDS = 20000 };

typedef struct numbers {
    uint64_t x[MOST], y[MOST], own[2 * MOST], rest[MOST];
    mp_limb_t gx[MOST], gy[MOST], gmp[2 * MOST], gmp_rest[MOST];
    ptrdiff_t nx, ny; /* nx >= ny; the highest limbs are not 0 */
} numbers;

static uint64_t next(rng *seed)
{
    static const uint64_t awkward[] = {0, 1, ~UINT64_C(0), UINT64_C(1) << 63};
    const uint64_t r = rng_next(seed);
    return r % 3 ? rng_next(seed) : awkward[r / 3 % 4];
}

static void draw(rng *seed, numbers *k)
{
    k->ny = 1 + (ptrdiff_t)(rng_next(seed) % MOST);
    k->nx = k->ny + (ptrdiff_t)(rng_next(seed) % (uint64_t)(MOST - k->ny + 1));
    for (ptrdiff_t i = 0; i < MOST; i++) {
        k->gx[i] = k->x[i] = next(seed);
        k->gy[i] = k->y[i] = next(seed);
    }
    k->gx[k->nx - 1] = k->x[k->nx - 1] |= 1;
    k->gy[k->ny - 1] = k->y[k->ny - 1] |= 1;
}

static void same(const uint64_t *own, const mp_limb_t *gmp, ptrdiff_t n)
{
    for (ptrdiff_t i = 0; i < n; i++)
        assert_true(own[i] == gmp[i]);
}

static void sums_and_shifts(void **state)
{
    (void)state;
    rng seed = {20261129};
    for (int round = 0; round < ROUNDS; round++) {
        numbers k;
        draw(&seed, &k);
        const unsigned by = 1 + (unsigned)(rng_next(&seed) % 63);
        assert_true(limbs_add(k.own, k.x, k.y, k.ny) == mpn_add_n(k.gmp, k.gx, k.gy, k.ny));
        same(k.own, k.gmp, k.ny);
        assert_true(limbs_sub(k.own, k.x, k.y, k.ny) == mpn_sub_n(k.gmp, k.gx, k.gy, k.ny));
        same(k.own, k.gmp, k.ny);
        assert_true(limbs_up(k.own, k.x, k.nx, by) == mpn_lshift(k.gmp, k.gx, k.nx, by));
        same(k.own, k.gmp, k.nx);
        assert_true(limbs_down(k.own, k.x, k.nx, by) == mpn_rshift(k.gmp, k.gx, k.nx, by));
        same(k.own, k.gmp, k.nx);
        const int own = limbs_compare(k.x, k.y, k.ny), gmp = mpn_cmp(k.gx, k.gy, k.ny);
        assert_true((own > 0) == (gmp > 0) && (own < 0) == (gmp < 0));
        assert_int_equal(limbs_are_zero(k.x, k.nx), mpn_zero_p(k.gx, k.nx));
        assert_true(limbs_lowest(k.x, 0) == mpn_scan1(k.gx, 0));
    }
}

static void products_and_quotients(void **state)
{
    (void)state;
    rng seed = {1129};
    for (int round = 0; round < ROUNDS / 4; round++) {
        numbers k;
        draw(&seed, &k);
        limbs_mul(k.own, k.x, k.nx, k.y, k.ny);
        mpn_mul(k.gmp, k.gx, k.nx, k.gy, k.ny);
        same(k.own, k.gmp, k.nx + k.ny);
        limbs_divide(k.own, k.rest, k.x, k.nx, k.y, k.ny);
        mpn_tdiv_qr(k.gmp, k.gmp_rest, 0, k.gx, k.nx, k.gy, k.ny);
        same(k.own, k.gmp, k.nx - k.ny + 1);
        same(k.rest, k.gmp_rest, k.ny);
    }
}

static void divisors(void **state)
{
    (void)state;
    rng seed = {7};
    for (int round = 0; round < ROUNDS / 4; round++) {
        numbers k, common;
        draw(&seed, &k);
        draw(&seed, &common); /* both times it: a divisor that is not 1 */
        const ptrdiff_t part = common.ny > 3 ? 3 : common.ny, n = part + 3;
        uint64_t x[2 * MOST], y[2 * MOST];
        mp_limb_t gx[2 * MOST], gy[2 * MOST];
        common.y[0] |= 1, common.y[part - 1] |= 1, k.x[0] |= 1, k.y[0] |= 1;
        limbs_mul(x, k.x, 3, common.y, part);
        limbs_mul(y, k.y, 3, common.y, part);
        ptrdiff_t nx = n, ny = n;
        while (x[nx - 1] == 0)
            nx--;
        while (y[ny - 1] == 0)
            ny--;
        for (ptrdiff_t i = 0; i < n; i++)
            gx[i] = x[i], gy[i] = y[i];
        const mp_size_t gmp = nx >= ny ? mpn_gcd(k.gmp, gx, nx, gy, ny)
                                       : mpn_gcd(k.gmp, gy, ny, gx, nx);
        assert_int_equal(limbs_divisor(k.own, x, nx, y, ny), gmp);
        same(k.own, k.gmp, gmp);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sums_and_shifts),
        cmocka_unit_test(products_and_quotients),
        cmocka_unit_test(divisors),
    };
    return cmocka_run_group_tests_name("limbs", tests, NULL, NULL);
}
