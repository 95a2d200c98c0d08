// SPDX-License-Identifier: GPL-3.0-or-later
// From a domain to pixels and back, linear or by powers of ten, with round ticks.

/** The step of about `count` ticks: 1, 2 or 5 times a power of ten. */
function stepOf(span, count) {
  const raw = span / Math.max(1, count);
  const power = 10 ** Math.floor(Math.log10(raw));
  const error = raw / power;
  return power * (error >= Math.sqrt(50) ? 10 : error >= Math.sqrt(10) ? 5 : error >= Math.sqrt(2) ? 2 : 1);
}

/** Multiples of the step; below 1 by division, which rounds once. */
function multiples(low, high, step) {
  const inverse = Math.round(1 / step);
  const from = Math.ceil(low / step - 1e-9);
  const to = Math.floor(high / step + 1e-9);
  const at = (k) => (step < 1 ? k / inverse : k * step);
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, k) => at(from + k) + 0);
}

const LINEAR = {
  of: (x) => x,
  back: (t) => t,
  ticks: (low, high, count) => (high > low ? multiples(low, high, stepOf(high - low, count)) : [low]),
  nice(low, high) {
    const step = stepOf(high - low, 10);
    const inverse = Math.round(1 / step);
    const at = (k) => (step < 1 ? k / inverse : k * step);
    return [at(Math.floor(low / step)) + 0, at(Math.ceil(high / step)) + 0];
  },
};

const LOG = {
  of: Math.log10,
  back: (t) => 10 ** t,
  ticks(low, high, count) {
    const out = [];
    for (let k = Math.floor(Math.log10(low)); k <= Math.ceil(Math.log10(high)); k++)
      for (let m = 1; m < 10; m++) out.push(k < 0 ? m / 10 ** -k : m * 10 ** k);
    const inside = out.filter((x) => x >= low && x <= high);
    return inside.length > 1 ? inside : LINEAR.ticks(low, high, count);
  },
  nice: (low, high) => [10 ** Math.floor(Math.log10(low)), 10 ** Math.ceil(Math.log10(high))],
};

/** domain, range: two numbers each, in either order. nice: the domain ends at round numbers. */
export function scale(domain, range, { log = false, nice = false } = {}) {
  const kind = log ? LOG : LINEAR;
  let [low, high] = [Math.min(...domain), Math.max(...domain)];
  if (nice && high > low) [low, high] = kind.nice(low, high);
  const [a, b] = domain[0] <= domain[1] ? [low, high] : [high, low];
  const [from, to] = [kind.of(a), kind.of(b)];
  const [r0, r1] = range;
  const at = (x) => r0 + ((kind.of(x) - from) / (to - from || 1)) * (r1 - r0);
  return Object.assign(at, {
    isLog: log,
    range: () => [r0, r1],
    invert: (r) => kind.back(from + ((r - r0) / (r1 - r0 || 1)) * (to - from)),
    ticks: (count) => kind.ticks(low, high, count),
  });
}
