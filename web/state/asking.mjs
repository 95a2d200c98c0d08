// SPDX-License-Identifier: GPL-3.0-or-later
// The questions to one person, and their answers. The engine forgets them when limits change, or when
// somebody else is asked: then they are given again, as far as the questions are still the same.
import { EngineError } from '../engine/engine.mjs';

// The order is that of tdo_ask_reply in include/tradeoff/ask.h.
export const REPLIES = ['a', 'b', 'same', 'skip'];
const UNDO = -1;

export class Asking {
  /** h: the stakeholder. */
  constructor(session, h) {
    this.session = session;
    this.h = h;
    this.given = [];
    this.seen = null;
    this.refused = '';
  }

  /** Where the questions stand (engine/ask.c says as what); null: nobody can be asked about, or refused says why not. */
  look() {
    const { engine, now, problem } = this.session;
    if (!now.count) return null;
    if (engine.asking === this) return this.seen;
    engine.asking = this;
    const given = this.given.splice(0);
    this.run(() => engine.ask(this.h, problem.stakeholders[this.h].prefers));
    for (const g of given) {
      if (!this.seen?.open || g.a !== this.seen.a || g.b !== this.seen.b) break;
      this.reply(g.reply);
    }
    return this.seen;
  }

  run(f) {
    this.refused = '';
    try {
      this.seen = f();
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      Object.assign(this, { seen: null, refused: error.message });
    }
  }

  /** reply: a number in REPLIES. */
  reply(reply) {
    const { a, b } = this.look();
    this.given.push({ a, b, reply });
    this.run(() => this.session.engine.answerTo(reply));
  }

  undo() {
    if (!this.given.length) return;
    this.look();
    this.given.pop();
    this.run(() => this.session.engine.answerTo(UNDO));
  }
}

const questions = new WeakMap(); // of a session, by stakeholder

/** The questions to stakeholder h. */
export function askingOf(session, h) {
  if (!questions.has(session)) questions.set(session, new Map());
  const of = questions.get(session);
  if (!of.has(h)) of.set(h, new Asking(session, h));
  return of.get(h);
}
