// SPDX-License-Identifier: GPL-3.0-or-later
// Compact JSON as the program writes it: the same digits, exponents and escapes.

/** printf's rule for %g with the fewest of 15, 16 and 17 digits that read back. */
export function number(x) {
  if (x === 0) return '0';
  if (Number.isInteger(x) && Math.abs(x) < 1e15) return String(x);
  const digits = [15, 16].find((k) => Number(x.toPrecision(k)) === x) ?? 17;
  const [mantissa, power] = x.toExponential(digits - 1).split('e');
  const exponent = Number(power);
  if (exponent < -4 || exponent >= digits) {
    const size = String(Math.abs(exponent)).padStart(2, '0');
    return `${mantissa.replace(/\.?0+$/, '')}e${exponent < 0 ? '-' : '+'}${size}`;
  }
  return x.toFixed(Math.max(0, digits - 1 - exponent)).replace(/\.0+$|(\.\d*?)0+$/, '$1');
}

/** An object that takes any key, "__proto__" too. */
export const plain = (entries) => {
  const o = {};
  for (const [k, v] of entries)
    Object.defineProperty(o, k, { value: v, enumerable: true, writable: true, configurable: true });
  return o;
};

export function compact(x) {
  if (typeof x === 'number') return number(x);
  if (Array.isArray(x)) return `[${x.map(compact).join(',')}]`;
  if (!x || typeof x !== 'object') return JSON.stringify(x);
  const members = Object.entries(x).map(([k, v]) => `${JSON.stringify(k)}:${compact(v)}`);
  return `{${members.join(',')}}`;
}
