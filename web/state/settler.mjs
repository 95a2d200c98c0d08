// SPDX-License-Identifier: GPL-3.0-or-later
// A second engine in a worker, for what takes longer than a frame: all rules over thousands of
// candidates. The worker runs the page's own script, which sees that it has no document.
import { Engine, EngineError } from '../engine/engine.mjs';

export class Settler {
  constructor(script, bytes, problem) {
    const url = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
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

  ask({ limits, flat, powers, rule, quick }) {
    const asked = ++this.asked;
    return new Promise((done) => {
      this.waiting.set(asked, done);
      this.worker.postMessage({ asked, limits, flat, powers, rule, quick });
    });
  }
}

function answer(engine, { limits, flat, powers, rule, quick }) {
  try {
    engine.limit(limits);
    const out = engine.rank(flat, powers, rule, { quick });
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
  let queue = Promise.resolve();
  scope.onmessage = ({ data }) => {
    queue = queue.then(async () => {
      if (data.bytes) {
        engine = await Engine.start(data.bytes);
        engine.load(data.problem);
        return;
      }
      scope.postMessage({ asked: data.asked, out: answer(engine, data) });
    });
  };
}
