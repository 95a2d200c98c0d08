// SPDX-License-Identifier: GPL-3.0-or-later
// Two criteria against each other: a drawing, apart from the paper it is on (screen, file, print).
// Better is up and to the right. Scaled to the feasible; what lies outside stands at the edge.
import { needsOf, ownerName } from '../state/facts.mjs';
import { axisTicks, axisTitle, drawn, flipped } from './axes.mjs';
import { bare, fold } from './format.mjs';
import { placeLabels, widthOf } from './labels.mjs';
import { scale } from './scale.mjs';
import { drawSplits } from './splits.mjs';

const MARGIN = { top: 26, right: 16, bottom: 38, left: 58 };
export const DENSE = 3000; // more candidates than so many are cells of grey, but for the frontier
const CELL = 5; // pixels
const BARS = 80; // up to so many candidates have bars of their errors
const NEAR = 0.5; // of the span of the feasible: limits that far beyond it are in the picture, with those that only just miss them
const FEW = 4; // up to so many that break a limit are named
const WIDE = 1.959963984540054; // standard errors of a 95 % interval

/** The ends that matter: of the feasible ones, today's and the limits on this criterion. */
function ends(session, k) {
  const { problem: p, now } = session;
  const c = p.criteria[k];
  let [low, high] = [Infinity, -Infinity];
  const take = (x) => {
    if (Number.isNaN(x)) return;
    [low, high] = [Math.min(low, drawn(c, x)), Math.max(high, drawn(c, x))];
  };
  if (now.count) for (const i of now.feasible) take(c.reading[i]);
  else c.reading.forEach(take);
  const span = high - low || Math.abs(high) || 1;
  for (const b of boundsOn(session, k)) if (b.at >= low - NEAR * span && b.at <= high + NEAR * span) take(b.at);
  if (low > high) [low, high] = [0, 1];
  if (low === high) [low, high] = [low - 0.05 * span, high + 0.05 * span];
  return [low - 0.03 * (high - low), high + 0.05 * (high - low)];
}

/** Limits and needs on a criterion: { at, text, side, need: is it one? }. A target has two, drawn for none.
 * @returns {{ at: number, text: string, side: string, need?: boolean }[]} */
export function boundsOn(session, k) {
  const { problem: p, now } = session;
  const c = p.criteria[k];
  if (c.goal === 'target') return [];
  const out = [];
  for (const l of now.limits ?? [])
    if (l.criterion === k)
      for (const side of ['min', 'max']) if (l[side] !== null) out.push({ at: l[side], side, text: `${l.owner ? `${fold(ownerName(p, l), 16)}: ` : ''}${side === 'min' ? '≥' : '≤'} ${c.levels[l[side]] ?? bare(l[side])}` });
  p.stakeholders.forEach((q, n) => {
    for (const need of needsOf(session, n))
      if (need.criterion === k && !need.veto)
        for (const side of ['min', 'max']) if (need[side] !== null) out.push({ at: need[side], side, text: `${fold(q.label, 16)} needs ${side === 'min' ? '≥' : '≤'} ${c.levels[need[side]] ?? bare(need[side])}`, need: true });
  });
  return out;
}

function axis(session, k, range, log) {
  const c = session.problem.criteria[k];
  const [low, high] = ends(session, k);
  const positive = log && low > 0;
  return scale(flipped(c) ? [high, low] : [low, high], range, { log: positive });
}

/** zoom: of the letters, 1 on paper. */
export function plan(session, width, height, { x, y, logX, logY }, zoom = 1) {
  const m = Object.fromEntries(Object.entries(MARGIN).map(([k, v]) => [k, v * zoom]));
  const p = session.problem;
  const [cx, cy] = [p.criteria[x], p.criteria[y]];
  const [x0, x1, y0, y1] = [m.left, width - m.right, height - m.bottom, m.top];
  const sx = axis(session, x, [x0, x1], logX);
  const sy = axis(session, y, [y0, y1], logY);
  const px = new Float32Array(p.n);
  const py = new Float32Array(p.n);
  const beyond = new Uint8Array(p.n);
  for (let i = 0; i < p.n; i++) {
    const [a, b] = [sx(drawn(cx, cx.reading[i])), sy(drawn(cy, cy.reading[i]))];
    px[i] = Math.min(x1 - 2, Math.max(x0 + 2, a));
    py[i] = Math.max(y1 + 2, Math.min(y0 - 2, b));
    beyond[i] = Math.abs(px[i] - a) > 1 || Math.abs(py[i] - b) > 1 ? 1 : 0;
    if (Number.isNaN(a) || Number.isNaN(b)) px[i] = NaN;
  }
  return { session, width, height, x, y, cx, cy, sx, sy, px, py, beyond, x0, x1, y0, y1, zoom };
}

const seen = (g, i) => !Number.isNaN(g.px[i]) && !Number.isNaN(g.py[i]);

export function drawAxes(pen, g, colour) {
  const { x0, x1, y0, y1, zoom: z } = g;
  for (const [v, s] of axisTicks(g.cx, g.sx, Math.max(2, Math.min(6, (x1 - x0) / 90 / z)))) {
    const x = g.sx(v);
    if (x < x0 - 1 || x > x1 + 1) continue;
    pen.line([[x, y1], [x, y0]], { stroke: colour.line, width: 1 });
    pen.text(s, x, y0 + 14 * z, { fill: colour.ink3, anchor: x > x1 - 16 ? 'end' : 'middle' });
  }
  for (const [v, s] of axisTicks(g.cy, g.sy, Math.max(2, Math.min(6, (y0 - y1) / 40 / z)))) {
    const y = g.sy(v);
    if (y > y0 + 1 || y < y1 - 1) continue;
    pen.line([[x0, y], [x1, y]], { stroke: colour.line, width: 1 });
    pen.text(s, x0 - 6 * z, y + 4 * z, { fill: colour.ink3, anchor: 'end' });
  }
  // All of a title where there is room; then without the words, then folded.
  const fit = (before, c, words, after) => {
    const most = g.width - 12;
    const whole = axisTitle(c);
    const at = [`${before}${whole}, ${words}${after}`, `${before}${whole}${after}`].find((t) => widthOf(t, 12 * z) < most);
    return at ?? `${before}${fold(whole, Math.floor(most / (6.5 * z)) - 3)}${after}`;
  };
  pen.text(fit('↑ ', g.cy, 'better upwards', ''), 4 * z, 12 * z, { fill: colour.ink2, weight: 600 });
  pen.text(fit('', g.cx, 'better to the right', ' →'), x1, g.height - 6 * z, { fill: colour.ink2, anchor: 'end', weight: 600 });
}

/** Where all needs on these two criteria are met, where there are some on both: who could please everybody would be there. */
function drawMet(pen, g, colour, say) {
  const part = (k, at, from, to) => {
    let [a, b, some] = [Math.min(from, to), Math.max(from, to), false];
    for (const n of boundsOn(g.session, k)) {
      if (!n.need) continue;
      some = true;
      if ((n.side === 'max') === flipped(g.session.problem.criteria[k]) ? from < to : from > to) a = Math.max(a, at(n.at));
      else b = Math.min(b, at(n.at));
    }
    return some && b - a > 40 ? [a, b] : null;
  };
  const [across, up] = [part(g.x, g.sx, g.x0, g.x1), part(g.y, g.sy, g.y0, g.y1)];
  if (!across || !up) return;
  pen.rect(across[0], up[0], across[1] - across[0], up[1] - up[0], { fill: colour.ink, opacity: 0.05 });
  const nobody = g.session.now.count && !Array.from(g.session.now.feasible).some((i) => g.px[i] > across[0] && g.px[i] < across[1] && g.py[i] > up[0] && g.py[i] < up[1]);
  const text = `these needs are met here${nobody ? ': by no single candidate' : ''}`;
  if (widthOf(text, 11 * g.zoom) < across[1] - across[0]) say(text, across[1] - 4, up[0] + 12 * g.zoom, true, colour.ink2);
}

/** Limits and needs as dashed lines with their owner and number. */
export function drawBounds(pen, g, colour) {
  g.taken = [];
  const say = (text, x, y, end, fill = colour.warn) => {
    const w = widthOf(text, 11 * g.zoom);
    g.taken.push([end ? x - w : x, y - 10 * g.zoom, end ? x : x + w, y + 3 * g.zoom]);
    pen.text(text, x, y, { fill, anchor: end ? 'end' : 'start', halo: colour.panel });
  };
  drawMet(pen, g, colour, say);
  const inside = (v, a, b) => v > Math.min(a, b) + 1 && v < Math.max(a, b) - 1;
  for (const b of boundsOn(g.session, g.x)) {
    const x = g.sx(b.at);
    if (!inside(x, g.x0, g.x1)) continue;
    pen.line([[x, g.y1], [x, g.y0]], { stroke: colour.warn, width: 1.3, dash: '4 3' });
    say(b.text, x - g.x0 > 130 ? x - 4 : x + 4, g.y0 - 6, x - g.x0 > 130);
  }
  for (const b of boundsOn(g.session, g.y)) {
    const y = g.sy(b.at);
    if (!inside(y, g.y0, g.y1)) continue;
    pen.line([[g.x0, y], [g.x1, y]], { stroke: colour.warn, width: 1.3, dash: '4 3' });
    say(b.text, g.x0 + 4, y - 4, false);
  }
}

/** Those with marks of their own. */
export const specials = (session) => {
  const { now, problem: p, state } = session;
  return new Set([now.recommended, now.runnerUp, p.incumbent, ...state.pins].filter((i) => i >= 0));
};

/** How many lie where: a square each, the more the darker. */
function drawCells(pen, g, list, colour) {
  const across = Math.ceil(g.width / CELL);
  const counts = new Map();
  let most = 1;
  for (const i of list) {
    const at = Math.floor(g.py[i] / CELL) * across + Math.floor(g.px[i] / CELL);
    const n = (counts.get(at) ?? 0) + 1;
    counts.set(at, n);
    if (n > most) most = n;
  }
  for (const [at, n] of counts)
    pen.cell((at % across) * CELL, Math.floor(at / across) * CELL, CELL, colour, 0.12 + (0.5 * Math.log(n)) / Math.log(most + 1));
}

/** All candidates but the special ones; most: how many of the first two kinds. */
export function drawMass(pen, g, colour, most = Infinity) {
  const { session } = g;
  const p = session.problem;
  const apart = specials(session);
  const groups = { infeasible: [], dropped: [], dominated: [], frontier: [] };
  for (let i = 0; i < p.n; i++) if (seen(g, i) && !apart.has(i)) groups[session.status(i)].push(i);
  const r = p.n > DENSE ? 2 : p.n > 400 ? 2.6 : 3.7;
  const some = (list) => list.filter((_, k) => k % Math.ceil(list.length / most || 1) === 0);
  if (p.n <= BARS) for (const i of [...groups.dominated, ...groups.frontier]) drawBars(pen, g, i, colour);
  if (p.n > DENSE && pen.cell) {
    drawCells(pen, g, groups.infeasible, colour.warn);
    drawCells(pen, g, groups.dominated, colour.ink3);
  } else {
    for (const i of some(groups.infeasible)) pen.mark('cross', g.px[i], g.py[i], r, { stroke: colour.warn, width: 1.3 });
    for (const i of some(groups.dominated)) pen.mark('circle', g.px[i], g.py[i], r, { stroke: colour.line2, fill: p.n > 400 ? undefined : colour.panel, width: 1.3 });
  }
  for (const i of groups.frontier) pen.mark('circle', g.px[i], g.py[i], r, { fill: colour.ink2 });
}

/** named: those with marks of their own have bars of any length; of the others, bars that cross a good part of the
 * picture would hide it. */
function drawBars(pen, g, i, colour, named = false) {
  const clip = (v, a, b) => Math.min(Math.max(a, b), Math.max(Math.min(a, b), v));
  const stroke = { stroke: colour.ink3, width: 1 };
  const ex = g.cx.goal !== 'target' && g.cx.se?.[i] > 0 ? WIDE * g.cx.se[i] : 0;
  const ey = g.cy.goal !== 'target' && g.cy.se?.[i] > 0 ? WIDE * g.cy.se[i] : 0;
  const [x, y] = [g.cx.reading[i], g.cy.reading[i]];
  if (g.beyond[i]) return;
  const short = (at, e, v, room) => named || Math.abs(at(v + e) - at(v - e)) < room / 4;
  if (ex && short(g.sx, ex, x, g.x1 - g.x0)) pen.line([[clip(g.sx(x - ex), g.x0, g.x1), g.py[i]], [clip(g.sx(x + ex), g.x0, g.x1), g.py[i]]], stroke);
  if (ey && short(g.sy, ey, y, g.y0 - g.y1)) pen.line([[g.px[i], clip(g.sy(y - ey), g.y0, g.y1)], [g.px[i], clip(g.sy(y + ey), g.y0, g.y1)]], stroke);
}

/** The best of the feasible in these two alone, as corners of a step line. */
function bestInTwo(g) {
  const points = Array.from(g.session.now.count ? g.session.now.feasible : [])
    .filter((i) => seen(g, i) && !g.beyond[i])
    .map((i) => [g.px[i], g.py[i]])
    .sort((a, b) => b[0] - a[0] || a[1] - b[1]);
  const out = [];
  let high = Infinity;
  for (const [x, y] of points)
    if (y < high) {
      if (out.length) out.push([x, high]);
      else out.push([x, g.y0]);
      out.push([x, y]);
      high = y;
    }
  if (out.length) out.push([g.x0, high]);
  return out;
}

const MARKS = { star: 6, triangle: 5.6, diamond: 4.6, square: 4.6 };

/** Steps, the special ones and the labels. */
export function drawFront(pen, g, colour, { hover = -1, labels = true } = {}) {
  const { session } = g;
  const { now, problem: p, state } = session;
  const outline = bestInTwo(g);
  if (outline.length > 1) pen.line(outline, { stroke: colour.line2, width: 1.2 });
  drawSplits(pen, session, { cx: g.cx, cy: g.cy, at: (x, y) => [g.sx(x), g.sy(y)], seen: (i) => seen(g, i) }, colour);
  const put = (i, shape) => {
    if (i < 0 || !seen(g, i)) return;
    if (p.n <= BARS) drawBars(pen, g, i, colour, true);
    pen.mark(shape, g.px[i], g.py[i], MARKS[shape], { fill: shape === 'star' ? colour.ink : colour.panel, stroke: colour.ink, width: shape === 'star' ? 1 : 1.7, title: session.id(i) });
  };
  for (const i of state.pins) if (i !== now.recommended && i !== now.runnerUp && i !== p.incumbent) put(i, 'square');
  if (p.incumbent !== now.recommended && p.incumbent !== now.runnerUp) put(p.incumbent, 'diamond');
  put(now.runnerUp ?? -1, 'triangle');
  put(now.recommended, 'star');
  if (hover >= 0 && seen(g, hover)) pen.mark('circle', g.px[hover], g.py[hover], 8, { stroke: colour.ink, width: 2 });
  if (labels) drawLabels(pen, g, colour, hover);
}

function drawLabels(pen, g, colour, hover) {
  const { session } = g;
  const { now, problem: p, state } = session;
  const size = 11 * g.zoom;
  const wanted = new Map();
  const want = (i, weight) => {
    if (!(i >= 0) || !seen(g, i) || wanted.has(i)) return;
    const text = fold(session.id(i), 30) + (session.status(i) === 'infeasible' ? ', out' : '') + (i === p.incumbent && !/\btoday\b/i.test(session.id(i)) ? ', today' : '');
    wanted.set(i, { i, x: g.px[i], y: g.py[i], text, weight, size });
  };
  want(hover, 650);
  if (now.count) {
    want(now.recommended, 650);
    want(now.runnerUp, 650);
  }
  want(p.incumbent, 650);
  for (const i of state.pins) want(i, 500);
  if (now.count) for (const k of now.favourite) want(now.feasible[k], 400);
  const out = p.n <= 400 ? [...p.ids.keys()].filter((i) => session.status(i) === 'infeasible' && !g.beyond[i]) : [];
  if (out.length <= FEW) for (const i of out) want(i, 400);
  const marks = [];
  for (let i = 0; i < p.n && p.n <= 400; i++) if (seen(g, i)) marks.push([g.px[i], g.py[i], 4]);
  const placed = placeLabels([...wanted.values()], marks, [g.x0 + 2, g.y1 + 2, g.x1 - 2, g.y0 - 2], g.taken);
  for (const l of placed) {
    if (l.leader) pen.line([[l.x, l.y], [Math.min(l.box[2], Math.max(l.box[0], l.x)), Math.min(l.box[3], Math.max(l.box[1], l.y))]], { stroke: colour.line2, width: 1 });
    pen.text(l.text, l.at[0], l.at[1], { fill: l.weight > 600 ? colour.ink : colour.ink2, weight: l.weight, halo: colour.panel, size: 11 });
  }
  // What lies beyond the frame: an arrow at the edge with its number.
  const outside = Array.from(specials(session)).filter((i) => seen(g, i) && g.beyond[i]);
  for (const i of outside)
    pen.text(`${bare(g.cx.reading[i])} · ${bare(g.cy.reading[i])} beyond the edge`, g.px[i] > (g.x0 + g.x1) / 2 ? g.px[i] - 8 : g.px[i] + 8, g.py[i] + 14, { fill: colour.ink3, anchor: g.px[i] > (g.x0 + g.x1) / 2 ? 'end' : 'start', halo: colour.panel });
}

/** How many lie beyond the frame, for the words below. */
export const countBeyond = (g) => g.beyond.reduce((a, b, i) => a + (b && seen(g, i) ? 1 : 0), 0);

export function drawScatter(pen, g, colour, most = Infinity) {
  drawAxes(pen, g, colour);
  drawMass(pen, g, colour, most);
  drawBounds(pen, g, colour);
  drawFront(pen, g, colour);
}
