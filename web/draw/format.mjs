// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers for people. The digits are those of the program's sentences (6 for readings, 4 for scores),
// in groups from 1,000 up.

const digits = (x, n) => {
  if (!Number.isFinite(x)) return '–';
  const y = Number(x.toPrecision(n));
  const a = Math.abs(y);
  return a !== 0 && (a < 1e-6 || a >= 1e15) ? y.toExponential().replace('e+', 'e') : plain(y);
};

/** A number as it is written, its digits in groups of three. */
export const grouped = (s) => s.replace('-', '−').replace(/^−?\d{4,}/, (whole) => whole.replace(/\B(?=(\d{3})+$)/g, ','));

const plain = (y) => {
  const s = String(y);
  return grouped(s.includes('e') ? y.toFixed(20).replace(/\.?0+$/, '') : s);
};

export const score = (x) => digits(x, 4);
/** An end of an interval, rounded into it. */
export function percentEnd(x, up) {
  const nearest = Number((100 * x).toPrecision(3));
  if (up ? nearest >= 100 * x : nearest <= 100 * x) return `${nearest} %`;
  const digit = 10 ** (Math.floor(Math.log10(Math.abs(nearest) || 1)) - 2);
  return `${Number((nearest + (up ? digit : -digit)).toPrecision(3))} %`;
}

export const percent = (x) => `${Number((100 * x).toPrecision(3))} %`;
export const bare = (x) => digits(x, 6);

/** Six digits, rounded up or down: a bound of which a claim holds on that side. */
export function safe(x, up) {
  const near = Number(x.toPrecision(6));
  if (up ? near >= x : near <= x) return near;
  const digit = 10 ** (Math.floor(Math.log10(Math.abs(x) || 1)) - 5);
  return Number((near + (up ? digit : -digit)).toPrecision(6));
}

export const withUnit = (c, s) => (c.unit ? `${s} ${c.unit}` : s);

const GROUPED = new Map();
/** With that many decimals and digits in groups: "24,331", "−1,341.50". */
export function fixed(x, decimals) {
  if (!Number.isFinite(x)) return '–';
  if (!GROUPED.has(decimals))
    GROUPED.set(
      decimals,
      new Intl.NumberFormat('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals }),
    );
  return GROUPED.get(decimals).format(x + 0).replace('-', '−');
}

const decimalsIn = (x) => {
  const [, fraction = '', power = '0'] = /^-?\d+(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(x)) ?? [];
  return Math.max(0, fraction.length - Number(power));
};
const DECIMALS = new WeakMap();
/** How many decimals say something: two digits of the error, or a thousandth of the spread; never
 * more than the readings have. */
export function decimalsOf(c) {
  if (DECIMALS.has(c)) return DECIMALS.get(c);
  const sorted = Array.from(c.reading).filter((x) => !Number.isNaN(x)).sort((a, b) => a - b);
  const written = Math.max(0, ...sorted.slice(0, 2000).map(decimalsIn));
  // Of the middle, so that one far off does not take the digits of all others.
  const at = (q) => sorted[Math.round(q * (sorted.length - 1))] ?? 0;
  const [low, high] = [at(0.15), at(0.85)];
  const errors = c.se ? Array.from(c.se).filter((e) => e > 0).sort((a, b) => a - b) : [];
  const size = errors.length ? errors[errors.length >> 1] : (high - low || Math.abs(high) || 1) / 50;
  const wanted = Math.max(0, 1 - Math.floor(Math.log10(size)));
  const out = Math.min(written, wanted, 12);
  DECIMALS.set(c, out);
  return out;
}

/** A reading as lists show it: grouped, rounded by its error or its spread. */
export const listed = (c, x) =>
  Number.isNaN(x) ? 'not measured' : c.levels.length ? (c.levels[x] ?? bare(x)) : fixed(x, decimalsOf(c));
export const listedUnit = (c, x) =>
  c.levels.length || Number.isNaN(x) ? listed(c, x) : withUnit(c, listed(c, x));

/** Percent, rounded to the side on which a claim holds: up for "above", down for "below". */
export function turnPercent(x, up) {
  const by = up ? Math.ceil(1000 * x - 1e-9) : Math.floor(1000 * x + 1e-9);
  return `${by / 10} %`;
}
export const share = (x) => `${Math.round(1000 * x) / 10} %`;
export const value01 = (x) => (Number.isFinite(x) ? x.toFixed(2) : '–');

/** A name that is too long for its place, its ends kept: they are what differs. */
export function fold(s, most) {
  const letters = Array.from(s.slice(0, 2000));
  if (letters.length <= most) return s;
  const head = Math.ceil((most - 1) / 2);
  return `${letters.slice(0, head).join('')}…${letters.slice(letters.length - (most - 1 - head)).join('')}`;
}

/** How many letters of these names to keep, at least `most`, so that no two of them look alike. */
export function apart(names, most) {
  for (let n = most; n < 120; n += 4) if (new Set(names.map((x) => fold(x, n))).size === new Set(names).size) return n;
  return 120;
}

/** A reading in its unit, or the word of its level. */
export function reading(c, x) {
  if (Number.isNaN(x)) return 'not measured';
  if (c.levels.length) return c.levels[x] ?? bare(x);
  return withUnit(c, bare(x));
}

/** A reading without its unit, for tables whose head has the unit. */
export const cell = (c, x) =>
  Number.isNaN(x) ? '–' : c.levels.length ? (c.levels[x] ?? bare(x)) : bare(x);

/** "+12", "−0.3", "=": a difference without its unit. */
export function difference(c, x, y) {
  if (Number.isNaN(x) || Number.isNaN(y)) return '';
  if (x === y) return '=';
  if (c.levels.length)
    return `${x > y ? '+' : '−'}${Math.abs(x - y)} level${Math.abs(x - y) > 1 ? 's' : ''}`;
  const by = digits(Math.abs(x - y), 3);
  return `${x > y ? '+' : '−'}${by}`;
}

export const goalWord = (c) =>
  (c.levels.length
    ? 'better words are better'
    : {
        max: 'more is better',
        min: 'less is better',
        target: `closest to ${bare(c.target)} is best`,
      })[c.goal] ?? 'better words are better';

export const plural = (n, one, many = `${one}s`) => `${n} ${n === 1 ? one : many}`;
