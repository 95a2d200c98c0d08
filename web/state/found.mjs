// SPDX-License-Identifier: GPL-3.0-or-later
// Where the answer of now would turn, as the engine beside the page finds it: on every track of the
// one whose wishes are shown, then which single change is the nearest.
import { RULES } from '../engine/engine.mjs';

const COPELAND = RULES.indexOf('copeland');
const QUICK_ABOVE = 2000; // feasible candidates over which copeland is not asked so often

export class Found {
  constructor(session) {
    this.session = session;
    this.forget();
  }

  /** turn: of the outcome that it belongs to; flip: undefined before it is asked for. */
  forget() {
    this.turn = -1;
    this.tracks = new Map();
    this.flip = undefined;
    this.flipKnown = false;
    this.told = undefined; // what the answer says of limits and of how sure it is: see Settler.doubt
    this.repeats = null; // with which it was told
  }

  /** As the program says it of the answer of now; null: not found yet. */
  get said() {
    return this.turn === this.session.turn ? (this.told ?? null) : null;
  }

  /** What the answer says of limits and of how sure it is; anew where samples came since. */
  tell() {
    const { settler, now, turn, repeats } = this.session;
    const sampled = repeats.now;
    if (this.told !== undefined && this.repeats === sampled) return;
    const { tracks } = this;
    this.told ??= null;
    this.repeats = sampled;
    settler.doubt(now.wanted, repeats.told).then((told) => {
      if (this.tracks !== tracks || this.session.turn !== turn || this.repeats !== sampled || told.refused) return;
      this.told = told;
      this.session.tell(new Set(['turns']));
    });
  }

  seek() {
    const { settler, now, turn, state, pending } = this.session;
    if (!settler || !now.count || pending || (state.rule === COPELAND && now.count > QUICK_ABOVE)) return;
    if (this.turn !== turn) {
      this.forget();
      this.turn = turn;
    }
    const ask = (what) =>
      settler.turns({ ...now.wanted, first: now.recommended, locks: state.locks, ...what });
    const { tracks } = this;
    const stands = () => this.tracks === tracks && this.session.turn === turn;
    const { who } = state;
    if (!tracks.has(who)) {
      tracks.set(who, null);
      ask({ who }).then((found) => {
        if (!stands()) return;
        tracks.set(who, found);
        this.session.tell(new Set(['turns']));
      });
    }
    this.tell();
    if (this.flip === undefined) {
      this.flip = null;
      ask({ who: -1 }).then((flip) => {
        if (!stands()) return;
        Object.assign(this, { flip, flipKnown: true });
        this.session.tell(new Set(['turns']));
      });
    }
  }
}
