// SPDX-License-Identifier: GPL-3.0-or-later
// The bridge to the engine (engine.c as WebAssembly): hands over a decision, takes back arrays and
// sentences. Every value, rank and word on the page comes through here; this file computes nothing.
import {
  encodeAbout,
  encodeDecision,
  encodeKnown,
  encodeLimits,
  encodeProblem,
  encodeRepeats,
  encodeSampling,
} from './bytes.mjs';

// The order is that of web_array in arrays.h.
/** @type {[string, any][]} */
const ARRAYS = [
  ['feasible', Uint32Array],
  ['slot', Uint32Array],
  ['broken', Uint32Array],
  ['excludes', Uint32Array],
  ['alone', Uint32Array],
  ['value', Float64Array],
  ['worst', Float64Array],
  ['best', Float64Array],
  ['observed', Uint8Array],
  ['constant', Uint8Array],
  ['clamped', Uint32Array],
  ['member', Uint8Array],
  ['holds', Float64Array],
  ['weight', Float64Array],
  ['power', Float64Array],
  ['groupWeight', Float64Array],
  ['utility', Float64Array],
  ['favoured', Float64Array],
  ['disagreement', Float64Array],
  ['regret', Float64Array],
  ['stakeholderRank', Uint32Array],
  ['order', Uint32Array],
  ['favourite', Uint32Array],
  ['winner', Uint32Array],
  ['computed', Uint32Array],
  ['tied', Uint32Array],
  ['score', Float64Array],
  ['rank', Uint32Array],
  ['ruleScores', Float64Array],
  ['ruleRanks', Uint32Array],
  ['conflict', Uint32Array],
  ['relax', Float64Array],
  ['needGap', Float64Array],
  ['facts', Float64Array],
];
const LIMIT_ARRAYS = 13;
const FACTS = ARRAYS.length - 1;
const SAY = { recommendation: 0, candidate: 1, reasons: 2, error: 3, word: 4, limit: 5, warnings: 6, limitWords: 7, answer: 8 };
// The order is that of answer_standing in src/verdict/answer.h.
const STANDINGS = ['unknown', 'equal', 'alike', 'noise', 'better', 'worse'];
const RANK = { all: 0, headline: 1, given: 2 };
const NONE = 0xffffffff;
const STATUS = ['ok', 'usage', 'input', 'io', 'limit', 'memory', 'internal', 'interrupt'];

export { RULES } from './rules.mjs';

export class EngineError extends Error {}

export class Engine {
  /** bytes: the WebAssembly module. */
  static async start(bytes) {
    const wasi = { fd_close: () => 0, fd_seek: () => 70, fd_write: () => 28 };
    const { instance } = await WebAssembly.instantiate(bytes, { wasi_snapshot_preview1: wasi });
    const calls = /** @type {any} */ (instance.exports);
    calls._initialize?.();
    return new Engine(calls);
  }

  constructor(calls) {
    this.calls = calls;
    this.asking = null;
  }

  check(status) {
    if (status === 0) return;
    const said = STATUS[status] === 'memory' ? 'the page is out of memory' : this.words('error')[0];
    throw new EngineError(said || `the engine refused (${STATUS[status] ?? status})`);
  }

  input(bytes) {
    const at = this.calls.room(bytes.length);
    if (!at) throw new EngineError('the page is out of memory');
    new Uint8Array(this.calls.memory.buffer, at, bytes.length).set(bytes);
  }

  load(problem) {
    this.problem = problem;
    this.input(encodeProblem(problem));
    this.check(this.calls.load());
  }

  /** What a decision record needs beside the decision: once, after load. */
  about(warnings, said) {
    this.input(encodeAbout(this.problem, warnings, said));
    this.check(this.calls.about());
  }

  /** The weights behind the choice; known: what linear programs found, null where nothing holds. */
  weigh(known) {
    this.input(known ? encodeKnown(known, this.problem.criteria.length) : new Uint8Array(0));
    this.check(this.calls.weigh());
  }

  /** The decision record, as the program writes it. Throws what the program would say. */
  record(decision, json) {
    this.input(encodeDecision(decision));
    this.check(this.calls.decide(json ? 1 : 0));
    return this.text();
  }

  copy(k) {
    const [, Type] = ARRAYS[k];
    const count = this.calls.count(k);
    return count
      ? new Type(this.calls.memory.buffer, this.calls.array(k), count).slice()
      : new Type(0);
  }

  /** Begins to ask stakeholder h, who prefers so much already; the limits as they are stand until limit(). */
  ask(h, prefers) {
    const d = this.problem.criteria.length + 1;
    const rows = new Float64Array(d * prefers.length);
    prefers.forEach(({ sum, bound }, k) => {
      rows[k * d] = bound;
      for (const [c, x] of sum) rows[k * d + 1 + c] = x;
    });
    this.input(new Uint8Array(rows.buffer));
    this.check(this.calls.ask(h));
    this.check(this.calls.look());
    return JSON.parse(this.text());
  }

  /** An answer by its number in REPLIES of state/asking.mjs; -1: the last one is taken back. */
  answerTo(reply) {
    this.check(this.calls.answer(reply));
    this.check(this.calls.look());
    return JSON.parse(this.text());
  }

  /** Screens under these limits, and words them. The answer holds what follows from limits alone. */
  limit(limits) {
    this.asking = null; // whose questions stand in it
    this.input(encodeLimits(limits));
    this.check(this.calls.limit());
    limits.forEach((l, j) => {
      l.text ||= this.words('limit', j)[0] ?? '';
      l.words = this.words('limitWords', j)[0] ?? l.text;
    });
    /** @type {any} */
    const out = {};
    for (let k = 0; k < LIMIT_ARRAYS; k++) out[ARRAYS[k][0]] = this.copy(k);
    limits.forEach((l, j) => {
      if (l.judged && out.holds.length) l.judged = { ...l.judged, holds: out.holds.subarray(j * this.problem.n, (j + 1) * this.problem.n) };
    });
    out.limits = limits;
    out.count = out.feasible.length;
    if (!out.count) this.infeasible(out);
    this.screened = out;
    return out;
  }

  infeasible(out) {
    const relax = this.copy(31);
    out.conflict = [...this.copy(30)];
    const nearest = this.calls.nearest() >>> 0;
    out.nearest = nearest === NONE ? -1 : nearest;
    out.relax = [];
    for (let k = 0; 4 * k < relax.length; k++) {
      const [constraint, to, by, admits] = relax.subarray(4 * k, 4 * k + 4);
      out.relax.push({ constraint, to, by, admits, word: this.words('word', k)[0] ?? null });
    }
  }

  /** Among how many feasible candidates a rule can decide. */
  ruleLimit(rule) {
    return this.calls.rule_limit(rule) >>> 0;
  }

  /** Ranks under weights [S x d], powers [S] and a rule. limit() comes first.
   * quick: by that rule alone (no comparison of rules, no sentences); given: by these scores of the
   * feasible candidates, which another engine found under that rule. */
  rank(weights, powers, rule, { quick = false, given = null } = {}) {
    if (given) this.input(new Uint8Array(given.buffer, given.byteOffset, given.byteLength));
    const at = this.calls.wishes();
    const room = new Float64Array(this.calls.memory.buffer, at, weights.length + powers.length);
    room.set(weights);
    room.set(powers, weights.length);
    this.check(this.calls.rank(rule, given ? RANK.given : quick ? RANK.headline : RANK.all));
    if (!this.screened.count) return { ...this.screened, rule, recommended: -1, quick };
    /** @type {any} */
    const out = { ...this.screened, rule, quick };
    for (let k = LIMIT_ARRAYS; k < ARRAYS.length; k++) out[ARRAYS[k][0]] = this.copy(k);
    const [recommended, top, runnerUp, margin, fromIncumbent] = out.facts;
    const whose = (slot) => (slot < 0 ? -1 : out.feasible[slot]);
    Object.assign(out, {
      recommended: whose(recommended),
      top: whose(top),
      runnerUp: whose(runnerUp),
      margin,
      fromIncumbent: fromIncumbent !== 0,
    });
    return out;
  }

  /** Finds what each bound costs and how far wishes may move, with which, and with what was sampled,
   * answer() then tells of limits and of how sure it is. rank() comes first.
   * repeats: { level, uncertain, firsts, together, tie }, or null. */
  doubt(repeats) {
    this.input(repeats ? encodeRepeats(repeats) : new Uint8Array(0));
    this.check(this.calls.doubt());
  }

  /** How far wishes may move, which hold() then tells. rank() comes first. */
  reach() {
    this.check(this.calls.reach());
  }

  /** Between which shares stakeholder h's weight of criterion c may move alone (c as many as there are: its say), and
   * who is ahead just beyond, -1: nobody; null: not known. */
  hold(h, c) {
    const at = this.calls.hold(h, c);
    if (!at) return null;
    const [from, to, below, above] = new Float64Array(this.calls.memory.buffer, at, 4);
    return { from, to, below, above };
  }

  /** Who is first under such wishes, and nothing else; -1: nobody. */
  first(weights, powers, rule) {
    const room = new Float64Array(this.calls.memory.buffer, this.calls.wishes(), weights.length + powers.length);
    room.set(weights);
    room.set(powers, weights.length);
    this.check(this.calls.rank(rule, RANK.headline));
    if (!this.screened.count) return -1;
    const [slot] = new Float64Array(this.calls.memory.buffer, this.calls.array(FACTS), 1);
    return slot < 0 ? -1 : this.screened.feasible[slot];
  }

  /** How sure what was ranked last is: "robustness" as in a result. */
  sample() {
    this.input(encodeSampling(this.problem));
    this.check(this.calls.sample());
    return JSON.parse(this.text()).robustness;
  }

  /** Sentences: of the recommendation, of candidate i against j, why i is out; limit i as written
   * ("latency <= 120 ms") and in words ("Latency, p95 at most 120 ms"). */
  words(what, i = 0, j = NONE) {
    const status = this.calls.say(SAY[what], i, j < 0 ? NONE : j);
    return status === 0 ? this.said() : [];
  }

  /** The lines of the answer by their labels: Today, Pays, Missed and more. */
  answer() {
    const lines = this.words('answer');
    return new Map(lines.flatMap((s, k) => (k % 2 ? [] : [[s, lines[k + 1]]])));
  }

  text() {
    const at = this.calls.said();
    const bytes = new Uint8Array(this.calls.memory.buffer, at, this.calls.said_length());
    return new TextDecoder().decode(bytes);
  }

  said() {
    return JSON.parse(this.text());
  }

  /** The candidate that beats candidate i outright, or -1. */
  dominator(i) {
    const slot = this.screened.slot[i];
    const by = slot === NONE ? NONE : this.calls.dominator(slot) >>> 0;
    return by === NONE ? -1 : this.screened.feasible[by];
  }

  /** 1: reading a of criterion c is better than b; 0: equal; -1: worse. */
  better(c, a, b) {
    return this.calls.better(c, a, b);
  }

  /** How candidate i stands against j in criterion c: better, worse, equal, alike (in practice), noise, unknown. */
  stand(c, i, j) {
    return STANDINGS[this.calls.stand(c, i, j)];
  }

  miss(j, i) {
    return this.calls.miss(j, i);
  }
}
