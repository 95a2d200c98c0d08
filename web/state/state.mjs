// SPDX-License-Identifier: GPL-3.0-or-later
// What a meeting can change, and nothing else: wishes, limits, pins, notes, the look. It can be
// undone, put into the URL fragment and into a saved copy.

import { RULES } from '../engine/rules.mjs';

const round4 = (x) => Math.round(x * 1e4) / 1e4;

/** The two numeric criteria that weigh most in the group: what a first chart should show. */
function firstAxes(p) {
  const weight = p.criteria.map((_, c) =>
    p.stakeholders.reduce((a, h) => a + h.power * h.weights[c], 0),
  );
  const spread = p.criteria.map((c) => c.reading.some((x) => x !== c.reading[0]));
  const order = p.criteria
    .map((_, c) => c)
    .sort(
      (a, b) =>
        Number(spread[b]) - Number(spread[a]) ||
        p.criteria[a].levels.length - p.criteria[b].levels.length ||
        weight[b] - weight[a] ||
        a - b,
    );
  return { y: order[0], x: order[1] ?? order[0] };
}

export function startState(p) {
  return {
    weights: p.stakeholders.map((h) => Float64Array.from(h.weights)),
    powers: Float64Array.from(p.stakeholders, (h) => h.power),
    rule: p.rule,
    limits: p.limits.map((l) => ({ ...l })),
    pins: [],
    notes: { why: '', dissent: '', by: '' },
    brush: new Map(),
    hidden: new Set(),
    axes: p.criteria.map((_, c) => c),
    ...firstAxes(p),
    logX: false,
    logY: false,
    selected: -1,
    view: 'ranking',
    keepOrder: false,
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
    brush: new Map(s.brush),
    hidden: new Set(s.hidden),
    axes: [...s.axes],
  };
}

/** Sets one share; the others keep their proportions (or share evenly, where all were 0). */
export function setShare(shares, k, to) {
  const total = shares.reduce((a, b) => a + b, 0) || 1;
  const rest = total - shares[k];
  const x = Math.min(1, Math.max(0, to));
  for (let c = 0; c < shares.length; c++)
    if (c !== k)
      shares[c] = round4(rest > 0 ? (shares[c] / rest) * (1 - x) : (1 - x) / (shares.length - 1));
  shares[k] = shares.length === 1 ? 1 : round4(x);
  if (!shares.some((w) => w > 0)) shares[k] = 1;
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

// ---- as text ----

/** Only what differs from the start, with ids in place of indices. */
export function packState(p, s) {
  const start = startState(p);
  const out = {};
  s.weights.forEach((w, h) => {
    if (!same(w, start.weights[h])) (out.w ??= {})[h] = [...w];
  });
  if (!same(s.powers, start.powers)) out.p = [...s.powers];
  if (s.rule !== start.rule) out.r = s.rule;
  const limits = s.limits.map((l, j) => {
    const b = start.limits[j];
    if (b && b.on === l.on && b.min === l.min && b.max === l.max) return 0;
    return b
      ? { on: l.on, min: l.min, max: l.max }
      : { on: l.on, min: l.min, max: l.max, c: l.criterion, owner: l.owner, why: l.why };
  });
  if (limits.some((l) => l !== 0)) out.l = limits;
  if (s.pins.length) out.pins = s.pins.map((i) => p.ids[i]);
  if (s.notes.why || s.notes.dissent || s.notes.by) out.notes = s.notes;
  if (s.brush.size) out.b = [...s.brush];
  if (s.hidden.size) out.h = [...s.hidden];
  if (!same(s.axes, start.axes)) out.a = s.axes;
  for (const k of ['x', 'y', 'logX', 'logY', 'view', 'large', 'scheme', 'keepOrder'])
    if (s[k] !== start[k]) out[k] = s[k];
  if (s.selected >= 0) out.sel = p.ids[s.selected];
  return out;
}

const isShares = (x, n) =>
  Array.isArray(x) &&
  x.length === n &&
  x.every((w) => Number.isFinite(w) && w >= 0) &&
  x.some((w) => w > 0);
const isIndex = (x, n) => Number.isInteger(x) && x >= 0 && x < n;
const bound = (x) => (Number.isFinite(x) ? x : null);

function unpackLimits(p, s, from) {
  from.slice(0, 64).forEach((l, j) => {
    if (!l || typeof l !== 'object') return;
    const change = { on: l.on !== false, min: bound(l.min), max: bound(l.max) };
    if (s.limits[j]) Object.assign(s.limits[j], change);
    else if (isIndex(l.c, p.criteria.length))
      s.limits.push(newLimit(s, l.c, change, String(l.owner ?? ''), String(l.why ?? '')));
  });
}

/** The reverse; what does not fit this decision is left out. */
export function unpackState(p, packed) {
  const s = startState(p);
  const d = p.criteria.length;
  if (!packed || typeof packed !== 'object') return s;
  for (const [h, w] of Object.entries(packed.w ?? {}))
    if (isIndex(Number(h), s.weights.length) && isShares(w, d)) s.weights[h] = Float64Array.from(w);
  if (isShares(packed.p, s.powers.length)) s.powers = Float64Array.from(packed.p);
  if (isIndex(packed.r, RULES.length)) s.rule = packed.r;
  if (Array.isArray(packed.l)) unpackLimits(p, s, packed.l);
  for (const id of Array.isArray(packed.pins) ? packed.pins.slice(0, 3) : [])
    if (p.indexOfId.has(id)) s.pins.push(p.indexOfId.get(id));
  for (const k of ['why', 'dissent', 'by'])
    if (typeof packed.notes?.[k] === 'string') s.notes[k] = packed.notes[k].slice(0, 20000);
  for (const [c, range] of Array.isArray(packed.b) ? packed.b : [])
    if (isIndex(c, d) && Array.isArray(range)) s.brush.set(c, range.map(Number));
  for (const c of Array.isArray(packed.h) ? packed.h : []) if (isIndex(c, d)) s.hidden.add(c);
  if (
    Array.isArray(packed.a) &&
    same(
      [...packed.a].sort((a, b) => a - b),
      s.axes.map((_, c) => c),
    )
  )
    s.axes = packed.a;
  for (const k of ['x', 'y']) if (isIndex(packed[k], d)) s[k] = packed[k];
  for (const k of ['logX', 'logY', 'large', 'keepOrder'])
    if (typeof packed[k] === 'boolean') s[k] = packed[k];
  for (const k of ['view', 'scheme']) if (typeof packed[k] === 'string') s[k] = packed[k];
  s.selected = p.indexOfId.get(packed.sel) ?? -1;
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
    on: true,
    min: null,
    max: null,
    ...change,
  };
}

const toBase64 = (s) =>
  btoa(String.fromCharCode(...new TextEncoder().encode(s)))
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
    return hash.startsWith('#s=') ? JSON.parse(fromBase64(hash.slice(3))) : null;
  } catch {
    return null;
  }
}
