/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One pass that strikes out most rows: a stretch at a time, whose rows are still near when the next
 * step asks for them, and whose strongest judge the stretches after it. */
#include "frontier/frontier.h"

#include <assert.h>

enum {
    STRETCH = 1024,
    IDLE = 16, /* judges that strike out less than this part of a stretch rest */
    REST = 7   /* for so many stretches */
};

tdo_status front_screen_rows(const front_rows *r, const front_codes *codes,
                             const front_kernel *kernel, const size_t range[2], tdo_arena *a,
                             front_alive *out)
{
    assert(range[0] <= range[1] && range[1] <= r->n && codes->n_sample >= 1);
    front_judges j;
    size_t rest = 0;
    *out = (front_alive){.row = tdo_alloc(a, range[1] - range[0] + 1, sizeof *out->row),
                         .code = tdo_alloc(a, range[1] - range[0], r->d)};
    if (!out->row || !out->code || front_judges_appoint(r, codes, kernel, a, &j) != TDO_OK)
        return TDO_E_MEMORY;
    for (size_t from = range[0], to = from; from < range[1]; from = to) {
        to = range[1] - from > STRETCH ? from + STRETCH : range[1];
        front_alive some = {out->row + out->n, out->code + out->n * r->d, 0};
        const size_t asked = some.n = kernel->strike(r, (const size_t[2]){from, to}, &j, some.row);
        kernel->encode(r, codes, &some);
        if (rest == 0) {
            kernel->judge(r, &j, &some);
            front_judges_promote(r, &some, &j);
            rest = some.n > asked - asked / IDLE && asked > STRETCH / IDLE ? REST : 0;
        } else {
            rest--;
        }
        out->n += some.n;
    }
    return TDO_OK;
}
