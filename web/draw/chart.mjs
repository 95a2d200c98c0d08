// SPDX-License-Identifier: GPL-3.0-or-later
// The scatter as a drawing, apart from the screen it is on: also for SVG, PNG and print.
import { axisScale, axisTicks, axisTitle, drawn, flipped } from './axes.mjs';
import { cut } from './dom.mjs';

const margin = (z) => ({ top: 14 * z, right: 18 * z, bottom: 48 * z, left: 66 * z });

/** zoom: of the letters, 1 on paper. */
export function plan(session, width, height, { x, y, logX, logY }, zoom = 1) {
  const MARGIN = margin(zoom);
  const p = session.problem;
  const [cx, cy] = [p.criteria[x], p.criteria[y]];
  const sx = axisScale(cx, [MARGIN.left, width - MARGIN.right], logX);
  const sy = axisScale(cy, [height - MARGIN.bottom, MARGIN.top], logY);
  const px = new Float32Array(p.n);
  const py = new Float32Array(p.n);
  for (let i = 0; i < p.n; i++) {
    px[i] = sx(drawn(cx, cx.reading[i]));
    py[i] = sy(drawn(cy, cy.reading[i]));
  }
  return { width, height, cx, cy, sx, sy, px, py, margin: MARGIN, zoom };
}

export function drawAxes(pen, g, colour) {
  const { left, right, top, bottom } = g.margin;
  const z = g.zoom;
  const [x1, y1] = [g.width - right, g.height - bottom];
  for (const [v, s] of axisTicks(g.cx, g.sx, Math.max(2, Math.min(8, g.width / 90 / z)))) {
    const x = g.sx(v);
    pen.line(
      [
        [x, top],
        [x, y1],
      ],
      { stroke: colour.rule, width: 0.5 },
    );
    pen.text(s, Math.min(x, g.width - 2), y1 + 16 * z, {
      fill: colour.quiet,
      anchor: x > x1 - 20 ? 'end' : 'middle',
    });
  }
  for (const [v, s] of axisTicks(g.cy, g.sy, Math.max(2, Math.min(8, g.height / 50 / z)))) {
    const y = g.sy(v);
    pen.line(
      [
        [left, y],
        [x1, y],
      ],
      { stroke: colour.rule, width: 0.5 },
    );
    pen.text(s, left - 6 * z, y + 4 * z, { fill: colour.quiet, anchor: 'end' });
  }
  const flip = (c) => (flipped(c) ? ' · flipped, ' : ' · ');
  const wide = g.width > 520 * z;
  pen.text(
    `${axisTitle(g.cx)}${wide ? flip(g.cx) : ' '}${wide ? 'better →' : '→'}`,
    x1,
    g.height - 10 * z,
    { fill: colour.ink, anchor: 'end', size: 13 },
  );
  const title = pen.text(
    `${axisTitle(g.cy)}${wide ? flip(g.cy) : ' '}${wide ? 'better →' : '→'}`,
    0,
    0,
    { fill: colour.ink, anchor: 'end', size: 13 },
  );
  title.setAttribute('transform', `translate(${14 * z} ${top}) rotate(-90)`);
}

const seen = (g, i) => !Number.isNaN(g.px[i]) && !Number.isNaN(g.py[i]);

/** Those that are out, then the dominated ones, then the frontier; at most `most` of the first two. */
export function drawMass(pen, g, session, colour, most = Infinity) {
  const p = session.problem;
  const groups = { infeasible: [], dropped: [], dominated: [], frontier: [] };
  for (let i = 0; i < p.n; i++) if (seen(g, i)) groups[session.status(i)].push(i);
  const r = p.n > 3000 ? 2 : p.n > 400 ? 2.6 : 4;
  const some = (list) => list.filter((_, k) => k % Math.ceil(list.length / most || 1) === 0);
  for (const i of some(groups.infeasible))
    pen.mark('cross', g.px[i], g.py[i], 0.9 * r, { stroke: colour.out, width: 1 });
  for (const i of some(groups.dominated))
    pen.mark('circle', g.px[i], g.py[i], r, { stroke: colour.pale, width: 1 });
  for (const i of groups.frontier)
    pen.mark('circle', g.px[i], g.py[i], r + 0.7, { fill: colour.frontier });
}

/** The outline of what can be reached in these two criteria: a drawing of the plotted frontier. */
export function steps(g, frontier) {
  const points = frontier
    .filter((i) => seen(g, i))
    .map((i) => [g.px[i], g.py[i]])
    .sort((a, b) => b[0] - a[0] || a[1] - b[1]);
  const out = [];
  let high = Infinity;
  for (const [x, y] of points)
    if (y < high) {
      if (out.length) out.push([x, high]);
      else out.push([x, g.height - g.margin.bottom]);
      out.push([x, y]);
      high = y;
    }
  if (out.length) out.push([g.margin.left, high]);
  return out;
}

export function drawFront(pen, g, session, colour) {
  const s = session;
  const outline = steps(g, s.frontier);
  if (outline.length > 1) pen.line(outline, { stroke: colour.frontier, width: 1.5, dash: '5 3' });
  const p = s.problem;
  const put = (i, shape, r, paint, label) => {
    if (i < 0 || !seen(g, i)) return;
    pen.mark(shape, g.px[i], g.py[i], r, { ...paint, title: s.id(i) });
    if (label) drawLabel(pen, g, i, label, colour);
  };
  s.state.pins.forEach((i, k) => {
    put(i, 'circle', 11, { stroke: colour.ink, width: 1.5 });
    if (seen(g, i))
      pen.text(String(k + 1), g.px[i] - 15, g.py[i] - 10, {
        fill: colour.ink,
        size: 13,
        weight: 700,
        anchor: 'end',
      });
  });
  put(
    p.incumbent,
    'diamond',
    7,
    { fill: colour.paper, stroke: colour.today, width: 2 },
    p.incumbent !== s.now.recommended ? '◆ today' : null,
  );
  put(
    s.now.recommended,
    'star',
    8,
    { fill: colour.best, stroke: colour.ink, width: 1.2 },
    s.now.count ? s.id(s.now.recommended) : null,
  );
  if (s.state.selected >= 0 && s.state.selected !== s.now.recommended)
    put(s.state.selected, 'circle', 8, { stroke: colour.ink, width: 2.5 }, s.id(s.state.selected));
}

export function drawLabel(pen, g, i, label, colour) {
  const right = g.px[i] < g.width * 0.6;
  pen.text(cut(label, 34), g.px[i] + (right ? 13 : -13), Math.max(12, g.py[i] - 9), {
    fill: colour.ink,
    size: 13,
    anchor: right ? 'start' : 'end',
    weight: 600,
    halo: colour.paper,
  });
}
