// SPDX-License-Identifier: GPL-3.0-or-later
// Scales on which better is always up or to the right.
import { bare } from './format.mjs';
import { scale } from './scale.mjs';

/** What is drawn of a reading: itself, or its distance to the target. */
export const drawn = (c, x) => (c.goal === 'target' ? Math.abs(x - c.target) : x);

export const flipped = (c) => c.goal !== 'max';

export function canBeLog(c) {
  if (c.levels.length || c.goal === 'target') return false;
  return c.reading.every((x) => Number.isNaN(x) || x > 0);
}

/** A scale from worse to better; range [worse, better] in pixels. */
export function axisScale(c, range, log = false) {
  let [low, high] = [Infinity, -Infinity];
  for (const x of c.reading) {
    if (Number.isNaN(x)) continue;
    const y = drawn(c, x);
    [low, high] = [Math.min(low, y), Math.max(high, y)];
  }
  if (low > high) [low, high] = [0, 1];
  if (low === high)
    [low, high] = [low - (Math.abs(low) || 1) * 0.05, high + (Math.abs(high) || 1) * 0.05];
  if (c.goal === 'target') low = 0;
  const domain = flipped(c) ? [high, low] : [low, high];
  return scale(domain, range, { log: log && low > 0, nice: !c.levels.length });
}

const PREFIXES = 'yzafpnµm kMGTPEZY';

/** "20k", "1.5M", "200µ" for numbers that are far from 1. */
function brief(x) {
  const k = Math.max(-8, Math.min(8, Math.floor(Math.log10(Math.abs(x)) / 3 + 1e-9)));
  return `${bare(x / 1000 ** k)}${k ? PREFIXES[k + 8] : ''}`;
}

export function axisTicks(c, at, count) {
  if (c.levels.length) return c.levels.map((s, k) => [k, s.length > 14 ? `${s.slice(0, 13)}…` : s]);
  const ticks = at.ticks(count);
  const show = (x) =>
    Math.abs(x) >= 1e5 || (x !== 0 && Math.abs(x) < 1e-3) ? brief(x) : bare(x);
  const shown =
    at.isLog && ticks.length > count + 4
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
