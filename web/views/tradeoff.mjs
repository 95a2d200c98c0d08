// SPDX-License-Identifier: GPL-3.0-or-later
// Trade-off: two criteria against each other, all criteria side by side, the split between models.
import { Component, h } from 'preact';
import { canBeLog } from '../draw/axes.mjs';
import { put, svg } from '../draw/dom.mjs';
import { saveChart } from '../draw/files.mjs';
import { fold, listedUnit, plural, reading } from '../draw/format.mjs';
import { drawAxisLines, drawLeaders, drawLines, planLines, survivors, widthOfAxes } from '../draw/lines.mjs';
import { CanvasPen, PRINT, SvgPen, fitCanvas, palette, zoomOf } from '../draw/pen.mjs';
import { countBeyond, drawAxes, drawBounds, drawFront, drawMass, drawScatter, plan, specials } from '../draw/scatter.mjs';
import { splitsShown } from '../draw/splits.mjs';
import { Button, Name, NumberField, Shape } from './parts.mjs';
import { SplitView } from './split.mjs';
import { spanOf } from './range.mjs';

const CANVAS_ABOVE = 500; // candidates from which marks are drawn as pixels

/** A chart on the page: drawn anew when what it shows or its size changes. @abstract */
class Chart extends Component {
  constructor(props) {
    super(props);
    this.hover = -1;
    this.again = () => this.paint();
    /** @type {any} the element that it fills */
    this.stage = null;
    this.drawnOf = null;
  }
  componentDidMount() {
    this.watch = new ResizeObserver(this.again);
    this.watch.observe(this.stage);
    this.paint();
  }
  componentDidUpdate() {
    this.paint();
  }
  componentWillUnmount() {
    this.watch.disconnect();
  }
  /** Each kind draws itself. */
  draw(_width, _height, _colour, _zoom) {}
  render() {
    return null;
  }
  paint() {
    const { clientWidth: width, clientHeight: height } = this.stage;
    if (width < 40 || height < 40) return;
    this.draw(width, height, palette(), zoomOf());
  }
  /** Has anything of this changed since it was last asked? What is below the leaders is drawn only then: a
   * weight that moves leaves it. */
  isStale(...what) {
    const same = this.drawnOf?.length === what.length && what.every((x, k) => x === this.drawnOf[k]);
    this.drawnOf = what;
    return !same;
  }
  at(e) {
    const box = this.stage.getBoundingClientRect();
    return [e.clientX - box.left, e.clientY - box.top];
  }
}

function nearest(px, py, x, y, within = 26) {
  let [near, best] = [-1, within * within];
  for (let i = 0; i < px.length; i++) {
    const d = (px[i] - x) ** 2 + (py[i] - y) ** 2;
    if (d < best) [near, best] = [i, d];
  }
  return near;
}

const exported = (session, width, height, draw) => {
  const node = svg('svg', { xmlns: 'http://www.w3.org/2000/svg', width, height, viewBox: `0 0 ${width} ${height}` });
  node.append(svg('rect', { width, height, fill: '#fff' }));
  draw(new SvgPen(node));
  return node;
};
/** Title above, where it is from below: a picture that stands by itself. */
function framed(session, width, height, title, draw) {
  const p = session.problem;
  return exported(session, width, height, (pen) => {
    pen.text(title, 12, 20, { fill: '#000', size: 15, weight: 600 });
    const inner = svg('g', { transform: 'translate(0 30)' });
    pen.node.append(inner);
    draw(new SvgPen(inner), width, height - 54);
    const from = p.inputs.map((x) => `${x.file} ${String(x.sha256).slice(0, 12)}`).join(' · ');
    pen.text(`${p.title} · ${from} · tradeoff ${p.generator.version}${session.changed ? ' · changed from the scenario' : ''}`.slice(0, 170), 12, height - 8, { fill: '#555', size: 11 });
  });
}

class Scatter extends Chart {
  draw(width, height, colour, zoom) {
    const { session, onPlan } = this.props;
    const { logX, logY } = session.state;
    const { axes, now } = session;
    if (this.isStale(width, height, zoom, axes.x, axes.y, logX, logY, now.feasible, session.state.limits, [...specials(session)].join(), Object.values(colour).join())) {
      this.g = plan(session, width, height, { ...axes, logX, logY }, zoom);
      const under = svg('g');
      const pen = new SvgPen(under, zoom);
      drawAxes(pen, this.g, colour);
      const many = session.problem.n > CANVAS_ABOVE;
      const context = fitCanvas(this.canvas, width, height);
      drawMass(many ? new CanvasPen(context) : pen, this.g, colour);
      drawBounds(pen, this.g, colour);
      put(this.under, under);
    }
    this.front(colour, zoom);
    onPlan?.(this.g);
  }
  front(colour = palette(), zoom = zoomOf()) {
    const over = svg('g');
    drawFront(new SvgPen(over, zoom), this.g, colour, { hover: this.hover });
    put(this.over, over);
  }
  setHover(i) {
    if (i === this.hover) return;
    this.hover = i;
    this.front();
    this.props.onHover(i);
  }
  render({ session, onWhy }) {
    const { axes, problem: p, now } = session;
    const [cx, cy] = [p.criteria[axes.x], p.criteria[axes.y]];
    const label = `${cy.label} (up) against ${cx.label} (right), better is up and to the right. ${now.count ? `${plural(session.frontier.length, 'candidate')} on the frontier; recommended is ${session.id(now.recommended).slice(0, 80)}.` : 'Nothing is feasible.'} The list of candidates holds the numbers.`;
    return h(
      'div',
      { class: 'stage', ref: (x) => { this.stage = x; }, onPointerMove: (e) => this.g && this.setHover(nearest(this.g.px, this.g.py, ...this.at(e))), onPointerLeave: () => this.g && this.setHover(-1), onClick: (e) => { const i = this.g ? nearest(this.g.px, this.g.py, ...this.at(e)) : -1; if (i >= 0) onWhy(i); } },
      h('svg', { ref: (x) => { this.under = x; }, 'aria-hidden': 'true' }),
      h('canvas', { ref: (x) => { this.canvas = x; }, 'aria-hidden': 'true' }),
      h('svg', { class: 'over', ref: (x) => { this.over = x; }, role: 'img', 'aria-label': label }),
    );
  }
}

class Lines extends Chart {
  draw(width, height, colour, zoom) {
    const { session, inside } = this.props;
    const { axes, hidden, brush } = session.state;
    if (this.isStale(width, height, zoom, session.now.feasible, axes.join(), [...hidden].join(), JSON.stringify([...brush]), Object.values(colour).join())) {
      this.g = planLines(session, width, height, zoom);
      const many = session.problem.n > CANVAS_ABOVE;
      const context = fitCanvas(this.canvas, width, height);
      const under = svg('g');
      drawLines(many ? new CanvasPen(context) : new SvgPen(under, zoom), this.g, colour, inside);
      put(this.under, under);
    }
    this.front(colour, zoom);
  }
  front(colour = palette(), zoom = zoomOf()) {
    const over = svg('g');
    const pen = new SvgPen(over, zoom);
    drawLeaders(pen, this.g, colour, this.hover);
    drawAxisLines(pen, this.g, colour);
    put(this.over, over);
  }
  axisAt(x) {
    let [near, best] = [-1, 30];
    this.g.xs.forEach((v, q) => {
      if (Math.abs(v - x) < best) [near, best] = [q, Math.abs(v - x)];
    });
    return near;
  }
  start(e) {
    if (e.button || e.pointerType === 'touch') return;
    const [x, y] = this.at(e);
    const q = this.axisAt(x);
    if (q < 0) return;
    this.drag = { q, y };
    this.stage.setPointerCapture(e.pointerId);
  }
  move(e) {
    const [x, y] = this.at(e);
    if (this.drag) this.brush(this.drag.q, this.drag.y, y);
    else if (this.g.axes.length) {
      const q = this.axisAt(x);
      const i = q < 0 ? -1 : nearest(this.g.ys[q].map(() => this.g.xs[q]), this.g.ys[q], x, y, 14);
      if (i !== this.hover) {
        this.hover = i;
        this.front();
        this.props.onHover(i);
      }
    }
  }
  brush(q, from, to) {
    const k = this.g.axes[q];
    if (Math.abs(to - from) < 3) return;
    const c = this.props.session.problem.criteria[k];
    if (c.goal === 'target') return;
    const ends = [from, to].map((y) => this.g.back(q, Math.min(this.g.bottom, Math.max(this.g.top, y))));
    const [low, high] = spanOf(c.reading);
    setRange(this.props.session, k, Math.max(low, Math.min(...ends)), Math.min(high, Math.max(...ends)));
  }
  end(e) {
    const [x, y] = this.at(e);
    if (this.drag && Math.abs(y - this.drag.y) < 3) {
      const k = this.g.axes[this.drag.q];
      const had = this.props.session.state.brush.has(k);
      const i = nearest(this.g.ys[this.drag.q].map(() => this.g.xs[this.drag.q]), this.g.ys[this.drag.q], x, y, 12);
      if (i >= 0) this.props.onWhy(i);
      else if (had) this.props.session.change('brush', (s) => s.brush.delete(k));
    }
    this.drag = null;
  }
  render({ session }) {
    const wide = widthOfAxes(session);
    return h(
      'div',
      { class: 'wide', tabindex: '0', role: 'region', 'aria-label': 'Chart of all criteria' },
      h(
        'div',
        { class: 'stage parallel', style: { minWidth: `${wide}px` }, ref: (x) => { this.stage = x; }, onPointerDown: (e) => this.start(e), onPointerMove: (e) => this.g && this.move(e), onPointerUp: (e) => this.g && this.end(e), onPointerLeave: () => { if (this.g && this.hover >= 0) { this.hover = -1; this.front(); this.props.onHover(-1); } } },
        h('canvas', { ref: (x) => { this.canvas = x; }, 'aria-hidden': 'true' }),
        h('svg', { ref: (x) => { this.under = x; }, 'aria-hidden': 'true' }),
        h('svg', { class: 'over', ref: (x) => { this.over = x; }, role: 'img', 'aria-label': 'All criteria side by side, better upwards; the ranges below say the same in numbers' }),
      ),
    );
  }
}

function setRange(session, k, from, to) {
  const [low, high] = spanOf(session.problem.criteria[k].reading);
  session.change('brush', (s) => {
    if (from <= low && to >= high) s.brush.delete(k);
    else s.brush.set(k, [Number(from.toPrecision(6)), Number(to.toPrecision(6))]);
  });
}

/** The ranges in numbers: the same as the brushes, for hands without a pointer. */
function Ranges({ session }) {
  const { problem: p, state } = session;
  const move = (k, by) =>
    session.change('axes', (s) => {
      const at = s.axes.indexOf(k);
      const to = at + by;
      if (to >= 0 && to < s.axes.length) [s.axes[at], s.axes[to]] = [s.axes[to], s.axes[at]];
    });
  return h(
    'table',
    { class: 'ex axes' },
    h('caption', { class: 'sr' }, 'Ranges and axes'),
    h('thead', null, h('tr', null, ['Criterion', 'From', 'To', 'Axis'].map((t) => h('th', { key: t, scope: 'col' }, t)))),
    h(
      'tbody',
      null,
      state.axes.map((k) => {
        const c = p.criteria[k];
        const [low, high] = spanOf(c.reading);
        const [from, to] = state.brush.get(k) ?? [low, high];
        const field = (which, x) =>
          c.levels.length
            ? h('select', { class: 'sel', 'aria-label': `${c.label.slice(0, 60)} ${which}`, value: String(Math.round(x)), onChange: (/** @type {any} */ e) => (which === 'from' ? setRange(session, k, Number(e.currentTarget.value), to) : setRange(session, k, from, Number(e.currentTarget.value))) }, c.levels.map((t, n) => h('option', { key: n, value: String(n) }, t)))
            : h('span', { class: 'nf l' }, h(NumberField, { 'aria-label': `${c.label.slice(0, 60)} ${which}`, value: String(Number(x.toPrecision(6))), onNumber: (v) => (which === 'from' ? setRange(session, k, v, Math.max(v, to)) : setRange(session, k, Math.min(from, v), v)) }));
        const hidden = state.hidden.has(k);
        return h(
          'tr',
          { key: k },
          h('th', { scope: 'row' }, h(Name, { text: c.label, most: 40 })),
          h('td', null, field('from', from)),
          h('td', null, field('to', to)),
          h('td', null, h(Button, { class: 'sm', 'aria-label': `Move ${c.label.slice(0, 60)} left`, onClick: () => move(k, -1) }, '←'), ' ', h(Button, { class: 'sm', 'aria-label': `Move ${c.label.slice(0, 60)} right`, onClick: () => move(k, 1) }, '→'), ' ', h(Button, { class: 'sm', 'aria-label': `${hidden ? 'Show' : 'Hide'} ${c.label.slice(0, 60)}`, onClick: () => session.change('axes', (s) => { if (!s.hidden.delete(k)) s.hidden.add(k); }) }, hidden ? 'Show' : 'Hide')),
        );
      }),
    ),
  );
}

/** Ranges become limits: only the ends that were moved. */
function toLimits(session) {
  for (const [k, [from, to]] of session.state.brush) {
    const [low, high] = spanOf(session.problem.criteria[k].reading);
    session.controls.addLimit(k, { min: from > low ? from : null, max: to < high ? to : null }, 'meeting', 'set from a range');
  }
  session.change('brush', (s) => s.brush.clear());
}

/** The hovered candidate in numbers, else what the chart leaves out. */
function Card({ session, i }) {
  const p = session.problem;
  if (i < 0) return null;
  return h('p', { class: 'card', role: 'status' }, h('b', null, h(Name, { text: session.id(i), most: 60 })), session.slot(i) >= 0 ? ` · rank ${session.rank(i)} of ${session.now.count}` : ' · out', p.criteria.map((c, k) => h('span', { key: k }, ` · ${c.label} `, h('b', null, listedUnit(c, c.reading[i])))));
}

/** What the marks and lines of the picture mean. */
function Key({ session, cx, cy }) {
  const splits = splitsShown(session, cx, cy);
  const line = (what) => h('i', { class: `kl${what}` });
  const keys = [
    [h('i', { class: 'kfr' }), 'best in these two'],
    [h(Shape, { of: 'dot' }), `frontier in all ${session.problem.criteria.length}`],
    [h(Shape, { of: 'ring' }), 'beaten outright'],
    [h(Shape, { of: 'cross' }), 'breaks a limit'],
    cx.se || cy.se ? [h('i', { class: 'keb' }), '95 % (long ones: of the named)'] : null,
    splits.best ? [line(''), 'the best split'] : null,
    splits.needs ? [line(' thick'), 'splits that meet all needs'] : null,
    splits.hull ? [line(' dotted'), 'best splits in these two'] : null,
  ];
  return h('span', { class: 'lg' }, keys.filter(Boolean).map((k) => h('span', { key: k[1], class: 'nw' }, k)));
}

export class Tradeoff extends Component {
  render({ session, onWhy }, { hover = -1, beyond = 0 }) {
    const { problem: p, state, axes } = session;
    const [cx, cy] = [p.criteria[axes.x], p.criteria[axes.y]];
    const inside = survivors(session);
    const choose = (key) => h('select', { class: 'sel', id: `axis-${key}`, 'aria-label': key === 'y' ? 'Up' : 'Right', value: String(axes[key]), onChange: (/** @type {any} */ e) => session.change('axes', (s) => { s.x = axes.x; s.y = axes.y; s[key] = Number(e.currentTarget.value); }) }, p.criteria.map((c, k) => h('option', { key: k, value: String(k) }, c.label.slice(0, 60))));
    const log = (key, c) => (canBeLog(c) ? h('label', { class: 'check' }, h('input', { type: 'checkbox', checked: state[key], onChange: (e) => session.change('axes', (s) => { s[key] = e.currentTarget.checked; }) }), `log ${fold(c.label, 22)}`) : null);
    const title = `${cy.label} against ${cx.label}`;
    const picture = { drawing: (w, hgt) => framed(session, w, hgt, title, (pen, iw, ih) => drawScatter(pen, plan(session, iw, ih, { ...axes, logX: state.logX, logY: state.logY }), PRINT, 2000)) };
    const lines = { drawing: (w, hgt) => framed(session, w, hgt, 'All criteria, better upwards', (pen, iw, ih) => { const g = planLines(session, iw, ih); drawLines(pen, g, PRINT, inside); drawLeaders(pen, g, PRINT); drawAxisLines(pen, g, PRINT); }) };
    const save = (view, what) => ['svg', 'png'].map((kind) => h(Button, { key: kind, class: 'sm', 'aria-label': `${what}: ${kind.toUpperCase()}`, onClick: () => saveChart(session, view, what, kind) }, kind.toUpperCase()));
    return h(
      'div',
      { class: 'pc' },
      h(
        'div',
        { class: 'first' },
        h('div', { class: 'tools' }, choose('y'), ' against ', choose('x'), axes.r !== null && axes.r < 0 ? h(Conflict, { p, axes }) : null, log('logY', cy), log('logX', cx), save(picture, 'scatter'), beyond ? h('span', { class: 'mu' }, `${beyond} beyond the edge`) : null),
        h('p', { class: 'cap' }, h(Key, { session, cx, cy })),
        h(Scatter, { session, onWhy, onHover: (i) => this.setState({ hover: i }), onPlan: (g) => { const n = countBeyond(g); if (n !== beyond) this.setState({ beyond: n }); } }),
        h(Card, { session, i: hover }),
        h('div', { class: 'cap tools' }, h('span', null, h('b', null, 'All criteria'), ', better upwards'), h('span', { class: 'lg' }, h('i', { class: 'kl' }), 'recommended', h('i', { class: 'kl dash' }), 'runner-up', h('i', { class: 'kl dotted' }), 'today'), h('span', { role: 'status', class: 'mu' }, state.brush.size ? `${inside.length} of ${session.now.count} within the ranges` : 'drag on an axis to filter'), state.brush.size ? [h(Button, { class: 'sm', onClick: () => session.change('brush', (s) => s.brush.clear()) }, 'Clear the ranges'), h(Button, { class: 'sm', onClick: () => toLimits(session) }, 'Turn the ranges into limits')] : null, save(lines, 'criteria')),
        h(Lines, { session, onWhy, inside, onHover: (i) => this.setState({ hover: i }) }),
      ),
      state.brush.size ? h('ul', { class: 'survive', 'aria-label': 'Within the ranges' }, inside.slice(0, 30).map((i) => h('li', { key: i }, h('button', { type: 'button', class: 'rw pick', onClick: () => onWhy(i) }, h(Name, { text: session.id(i), most: 40 })))), inside.length > 30 ? h('li', { class: 'mu' }, `and ${inside.length - 30} more`) : null) : null,
      h('details', { class: 'ad' }, h('summary', null, 'Ranges and axes in numbers'), h(Ranges, { session })),
      h(SplitView, { session }),
    );
  }
}

/** How strongly the two conflict; where a pair with words does so more, these are the numbers that do most. */
function Conflict({ p, axes: { r, beyond } }) {
  const of = (x) => `correlation −${Math.abs(x).toFixed(2)}`;
  const title = beyond ? `${p.criteria[beyond.y].label} and ${p.criteria[beyond.x].label}, of words, conflict more: ${of(beyond.r)}` : undefined;
  return h('span', { class: 'mu', title }, `the two ${beyond ? 'numbers ' : ''}that conflict most (${of(r)})`);
}

export { reading };
