// SPDX-License-Identifier: GPL-3.0-or-later
// A second engine in a worker, for what takes longer than a frame: all rules over thousands of
// candidates. The worker runs the page's own script, which sees that it has no document.
import { Engine } from './engine.mjs';

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
    const { result, scenario, indexOfId, criterionOf, ...plain } = problem;
    this.worker.postMessage({ bytes, problem: plain });
  }

  rank(limits, flat, powers, rule) {
    const asked = ++this.asked;
    return new Promise((done) => {
      this.waiting.set(asked, done);
      this.worker.postMessage({ asked, limits, flat, powers, rule });
    });
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
      engine.limit(data.limits);
      const out = engine.rank(data.flat, data.powers, data.rule);
      const { ruleScores, ruleRanks, computed, winner } = out;
      scope.postMessage({
        asked: data.asked,
        out: {
          ruleScores,
          ruleRanks,
          computed,
          winner,
          quick: false,
          sentences: engine.words('recommendation'),
        },
      });
    });
  };
}
