// SPDX-License-Identifier: GPL-3.0-or-later
// Scales on which better is always up or to the right.
import { extent } from 'd3-array';
import { format } from 'd3-format';
import { scaleLinear, scaleLog } from 'd3-scale';
import { bare } from './format.mjs';

/** What is drawn of a reading: itself, or its distance to the target. */
export const drawn = (c, x) => (c.goal === 'target' ? Math.abs(x - c.target) : x);

export const flipped = (c) => c.goal !== 'max';

export function canBeLog(c) {
  if (c.levels.length || c.goal === 'target') return false;
  return c.reading.every((x) => Number.isNaN(x) || x > 0);
}

/** A scale from worse to better; range [worse, better] in pixels. */
export function axisScale(c, range, log = false) {
  let [low, high] = extent(c.reading, (x) => (Number.isNaN(x) ? undefined : drawn(c, x)));
  if (low === undefined) [low, high] = [0, 1];
  if (low === high)
    [low, high] = [low - (Math.abs(low) || 1) * 0.05, high + (Math.abs(high) || 1) * 0.05];
  const isLog = log && low > 0;
  const scale = (isLog ? scaleLog() : scaleLinear()).domain([low, high]);
  if (!c.levels.length && c.goal !== 'target') scale.nice();
  if (c.goal === 'target') scale.domain([0, high]).nice();
  const [a, b] = scale.domain();
  return scale.domain(flipped(c) ? [b, a] : [a, b]).range(range);
}

export function axisTicks(c, scale, count) {
  if (c.levels.length) return c.levels.map((s, k) => [k, s.length > 14 ? `${s.slice(0, 13)}…` : s]);
  const ticks = scale.ticks(count);
  const small = format('~r');
  const show = (x) =>
    Math.abs(x) >= 1e5 || (x !== 0 && Math.abs(x) < 1e-3)
      ? format('~s')(x)
      : scale.base
        ? bare(x)
        : small(Number(x.toPrecision(10))).replace('-', '−');
  const shown =
    scale.base && ticks.length > count + 4
      ? ticks.filter((x) => {
          const m = x / 10 ** Math.floor(Math.log10(x) + 1e-9);
          return (
            Math.abs(m - 1) < 0.01 ||
            (ticks.length < 14 && (Math.abs(m - 2) < 0.01 || Math.abs(m - 5) < 0.01))
          );
        })
      : ticks;
  return shown.map((x) => [x, show(x)]);
}

export function axisTitle(c) {
  const unit = c.unit ? ` (${c.unit})` : '';
  const what =
    c.goal === 'target' ? `${c.label}: distance to ${bare(c.target)}${unit}` : `${c.label}${unit}`;
  return what.length > 60 ? `${what.slice(0, 59)}…` : what;
}
