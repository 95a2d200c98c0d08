// SPDX-License-Identifier: GPL-3.0-or-later
// The scenario that reproduces with `tradeoff run` what is on the screen.
import { RULES } from '../engine/engine.mjs';
import { startState } from './state.mjs';

const same = (a, b) => a.length === b.length && a.every((x, k) => x === b[k]);

/** An object that takes any key, "__proto__" too. */
const plain = (entries) => {
  const o = {};
  for (const [k, v] of entries)
    Object.defineProperty(o, k, { value: v, enumerable: true, writable: true, configurable: true });
  return o;
};

function setStakeholders(out, session, notes) {
  const { problem: p, state: s } = session;
  const start = startState(p);
  const powers = !same(s.powers, start.powers);
  out.stakeholders = plain(
    p.stakeholders.map((q, k) => {
      const was = Object.hasOwn(out.stakeholders ?? {}, q.id) ? out.stakeholders[q.id] : {};
      const now = { ...was };
      if (!same(s.weights[k], start.weights[k])) {
        now.weights = plain(
          p.criteria.map((c, j) => [c.id, s.weights[k][j]]).filter(([, w]) => w > 0),
        );
        if (now.prefers) {
          delete now.prefers;
          notes.push(`What ${q.label} prefers was replaced by the weights set in the meeting.`);
        }
      }
      if (powers) now.power = s.powers[k];
      return [q.id, now];
    }),
  );
}

function limitJson(p, l) {
  const out =
    l.criterion >= 0
      ? { criterion: p.criteria[l.criterion].id }
      : { column: p.columns[l.column].name };
  for (const [k, v] of [
    ['min', l.min],
    ['max', l.max],
    ['equals', l.equals],
  ])
    if (v !== null) out[k] = v;
  if (l.in.length) out.in = l.in;
  if (l.notIn.length) out.not_in = l.notIn;
  if (l.owner) out.owner = l.owner;
  if (l.why) out.why = l.why;
  return out;
}

/** Vetoes are needs of a stakeholder: they are changed where they stand. */
function setVeto(out, p, l) {
  const q = p.stakeholders[l.stakeholder];
  const needs = out.stakeholders[q.id].needs;
  const id = p.criteria[l.criterion].id;
  if (!needs || !Object.hasOwn(needs, id)) return;
  const need = { ...needs[id] };
  if (!l.on) delete need.veto;
  else for (const k of ['min', 'max']) if (l[k] !== null) need[k] = l[k];
  out.stakeholders[q.id] = {
    ...out.stakeholders[q.id],
    needs: plain(Object.entries(needs).map(([k, v]) => [k, k === id ? need : v])),
  };
}

/** A limit that is relative to the incumbent stays so until its bound is moved. */
function absolute(written, now, before) {
  if (now.min === before.min && now.max === before.max) return written;
  const out = { ...written };
  for (const key of ['than', 'worse_by', 'worse_by_percent']) delete out[key];
  return out;
}

export function exportScenario(session) {
  const { problem: p, state: s } = session;
  const notes = [];
  const out = structuredClone(p.scenario);
  setStakeholders(out, session, notes);
  if (RULES[s.rule] !== (out.rule?.name ?? out.rule)) out.rule = RULES[s.rule];
  out.constraints = s.limits
    .filter((l) => l.stakeholder < 0 && l.on && !session.isEmpty(l))
    .map((l) => {
      const written = l.base >= 0 ? (p.scenario.constraints ?? [])[l.base] : null;
      const base = written?.than ? absolute(written, l, p.limits[l.base]) : written;
      if (base?.than) return base;
      return base
        ? {
            ...base,
            ...(l.min !== null ? { min: l.min } : {}),
            ...(l.max !== null ? { max: l.max } : {}),
            ...(l.owner ? { owner: l.owner } : {}),
            ...(l.why ? { why: l.why } : {}),
          }
        : limitJson(p, l);
    });
  if (!out.constraints.length) delete out.constraints;
  for (const l of s.limits) if (l.stakeholder >= 0) setVeto(out, p, l);
  return { json: `${JSON.stringify(out, null, 2)}\n`, notes };
}
