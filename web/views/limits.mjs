// SPDX-License-Identifier: GPL-3.0-or-later
// Limits: whose, how tight, what each costs in candidates.
import { cut, h, name, newId, put, say } from '../draw/dom.mjs';
import { bare, plural, reading } from '../draw/format.mjs';
import { onStepKeys, spanOf } from './range.mjs';
import { slider } from './wishes.mjs';
import { limitName } from './words.mjs';

/** A step that 200 positions of a slider make, as a round number. */
function stepOf(span) {
  const raw = span / 200 || 1;
  const ten = 10 ** Math.floor(Math.log10(raw));
  return Number((raw / ten < 2 ? ten : raw / ten < 5 ? 2 * ten : 5 * ten).toPrecision(1));
}

/** Where a bound would make another one first, as the program found it for the wishes at the start. */
function turnWords(session, l, which) {
  const p = session.problem;
  const found = p.result.constraints?.[l.base]?.steps?.find((x) => x.side === which)?.best;
  if (session.changed || !found?.length) return '';
  const c = p.criteria[l.criterion];
  const show = (x) => (c ? reading(c, x) : bare(x));
  const tighter = (a, b) => (which === 'max' ? a < b : a > b);
  const [now, , first] = found.filter(([x]) => !tighter(l[which], x)).at(-1) ?? [];
  const next = found.find(([x, , id]) => tighter(l[which], x) && id !== first);
  // A curve may begin at a bound that is not the first one's own: what is tighter is not known then.
  const own = p.result.candidates.find((x) => x.id === first);
  const at = c ? own?.measured?.[c.id] : own?.columns?.[p.result.constraints[l.base].column];
  return (
    (now === undefined || at !== now ? '' : ` Tighter than ${show(now)}, the best score goes to another one.`) +
    (next ? ` Relaxed to ${show(next[0])}, it goes to ${cut(String(next[2]), 60)}.` : '')
  );
}

export class Limits {
  constructor(session) {
    this.session = session;
    this.left = h('p', { class: 'left' });
    this.list = h('ul', { class: 'limits' });
    this.node = h('div', null, this.left, this.list, this.adder());
    this.items = new Map();
  }

  adder() {
    const s = this.session;
    const what = h(
      'select',
      { id: newId('new') },
      s.problem.criteria.map((c, k) => h('option', { value: String(k) }, c.label.slice(0, 60))),
    );
    const add = h(
      'button',
      {
        type: 'button',
        onclick: () => {
          const c = Number(what.value);
          const [low, high] = spanOf(s.problem.criteria[c].reading);
          s.addLimit(c, s.problem.criteria[c].goal === 'min' ? { max: high } : { min: low });
        },
      },
      'Add a limit',
    );
    return h('div', { class: 'field add' }, h('label', { for: what.id }, 'On '), what, add);
  }

  numbers(l) {
    const p = this.session.problem;
    return l.criterion >= 0 ? p.criteria[l.criterion].reading : (p.columns[l.column]?.number ?? []);
  }

  item(l) {
    const s = this.session;
    const j = () => s.state.limits.findIndex((x) => x.key === l.key);
    const on = h('input', {
      type: 'checkbox',
      onchange: () => s.setLimit(j(), { on: on.checked }),
    });
    const text = h('span', { class: 'text' });
    const cost = h('span', { class: 'quiet' });
    const bounds = ['min', 'max'].filter((b) => l[b] !== null).map((b) => this.bound(l, b, j));
    const owner =
      l.owner || l.why
        ? h(
            'p',
            { class: 'quiet' },
            l.owner ? [name(l.owner), l.why ? ': ' : ''] : '',
            l.why ? name(l.why) : '',
          )
        : null;
    const remove =
      l.base < 0
        ? h(
            'button',
            {
              type: 'button',
              'aria-label': 'Remove this limit',
              onclick: () => s.removeLimit(j()),
            },
            'Remove',
          )
        : null;
    const node = h(
      'li',
      null,
      h('label', { class: 'check' }, on, ' ', text),
      owner,
      bounds.map((b) => b.node),
      cost,
      remove,
    );
    return { node, on, text, cost, bounds };
  }

  bound(l, which, j) {
    const s = this.session;
    const c = l.criterion >= 0 ? s.problem.criteria[l.criterion] : null;
    const [low, high] = spanOf(this.numbers(l));
    const from = Math.min(low, l[which]);
    const to = Math.max(high, l[which]);
    const step = c?.levels.length ? 1 : stepOf(to - from);
    const describe = (x) => (c ? reading(c, x) : bare(x));
    const one = slider(
      [
        h('span', null, which === 'min' ? 'At least' : 'At most'),
        h('span', { class: 'hidden' }, ` for ${limitName(s.problem, l).slice(0, 60)}`),
      ],
      {
        min: Math.floor(from / step) * step,
        max: Math.ceil(to / step) * step,
        step: 'any',
        describe,
        oninput: (x) =>
          s.setLimit(j(), { [which]: c?.levels.length ? Math.round(x) : Number(x.toPrecision(4)) }),
      },
    );
    onStepKeys(one.input, (by) => {
      const now = s.state.limits[j()][which];
      const next = Math.min(
        Number(one.input.max),
        Math.max(Number(one.input.min), now + by * step),
      );
      s.setLimit(j(), { [which]: Number(next.toPrecision(10)) });
    });
    return { node: one.node, set: one.set, which };
  }

  update() {
    const s = this.session;
    put(
      this.left,
      h('strong', null, String(s.now.count)),
      ` of ${s.problem.n} candidates are within all limits.`,
    );
    const keys = s.state.limits.map((l) => l.key);
    for (const k of this.items.keys()) if (!keys.includes(k)) this.items.delete(k);
    const nodes = s.state.limits.map((l) => {
      if (!this.items.has(l.key)) this.items.set(l.key, this.item(l));
      const x = this.items.get(l.key);
      x.on.checked = l.on;
      say(x.text, l.text || `${limitName(s.problem, l)}: no bound`);
      for (const b of x.bounds) if (l[b.which] !== null) b.set(l[b.which]);
      const j =
        s.now.limits.indexOf(l) >= 0
          ? s.now.limits.indexOf(l)
          : s.now.limits.findIndex((y) => y.key === l.key);
      say(
        x.cost,
        j < 0 || !l.on
          ? 'Switched off.'
          : `Excludes ${plural(s.now.excludes[j], 'candidate')}, ${s.now.alone[j]} of them alone.` +
              x.bounds.map((b) => turnWords(s, l, b.which)).join(''),
      );
      x.node.classList.toggle('off', !l.on);
      return x.node;
    });
    if (
      nodes.length !== this.list.childNodes.length ||
      nodes.some((n, k) => n !== this.list.childNodes[k])
    )
      put(this.list, nodes);
  }
}
