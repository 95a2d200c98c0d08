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
    this.limits = undefined; // what the answer says of them, once it is known what each costs
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
    if (this.limits === undefined) {
      this.limits = null;
      settler.curves(now.wanted).then(({ said }) => {
        if (!stands()) return;
        this.limits = said ?? null;
        this.session.tell(new Set(['turns']));
      });
    }
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
