// SPDX-License-Identifier: GPL-3.0-or-later
// Limits: whose, how tight, how many each leaves, where it would turn the choice.
import { h } from 'preact';
import { bare, grouped, plural, reading } from '../draw/format.mjs';
import { limitName } from '../state/changes.mjs';
import { spanOf } from './range.mjs';
import { Button, Name, NumberField } from './parts.mjs';
import { ownerNow } from '../state/facts.mjs';
import { limitTitle } from './words.mjs';

/** Where a bound would make another one first, as the program found it for the wishes at the start. */
function turnWords(session, l, which) {
  const p = session.problem;
  const found = p.result.constraints?.[l.base]?.steps?.find((x) => x.side === which)?.best;
  if (session.changed || !found?.length) return [];
  const c = p.criteria[l.criterion];
  const show = (x) => (c ? reading(c, x) : bare(x));
  const tighter = (a, b) => (which === 'max' ? a < b : a > b);
  const held = found.filter(([x]) => !tighter(l[which], x));
  const [now, , first] = held.at(-1) ?? [];
  const next = found.find(([x, , id]) => tighter(l[which], x) && id !== first);
  const then = held.filter(([, , id]) => id !== first).at(-1);
  // A curve may begin at a bound that is not the first one's own: what is tighter is not known then.
  const own = p.result.candidates.find((x) => x.id === first);
  const at = c ? own?.measured?.[c.id] : own?.columns?.[p.result.constraints[l.base].column];
  const out = [];
  if (now !== undefined && at === now)
    out.push([`${which === 'max' ? 'below' : 'above'} ${show(now)}: `, then ? h(Name, { text: String(then[2]), most: 34 }) : 'another one']);
  if (next) out.push([`at ${show(next[0])}: `, h(Name, { text: String(next[2]), most: 34 })]);
  return out;
}

/** What the engine doubts of a limit. */
function doubtsOf({ now }, l) {
  const begins = `W_UNIT: limit ${JSON.stringify(l.text)}: `;
  return now.warned.filter((t) => t.startsWith(begins)).map((t) => t.slice(begins.length));
}

/** A step that 200 positions of a slider make, as a round number. */
function stepOf(span) {
  const raw = span / 200 || 1;
  const ten = 10 ** Math.floor(Math.log10(raw));
  return Number((raw / ten < 2 ? ten : raw / ten < 5 ? 2 * ten : 5 * ten).toPrecision(1));
}

function Bound({ session, l, which, j }) {
  const p = session.problem;
  const c = l.criterion >= 0 ? p.criteria[l.criterion] : null;
  const numbers = c ? c.reading : (p.columns[l.column]?.number ?? []);
  const [low, high] = spanOf(numbers);
  const value = l[which];
  const [from, to] = [Math.min(low, value ?? low), Math.max(high, value ?? high)];
  const step = c?.levels.length ? 1 : stepOf(to - from);
  const label = `${limitName(p, l).slice(0, 60)} ${which === 'min' ? 'at least' : 'at most'}`;
  const set = (x) => session.controls.setLimit(j, { [which]: c?.levels.length ? Math.round(x) : x });
  const byStep = (by) => set(Number(Math.min(to, Math.max(from, value + by * step)).toPrecision(10)));
  const KEYS = { ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1, PageUp: 10, PageDown: -10 };
  return [
    h(
      'div',
      { class: 'wl' },
      h('span', { class: 'wn' }, which === 'min' ? 'at least' : 'at most'),
      c?.levels.length
        ? h('select', { class: 'sel', 'aria-label': label, value: String(value), onChange: (e) => { set(Number(e.currentTarget.value)); e.currentTarget.value = String(l[which]); } }, c.levels.map((t, k) => h('option', { key: k, value: String(k) }, t)))
        : h('span', { class: 'nf l' }, h(NumberField, { 'aria-label': label, value: String(value), shown: grouped(String(value)), style: { width: `${Math.max(74, 18 + 8 * grouped(String(value)).length)}px` }, step, onNumber: set, onLeave: () => session.controls.endTyping() }), c?.unit ? ` ${c.unit}` : ''),
    ),
    h(
      'div',
      { class: 'sl' },
      h('span', { class: 'trk', 'aria-hidden': 'true' }),
      h('input', {
        type: 'range',
        min: Math.floor(from / step) * step,
        max: Math.ceil(to / step) * step,
        step: 'any',
        value: String(value),
        'aria-label': `${label}, slider`,
        'aria-valuetext': c ? reading(c, value) : bare(value),
        onInput: (e) => {
          set(Number(Number(e.currentTarget.value).toPrecision(4)));
          e.currentTarget.value = String(l[which]);
        },
        onKeyDown: (e) => {
          if (!Object.hasOwn(KEYS, e.key)) return;
          e.preventDefault();
          byStep(KEYS[e.key]);
        },
      }),
    ),
  ];
}

function Limit({ session, l, j }) {
  const { problem: p, now } = session;
  const at = now.limits.findIndex((x) => x.key === l.key);
  const shown = l.on && at >= 0;
  const turns = shown ? ['min', 'max'].filter((b) => l[b] !== null).flatMap((b) => turnWords(session, l, b)) : [];
  const left = session.problem.n - p.dropped.reduce((a, b) => a + b, 0);
  return h(
    'li',
    { class: `lm${l.on ? '' : ' off'}` },
    h(
      'label',
      { class: 'wl' },
      h('input', { type: 'checkbox', checked: l.on, onChange: (e) => session.controls.setLimit(j, { on: e.currentTarget.checked }) }),
      h('span', { class: 'wn' }, h('b', null, h('bdi', null, limitTitle(p, at >= 0 ? now.limits[at] : l))), l.owner ? [' ', h('span', { class: 'mu', title: l.why || undefined }, h(Name, { text: ownerNow(p, l), most: 36 }))] : null),
    ),
    ['min', 'max'].filter((b) => l[b] !== null).map((b) => h(Bound, { key: b, session, l, which: b, j })),
    h(
      'p',
      { class: 'tn' },
      shown ? `leaves ${left - now.excludes[at]} of ${left}${now.alone[at] ? `, ${now.alone[at]} out by it alone` : ''}` : 'switched off: keeps nobody out',
      turns.map((t) => [' · ', t]),
    ),
    at >= 0 ? doubtsOf(session, now.limits[at]).map((t) => h('p', { class: 'tn w', role: 'status' }, h('bdi', null, t))) : null,
    l.base < 0 ? h(Button, { class: 'sm', onClick: () => session.controls.removeLimit(j) }, 'Remove') : null,
  );
}

/** The smallest steps that let somebody in, one click away. */
function Relax({ session }) {
  const { now, problem: p } = session;
  if (now.count || !now.relax?.length) return null;
  const apply = (l, r) => {
    const j = session.state.limits.findIndex((x) => x.key === l.key);
    if (r.word !== null) session.controls.setLimit(j, { on: false });
    else session.controls.setLimit(j, l.max !== null && r.to > l.max ? { max: r.to } : { min: r.to });
  };
  return h(
    'div',
    { class: 'relax' },
    h('h3', null, 'What would help, the smallest step each'),
    h(
      'ul',
      null,
      now.relax.map((r, k) => {
        const l = now.limits[r.constraint];
        const c = l.criterion >= 0 ? p.criteria[l.criterion] : null;
        const to = r.word !== null ? `let in “${r.word.slice(0, 60)}”` : c ? reading(c, r.to) : bare(r.to);
        return h('li', { key: k }, h(Button, { class: 'sm', onClick: () => apply(l, r) }, 'Relax'), ` ${limitName(p, l)} to ${to}: lets in `, h(Name, { text: session.id(r.admits), most: 40 }));
      }),
    ),
  );
}

function Adder({ session }) {
  const p = session.problem;
  const add = (e) => {
    const select = e.currentTarget.parentNode.querySelector('select');
    const k = Number(select.value);
    const [low, high] = spanOf(p.criteria[k].reading);
    session.controls.addLimit(k, p.criteria[k].goal === 'min' ? { max: high } : { min: low });
  };
  return h(
    'div',
    { class: 'wl add' },
    h('label', { for: 'new-limit' }, 'On '),
    h('select', { id: 'new-limit', class: 'sel' }, p.criteria.map((c, k) => h('option', { key: k, value: String(k) }, c.label.slice(0, 60)))),
    h(Button, { class: 'sm', onClick: add }, 'Add a limit'),
  );
}

export function Limits({ session }) {
  const { now, problem: p, state } = session;
  return h(
    'section',
    { class: 'limits', 'aria-labelledby': 'limits-title' },
    h('h2', { class: 'h2l', id: 'limits-title' }, 'Limits ', h('span', { class: 'mu' }, `${now.count} of ${p.n} left`)),
    h(Relax, { session }),
    state.limits.length ? h('ul', null, state.limits.map((l, j) => h(Limit, { key: l.key, session, l, j }))) : h('p', { class: 'tn' }, plural(0, 'limit')),
    h(Adder, { session }),
  );
}
