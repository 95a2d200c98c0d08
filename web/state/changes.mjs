// SPDX-License-Identifier: GPL-3.0-or-later
// What differs between two states of a meeting, in words: for undo, for "because", for the record.
import { RULES } from '../engine/rules.mjs';

const share = (list, k) => list[k] / (list.reduce((a, b) => a + b, 0) || 1);
const NEAR = 5e-5;

/** Percent with at most one decimal. */
export const points = (x) => String(Math.round(1000 * x) / 10);

/** Of weights that moved together, the one that was set: the largest move. */
function weightChanges(p, a, b) {
  return p.stakeholders.flatMap((q, h) => {
    const moved = p.criteria
      .map((c, k) => ({ c, k, from: share(a.weights[h], k), to: share(b.weights[h], k) }))
      .filter(({ from, to }) => Math.abs(to - from) > NEAR)
      .sort((x, y) => Math.abs(y.to - y.from) - Math.abs(x.to - x.from) || x.k - y.k);
    if (!moved.length) return [];
    const text = ({ c, from, to }) => `${c.label} ${points(from)} → ${points(to)} %`;
    return [
      {
        key: `weights ${q.id}`,
        who: q.label,
        h,
        what: text(moved[0]),
        all: moved.map(text).join(', '),
        short: `${points(moved[0].from)}→${points(moved[0].to)}`,
      },
    ];
  });
}

function powerChanges(p, a, b) {
  const moved = p.stakeholders
    .map((q, h) => ({ q, h, from: share(a.powers, h), to: share(b.powers, h) }))
    .filter(({ from, to }) => Math.abs(to - from) > NEAR)
    .sort((x, y) => Math.abs(y.to - y.from) - Math.abs(x.to - x.from));
  if (!moved.length) return [];
  const text = ({ q, from, to }) => `${q.label} ${points(from)} → ${points(to)} %`;
  const [first] = moved;
  return [
    {
      key: 'powers',
      who: 'Say in the decision',
      h: -1,
      what: text(first),
      all: moved.map(text).join(', '),
      short: `${points(first.from)}→${points(first.to)}`,
    },
  ];
}

const bounds = (l) =>
  [l.min === null ? '' : `≥ ${l.min}`, l.max === null ? '' : `≤ ${l.max}`].filter(Boolean).join(' and ');

export function limitName(p, l) {
  return l.criterion >= 0 ? p.criteria[l.criterion].label : (p.columns[l.column]?.name ?? '?');
}

function limitChanges(p, a, b) {
  const out = [];
  const note = (l, what) =>
    out.push({ key: `limit ${l.key}`, who: 'Limit', h: -1, what: `${limitName(p, l)} ${what}`, all: `${limitName(p, l)} ${what}`, short: 'limit' });
  const at = (s, l) => s.limits.find((x) => x.key === l.key);
  for (const l of b.limits) {
    const was = at(a, l);
    if (!was) note(l, `added: ${bounds(l) || 'no bound yet'}`);
    else if (was.on !== l.on) note(l, l.on ? 'switched on' : 'switched off');
    else if (was.min !== l.min || was.max !== l.max) note(l, `${bounds(was) || 'none'} → ${bounds(l) || 'none'}`);
  }
  for (const l of a.limits) if (!at(b, l)) note(l, 'removed');
  return out;
}

/** [{ key, who, h, what, all, short }] from state a to state b. */
export function changesOf(p, a, b) {
  const rule =
    a.rule === b.rule
      ? []
      : [{ key: 'rule', who: 'Group rule', h: -1, what: `${RULES[a.rule]} → ${RULES[b.rule]}`, all: `${RULES[a.rule]} → ${RULES[b.rule]}`, short: 'rule' }];
  return [...weightChanges(p, a, b), ...powerChanges(p, a, b), ...rule, ...limitChanges(p, a, b)];
}

export const inWords = (changes) => changes.map((c) => `${c.who}: ${c.what}`).join('; ');
