// SPDX-License-Identifier: GPL-3.0-or-later
// "Why not X": who would lose, what is exchanged in units, what would have to change. The sentences
// are the engine's.
import { Component, h } from 'preact';
import { bare, listedUnit, reading } from '../draw/format.mjs';
import { dealOf, missedNeeds, rulesFor } from '../state/facts.mjs';
import { RULES } from '../engine/rules.mjs';
import { Groups } from './subgroups.mjs';
import { needText } from './matrix.mjs';
import { Objections } from './objections.mjs';
import { Button, CandidateShape, Dot, Missed, Name, whoClass } from './parts.mjs';
import { lacksWords } from './sure.mjs';
import { ruleLabel } from './wishes.mjs';

/** What each stakeholder gains or loses with i instead of j, on one scale. */
function Deals({ session, i, j }) {
  const { now, problem: p } = session;
  const rows = p.stakeholders.map((q, n) => ({ q, n, a: dealOf(now, n, i), b: dealOf(now, n, j) }));
  const missed = new Set(missedNeeds(session, i).map((x) => x.h));
  return h(
    'div',
    { class: 'dv' },
    rows.map(({ q, n, a, b }) => {
      const by = a.u - b.u;
      const left = Math.min(0, by);
      return h(
        'div',
        { key: n },
        h('span', null, h(Dot, { k: n }), ' ', h(Name, { text: q.label, most: 20 }), missed.has(n) ? [' ', h(Missed, null)] : null),
        h('span', { class: 'db', 'aria-hidden': 'true' }, h('i', { class: whoClass(n), style: { left: `${50 + 50 * left}%`, width: `${50 * Math.abs(by)}%` } })),
        h('b', null, Math.abs(by) < 0.005 ? 'equal' : `${by > 0 ? '+' : '−'}${Math.abs(by).toFixed(2)}`),
      );
    }),
  );
}

const STANDINGS = {
  better: '▲ better',
  worse: '▼ worse',
  equal: 'equal',
  alike: 'equal in practice',
  noise: 'within noise',
  unknown: 'not measured',
};

/** Readings of i and j, better and worse told by signs. */
function Exchange({ session, i, j }) {
  const { engine, problem: p } = session;
  return h(
    'table',
    { class: 'ex' },
    h('thead', null, h('tr', null, h('th', { scope: 'col' }, 'Criterion'), [i, j].map((x, k) => h('th', { scope: 'col', key: k, class: 'n' }, h(CandidateShape, { session, i: x }), ' ', h(Name, { text: session.id(x), most: 18 }))), h('th', { scope: 'col' }, h('span', { class: 'sr' }, 'Which is better')))),
    h(
      'tbody',
      null,
      p.criteria.map((c, k) => {
        const [x, y] = [c.reading[i], c.reading[j]];
        const word = STANDINGS[engine.stand(k, i, j)];
        return h('tr', { key: k }, h('th', { scope: 'row' }, h(Name, { text: c.label, most: 30 })), h('td', { class: 'n' }, listedUnit(c, x)), h('td', { class: 'n' }, listedUnit(c, y)), h('td', { class: 'mu' }, word));
      }),
    ),
  );
}

function Turns({ session, i }) {
  const p = session.problem;
  const id = session.id(i);
  const { choice } = p.result;
  const base = choice?.headline ?? choice;
  const parts = [];
  const lacks = !session.changed && base?.improve?.find((x) => x.id === id);
  if (lacks) parts.push([lacksWords(session, lacks)]);
  const { found, turn } = session;
  const tracks = found.turn === turn ? found.tracks.get(session.state.who) : null;
  const whose = p.stakeholders[session.state.who]?.label;
  tracks?.weights.forEach((t, k) => {
    for (const [end, up] of [[t.low, false], [t.high, true]])
      if (end?.to === i) parts.push([`${whose} gave ${p.criteria[k].label} ${up ? 'more' : 'less'} than `, h('b', null, `${up ? Math.ceil(1000 * end.at - 1e-9) / 10 : Math.floor(1000 * end.at + 1e-9) / 10} %`), `, now ${Math.round(1000 * t.now) / 10}`]);
  });
  const power = tracks?.power;
  if (power) for (const [end, up] of [[power.low, false], [power.high, true]]) if (end?.to === i) parts.push([`the say of ${whose} were ${up ? 'above' : 'below'} `, h('b', null, `${up ? Math.ceil(1000 * end.at - 1e-9) / 10 : Math.floor(1000 * end.at + 1e-9) / 10} %`)]);
  const flip = found.turn === turn ? found.flip : null;
  if (flip?.to === i && flip.h !== session.state.who)
    parts.push([`${p.stakeholders[flip.h].label}${flip.c < 0 ? '’s say' : ` gave ${p.criteria[flip.c].label}`} ${flip.up ? 'more' : 'less'} than ${flip.up ? Math.ceil(1000 * flip.at - 1e-9) / 10 : Math.floor(1000 * flip.at + 1e-9) / 10} %`]);
  const rules = rulesFor(session, i);
  const under = rules?.first.filter((q) => q !== session.now.rule) ?? [];
  return [
    parts.length ? [h('h3', null, 'It would be first if'), h('ul', { class: 'bu' }, parts.map((x, k) => h('li', { key: k }, x)))] : null,
    under.length ? [h('h3', null, 'Already first under'), h('ul', { class: 'bu' }, under.map((q) => h('li', { key: q }, ruleLabel(RULES[q]))))] : null,
  ];
}

function Needs({ session, i }) {
  const p = session.problem;
  const missed = missedNeeds(session, i);
  if (!missed.length) return null;
  return h('ul', { class: 'bu' }, missed.map((q, k) => h('li', { key: k }, h(Missed, null), ' ', h(Name, { text: p.stakeholders[q.h].label, most: 30 }), ` needs ${p.criteria[q.criterion].label} ${needText(p.criteria[q.criterion], q)}; it has ${reading(p.criteria[q.criterion], p.criteria[q.criterion].reading[i])}`)));
}

export class Why extends Component {
  componentDidMount() {
    this.close?.focus();
  }
  componentDidUpdate(before) {
    if (before.i !== this.props.i) this.close?.focus();
  }
  render({ session, i, onClose }) {
    const { now, state, problem: p } = session;
    const best = now.count > 0 && i === now.recommended;
    const other = best ? (p.incumbent >= 0 && p.incumbent !== i ? p.incumbent : now.runnerUp) : now.recommended;
    const out = session.slot(i) < 0;
    const both = !out && other >= 0 && session.slot(other) >= 0;
    const said = session.engine.words('candidate', i);
    const pinned = state.pins.includes(i);
    return h(
      'section',
      { class: 'dr', role: 'dialog', 'aria-label': `${best ? 'Why' : 'Why not'} ${session.id(i).slice(0, 80)}`, onKeyDown: (e) => e.key === 'Escape' && (e.stopPropagation(), onClose()) },
      h(
        'div',
        { class: 'dh' },
        h('h2', null, best ? 'Why ' : 'Why not ', h(CandidateShape, { session, i }), ' ', h(Name, { text: session.id(i), most: 60 }), '?'),
        h(Button, { class: 'sm pin', 'aria-pressed': String(pinned), onClick: () => session.pin(i) }, pinned ? 'Unpin' : 'Pin'),
        ' ',
        h('button', { type: 'button', class: 'btn sm', 'aria-label': 'Close', ref: (x) => { this.close = x; }, onClick: onClose }, '✕'),
      ),
      h(
        'div',
        { class: 'ds', tabindex: '0', role: 'region', 'aria-label': 'Reasons' },
        h(
          'div',
          null,
          both ? [h('h3', null, `Who gains and who loses, against ${other === p.incumbent ? 'today' : best ? 'the runner-up' : 'the recommended one'}`), h(Deals, { session, i, j: other })] : null,
          h(Needs, { session, i }),
          h(Objections, { session, i, level: 'h3' }),
          h(Turns, { session, i }),
          h('h3', null, best ? 'In words' : 'Why it is not first'),
          h('ul', { class: 'bu said' }, (best ? (now.sentences ?? said) : said).map((t, k) => h('li', { key: k }, h('bdi', null, t)))),
        ),
        h('div', null, other >= 0 ? [h('h3', null, 'What is exchanged'), h(Exchange, { session, i, j: other })] : null, h(Groups, { session, list: other >= 0 ? [i, other] : [i] })),
      ),
    );
  }
}
export { bare };
