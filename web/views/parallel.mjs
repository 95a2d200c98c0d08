// SPDX-License-Identifier: GPL-3.0-or-later
// All criteria side by side: a line per candidate, two sliders per axis, the survivors below.
import { h, name, put, say, svg } from '../draw/dom.mjs';
import { cell, plural } from '../draw/format.mjs';
import { scrollBox } from '../draw/scroll.mjs';
import { axisScale, axisTicks, drawn, flipped } from '../draw/axes.mjs';
import { PRINT, SvgPen, CanvasPen, fitCanvas, palette, zoomOf } from '../draw/pen.mjs';
import { saveChart } from '../draw/files.mjs';
import { Ranges } from './ranges.mjs';

const MARGIN = { top: 44, bottom: 18, side: 46 };
const LINES = 700; // selected lines that one frame draws
const LISTED = 30;

export class Parallel {
  constructor(session) {
    this.session = session;
    this.hover = -1;
    this.canvas = h('canvas', { 'aria-hidden': 'true' });
    this.over = svg('svg', { class: 'over', role: 'img' });
    this.stage = h('div', { class: 'stage parallel' }, this.canvas, this.over);
    this.stage.addEventListener('pointermove', (e) => this.point(e));
    this.stage.addEventListener('pointerleave', () => this.setHover(-1));
    this.stage.addEventListener('pointerdown', (e) => this.startDrag(e));
    this.stage.addEventListener('pointerup', () => {
      this.drag = null;
    });
    this.stage.addEventListener('click', () => {
      if (!this.dragged && this.hover >= 0) session.select(this.hover);
    });
    this.status = h('p', { role: 'status', class: 'quiet' });
    this.ranges = new Ranges(session);
    this.left = h('div');
    const button = (label, f) => h('button', { type: 'button', onclick: f }, label);
    this.node = h(
      'div',
      { class: 'view' },
      h(
        'div',
        { class: 'tools' },
        this.status,
        button('Clear the ranges', () => session.change('brush', (s) => s.brush.clear())),
        button('Turn the ranges into limits', () => this.ranges.toLimits()),
        button('SVG', () => saveChart(session, this, 'criteria', 'svg')),
        button('PNG', () => saveChart(session, this, 'criteria', 'png')),
      ),
      scrollBox('Chart of all criteria', this.stage),
      this.ranges.node,
      this.left,
    );
  }

  /** Best first; those that are out are never survivors. */
  survivors() {
    const s = this.session;
    const ranges = [...s.state.brush].map(([k, r]) => [s.problem.criteria[k].reading, ...r]);
    return s.order.filter(
      (i) => s.slot(i) >= 0 && ranges.every(([r, from, to]) => r[i] >= from && r[i] <= to),
    );
  }

  plan(width, height, zoom = 1) {
    const s = this.session;
    const p = s.problem;
    const axes = s.state.axes.filter((c) => !s.state.hidden.has(c));
    const at = (k) =>
      axes.length === 1
        ? width / 2
        : MARGIN.side + (k * (width - 2 * MARGIN.side)) / (axes.length - 1);
    const scales = axes.map((c) =>
      axisScale(p.criteria[c], [height - MARGIN.bottom, MARGIN.top * zoom]),
    );
    const ys = axes.map((c, k) =>
      Float32Array.from(p.criteria[c].reading, (x) => scales[k](drawn(p.criteria[c], x))),
    );
    return { axes, xs: axes.map((_, k) => at(k)), scales, ys, width, height, zoom };
  }

  lineOf(g, i) {
    return g.axes.map((_, k) => [g.xs[k], g.ys[k][i]]).filter(([, y]) => !Number.isNaN(y));
  }

  /** All pale lines in one stroke, on the canvas: drawn again only when the axes change. */
  drawBack(width, height) {
    const s = this.session;
    const c = fitCanvas(this.canvas, width, height);
    this.colour = palette();
    const g = this.plan(width, height, zoomOf());
    this.g = g;
    const every = Math.ceil(s.problem.n / 2500);
    c.lineWidth = 1;
    c.strokeStyle = this.colour.paleLine;
    for (let i = 0; i < s.problem.n; i += every)
      new CanvasPen(c).line(this.lineOf(g, i), { stroke: this.colour.paleLine });
    this.back = document.createElement('canvas');
    this.back.width = this.canvas.width;
    this.back.height = this.canvas.height;
    this.back.getContext('2d').drawImage(this.canvas, 0, 0);
    this.over.setAttribute('viewBox', `0 0 ${width} ${height}`);
  }

  drawSelected(list) {
    const { g, colour } = this;
    const c = this.canvas.getContext('2d');
    c.save();
    c.setTransform(1, 0, 0, 1, 0, 0);
    c.clearRect(0, 0, this.canvas.width, this.canvas.height);
    c.drawImage(this.back, 0, 0);
    c.restore();
    const every = Math.ceil(list.length / LINES);
    const pen = new CanvasPen(c);
    const dense = list.length > 100;
    c.globalAlpha = dense ? 0.45 : 0.85;
    for (let q = 0; q < list.length; q += every)
      pen.line(this.lineOf(g, list[q]), { stroke: colour.frontier, width: dense ? 1 : 1.4 });
    c.globalAlpha = 1;
  }

  drawAxes(pen, g, colour) {
    const p = this.session.problem;
    g.axes.forEach((c, k) => {
      const k1 = p.criteria[c];
      pen.line(
        [
          [g.xs[k], MARGIN.top * g.zoom],
          [g.xs[k], g.height - MARGIN.bottom],
        ],
        { stroke: colour.quiet, width: 1.2 },
      );
      const narrow = (g.width - 2 * MARGIN.side) / Math.max(1, g.axes.length - 1) < 110 * g.zoom;
      const most = narrow ? 9 : 22;
      const label = k1.label.length > most ? `${k1.label.slice(0, most - 1)}…` : k1.label;
      pen.text(label, g.xs[k], 15 * g.zoom, {
        fill: colour.ink,
        anchor: 'middle',
        weight: 600,
        size: narrow ? 11 : 13,
      });
      pen.text(
        flipped(k1) ? (k1.goal === 'target' ? '↑ nearer' : '↑ less') : '↑ more',
        g.xs[k],
        31 * g.zoom,
        { fill: colour.quiet, anchor: 'middle', size: 11 },
      );
      for (const [v, s] of axisTicks(k1, g.scales[k], 5))
        pen.text(s, g.xs[k] + 4, g.scales[k](v) + 4, {
          fill: colour.ink,
          size: 11,
          halo: colour.paper,
        });
    });
  }

  drawOver() {
    const s = this.session;
    const node = svg('g');
    const { g, colour } = this;
    const pen = new SvgPen(node, g.zoom);
    this.drawAxes(pen, g, colour);
    s.state.brush.forEach((range, c) => {
      const k = g.axes.indexOf(c);
      if (k < 0) return;
      const [a, b] = this.band(g, k, c, range);
      node.append(
        svg('rect', {
          x: g.xs[k] - 8,
          y: Math.min(a, b),
          width: 16,
          height: Math.max(3, Math.abs(a - b)),
          fill: colour.best,
          'fill-opacity': 0.35,
          stroke: colour.best,
        }),
      );
    });
    const strong = (i, stroke, width, dash) =>
      i >= 0 && pen.line(this.lineOf(g, i), { stroke, width, dash });
    strong(s.problem.incumbent, colour.today, 2, '6 4');
    strong(s.now.recommended, colour.best, 3.5);
    if (s.state.selected !== s.now.recommended) strong(s.state.selected, colour.ink, 2.5);
    if (this.hover >= 0) strong(this.hover, colour.ink, 2);
    const i = this.hover;
    if (i >= 0) {
      pen.text(s.id(i).slice(0, 50), g.width / 2, g.height - 4, {
        fill: colour.ink,
        anchor: 'middle',
        weight: 600,
        halo: colour.paper,
      });
    }
    put(this.over, node);
  }

  band(g, k, c, [from, to]) {
    const of = this.session.problem.criteria[c];
    return of.goal === 'target'
      ? [g.scales[k].range()[0], g.scales[k].range()[1]]
      : [g.scales[k](from), g.scales[k](to)];
  }

  drawing(width, height) {
    const node = svg('svg', {
      viewBox: `0 0 ${width} ${height}`,
      width,
      height,
      xmlns: 'http://www.w3.org/2000/svg',
    });
    const pen = new SvgPen(node);
    const g = this.plan(width, height);
    const list = this.survivors();
    const every = Math.ceil(this.session.problem.n / 400);
    for (let i = 0; i < this.session.problem.n; i += every)
      pen.line(this.lineOf(g, i), { stroke: PRINT.paleLine, width: 0.6 });
    list
      .slice(0, 300)
      .forEach((i) => pen.line(this.lineOf(g, i), { stroke: PRINT.frontier, width: 0.8 }));
    if (this.session.now.recommended >= 0)
      pen.line(this.lineOf(g, this.session.now.recommended), { stroke: PRINT.best, width: 3 });
    this.drawAxes(pen, g, PRINT);
    return node;
  }

  resize() {
    this.update(new Set(['all']));
  }

  update(what) {
    const s = this.session;
    this.ranges.update();
    const list = this.survivors();
    say(
      this.status,
      `${plural(list.length, 'candidate')} of ${s.now.count} feasible within the ranges.` +
        (list.length > LINES ? ' A sample of the lines is drawn.' : ''),
    );
    const shown = s.problem.criteria.length - s.state.hidden.size;
    this.stage.style.minWidth = `${Math.round(shown * 78 * zoomOf())}px`;
    const width = this.stage.clientWidth;
    if (!width) return;
    if (!this.g || ['all', 'axes', 'look', 'restore'].some((w) => what.has(w)))
      this.drawBack(width, this.stage.clientHeight);
    this.list = list;
    this.drawSelected(list);
    this.drawOver();
    this.fillList(list);
    this.over.setAttribute(
      'aria-label',
      `Parallel coordinates over ${plural(this.g.axes.length, 'criterion', 'criteria')}; ` +
        `better is up. ${plural(list.length, 'line')} within the ranges. ` +
        'The tables below hold the ranges and the candidates.',
    );
  }

  fillList(list) {
    const s = this.session;
    const p = s.problem;
    const shown = list.slice(0, LISTED);
    if (!shown.length)
      return void put(this.left, h('p', null, 'No candidate is within all ranges.'));
    put(
      this.left,
      scrollBox(
        'Within the ranges',
        h(
          'table',
          null,
          h(
            'caption',
            null,
            list.length > LISTED
              ? `Within the ranges: the best ${LISTED} of ${list.length}`
              : 'Within the ranges',
          ),
          h(
            'thead',
            null,
            h(
              'tr',
              null,
              h('th', { scope: 'col' }, 'Rank'),
              h('th', { scope: 'col' }, 'Candidate'),
              p.criteria.map((c) =>
                h(
                  'th',
                  { scope: 'col', class: 'num' },
                  name(c.label),
                  c.unit ? h('span', { class: 'unit' }, ` ${c.unit}`) : null,
                ),
              ),
            ),
          ),
          h(
            'tbody',
            null,
            shown.map((i) =>
              h(
                'tr',
                { class: i === s.state.selected ? 'selected' : null },
                h('td', { class: 'rank' }, String(s.rank(i))),
                h(
                  'th',
                  { scope: 'row', class: 'candidate' },
                  h(
                    'button',
                    {
                      type: 'button',
                      class: 'pick',
                      onclick: () => s.select(i),
                      onfocus: () => this.setHover(i),
                      onpointerenter: () => this.setHover(i),
                    },
                    name(s.id(i)),
                  ),
                ),
                p.criteria.map((c) => h('td', { class: 'num' }, cell(c, c.reading[i]))),
              ),
            ),
          ),
        ),
      ),
    );
  }

  /** A drag along an axis sets its range, as the two sliders do. */
  startDrag(e) {
    const { g } = this;
    if (!g) return;
    const [x, y] = this.place(e);
    const k = g.xs.findIndex((at) => Math.abs(at - x) < 14);
    this.dragged = false;
    if (k < 0 || this.session.problem.criteria[g.axes[k]].goal === 'target') return;
    this.drag = { k, y };
    this.stage.setPointerCapture(e.pointerId);
  }

  dragTo(y) {
    const { k, y: from } = this.drag;
    if (Math.abs(y - from) < 4) return;
    this.dragged = true;
    const c = this.g.axes[k];
    const [low, high] = this.ranges.span(c);
    const ends = [from, y].map((v) => {
      const x = Math.min(high, Math.max(low, this.g.scales[k].invert(v)));
      return this.session.problem.criteria[c].levels.length ? Math.round(x) : x;
    });
    this.session.change('brush', (s) =>
      s.brush.set(
        c,
        ends.sort((a, b) => a - b),
      ),
    );
  }

  place(e) {
    const box = this.stage.getBoundingClientRect();
    return [e.clientX - box.left, e.clientY - box.top];
  }

  point(e) {
    const [x, y] = this.place(e);
    const { g } = this;
    if (this.drag) return void this.dragTo(y);
    if (!g || g.axes.length < 2) return;
    let k = 0;
    while (k < g.xs.length - 2 && x > g.xs[k + 1]) k++;
    const t = Math.min(1, Math.max(0, (x - g.xs[k]) / (g.xs[k + 1] - g.xs[k])));
    let [near, best] = [-1, 12];
    for (const i of this.list) {
      const d = Math.abs(g.ys[k][i] * (1 - t) + g.ys[k + 1][i] * t - y);
      if (d < best) [near, best] = [i, d];
    }
    this.setHover(near);
  }

  setHover(i) {
    if (i === this.hover || !this.g) return;
    this.hover = i;
    this.drawOver();
  }
}
