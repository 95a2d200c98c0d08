// SPDX-License-Identifier: GPL-3.0-or-later
// All criteria side by side: an axis each, better always up, a line per candidate.
import { drawn, flipped } from './axes.mjs';
import { fold, listed } from './format.mjs';

const SIDE = 52;
const MOST = 700; // lines that one frame draws

/** The ends of an axis, worst and best of the feasible (all, where nobody is). */
function span(session, k) {
  const { now, problem: p } = session;
  const c = p.criteria[k];
  let [low, high] = [Infinity, -Infinity];
  const take = (x) => {
    if (!Number.isNaN(x)) [low, high] = [Math.min(low, drawn(c, x)), Math.max(high, drawn(c, x))];
  };
  if (now.count) for (const i of now.feasible) take(c.reading[i]);
  else c.reading.forEach(take);
  if (low > high) [low, high] = [0, 1];
  if (c.levels.length) [low, high] = [0, c.levels.length - 1];
  const [worst, best] = flipped(c) && !c.levels.length ? [high, low] : [low, high];
  return { worst, best: best === worst ? worst + (flipped(c) ? -1 : 1) : best };
}

export function planLines(session, width, height, zoom = 1) {
  const p = session.problem;
  const axes = session.state.axes.filter((c) => !session.state.hidden.has(c));
  const [top, bottom] = [38 * zoom, height - 18 * zoom];
  const at = (k) => (axes.length === 1 ? width / 2 : SIDE + (k * (width - 2 * SIDE)) / (axes.length - 1));
  const spans = axes.map((k) => span(session, k));
  const toY = (q, x) => {
    const { worst, best } = spans[q];
    return bottom - Math.min(1.04, Math.max(-0.04, (x - worst) / (best - worst))) * (bottom - top);
  };
  const back = (q, y) => spans[q].worst + ((bottom - y) / (bottom - top)) * (spans[q].best - spans[q].worst);
  const ys = axes.map((k, q) => Float32Array.from(p.criteria[k].reading, (x) => toY(q, drawn(p.criteria[k], x))));
  return { session, axes, spans, toY, back, xs: axes.map((_, k) => at(k)), ys, top, bottom, width, height, zoom };
}

const lineOf = (g, i) => g.axes.map((_, k) => [g.xs[k], g.ys[k][i]]).filter(([, y]) => !Number.isNaN(y));

/** Within every range that is set. */
export function survivors(session) {
  const ranges = [...session.state.brush].map(([k, r]) => [session.problem.criteria[k].reading, ...r]);
  return session.order.filter((i) => session.slot(i) >= 0 && ranges.every(([r, from, to]) => r[i] >= from && r[i] <= to));
}

export function drawLines(pen, g, colour, inside) {
  const { session } = g;
  const p = session.problem;
  const kept = new Uint8Array(p.n);
  for (const i of inside) kept[i] = 1;
  // Which ones are drawn hangs on their places in the file, so that wishes do not change it.
  for (const [some, all, stroke] of [[0, p.n, colour.line], [1, inside.length, colour.line2]]) {
    const every = Math.max(1, Math.ceil(all / MOST));
    for (let i = 0, k = 0; i < p.n; i++)
      if (session.slot(i) >= 0 && kept[i] === some && k++ % every === 0) pen.line(lineOf(g, i), { stroke, width: 1 });
  }
}

export function drawLeaders(pen, g, colour, hover = -1) {
  const { now, problem: p } = g.session;
  const put = (i, dash, width) => i >= 0 && pen.line(lineOf(g, i), { stroke: colour.ink, width, dash });
  if (p.incumbent !== now.recommended) put(p.incumbent, '1.5 3', 1.8);
  if (now.count) {
    put(now.runnerUp, '7 4', 1.8);
    put(now.recommended, undefined, 2.6);
  }
  if (hover >= 0) put(hover, undefined, 1.5);
}

/** A title in at most two lines that fit between two axes; never cut. */
function titleLines(label, most) {
  if (label.length <= most) return [label];
  const words = label.split(' ');
  let best = null;
  for (let k = 1; k < words.length; k++) {
    const two = [words.slice(0, k).join(' '), words.slice(k).join(' ')];
    const length = Math.max(two[0].length, two[1].length);
    if (!best || length < best.length) best = { two, length };
  }
  return best ? best.two : [label];
}

/** How wide apart axes must be for no title to touch the next one, in pixels. */
export const gapOf = ({ problem: p, state }) =>
  Math.max(72, ...state.axes.filter((k) => !state.hidden.has(k)).flatMap((k) => titleLines(fold(p.criteria[k].label, 60), 11).map((t) => 12 + 6 * t.length)));

export const widthOfAxes = (session) => 2 * SIDE + (session.state.axes.length - session.state.hidden.size - 1) * gapOf(session);

export function drawAxisLines(pen, g, colour) {
  const { session } = g;
  const gap = g.axes.length > 1 ? g.xs[1] - g.xs[0] : g.width;
  g.axes.forEach((k, q) => {
    const c = session.problem.criteria[k];
    const x = g.xs[q];
    pen.line([[x, g.top], [x, g.bottom]], { stroke: colour.line2, width: 1 });
    const anchor = q === 0 && g.axes.length > 1 ? 'start' : q === g.axes.length - 1 && q > 0 ? 'end' : 'middle';
    const tx = anchor === 'start' ? Math.max(2, x - 48) : anchor === 'end' ? Math.min(g.width - 2, x + 48) : x;
    // A title at an end begins there, so that half a gap and what is beyond the axis is its room.
    const room = anchor === 'middle' ? gap : gap / 2 + 48;
    const lines = titleLines(fold(c.label, 60), Math.max(8, Math.floor(room / 6.4)));
    lines.forEach((t, n) => pen.text(t, tx, (lines.length === 1 ? 12 : 2 + 10 * (n + 1)) * g.zoom - 2, { fill: colour.ink, weight: 600, anchor, size: lines.length > 1 ? 10 : 11 }));
    const show = (x0) => (c.levels.length ? (c.levels[Math.round(x0)] ?? '') : listed(c, x0) + (c.unit && gap > 90 ? ` ${fold(c.unit, 10)}` : ''));
    pen.text(fold(show(g.spans[q].best), Math.max(8, Math.floor(room / 6))), tx, g.top - 5, { fill: colour.ink3, anchor });
    pen.text(fold(show(g.spans[q].worst), Math.max(8, Math.floor(room / 6))), tx, g.bottom + 13 * g.zoom, { fill: colour.ink3, anchor });
    const range = session.state.brush.get(k);
    if (!range) return;
    const [a, b] = range.map((v) => g.toY(q, drawn(c, v)));
    pen.rect(x - 6, Math.min(a, b), 12, Math.abs(a - b), { fill: colour.ink, opacity: 0.12, stroke: colour.ink });
  });
}
