// SPDX-License-Identifier: GPL-3.0-or-later
// One stakeholder's wishes at a time: a number and a slider for each weight, where the answer stays
// along it and who takes over; then their say, the limits and the rule.
import { h } from 'preact';
import { RULES, RULE_WORDS } from '../engine/rules.mjs';
import { points } from '../state/changes.mjs';
import { together } from '../state/ballot.mjs';
import { statementsOf } from '../state/state.mjs';
import { bare, reading, turnPercent } from '../draw/format.mjs';
import { Button, Dot, Name, NumberField } from './parts.mjs';
import { Ballots } from './ballots.mjs';
import { Limits } from './limits.mjs';
import { overLimit } from './words.mjs';

const shareOf = (list, k) => list[k] / (list.reduce((a, b) => a + b, 0) || 1);

/** "0.32 to 0.46 NDCG@10": what a whole weight is about. */
export function swing(session, k) {
  const c = session.problem.criteria[k];
  const { now } = session;
  if (c.levels.length) return `${c.levels[0]} to ${c.levels.at(-1)}`;
  const [worst, best] = now.worst ? [now.worst[k], now.best[k]] : [c.worst, c.best];
  if (c.goal === 'target') return `${reading(c, worst)} off to ${reading(c, best)} off`;
  return Number.isFinite(worst) ? `${bare(worst)} to ${reading(c, best)}` : '';
}

/** The stretch of a weight that the stakeholder's own words allow while this one moves alone (the
 * others keep their proportions); null: nothing was said. */
export function allowed(session, n, k) {
  const p = session.problem;
  const q = p.stakeholders[n];
  const w = session.state.weights[n];
  const rest = 1 - shareOf(w, k);
  let [low, high] = [0, 1];
  let said = false;
  for (const { sum, bound } of q.prefers) {
    // Along the slider w[k] = t and w[c] = w[c] (1 - t) / rest: the statement is a t + b >= bound.
    let [a, b] = [0, 0];
    for (const [c, x] of sum) {
      if (c === k) a += x;
      else if (rest > 1e-12) {
        const part = shareOf(w, c) / rest;
        a -= x * part;
        b += x * part;
      }
    }
    if (Math.abs(a) < 1e-12) continue;
    said = true;
    const t = (bound - b) / a;
    if (a > 0) low = Math.max(low, t);
    else high = Math.min(high, t);
  }
  const written = p.scenario?.stakeholders;
  const v = written && Object.hasOwn(written, q.id) ? Number(written[q.id].vague) || 0 : 0;
  const now = shareOf(q.weights, k);
  if (v > 0) {
    said = true;
    const by = Math.min(v, now, 1 - now);
    [low, high] = [Math.max(low, now - by), Math.min(high, now + by)];
  }
  return said && (low > 1e-9 || high < 1 - 1e-9) ? [Math.max(0, low), Math.min(1, high)] : null;
}

const pct = (x) => `${100 * Math.min(1, Math.max(0, x))}%`;

/** A range input on a track that shows where the answer stays, the ends, the original, what is allowed. */
/** @param {{ value: number, label: string, onInput: (x: number) => void, turn: any, original: number, band?: any, dots?: number[], describe: any }} props */
function Slider({ value, label, onInput, turn, original, band, dots = [], describe }) {
  const low = turn?.low ? turn.low.at : 0;
  const high = turn?.high ? turn.high.at : 1;
  return h(
    'div',
    { class: 'sl' },
    h(
      'span',
      { class: 'trk', 'aria-hidden': 'true' },
      turn ? h('i', { class: 'iv', style: { left: pct(low), right: pct(1 - high) } }) : null,
      turn?.low ? h('i', { class: 'en', style: { left: pct(low) } }) : null,
      turn?.high ? h('i', { class: 'en', style: { left: pct(high) } }) : null,
      band ? h('i', { class: 'ht', style: { left: pct(band[0]), right: pct(1 - band[1]) } }) : null,
      Math.abs(original - value) > 5e-4 ? h('i', { class: 'og', style: { left: pct(original) } }) : null,
      dots.map((x, k) => h('i', { key: k, class: 'bl', style: { left: pct(x) } })),
    ),
    h('input', { type: 'range', min: 0, max: 1, step: 0.01, value: String(value), 'aria-label': label, 'aria-valuetext': describe, onInput: (e) => onInput(Number(e.currentTarget.value)) }),
  );
}

function takeover(session, turn) {
  if (!turn) return null;
  const word = (end, up) => (end ? [`${up ? 'above' : 'below'} ${turnPercent(end.at, up)}: `, h(Name, { text: session.id(end.to), most: 34 })] : null);
  const parts = [word(turn.low, false), word(turn.high, true)].filter(Boolean);
  return parts.length ? parts.map((x, k) => [k ? ' · ' : '', x]) : 'the answer stays, whatever it is';
}

const tracksOf = (session) => {
  const { found, turn, state } = session;
  return found.turn === turn ? (found.tracks.get(state.who) ?? null) : null;
};

function Weight({ session, n, k, quiet = false }) {
  const { problem: p, state, start } = session;
  const c = p.criteria[k];
  const value = shareOf(state.weights[n], k);
  const locked = session.controls.isLocked(n, k);
  const turn = quiet ? null : (tracksOf(session)?.weights[k] ?? null);
  const typed = session.gesture?.control === `typed ${n}` ? session.gesture.typed.get(k) : undefined;
  return h(
    'div',
    { class: 'wr' },
    h(
      'div',
      { class: 'wl' },
      h('span', { class: 'wn' }, h(Name, { text: c.label, most: 34 }), ' ', h('span', { class: 'mu' }, swing(session, k))),
      h('button', { type: 'button', class: 'lk', 'aria-pressed': String(locked), 'aria-label': `Lock ${c.label.slice(0, 60)}`, title: locked ? 'Locked: others leave it alone' : 'Lock', onClick: () => session.controls.lock(n, k) }, h(Lock, { on: locked })),
      h('span', { class: 'nf' }, h(NumberField, { 'aria-label': `${c.label.slice(0, 60)}, percent`, value: points(typed ?? value), onNumber: (x) => session.controls.typeWeight(n, k, Math.max(0, x) / 100), onLeave: () => session.controls.endTyping() }), ' %'),
    ),
    h(Slider, {
      value,
      label: `Weight of ${c.label.slice(0, 60)}`,
      describe: `${points(value)} %`,
      onInput: (x) => session.controls.setWeight(n, k, x),
      turn,
      original: shareOf(start.state.weights[n], k),
      band: allowed(session, n, k),
      dots: quiet ? [] : (together(p, session.ballots, n)?.all.map((w) => w[k]) ?? []),
    }),
    h('p', { class: 'tn' }, takeover(session, turn)),
  );
}

const Lock = ({ on }) =>
  h('svg', { viewBox: '0 0 14 14', width: 13, height: 13, 'aria-hidden': 'true', class: on ? 'on' : '' }, h('path', { d: on ? 'M4 6V4a3 3 0 0 1 6 0v2M2.5 6h9v6.5h-9z' : 'M4 6V4a3 3 0 0 1 5.8-1M2.5 6h9v6.5h-9z' }));

function More({ session, n, list, quiet = false }) {
  const { problem: p } = session;
  const tracks = quiet ? null : tracksOf(session);
  if (!list.length) return null;
  return h(
    'details',
    { class: 'ad', open: list.length <= 6 },
    h('summary', null, 'Add a criterion ', h('span', { class: 'mu' }, '(weight 0 now)')),
    h(
      'ul',
      null,
      list.map((k) => {
        const turn = tracks?.weights[k];
        return h(
          'li',
          { key: k },
          h('button', { type: 'button', class: 'pl', 'aria-label': `Add ${p.criteria[k].label.slice(0, 60)}`, onClick: () => session.controls.setWeight(n, k, 0.05) }, '+'),
          h(Name, { text: p.criteria[k].label, most: 30 }),
          h('span', { class: 'tn', title: turn?.high ? session.id(turn.high.to) : undefined }, tracks ? (turn.high ? `turns above ${turnPercent(turn.high.at, true)}` : 'never turns') : ''),
        );
      }),
    ),
  );
}

/** What a slider did beside its own share, and what the weights contradict. */
function Notes({ session, n }) {
  const { gesture, problem: p, state } = session;
  const { all, broken } = statementsOf(p.stakeholders[n], state.weights[n]);
  const sum = gesture?.typed && gesture.control === `typed ${n}` ? state.weights[n].reduce((a, b) => a + b, 0) : 1;
  const out = [];
  if (Math.abs(sum - 1) > 5e-4) out.push(`Typed so far: ${points(sum)} of 100 %. What is missing or too much is shared in proportion.`);
  if (gesture?.spread && gesture.control.startsWith(`weight ${n} `)) out.push('The rest was shared equally: nothing else had a weight.');
  if (broken.length) out.push(`Against what they said: ${broken.join('; ')}`);
  else if (all.length) out.push(`They said: ${all.join('; ')}`);
  return h('p', { class: `tn${broken.length ? ' w' : ''}`, role: 'status', hidden: !out.length }, out.join(' '));
}

function Say({ session, n }) {
  const { problem: p, state, start } = session;
  if (p.stakeholders.length < 2) return null;
  const value = shareOf(state.powers, n);
  const turn = tracksOf(session)?.power ?? null;
  const typed = session.gesture?.control === 'typed powers' ? session.gesture.typed.get(n) : undefined;
  return h(
    'div',
    { class: 'wr sy' },
    h('div', { class: 'wl' }, h('span', { class: 'wn' }, h('b', null, 'Say in the decision'), ' ', h('span', { class: 'mu' }, `of 100 shared by ${p.stakeholders.length}`)), h('span', { class: 'nf' }, h(NumberField, { 'aria-label': 'Say in the decision, percent', value: points(typed ?? value), onNumber: (x) => session.controls.typePower(n, Math.max(0, x) / 100), onLeave: () => session.controls.endTyping() }), ' %')),
    h(Slider, { value, label: 'Say in the decision', describe: `${points(value)} %`, onInput: (x) => session.controls.setPower(n, x), turn, original: shareOf(start.state.powers, n) }),
    h('p', { class: 'tn' }, takeover(session, turn), state.powers[n] === 0 ? 'Without a say they are shown and left out of every rule.' : ''),
  );
}

/** A sentence first, its name in brackets. */
export const ruleLabel = (name) => `${RULE_WORDS.get(name)} (${name})`;

function Rule({ session }) {
  return h(
    'div',
    { class: 'lm' },
    h('label', { class: 'wl', for: 'rule' }, h('b', null, 'Group rule')),
    h(
      'select',
      { id: 'rule', class: 'sel', value: String(session.state.rule), onChange: (e) => session.controls.setRule(Number(e.currentTarget.value)) },
      RULES.map((r, k) => {
        const over = overLimit(session, k);
        return h('option', { key: r, value: String(k), disabled: over !== '' && k !== session.state.rule }, over ? `${ruleLabel(r)}: ${over}` : ruleLabel(r));
      }),
    ),
  );
}

function Picker({ session }) {
  const { problem: p, state } = session;
  const pick = (n) => {
    session.controls.endTyping();
    session.change('look', (s) => { s.who = n; });
    session.settle();
  };
  if (p.stakeholders.length > 5)
    return h('select', { class: 'sel whos', 'aria-label': 'Whose wishes', value: String(state.who), onChange: (/** @type {any} */ e) => pick(Number(e.currentTarget.value)) }, p.stakeholders.map((q, n) => h('option', { key: n, value: String(n) }, q.label.slice(0, 60))));
  return h(
    'div',
    { class: 'seg', role: 'group', 'aria-label': 'Whose wishes' },
    p.stakeholders.map((q, n) => h('button', { type: 'button', key: n, 'aria-pressed': String(n === state.who), title: q.label, onClick: () => pick(n) }, h(Dot, { k: n }), ' ', h(Name, { text: q.label, most: 16 }))),
  );
}

/** Weights alone: what one person sets for themselves. */
export function OwnWeights({ session, n }) {
  const { problem: p, state, start } = session;
  const weighs = (k) => state.weights[n][k] > 0 || start.state.weights[n][k] > 0;
  const all = p.criteria.map((_, k) => k);
  return [h(Notes, { session, n }), all.filter(weighs).map((k) => h(Weight, { key: k, session, n, k, quiet: true })), h(More, { session, n, list: all.filter((k) => !weighs(k)), quiet: true })];
}

export function Wishes({ session }) {
  const { problem: p, state, start, changed } = session;
  const n = Math.min(state.who, p.stakeholders.length - 1);
  const weighs = (k) => state.weights[n][k] > 0 || start.state.weights[n][k] > 0;
  const all = p.criteria.map((_, k) => k);
  const banded = all.some((k) => allowed(session, n, k));
  const infeasible = !session.now.count;
  const limits = h(Limits, { session });
  return h(
    'aside',
    { class: 'pn wp', id: 'wish', 'aria-label': 'Wishes and limits', tabindex: '-1' },
    h('div', { class: 'ph' }, h('h2', null, 'Wishes', changed ? h(Button, { class: 'sm back', onClick: () => session.reset() }, 'Back to the start') : null), h(Picker, { session })),
    h(
      'div',
      { class: 'sc', tabindex: '0', role: 'region', 'aria-label': 'Wishes of one stakeholder, limits, rule' },
      infeasible ? limits : null,
      h('p', { class: 'lg', 'aria-hidden': 'true' }, h('i', { class: 'kiv' }), 'answer stays', h('i', { class: 'kog' }), 'original', banded ? [h('i', { class: 'kht' }), 'allowed'] : null),
      h(Notes, { session, n }),
      h('div', { key: n }, all.filter(weighs).map((k) => h(Weight, { key: k, session, n, k })), h(More, { session, n, list: all.filter((k) => !weighs(k)) })),
      h(Say, { session, n, key: `say ${n}` }),
      infeasible ? null : limits,
      h(Rule, { session }),
      h(Ballots, { session }),
    ),
  );
}
