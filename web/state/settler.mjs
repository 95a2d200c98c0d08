// SPDX-License-Identifier: GPL-3.0-or-later
// A second engine in a worker, for what takes longer than a frame: all rules over thousands of
// candidates, where the answer would turn, and (in one more) samples. The worker runs the page's own script, which sees that it has no document.
import { Engine, EngineError } from '../engine/engine.mjs';
import { turnsOf } from './turns.mjs';

export class Settler {
  constructor(script, bytes, problem) {
    const url = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
    this.made = [script, bytes, problem];
    this.worker = new Worker(url);
    this.asked = 0;
    this.waiting = new Map();
    this.worker.onmessage = ({ data }) => {
      this.waiting.get(data.asked)?.(data.out);
      this.waiting.delete(data.asked);
    };
    const { result, scenario, text, indexOfId, criterionOf, ...plain } = problem;
    this.worker.postMessage({ bytes, problem: plain });
  }

  /** The outcome of every rule. */
  rank(wanted) {
    return this.ask({ ...wanted, quick: false });
  }

  /** The scores of the headline rule alone: { score } or { refused }. */
  headline(wanted) {
    return this.ask({ ...wanted, quick: true });
  }

  /** Where the answer would turn: see turns.mjs. */
  turns({ limits, flat, powers, rule, first, locks, who }) {
    return this.send({ limits, flat, powers, rule, first, locks, who, turns: true });
  }

  /** What the answer says of limits and of how sure it is, once it is known what bounds cost and how far wishes may
   * move: { limits, label, sure }. repeats: of Engine.doubt. */
  doubt({ limits, flat, powers, rule }, repeats) {
    return this.send({ limits, flat, powers, rule, quick: true, doubt: true, repeats });
  }

  /** How sure it is, from samples, in a worker of its own: a new question ends the one that is still at work. */
  sample({ limits, flat, powers, rule }) {
    if (this.drawer?.waiting.size) {
      this.drawer.worker.terminate();
      this.drawer = null;
    }
    this.drawer ??= new Settler(...this.made);
    return this.drawer.send({ limits, flat, powers, rule, quick: true, sample: true });
  }

  ask({ limits, flat, powers, rule, quick }) {
    return this.send({ limits, flat, powers, rule, quick });
  }

  send(question) {
    const asked = ++this.asked;
    return new Promise((done) => {
      this.waiting.set(asked, done);
      this.worker.postMessage({ asked, ...question });
    });
  }
}

function answer(engine, problem, question) {
  const { limits, flat, powers, rule, quick } = question;
  try {
    engine.limit(limits);
    if (question.turns) return turnsOf(engine, problem, question);
    const out = engine.rank(flat, powers, rule, { quick });
    if (question.doubt) {
      engine.doubt(question.repeats);
      const told = engine.answer();
      const label = ['Sure', 'Unsure'].find((x) => told.has(x)) ?? '';
      return { limits: told.get('Limits') ?? null, label, sure: told.get(label) ?? '' };
    }
    if (question.sample) return { robustness: engine.sample() };
    if (quick) return { score: out.score ?? null };
    const { ruleScores, ruleRanks, computed, winner } = out;
    const sentences = engine.words('recommendation');
    return { ruleScores, ruleRanks, computed, winner, quick: false, sentences };
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    return { refused: error.message };
  }
}

/** The other side: called where there is no document. */
export function serve(scope) {
  let engine = null;
  let problem = null;
  let queue = Promise.resolve();
  scope.onmessage = ({ data }) => {
    queue = queue.then(async () => {
      if (data.bytes) {
        engine = await Engine.start(data.bytes);
        problem = data.problem;
        engine.load(problem);
        return;
      }
      scope.postMessage({ asked: data.asked, out: answer(engine, problem, data) });
    });
  };
}
