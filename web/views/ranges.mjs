// SPDX-License-Identifier: GPL-3.0-or-later
// The ranges behind the parallel coordinates: two sliders per axis, its place, whether it shows.
import { h, name, put, say } from '../draw/dom.mjs';
import { reading } from '../draw/format.mjs';
import { onStepKeys, spanOf } from './range.mjs';
import { scrollBox } from '../draw/scroll.mjs';

export class Ranges {
  constructor(session) {
    this.session = session;
    this.body = h('tbody');
    this.node = scrollBox(
      'Ranges',
      h(
        'table',
        { class: 'axes' },
        h('caption', null, 'Ranges and axes'),
        h(
          'thead',
          null,
          h(
            'tr',
            null,
            ['Criterion', 'From', 'To', 'Range', 'Axis'].map((t) => h('th', { scope: 'col' }, t)),
          ),
        ),
        this.body,
      ),
    );
    this.rows = session.problem.criteria.map((c, k) => this.row(c, k));
  }

  span(c) {
    return spanOf(this.session.problem.criteria[c].reading);
  }

  row(c, k) {
    const s = this.session;
    const [low, high] = this.span(k);
    const end = (which) => {
      const input = h('input', {
        type: 'range',
        min: low,
        max: high === low ? low + 1 : high,
        step: 'any',
        'aria-label': `${c.label.slice(0, 60)} ${which ? 'to' : 'from'}`,
        oninput: () => this.brush(k, which, Number(input.value)),
      });
      const step = c.levels.length ? 1 : (high - low) / 100 || 1;
      onStepKeys(input, (by) => {
        const now = s.state.brush.get(k)?.[which] ?? [low, high][which];
        this.brush(k, which, Math.min(high, Math.max(low, now + by * step)));
      });
      return input;
    };
    const r = { from: end(0), to: end(1), words: h('td', { class: 'quiet' }) };
    r.hide = h('button', {
      type: 'button',
      onclick: () =>
        s.change('axes', (x) => {
          if (!x.hidden.delete(k)) x.hidden.add(k);
        }),
    });
    const move = (by) =>
      s.change('axes', (x) => {
        const at = x.axes.indexOf(k);
        const to = at + by;
        if (to >= 0 && to < x.axes.length) [x.axes[at], x.axes[to]] = [x.axes[to], x.axes[at]];
      });
    r.node = h(
      'tr',
      null,
      h('th', { scope: 'row' }, name(c.label)),
      h('td', null, r.from),
      h('td', null, r.to),
      r.words,
      h(
        'td',
        { class: 'act' },
        h(
          'button',
          {
            type: 'button',
            'aria-label': `Move ${c.label.slice(0, 60)} left`,
            onclick: () => move(-1),
          },
          '←',
        ),
        h(
          'button',
          {
            type: 'button',
            'aria-label': `Move ${c.label.slice(0, 60)} right`,
            onclick: () => move(1),
          },
          '→',
        ),
        r.hide,
      ),
    );
    return r;
  }

  brush(k, which, to) {
    const [low, high] = this.span(k);
    this.session.change('brush', (s) => {
      const now = [...(s.brush.get(k) ?? [low, high])];
      now[which] = to;
      if (now[0] > now[1]) now[1 - which] = to;
      if (now[0] <= low && now[1] >= high) s.brush.delete(k);
      else s.brush.set(k, now);
    });
  }

  /** Ranges become limits: only the ends that were moved. */
  toLimits() {
    const s = this.session;
    for (const [k, [from, to]] of s.state.brush) {
      const [low, high] = this.span(k);
      s.addLimit(
        k,
        {
          min: from > low ? Number(from.toPrecision(6)) : null,
          max: to < high ? Number(to.toPrecision(6)) : null,
        },
        'meeting',
        'set from a range',
      );
    }
    s.change('brush', (x) => x.brush.clear());
  }

  update() {
    const s = this.session;
    const nodes = s.state.axes.map((k) => {
      const r = this.rows[k];
      const c = s.problem.criteria[k];
      const [low, high] = s.state.brush.get(k) ?? this.span(k);
      for (const [input, x] of [
        [r.from, low],
        [r.to, high],
      ]) {
        if (Number(input.value) !== x) input.value = String(x);
        input.setAttribute('aria-valuetext', reading(c, c.levels.length ? Math.round(x) : x));
      }
      const show = (x) => reading(c, c.levels.length ? Math.round(x) : Number(x.toPrecision(4)));
      say(r.words, s.state.brush.has(k) ? `${show(low)} to ${show(high)}` : 'all');
      const hidden = s.state.hidden.has(k);
      say(r.hide, hidden ? 'Show' : 'Hide');
      r.hide.setAttribute('aria-label', `${hidden ? 'Show' : 'Hide'} ${c.label.slice(0, 60)}`);
      return r.node;
    });
    if (nodes.some((n, k) => n !== this.body.childNodes[k])) {
      const focus = document.activeElement;
      put(this.body, nodes);
      if (this.body.contains(focus)) focus.focus();
    }
  }
}
