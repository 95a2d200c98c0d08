// SPDX-License-Identifier: GPL-3.0-or-later
// The frontier in two criteria of choice.
import { h, name, newId, put, svg } from '../draw/dom.mjs';
import { reading } from '../draw/format.mjs';
import { canBeLog } from '../draw/axes.mjs';
import { drawAxes, drawFront, drawLabel, drawMass, plan } from '../draw/chart.mjs';
import { CanvasPen, SvgPen, fitCanvas, palette, PRINT, zoomOf } from '../draw/pen.mjs';
import { saveChart } from '../draw/files.mjs';

export class Scatter {
  constructor(session) {
    this.session = session;
    this.hover = -1;
    this.canvas = h('canvas', { 'aria-hidden': 'true' });
    this.under = svg('svg', { 'aria-hidden': 'true' });
    this.over = svg('svg', { class: 'over', role: 'img' });
    this.stage = h('div', { class: 'stage' }, this.under, this.canvas, this.over);
    this.stage.addEventListener('pointermove', (e) => this.point(e));
    this.stage.addEventListener('pointerleave', () => this.setHover(-1));
    this.stage.addEventListener('click', () => this.hover >= 0 && session.select(this.hover));
    this.card = h('div', { class: 'card', role: 'status' });
    this.node = h('div', { class: 'view' }, this.tools(), this.stage, this.legend(), this.card);
  }

  tools() {
    const s = this.session;
    const p = s.problem;
    const choose = (key, label) => {
      const id = newId('axis');
      this[key] = h(
        'select',
        {
          id,
          onchange: () =>
            s.change('axes', (x) => {
              x[key] = Number(this[key].value);
            }),
        },
        p.criteria.map((c, k) => h('option', { value: String(k) }, c.label.slice(0, 60))),
      );
      return h('span', { class: 'field' }, h('label', { for: id }, label), this[key]);
    };
    const log = (key, label) => {
      this[key] = h('input', {
        type: 'checkbox',
        onchange: () =>
          s.change('axes', (x) => {
            x[key] = this[key].checked;
          }),
      });
      return h('label', { class: 'check' }, this[key], label);
    };
    this.which = h('select', {
      id: newId('front'),
      onchange: () => s.select(Number(this.which.value)),
    });
    return h(
      'div',
      { class: 'tools' },
      choose('y', 'Up '),
      log('logY', ' log'),
      choose('x', 'Right '),
      log('logX', ' log'),
      h(
        'span',
        { class: 'field' },
        h('label', { for: this.which.id }, 'On the frontier '),
        this.which,
      ),
      h('button', { type: 'button', onclick: () => saveChart(s, this, 'frontier', 'svg') }, 'SVG'),
      h('button', { type: 'button', onclick: () => saveChart(s, this, 'frontier', 'png') }, 'PNG'),
    );
  }

  legend() {
    const item = (k, t) => h('li', null, h('i', { class: `key ${k}`, 'aria-hidden': 'true' }), t);
    return h(
      'ul',
      { class: 'key-list', 'aria-label': 'Marks' },
      item('k-best', 'recommended'),
      item('k-front', 'frontier'),
      item('k-dom', 'beaten outright'),
      item('k-out', 'misses a limit'),
      this.session.problem.incumbent >= 0 ? item('k-today', 'runs today') : null,
      item('k-step', 'best reachable in these two'),
    );
  }

  look() {
    const { x, y, logX, logY } = this.session.state;
    return { x, y, logX, logY };
  }

  /** The whole chart in one SVG, with print colours. */
  drawing(width, height) {
    const node = svg('svg', {
      viewBox: `0 0 ${width} ${height}`,
      width,
      height,
      xmlns: 'http://www.w3.org/2000/svg',
    });
    const g = plan(this.session, width, height, this.look());
    const pen = new SvgPen(node);
    drawAxes(pen, g, PRINT);
    drawMass(pen, g, this.session, PRINT, 800);
    drawFront(pen, g, this.session, PRINT);
    return node;
  }

  resize() {
    this.size = null;
    this.update(new Set(['all']));
  }

  update(what) {
    const s = this.session;
    const p = s.problem;
    for (const k of ['x', 'y']) this[k].value = String(s.state[k]);
    for (const [k, c] of [
      ['logX', 'x'],
      ['logY', 'y'],
    ]) {
      this[k].checked = s.state[k];
      this[k].disabled = !canBeLog(p.criteria[s.state[c]]);
    }
    const decides = what.has('all') || what.has('outcome') || what.has('restore');
    if (decides || what.has('select')) this.fillChoice(decides);
    const width = this.stage.clientWidth;
    if (!width) return;
    const height = this.stage.clientHeight;
    const mass =
      what.has('all') ||
      what.has('axes') ||
      what.has('limits') ||
      what.has('restore') ||
      what.has('look');
    if (mass || !this.g) this.drawBack(width, height);
    this.drawOver();
    this.fillCard();
  }

  fillChoice(list) {
    const s = this.session;
    if (list)
      put(
        this.which,
        h('option', { value: '-1' }, 'none selected'),
        s.frontier.map((i) =>
          h('option', { value: String(i) }, `${s.rank(i)}. ${s.id(i).slice(0, 60)}`),
        ),
      );
    this.which.value = String(s.onFrontier(s.state.selected) ? s.state.selected : -1);
  }

  drawBack(width, height) {
    const context = fitCanvas(this.canvas, width, height);
    this.colour = palette();
    this.g = plan(this.session, width, height, this.look(), zoomOf());
    drawMass(new CanvasPen(context), this.g, this.session, this.colour);
    this.over.setAttribute('viewBox', `0 0 ${width} ${height}`);
    this.under.setAttribute('viewBox', `0 0 ${width} ${height}`);
    put(this.under);
    drawAxes(new SvgPen(this.under, this.g.zoom), this.g, this.colour);
  }

  drawOver() {
    const s = this.session;
    const front = svg('g');
    const pen = new SvgPen(front, this.g.zoom);
    drawFront(pen, this.g, s, this.colour);
    if (this.hover >= 0 && this.hover !== s.now.recommended) {
      pen.mark('circle', this.g.px[this.hover], this.g.py[this.hover], 7, {
        stroke: this.colour.ink,
        width: 2,
      });
      drawLabel(pen, this.g, this.hover, s.id(this.hover), this.colour);
    }
    put(this.over, front);
    const { cx, cy } = this.g;
    this.over.setAttribute(
      'aria-label',
      `Scatter of ${cy.label} (up) and ${cx.label} (right), better is up and to the right. ${
        s.now.count
          ? `${s.frontier.length} candidates on the frontier; recommended is ${s.id(s.now.recommended).slice(0, 80)}.`
          : 'Nothing is feasible.'
      } The ranking table holds the numbers.`,
    );
  }

  point(e) {
    const box = this.stage.getBoundingClientRect();
    const [x, y] = [e.clientX - box.left, e.clientY - box.top];
    let [near, best] = [-1, 24 * 24];
    const { px, py } = this.g;
    for (let i = 0; i < px.length; i++) {
      const d = (px[i] - x) ** 2 + (py[i] - y) ** 2;
      if (d < best) [near, best] = [i, d];
    }
    this.setHover(near);
  }

  setHover(i) {
    if (i === this.hover) return;
    this.hover = i;
    this.drawOver();
    this.fillCard();
  }

  fillCard() {
    const s = this.session;
    const i =
      this.hover >= 0 ? this.hover : s.state.selected >= 0 ? s.state.selected : s.now.recommended;
    if (i < 0) return void put(this.card);
    put(
      this.card,
      h('strong', null, name(s.id(i))),
      s.slot(i) >= 0 ? ` · rank ${s.rank(i)} of ${s.now.count}` : ' · out',
      h(
        'dl',
        null,
        s.problem.criteria.map((c) =>
          h('div', null, h('dt', null, name(c.label)), h('dd', null, reading(c, c.reading[i]))),
        ),
      ),
    );
  }
}
