// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers for people. The digits are those of the program's sentences (6 for readings, 4 for scores).

const digits = (x, n) => {
  if (!Number.isFinite(x)) return '–';
  const y = Number(x.toPrecision(n));
  const a = Math.abs(y);
  return a !== 0 && (a < 1e-6 || a >= 1e15) ? y.toExponential().replace('e+', 'e') : plain(y);
};

const plain = (y) => {
  const s = String(y);
  return s.includes('e') ? y.toFixed(20).replace(/\.?0+$/, '') : s.replace('-', '−');
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

export const withUnit = (c, s) => (c.unit ? `${s} ${c.unit}` : s);

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
