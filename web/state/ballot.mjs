// SPDX-License-Identifier: GPL-3.0-or-later
// Ballots (tradeoff-ballot/1): one person's wishes as a small file, by ids, with the hashes of the
// facts they had before them; and what several say together, as `tradeoff gather` has it.
import { own } from './given.mjs';

export class BallotError extends Error {}

const isWeight = (x) => typeof x === 'number' && Number.isFinite(x) && x >= 0;

/** The facts of a decision: roles, names and hashes of its files. */
const inputsOf = (p) => p.inputs.map(({ role, file, sha256 }) => ({ role, file: String(file), sha256: String(sha256) }));
const hashOf = (inputs, role) => inputs.filter((x) => x?.role === role).map((x) => x.sha256).sort().join();

/** What they preferred before, and their answers. */
function saidBy(p, h, statements) {
  const written = own(p.scenario?.stakeholders, p.stakeholders[h].id);
  const list = (key) => (Array.isArray(own(written, key)) ? written[key] : []);
  const rates = list('rates');
  return { prefers: [...list('prefers'), ...statements], ...(rates.length ? { rates } : {}) };
}

function weightsOf({ problem: p, state }, h) {
  const weights = {};
  p.criteria.forEach((c, k) => {
    if (state.weights[h][k] > 0) Object.defineProperty(weights, c.id, { value: state.weights[h][k], enumerable: true });
  });
  return { weights };
}

/** The ballot of stakeholder h as they set it here; by: the person; words: what must not happen;
 * statements: of their answers, in the place of weights; null: there are none. */
export function ballotOf(session, h, by, words, statements) {
  const { problem: p } = session;
  return {
    format: 'tradeoff-ballot/1',
    generator: { name: 'tradeoff', version: String(p.generator.version) },
    inputs: inputsOf(p),
    stakeholder: p.stakeholders[h].id,
    by: by.trim() || null,
    ...(statements ? saidBy(p, h, statements) : weightsOf(session, h)),
    objections: words.trim() ? [{ candidate: null, words: words.trim() }] : [],
  };
}

/** A ballot as text, read for this decision: { h, by, weights: by criteria or null, power, words, misfits }.
 * Throws what is wrong with it: no ballot, or made for other facts. */
export function readBallot(p, text) {
  let b;
  try {
    b = JSON.parse(text);
  } catch {
    throw new BallotError('it is no JSON');
  }
  if (own(b, 'format') !== 'tradeoff-ballot/1') throw new BallotError('it is no ballot of tradeoff');
  const inputs = Array.isArray(own(b, 'inputs')) ? b.inputs : [];
  for (const role of ['candidates', 'join', 'groups', 'items'])
    if (hashOf(inputs, role) !== hashOf(inputsOf(p), role)) throw new BallotError(`it was made for other ${role === 'candidates' ? 'candidates' : 'data'}`);
  const h = p.stakeholders.findIndex((q) => q.id === b.stakeholder);
  if (h < 0) throw new BallotError(`“${String(b.stakeholder).slice(0, 60)}” is no stakeholder here`);
  const misfits = [];
  if (hashOf(inputs, 'scenario') !== hashOf(inputsOf(p), 'scenario')) misfits.push('made for another version of the scenario: applied by ids');
  let weights = null;
  if (own(b, 'weights') !== undefined) {
    weights = new Array(p.criteria.length).fill(0);
    for (const [id, w] of Object.entries(b.weights ?? {})) {
      if (!isWeight(w)) throw new BallotError(`the weight of ${id.slice(0, 60)} is none`);
      if (p.criterionOf.has(id)) weights[p.criterionOf.get(id)] = w;
      else if (w > 0) misfits.push(`${id} is no criterion here`);
    }
    if (!weights.some((w) => w > 0)) throw new BallotError('none of its weights is in this scenario');
  }
  for (const k of ['prefers', 'rates', 'vague', 'needs'])
    if (own(b, k) !== undefined) misfits.push(`its ${k} are for tradeoff gather: the page takes weights and words`);
  if (isWeight(b.power) && b.power !== powerOf(p, h)) misfits.push(`its power ${b.power} counts beside other ballots for ${p.stakeholders[h].label} only: what these count in the group stays`);
  const words = (Array.isArray(own(b, 'objections')) ? b.objections : []).map((x) => [typeof x?.candidate === 'string' ? `${x.candidate}: ` : '', String(x?.words ?? '')].join('')).filter(Boolean);
  return { h, by: typeof b.by === 'string' ? b.by : '', weights, power: isWeight(b.power) ? b.power : null, words, misfits, text };
}

/** What a ballot for stakeholder h counts beside others where it does not say: as the scenario has it. */
function powerOf(p, h) {
  const people = p.scenario?.stakeholders;
  const given = (q) => own(own(people, q.id), 'power');
  return given(p.stakeholders[h]) ?? (p.stakeholders.some((q) => given(q) !== undefined) ? 1 : p.stakeholders[h].power);
}

const shares = (w) => {
  const sum = w.reduce((a, b) => a + b, 0);
  return w.map((x) => x / sum);
};

/** Those of the texts that are ballots for this decision, read. */
export function fittingBallots(problem, texts) {
  return texts.flatMap((text) => {
    try {
      return [readBallot(problem, text)];
    } catch (error) {
      if (!(error instanceof BallotError)) throw error;
      return [];
    }
  });
}

/** What those for one stakeholder say: { list, mean, median, spread: of each criterion, apart: the
 * largest of them }; null: nobody with weights. The mean counts each by its power. */
export function together(p, ballots, h) {
  const list = ballots.filter((b) => b.h === h && b.weights);
  if (!list.length) return null;
  const all = list.map((b) => shares(b.weights));
  const power = list.map((b) => b.power ?? powerOf(p, h));
  const counted = power.reduce((a, b) => a + b, 0);
  const part = (k) => (counted > 0 ? power[k] / counted : 1 / list.length);
  const column = (c) => all.map((w) => w[c]).sort((a, b) => a - b);
  const of = (f) => p.criteria.map((_, c) => f(c));
  const spread = of((c) => column(c).at(-1) - column(c)[0]);
  return {
    list,
    all,
    mean: list.length === 1 ? list[0].weights : of((c) => all.reduce((a, w, k) => a + w[c] * part(k), 0)),
    median: of((c) => (column(c)[Math.floor((list.length - 1) / 2)] + column(c)[Math.ceil((list.length - 1) / 2)]) / 2),
    spread,
    apart: Math.max(...spread),
  };
}
