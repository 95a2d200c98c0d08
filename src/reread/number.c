/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Decimals, rationals and doubles. */
#include "reread/number.h"

#include "tradeoff/text.h"

#include <math.h>
#include <string.h>

enum { MOST_EXPONENT = 5000, DOUBLE_BITS = 53, LEAST_EXPONENT = -1074 };

/* What a number is made of: digits x 10^exponent. */
typedef struct digits {
    bool negative;
    const char *digit[2]; /* before and after the point */
    size_t n[2];
    long exponent; /* as written */
} digits;

static size_t eat_digits(const char *s, size_t length)
{
    size_t n = 0;
    while (n < length && s[n] >= '0' && s[n] <= '9')
        n++;
    return n;
}

static bool eat_exponent(const char *s, size_t length, long *out)
{
    const bool sign = length > 0 && (s[0] == '+' || s[0] == '-');
    const size_t n = eat_digits(s + sign, length - sign);
    if (n == 0 || n + sign != length)
        return false;
    *out = 0;
    for (size_t k = 0; k < n && *out <= MOST_EXPONENT; k++)
        *out = 10 * *out + (s[sign + k] - '0');
    *out = sign && s[0] == '-' ? -*out : *out;
    return true;
}

static bool take_apart(const char *s, size_t length, digits *p)
{
    const bool sign = length > 0 && (s[0] == '+' || s[0] == '-');
    *p = (digits){.negative = sign && s[0] == '-'};
    s += sign;
    length -= sign;
    for (int k = 0; k < 2; k++) {
        p->digit[k] = s;
        p->n[k] = eat_digits(s, length);
        s += p->n[k];
        length -= p->n[k];
        if (k > 0 || length == 0 || *s != '.')
            break;
        s++;
        length--;
    }
    if (p->n[0] + p->n[1] == 0)
        return false;
    return length == 0 ||
           ((*s == 'e' || *s == 'E') && eat_exponent(s + 1, length - 1, &p->exponent));
}

/* z = 10 z + digits, eighteen at a time. */
static void append_digits(mpz_t z, const char *s, size_t n)
{
    while (n > 0) {
        const size_t most = n < 18 ? n : 18;
        unsigned long chunk = 0, scale = 1;
        for (size_t k = 0; k < most; k++, scale *= 10)
            chunk = 10 * chunk + (unsigned long)(s[k] - '0');
        mpz_mul_ui(z, z, scale);
        mpz_add_ui(z, z, chunk);
        s += most;
        n -= most;
    }
}

bool verify_read_rational(const char *s, size_t length, mpq_t q)
{
    digits p;
    if (!take_apart(s, length, &p) || p.exponent > MOST_EXPONENT || p.exponent < -MOST_EXPONENT)
        return false;
    const long exponent = p.exponent - (long)p.n[1];
    mpq_set_ui(q, 0, 1);
    for (int k = 0; k < 2; k++)
        if (p.n[k] > 0)
            append_digits(mpq_numref(q), p.digit[k], p.n[k]);
    if (p.negative)
        mpq_neg(q, q);
    if (exponent < 0) {
        mpz_ui_pow_ui(mpq_denref(q), 10, (unsigned long)-exponent);
        mpq_canonicalize(q);
    } else if (exponent > 0) {
        mpz_t power;
        mpz_init(power);
        mpz_ui_pow_ui(power, 10, (unsigned long)exponent);
        mpz_mul(mpq_numref(q), mpq_numref(q), power);
        mpz_clear(power);
    }
    return true;
}

double verify_round(const mpq_t q)
{
    const int sign = mpq_sgn(q);
    if (sign == 0)
        return 0;
    mpz_t top, bottom, whole, left;
    mpz_inits(top, bottom, whole, left, NULL);
    mpz_abs(top, mpq_numref(q));
    mpz_set(bottom, mpq_denref(q));
    /* |q| lies in (2^(e - 1), 2^(e + 1)): two bits more than a double holds tell the half. */
    const long e = (long)mpz_sizeinbase(top, 2) - (long)mpz_sizeinbase(bottom, 2);
    long unit = e - DOUBLE_BITS - 1; /* the last bit of whole is worth 2^unit */
    if (unit < LEAST_EXPONENT - 2)
        unit = LEAST_EXPONENT - 2;
    if (unit < 0)
        mpz_mul_2exp(top, top, (mp_bitcnt_t)-unit);
    else
        mpz_mul_2exp(bottom, bottom, (mp_bitcnt_t)unit);
    mpz_tdiv_qr(whole, left, top, bottom);
    long beyond = (long)mpz_sizeinbase(whole, 2) - DOUBLE_BITS; /* bits to be rounded away */
    if (unit + beyond < LEAST_EXPONENT)
        beyond = LEAST_EXPONENT - unit;
    mpz_tdiv_r_2exp(bottom, whole, (mp_bitcnt_t)beyond);
    mpz_tdiv_q_2exp(top, whole, (mp_bitcnt_t)beyond);
    const bool half = mpz_tstbit(bottom, (mp_bitcnt_t)beyond - 1) != 0;
    mpz_clrbit(bottom, (mp_bitcnt_t)beyond - 1);
    const bool more = mpz_sgn(bottom) != 0 || mpz_sgn(left) != 0;
    if (half && (more || mpz_odd_p(top)))
        mpz_add_ui(top, top, 1);
    const double y = ldexp(mpz_get_d(top), (int)(unit + beyond));
    mpz_clears(top, bottom, whole, left, NULL);
    return sign < 0 ? -y : y;
}

bool verify_read_double(const char *s, size_t length, double *out)
{
    static const double power[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                   1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                   1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    digits p;
    if (!take_apart(s, length, &p) || p.exponent > MOST_EXPONENT || p.exponent < -MOST_EXPONENT)
        return false;
    const long exponent = p.exponent - (long)p.n[1];
    if (p.n[0] + p.n[1] <= 15 && exponent >= -22 && exponent <= 22) {
        /* both are exact: dividing or multiplying rounds once */
        double whole = 0;
        for (int k = 0; k < 2; k++)
            for (size_t i = 0; i < p.n[k]; i++)
                whole = 10 * whole + (p.digit[k][i] - '0');
        *out = exponent < 0 ? whole / power[-exponent] : whole * power[exponent];
        *out = p.negative && *out > 0 ? -*out : *out;
        return true;
    }
    mpq_t q;
    mpq_init(q);
    const bool read = verify_read_rational(s, length, q);
    *out = read ? verify_round(q) : 0;
    const bool whole = mpq_sgn(q) == 0 || *out < 0 || *out > 0;
    mpq_clear(q);
    return read && whole && isfinite(*out);
}

void verify_set_decimal(mpq_t q, double y)
{
    char text[TDO_NUMBER_TEXT];
    if (fabs(y) < 9007199254740992.0 && floor(y) == y)
        mpq_set_si(q, (long)y, 1);
    else
        (void)verify_read_rational(text, tdo_number_write(y, text), q);
}

void verify_add(mpq_t sum, double factor, verify_number x, mpq_t room)
{
    mpq_t y;
    mpq_init(y);
    verify_set_decimal(y, x.y);
    if (x.rest < 0 || x.rest > 0) {
        verify_set_decimal(room, x.rest);
        mpq_add(y, y, room);
    }
    verify_set_decimal(room, factor);
    mpq_mul(y, y, room);
    mpq_add(sum, sum, y);
    mpq_clear(y);
}

verify_number verify_number_of(const mpq_t q, mpq_t room)
{
    verify_number x = {.y = verify_round(q), .rest = 0};
    if (!isfinite(x.y))
        return x;
    verify_set_decimal(room, x.y);
    mpq_sub(room, q, room);
    x.rest = verify_round(room);
    return x;
}

/* Rounding never turns an order round: only what is equal as doubles needs the rest. */
int verify_compare(verify_number x, double bound)
{
    if (x.y < bound || x.y > bound)
        return x.y < bound ? -1 : 1;
    return (x.rest > 0) - (x.rest < 0);
}
