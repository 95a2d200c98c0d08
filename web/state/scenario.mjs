// SPDX-License-Identifier: GPL-3.0-or-later
// The scenario that reproduces with `tradeoff run` what is on the screen, and the same as what is
// changed in the one that the page was made from (--set and --rule).
import { isEmpty } from './wanted.mjs';
import { RULES } from '../engine/engine.mjs';
import { compact, plain } from './json.mjs';
import { startState, statementsOf } from './state.mjs';

const same = (a, b) => a.length === b.length && a.every((x, k) => x === b[k]);
const escaped = (key) => key.replace(/[\\.=]/g, '\\$&');

/** Notes each change as it is made. */
class Changes {
  constructor() {
    this.set = [];
    this.rule = '';
    this.notes = [];
  }
  put(path, value) {
    this.set.push(`${path.map(escaped).join('.')}=${compact(value)}`);
  }
}

/** Weights as set; what the stakeholder prefers stays where it still holds. */
function setWeights(was, session, k, changes) {
  const { problem: p, state: s } = session;
  const q = p.stakeholders[k];
  const weights = plain(
    p.criteria.map((c, j) => [c.id, s.weights[k][j]]).filter(([, w]) => w > 0),
  );
  const now = { ...was, weights };
  if (!q.prefers.length || !statementsOf(q, s.weights[k]).broken.length) {
    changes.put(['stakeholders', q.id, 'weights'], weights);
    return now;
  }
  delete now.prefers;
  delete now.rates;
  changes.put(['stakeholders', q.id], now);
  changes.notes.push(`What ${q.label} prefers was replaced by the weights set in the meeting.`);
  return now;
}

function setStakeholders(out, session, changes) {
  const { problem: p, state: s } = session;
  const start = startState(p);
  const powers = !same(s.powers, start.powers);
  const moved = p.stakeholders.map((_, k) => !same(s.weights[k], start.weights[k]));
  if (!powers && !moved.includes(true)) return;
  out.stakeholders = plain(
    p.stakeholders.map((q, k) => {
      const was = Object.hasOwn(out.stakeholders ?? {}, q.id) ? out.stakeholders[q.id] : {};
      const now = moved[k] ? setWeights(was, session, k, changes) : { ...was };
      if (!powers) return [q.id, now];
      changes.put(['stakeholders', q.id, 'power'], s.powers[k]);
      return [q.id, { ...now, power: s.powers[k] }];
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

/** A limit that is relative to the incumbent stays so until its bound is moved. */
function absolute(written, now, before) {
  if (now.min === before.min && now.max === before.max) return written;
  const out = { ...written };
  for (const key of ['than', 'worse_by', 'worse_by_percent']) delete out[key];
  return out;
}

function constraintJson(p, l) {
  const written = l.base >= 0 ? (p.scenario.constraints ?? [])[l.base] : null;
  const before = p.limits[l.base];
  if (written && l.min === before.min && l.max === before.max) return written;
  const base = written?.than ? absolute(written, l, before) : written;
  if (!base) return limitJson(p, l);
  return {
    ...base,
    ...(l.min !== null ? { min: l.min } : {}),
    ...(l.max !== null ? { max: l.max } : {}),
    ...(l.owner ? { owner: l.owner } : {}),
    ...(l.why ? { why: l.why } : {}),
  };
}

function setConstraints(out, session, changes) {
  const { problem: p, state: s } = session;
  const list = s.limits
    .filter((l) => l.stakeholder < 0 && l.on && !isEmpty(l))
    .map((l) => constraintJson(p, l));
  if (compact(list) === compact(p.scenario.constraints ?? [])) return;
  out.constraints = list;
  changes.put(['constraints'], list);
}

/** Vetoes are needs of a stakeholder: they are changed where they stand. */
function setVeto(out, p, l, changes) {
  const q = p.stakeholders[l.stakeholder];
  const before = p.limits[l.base];
  const { needs } = out.stakeholders[q.id];
  const id = p.criteria[l.criterion].id;
  if (!needs || !Object.hasOwn(needs, id)) return;
  if (l.on && l.min === before.min && l.max === before.max) return;
  const need = { ...needs[id] };
  if (!l.on) delete need.veto;
  else for (const k of ['min', 'max']) if (l[k] !== null) need[k] = l[k];
  const moved = plain(Object.entries(needs).map(([k, v]) => [k, k === id ? need : v]));
  out.stakeholders = plain(
    Object.entries(out.stakeholders).map(([k, v]) => [k, k === q.id ? { ...v, needs: moved } : v]),
  );
  changes.put(['stakeholders', q.id, 'needs'], moved);
}

/** { scenario, set, rule, notes }: the scenario in effect, and what makes it of the first one. */
export function scenarioInEffect(session) {
  const { problem: p, state: s } = session;
  const changes = new Changes();
  const scenario = structuredClone(p.scenario);
  setStakeholders(scenario, session, changes);
  setConstraints(scenario, session, changes);
  for (const l of s.limits) if (l.stakeholder >= 0) setVeto(scenario, p, l, changes);
  if (s.rule !== p.rule) changes.rule = scenario.rule = RULES[s.rule];
  const { set, rule, notes } = changes;
  return { scenario, set, rule, notes };
}

export function exportScenario(session) {
  const { scenario, notes } = scenarioInEffect(session);
  if (!scenario.constraints?.length) delete scenario.constraints;
  return { json: `${JSON.stringify(scenario, null, 2)}\n`, notes };
}
