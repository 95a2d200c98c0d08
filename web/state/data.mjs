// SPDX-License-Identifier: GPL-3.0-or-later
// From a result file (tradeoff-result/1) to the decision as the page holds it. Names are hostile
// text: they are looked up in Maps, never as properties of objects of ours.
import { RULES } from '../engine/engine.mjs';
import { list, number, own, text } from './given.mjs';
import { readLimits } from './limits.mjs';
import { readSampling } from './sampling.mjs';
import { readSimpler } from './simpler.mjs';

export class DataError extends Error {}

function need(ok, what) {
  if (!ok) throw new DataError(what);
}

/** Points of a value function: x increasing, values in [0, 1]. */
function readValue(points) {
  const out = list(points).map((q) => [number(q?.[0]), number(q?.[1])]);
  need(
    out.every(
      ([x, v], k) => x !== null && v !== null && v >= 0 && v <= 1 && (k === 0 || x > out[k - 1][0]),
    ),
    'a value function is none',
  );
  return out;
}

/** What reading and sampling find out of each is added to it.
 * @returns {any[]} */
function readCriteria(result, scenario, cut) {
  const wished = own(scenario, 'criteria');
  return list(result.criteria).map((c) => {
    const goal = c.goal;
    const target = number(own(goal, 'target'));
    need(goal === 'max' || goal === 'min' || target !== null, 'a criterion has no goal');
    const range = list(own(own(wished, c.id), 'range'));
    const given = range.length === 2;
    // A result in which nothing is feasible has no worst and best: the scenario has what was given.
    const [worst, best] = given ? range.map(number) : [number(c.worst), number(c.best)];
    return {
      id: text(c.id),
      label: text(c.label) || text(c.id),
      unit: text(c.unit),
      goal: target === null ? goal : 'target',
      target: target ?? 0,
      worst,
      best,
      observed: !given,
      // Candidates that are not listed may have set the observed range: it is then kept as it was.
      fixed: !list(c.value).length && (given || cut) && worst !== null && best !== null,
      levels: list(c.levels).map(String),
      indifference: number(c.indifference),
      value: readValue(c.value),
      mixes: text(own(own(wished, c.id), 'mixes')) || 'mean',
      error: text(c.error),
      correlation: number(c.correlation) ?? 0,
    };
  });
}

/** Statements on weights, in parts: a sum of weights is at least a bound, or above it. */
function readPrefers(parts, criterionOf) {
  return list(parts).map((q) => ({
    text: text(q?.text),
    sum: Object.entries(q?.sum ?? {})
      .filter(([id, x]) => criterionOf.has(id) && number(x) !== null)
      .map(([id, x]) => [criterionOf.get(id), x]),
    bound: number(q?.least) ?? number(q?.above) ?? 0,
    strict: number(q?.above) !== null,
  }));
}

function readStakeholders(result, scenario, criterionOf, criteria) {
  const wished = own(scenario, 'stakeholders');
  return list(result.stakeholders).map((h) => {
    const needs = [];
    for (const [id, q] of Object.entries(own(own(wished, h.id), 'needs') ?? {})) {
      const criterion = criterionOf.get(id);
      if (criterion === undefined) continue;
      const { levels } = criteria[criterion];
      const bound = (x) => (levels.includes(x) ? levels.indexOf(x) : number(x));
      needs.push({ criterion, min: bound(q.min), max: bound(q.max), veto: q.veto === true });
    }
    const written = own(wished, h.id);
    const weights = new Float64Array(criterionOf.size);
    // As written, where they are: shares of a whole would be rounded a second time.
    for (const [id, w] of Object.entries(own(written, 'weights') ?? h.weights ?? {}))
      if (criterionOf.has(id)) weights[criterionOf.get(id)] = w;
    const stated = own(scenario, 'powers') ? undefined : (own(written, 'power') ?? 1);
    const power = written ? (stated ?? h.power) : h.power;
    need(
      number(power) !== null &&
        power >= 0 &&
        weights.every((w) => number(w) !== null && w >= 0) &&
        weights.some((w) => w > 0),
      `the weights of ${text(h.id).slice(0, 60)} are no weights`,
    );
    const prefers = readPrefers(h.prefers, criterionOf);
    const label = text(h.label) || text(h.id);
    return { id: text(h.id), label, power, weights, needs, prefers };
  });
}

function readColumns(result, candidates) {
  const columns = new Map();
  for (const k of list(result.constraints))
    if (typeof k.column === 'string' && !columns.has(k.column)) {
      const cells = candidates.map((c) => own(c.columns, k.column) ?? null);
      const beyond = candidates.map((c) => number(own(c.columns_beyond, k.column)) ?? 0);
      columns.set(k.column, {
        name: k.column,
        at: columns.size,
        ...typed(cells),
        beyond: beyond.some((x) => x !== 0) ? Float64Array.from(beyond) : null,
      });
    }
  return columns;
}

/** A column as numbers and as words: a limit may look at it in either way. */
function typed(cells) {
  const at = new Map();
  const word = new Uint32Array(cells.length);
  cells.forEach((x, i) => {
    const s = x === null ? '' : String(x);
    if (!at.has(s)) at.set(s, at.size);
    word[i] = at.get(s);
  });
  const number = Float64Array.from(cells, (x) => (typeof x === 'number' ? x : NaN));
  return { number, word, words: [...at.keys()] };
}

function readReadings(candidates, criteria) {
  const n = candidates.length;
  criteria.forEach((c) => {
    c.reading = new Float64Array(n);
    let some = false;
    const se = new Float64Array(n).fill(NaN);
    for (let i = 0; i < n; i++) {
      c.reading[i] = number(own(candidates[i].measured, c.id)) ?? NaN;
      const x = c.reading[i];
      need(
        !c.levels.length ||
          Number.isNaN(x) ||
          (Number.isInteger(x) && x >= 0 && x < c.levels.length),
        `a reading of ${c.id.slice(0, 60)} is none of its levels`,
      );
      const more = number(own(candidates[i].beyond, c.id));
      if (more !== null) (c.beyond ??= new Float64Array(n))[i] = more;
      const e = number(own(candidates[i].se, c.id));
      if (e !== null) {
        se[i] = e;
        some = true;
      }
    }
    c.se = some ? se : null;
  });
}

/** By rows, of each candidate with those before it and with itself; null: errors are not joint. */
function readCovariance(c, n) {
  const of = list(c.covariance);
  return of.length === (n * (n + 1)) / 2 && n <= 200 && of.length
    ? Float64Array.from(of, (x) => number(x) ?? 0)
    : null;
}

const TAKES = ['worst', 'gap', 'ratio', 'mean'];

/** What a criterion was taken from, in subgroups; null where it has none. */
function readGroups(c, candidates) {
  const take = TAKES.indexOf(text(own(c.groups, 'take')));
  if (take < 0) return null;
  const size = text(own(c.groups, 'size'));
  const at = new Map();
  const start = new Uint32Array(candidates.length + 1);
  const group = [];
  const value = [];
  const sizes = [];
  candidates.forEach((x, i) => {
    const counts = own(x.group_sizes, c.id);
    for (const [name, v] of Object.entries(own(x.groups, c.id) ?? {})) {
      if (number(v) === null) continue;
      if (!at.has(name)) at.set(name, at.size);
      group.push(at.get(name));
      value.push(v);
      sizes.push(number(own(counts, name)) ?? NaN);
    }
    start[i + 1] = group.length;
  });
  return {
    take,
    size,
    names: [...at.keys()],
    start,
    group: Uint32Array.from(group),
    value: Float64Array.from(value),
    sizes: size ? Float64Array.from(sizes) : null,
  };
}

function readImputed(candidates, criteria, criterionOf) {
  const n = candidates.length;
  let flags = null;
  candidates.forEach((x, i) => {
    for (const id of Object.keys(x.assumed ?? {})) {
      flags ??= new Uint8Array(n * criteria.length);
      if (criterionOf.has(id)) flags[criterionOf.get(id) * n + i] = 1;
    }
  });
  return flags;
}

/** The terms of each criterion, with the cells of their columns: in p.cells, each column once. */
function readTerms(result, scenario, criteria, candidates) {
  const wished = own(scenario, 'criteria');
  const at = new Map();
  const cells = [];
  const cellsOf = (column, numbers) => {
    if (!at.has(column)) {
      at.set(column, cells.length);
      cells.push(numbers());
    }
    return at.get(column);
  };
  list(result.criteria).forEach((r, k) => {
    const c = criteria[k];
    const written = own(wished, c.id) ?? {};
    const linear = own(written, 'linear');
    const numbers = (column) =>
      Float64Array.from(candidates, (x) => number(own(x.cells, column)) ?? NaN);
    c.linear = linear !== undefined;
    c.zeroIsMissing = own(written, 'zero_is_missing') === true;
    c.terms = c.linear
      ? Object.entries(linear).map(([column, coefficient]) => ({ column, coefficient }))
      : own(written, 'column') === undefined
        ? []
        : [{ column: text(written.column), coefficient: 1 }];
    c.ofCells = c.linear
      ? c.terms.every((t) => candidates.some((x) => own(x.cells, t.column) !== undefined))
      : r.cells !== false && !c.groups;
    for (const t of c.terms)
      t.cell = c.ofCells
        ? cellsOf(t.column, () => (c.linear ? numbers(t.column) : c.levels.length ? null : c.reading))
        : -1;
  });
  return cells;
}

/** Columns that say who is a candidate: ids, keys of joined files, conditions of "where". */
function readKeyColumns(scenario) {
  const from = own(scenario, 'candidates');
  const keys = list(own(from, 'join')).flatMap((j) => own(j, 'on') ?? []);
  const where = list(own(from, 'where')).filter(
    (w) => Object.keys(w).some((k) => !['column', 'present'].includes(k)) || w.present !== true,
  );
  return [own(from, 'id'), keys, where.map((w) => w.column)]
    .flat(2)
    .map((x) => (x && typeof x === 'object' ? Object.keys(x) : x))
    .flat()
    .filter((x) => typeof x === 'string');
}

const indexOf = (items) => new Map(items.map((x, i) => [x.id, i]));

/** What the object of a rule says beside its name: the weights of owa, the stages of priorities. */
function readRuleOptions(rule, stakeholders) {
  const order = list(own(rule, 'order'));
  const stageOf = (h) => order.findIndex((group) => list(group).includes(h.id));
  return {
    weights: list(own(rule, 'weights')).map(Number),
    stage: order.length ? stakeholders.map(stageOf) : null,
    slack: Number(own(rule, 'slack') ?? 0),
  };
}

/** result: the parsed JSON of a result file; text: the file. */
export function readProblem(result, file = '') {
  need(result && typeof result === 'object', 'this is no JSON object');
  need(
    result.format === 'tradeoff-result/1',
    'this is no result of tradeoff (its "format" is not "tradeoff-result/1")',
  );
  const candidates = list(result.candidates);
  const scenario = result.scenario ?? {};
  const counts = result.counts ?? {};
  const loaded = Math.max(
    0,
    (counts.rows ?? candidates.length) - (counts.where ?? 0) - (counts.averaged ?? 0),
  );
  const cut = candidates.length < loaded;
  const criteria = readCriteria(result, scenario, cut);
  const criterionOf = indexOf(criteria);
  const stakeholders = readStakeholders(result, scenario, criterionOf, criteria);
  need(
    criteria.length > 0 && stakeholders.length > 0,
    'the result has no criteria or stakeholders',
  );
  readReadings(candidates, criteria);
  list(result.criteria).forEach((c, k) => {
    criteria[k].groups = readGroups(c, candidates);
    criteria[k].covariance = readCovariance(c, candidates.length);
    const written = own(own(own(scenario, 'criteria'), criteria[k].id), 'groups');
    if (criteria[k].groups)
      Object.assign(criteria[k].groups, {
        file: text(own(c.groups, 'file')),
        group_column: text(own(written, 'group')),
        value_column: text(own(written, 'value')),
      });
  });
  const cells = readTerms(result, scenario, criteria, candidates);
  const columns = readColumns(result, candidates);
  const ids = candidates.map((c) => text(c.id));
  need(
    stakeholders.some((h) => h.power > 0),
    'nobody has a say',
  );
  const indexOfId = new Map(ids.map((id, i) => [id, i]));
  need(
    indexOfId.size === ids.length && criterionOf.size === criteria.length,
    'an id is there twice',
  );
  const incumbent = own(own(scenario, 'candidates'), 'incumbent');
  const rule = RULES.indexOf(text(own(scenario, 'rule')) || text(own(own(scenario, 'rule'), 'name')) || text(result.recommendation?.rule));
  const problem = {
    result,
    text: file,
    scenario,
    criteria,
    criterionOf,
    stakeholders,
    ids,
    indexOfId,
    cut,
    cells,
    keyColumns: readKeyColumns(scenario),
    averaged: counts.averaged ?? 0,
    writtenTitle: text(result.title),
    title: text(result.title) || 'Untitled decision',
    n: candidates.length,
    unlisted: Math.max(0, loaded - candidates.length),
    lines: Uint32Array.from(candidates, (c) => c.line ?? 0),
    dropped: Uint8Array.from(candidates, (c, i) =>
      c.status === 'dropped' || criteria.some((k) => Number.isNaN(k.reading[i])) ? 1 : 0,
    ),
    imputed: readImputed(candidates, criteria, criterionOf),
    columns: [...columns.values()],
    limits: readLimits(result, criterionOf, columns, indexOf(stakeholders), ids),
    rows: counts.rows ?? candidates.length,
    whereDropped: counts.where ?? 0,
    incumbent: indexOfId.get(incumbent) ?? -1,
    level: number(own(own(scenario, 'robustness'), 'level')) ?? 0.95,
    simpler: readSimpler(own(scenario, 'simpler'), result.recommendation, criterionOf, indexOfId),
    feasible: Uint8Array.from(candidates, (c) => (c.status === 'feasible' ? 1 : 0)),
    rule: rule < 0 ? 0 : rule,
    ruleOptions: readRuleOptions(own(scenario, 'rule'), stakeholders),
    inputs: list(result.inputs),
    warnings: list(result.warnings),
    generator: result.generator ?? { name: 'tradeoff', version: '?' },
  };
  return Object.assign(problem, { sampling: readSampling(problem) });
}
