// SPDX-License-Identifier: GPL-3.0-or-later
// What a meeting can change, and nothing else: wishes, limits, pins, notes, the look. It can be
// undone, put into the URL fragment and into a saved copy.

import { RULES } from '../engine/rules.mjs';
import { list } from './given.mjs';

const round4 = (x) => Math.round(x * 1e4) / 1e4;

/** How a locked weight is named. */
export const lockKey = (p, h, c) => `${p.stakeholders[h].id} ${p.criteria[c].id}`;

/** What decides ranks, and nothing of the look. */
export function decisions({ weights, powers, rule, limits }) {
  return {
    weights: weights.map((w) => w.slice()),
    powers: powers.slice(),
    rule,
    limits: limits.map((l) => ({ ...l })),
  };
}

export function startState(p) {
  return {
    weights: p.stakeholders.map((h) => Float64Array.from(h.weights)),
    powers: Float64Array.from(p.stakeholders, (h) => h.power),
    rule: p.rule,
    limits: p.limits.map((l) => ({ ...l })),
    missed: [], // what an address said that did not fit this decision
    pins: [],
    // chosen: a candidate, -1: the recommended one; accepted: words by the text of a broken limit
    // stands: [accepts, objects or abstains, words] by the id of a stakeholder
    notes: { why: '', dissent: '', by: '', date: '', chosen: -1, accepted: new Map(), stands: new Map() },
    log: new Map(), // who made a change and why, by what was changed
    locks: new Set(), // "stakeholder criterion": weights that others leave alone
    who: 0, // whose wishes are on the screen
    mine: -1, // who has the page to themselves
    ballots: [], // as text
    brush: new Map(),
    hidden: new Set(),
    axes: p.criteria.map((_, c) => c),
    x: -1, // axes of the scatter; -1: the two in strongest conflict
    y: -1,
    logX: false,
    logY: false,
    selected: -1,
    view: 'candidates',
    keepOrder: false,
    folded: false,
    large: false,
    scheme: 'auto',
  };
}

export function cloneState(s) {
  return {
    ...s,
    weights: s.weights.map((w) => w.slice()),
    powers: s.powers.slice(),
    limits: s.limits.map((l) => ({ ...l })),
    pins: [...s.pins],
    notes: { ...s.notes },
    log: new Map(s.log),
    locks: new Set(s.locks),
    ballots: [...s.ballots],
    brush: new Map(s.brush),
    hidden: new Set(s.hidden),
    axes: [...s.axes],
  };
}

/** Half a step of a slider: as close as it can come to where it began. */
const HALF_STEP = 0.005;

/** Sets share k of a gesture that began at the shares `from`; the others keep the proportions they
 * had there, so that the way back ends where it began; those that are locked keep what they have.
 * snap: how near to where it began counts as there.
 * Returns whether shares were given to those that had none: only where all others had none.
 * @param {Float64Array} shares @param {number} k @param {number} to @param {Float64Array} from
 * @param {(k: number) => boolean} locked @param {number} snap */
export function setShare(
  shares,
  k,
  to,
  from = shares.slice(),
  locked = () => false,
  snap = HALF_STEP,
) {
  const total = from.reduce((a, b) => a + b, 0) || 1;
  const free = [...from.keys()].filter((c) => c !== k && !locked(c));
  const kept = from.reduce((a, b, c) => (c !== k && locked(c) ? a + b / total : a), 0);
  const x = Math.min(1 - kept, Math.max(0, to));
  if (!free.length || Math.abs(x - from[k] / total) <= snap) {
    shares.set(from);
    return false;
  }
  const rest = free.reduce((a, c) => a + from[c], 0);
  const left = 1 - kept - x;
  for (let c = 0; c < shares.length; c++) if (c !== k) shares[c] = from[c] / total;
  for (const c of free) shares[c] = rest > 0 ? (from[c] / rest) * left : left / free.length;
  shares[k] = round4(x);
  return !(rest > 0) && left > 1e-9;
}

/** Sets shares as they are typed, in any order: the typed and the locked ones as they are, what is
 * left goes to the others in the proportions of `from`; where none of them has any, it is left open
 * until all is typed.
 * @param {Float64Array} shares @param {Map<number, number>} typed @param {Float64Array} from
 * @param {(k: number) => boolean} locked */
export function typeShares(shares, typed, from, locked = () => false) {
  const total = from.reduce((a, b) => a + b, 0) || 1;
  const fixed = (c) => typed.has(c) || locked(c);
  let [rest, given] = [0, 0];
  from.forEach((w, c) => {
    if (typed.has(c)) given += typed.get(c);
    else if (locked(c)) given += w / total;
    else rest += w / total;
  });
  const left = Math.max(0, 1 - given);
  const next = Array.from(from, (w, c) =>
    typed.has(c) ? typed.get(c) : fixed(c) ? w / total : rest > 0 ? (w / total / rest) * left : 0,
  );
  if (next.some((w) => w > 0)) shares.set(next.map((w) => Number(w.toPrecision(12))));
}

/** Statements of a stakeholder, and those that the weights break. */
export function statementsOf(q, weights) {
  const total = weights.reduce((a, b) => a + b, 0) || 1;
  const holds = ({ sum, bound, strict }) => {
    const size = sum.reduce((a, [, x]) => Math.max(a, Math.abs(x)), 1);
    const by = sum.reduce((a, [c, x]) => a + (x * weights[c]) / total, -bound);
    return strict ? by > 0 : by >= -1e-9 * size;
  };
  const texts = (parts) => [...new Set(parts.map((x) => x.text))];
  return { all: texts(q.prefers), broken: texts(q.prefers.filter((x) => !holds(x))) };
}

const same = (a, b) => a.length === b.length && a.every((x, k) => x === b[k]);

/** Did anything change that decides ranks? */
export function isChanged(a, b) {
  return (
    a.rule !== b.rule ||
    !same(a.powers, b.powers) ||
    a.weights.some((w, h) => !same(w, b.weights[h])) ||
    limitsChanged(a, b)
  );
}

export function limitsChanged(a, b) {
  return (
    a.limits.length !== b.limits.length ||
    a.limits.some(
      (l, j) => l.on !== b.limits[j].on || l.min !== b.limits[j].min || l.max !== b.limits[j].max,
    )
  );
}

/** A limit that the meeting changed is the meeting's; put back, it is its owner's again. A veto
 * stays with the stakeholder, whose need it is. */
export function attribute(l, base) {
  if (!base || l.stakeholder >= 0) return;
  const moved = l.min !== base.min || l.max !== base.max;
  const before = [base.text, [base.owner, base.why].filter(Boolean).join(': ')];
  l.owner = moved ? 'meeting' : base.owner;
  l.why = moved ? `was ${before.filter(Boolean).join(', ')}` : base.why;
}

// ---- as text: ids and what is limited, never positions ----

const byId = (items, values) => items.map((x, k) => [x.id, values[k]]);

/** Which measurements a decision is about. */
const factsOf = (p) =>
  p.inputs
    .filter((x) => x.role !== 'scenario')
    .map((x) => String(x.sha256).slice(0, 16))
    .sort();

/** What tells a limit of the scenario from the others, wherever it stands in the list. */
function limitKey(p, l) {
  const what = [p.criteria[l.criterion]?.id, p.columns[l.column]?.name, p.stakeholders[l.stakeholder]?.id];
  return JSON.stringify([
    ...what.map((x) => x ?? null),
    l.min,
    l.max,
    l.equals,
    l.in,
    l.notIn,
    l.owner,
  ]);
}

function packLimits(p, s, start) {
  const out = start.limits.flatMap((b) => {
    const l = s.limits.find((x) => x.base === b.base);
    const now = l ? { on: l.on, min: l.min, max: l.max } : { on: false, min: b.min, max: b.max };
    const kept = now.on === b.on && now.min === b.min && now.max === b.max;
    return kept ? [] : [{ key: limitKey(p, b), text: b.text, ...now }];
  });
  const added = s.limits.filter((l) => l.base < 0);
  return [
    ...out,
    ...added.map((l) => ({
      c: p.criteria[l.criterion].id,
      on: l.on,
      min: l.min,
      max: l.max,
      owner: l.owner,
      why: l.why,
    })),
  ];
}

const WRITTEN = ['why', 'dissent', 'by', 'date'];

function packNotes(p, notes) {
  const out = Object.fromEntries(WRITTEN.map((k) => [k, notes[k]]));
  if (notes.chosen >= 0) out.chosen = p.ids[notes.chosen];
  if (notes.accepted.size) out.accepted = [...notes.accepted];
  if (notes.stands.size) out.stands = [...notes.stands];
  return out;
}

/** Only what differs from the start. */
export function packState(p, s) {
  const start = startState(p);
  const id = (c) => p.criteria[c].id;
  const out = {};
  const weights = p.stakeholders.flatMap((q, h) =>
    same(s.weights[h], start.weights[h]) ? [] : [[q.id, byId(p.criteria, s.weights[h])]],
  );
  if (weights.length) out.w = weights;
  if (!same(s.powers, start.powers)) out.p = byId(p.stakeholders, s.powers);
  if (s.rule !== start.rule) out.r = RULES[s.rule];
  const limits = packLimits(p, s, start);
  if (limits.length) out.l = limits;
  if (s.pins.length) out.pins = s.pins.map((i) => p.ids[i]);
  const notes = packNotes(p, s.notes);
  if (Object.values(notes).some((x) => x.length)) out.notes = notes;
  if (s.log.size) out.log = [...s.log];
  if (s.locks.size) out.locks = [...s.locks];
  if (s.ballots.length) out.ballots = s.ballots;
  if (s.mine >= 0) out.mine = p.stakeholders[s.mine].id;
  if (s.who !== start.who) out.who = p.stakeholders[s.who].id;
  if (s.brush.size) out.b = [...s.brush].map(([c, range]) => [id(c), range]);
  if (s.hidden.size) out.h = [...s.hidden].map(id);
  if (!same(s.axes, start.axes)) out.a = s.axes.map(id);
  for (const k of ['x', 'y']) if (s[k] !== start[k]) out[k] = id(s[k]);
  for (const k of ['logX', 'logY', 'view', 'large', 'folded', 'scheme', 'keepOrder'])
    if (s[k] !== start[k]) out[k] = s[k];
  if (s.selected >= 0) out.sel = p.ids[s.selected];
  if (Object.keys(out).length) out.facts = factsOf(p);
  return out;
}

const isShare = (x) => Number.isFinite(x) && x >= 0;
const bound = (x) => (Number.isFinite(x) ? x : null);
const pairs = (x) => list(x).filter((q) => Array.isArray(q) && q.length === 2);

/** Shares by id into `to`; what did not fit is said in words. */
function unpackShares(to, items, packed, whose, missed) {
  const given = new Map(pairs(packed));
  const ids = new Set(items.map((x) => x.id));
  const next = items.map((x) => (given.has(x.id) ? given.get(x.id) : 0));
  if (!next.every(isShare) || !next.some((w) => w > 0)) {
    missed.push(`${whose} (nothing of it is in this scenario)`);
    return;
  }
  const gone = [...given].filter(([id, w]) => !ids.has(id) && w > 0).map(([id]) => id);
  const fresh = items.filter((x) => !given.has(x.id)).map((x) => x.label);
  if (gone.length) missed.push(`${whose}: ${gone.join(', ')} is not in this scenario`);
  if (fresh.length) missed.push(`${whose}: nothing was said about ${fresh.join(', ')}, taken as 0`);
  to.set(next);
}

function unpackWishes(p, s, packed, missed) {
  for (const [who, weights] of pairs(packed.w)) {
    const h = p.stakeholders.findIndex((q) => q.id === who);
    if (h < 0) missed.push(`weights of ${who}, who is not in this scenario`);
    else
      unpackShares(s.weights[h], p.criteria, weights, `weights of ${p.stakeholders[h].label}`, missed);
  }
  if (packed.p !== undefined) {
    const had = pairs(packed.p).map(([who]) => who);
    if (same([...had].sort(), p.stakeholders.map((q) => q.id).sort()))
      unpackShares(s.powers, p.stakeholders, packed.p, 'who has how much say', missed);
    else missed.push('who has how much say (other stakeholders than in this scenario)');
  }
  if (packed.r === undefined) return;
  const rule = RULES.indexOf(packed.r);
  if (rule < 0) missed.push(`the rule ${String(packed.r)}`);
  else s.rule = rule;
}

function unpackLimits(p, s, packed, missed) {
  const free = s.limits.map((l) => [limitKey(p, l), l]);
  for (const l of list(packed).slice(0, 64)) {
    if (!l || typeof l !== 'object') continue;
    const change = { on: l.on !== false, min: bound(l.min), max: bound(l.max) };
    const k = free.findIndex(([key]) => key === l.key);
    const c = p.criterionOf.get(l.c);
    if (k >= 0) {
      const [, mine] = free.splice(k, 1)[0];
      Object.assign(mine, change);
      attribute(mine, p.limits[mine.base]);
    } else if (typeof l.key !== 'string' && c !== undefined)
      s.limits.push(newLimit(s, c, change, String(l.owner ?? ''), String(l.why ?? '')));
    else missed.push(`the limit ${String(l.text ?? l.c)}, which is not in this scenario`);
  }
}

function unpackLook(p, s, packed) {
  const at = (id) => p.criterionOf.get(id);
  for (const id of list(packed.pins).slice(0, 3))
    if (p.indexOfId.has(id)) s.pins.push(p.indexOfId.get(id));
  for (const k of WRITTEN)
    if (typeof packed.notes?.[k] === 'string') s.notes[k] = packed.notes[k];
  s.notes.chosen = p.indexOfId.get(packed.notes?.chosen) ?? -1;
  const words = pairs(packed.notes?.accepted).filter((q) => q.every((x) => typeof x === 'string'));
  s.notes.accepted = new Map(words);
  const isStand = ([, x]) => Array.isArray(x) && x.length === 2 && x.every((t) => typeof t === 'string');
  s.notes.stands = new Map(pairs(packed.notes?.stands).filter(isStand));
  s.log = new Map(pairs(packed.log).filter(isStand));
  for (const k of list(packed.locks)) if (typeof k === 'string') s.locks.add(k);
  s.ballots = list(packed.ballots).filter((x) => typeof x === 'string');
  s.mine = p.stakeholders.findIndex((q) => q.id === packed.mine);
  s.who = Math.max(0, p.stakeholders.findIndex((q) => q.id === packed.who));
  for (const [id, range] of pairs(packed.b))
    if (at(id) !== undefined && Array.isArray(range)) s.brush.set(at(id), range.map(Number));
  for (const id of list(packed.h)) if (at(id) !== undefined) s.hidden.add(at(id));
  const axes = list(packed.a).map(at);
  if (axes.length === s.axes.length && new Set(axes).size === axes.length && !axes.includes(undefined))
    s.axes = axes;
  for (const k of ['x', 'y']) s[k] = at(packed[k]) ?? s[k];
  for (const k of ['logX', 'logY', 'large', 'folded', 'keepOrder'])
    if (typeof packed[k] === 'boolean') s[k] = packed[k];
  for (const k of ['view', 'scheme']) if (typeof packed[k] === 'string') s[k] = packed[k];
  s.selected = p.indexOfId.get(packed.sel) ?? -1;
}

/** The reverse. What does not fit this decision is left out and said in state.missed. */
export function unpackState(p, packed) {
  const s = startState(p);
  if (!packed || typeof packed !== 'object') return s;
  if (packed.facts !== undefined && list(packed.facts).join() !== factsOf(p).join())
    s.missed.push('it was made for other measurements; wishes and limits were taken over by name');
  unpackWishes(p, s, packed, s.missed);
  unpackLimits(p, s, packed.l, s.missed);
  unpackLook(p, s, packed);
  return s;
}

export function newLimit(s, criterion, change, owner, why) {
  return {
    key: `n${s.limits.length}`,
    base: -1,
    text: '',
    owner,
    why,
    criterion,
    column: -1,
    stakeholder: -1,
    equals: null,
    in: [],
    notIn: [],
    shown: null,
    judged: null,
    on: true,
    min: null,
    max: null,
    ...change,
  };
}

const toBase64 = (s) =>
  btoa(Array.from(new TextEncoder().encode(s), (x) => String.fromCharCode(x)).join(''))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
const fromBase64 = (s) =>
  new TextDecoder().decode(
    Uint8Array.from(atob(s.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0)),
  );

export const toFragment = (packed) =>
  Object.keys(packed).length ? `#s=${toBase64(JSON.stringify(packed))}` : '';

export function fromFragment(hash) {
  try {
    if (hash.startsWith('#me=')) return { mine: decodeURIComponent(hash.slice(4)) };
    return hash.startsWith('#s=') ? JSON.parse(fromBase64(hash.slice(3))) : null;
  } catch {
    return null;
  }
}
