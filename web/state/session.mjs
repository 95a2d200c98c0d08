// SPDX-License-Identifier: GPL-3.0-or-later
// One open decision: the problem, what the meeting changed, and what the engine makes of it.
// Views read session.now and are told what changed; they write through the functions here.
import {
  attribute,
  newLimit,
  setShare,
  typeShares,
  startState,
  cloneState,
  isChanged,
  limitsChanged,
  packState,
  toFragment,
} from './state.mjs';
import { later, perFrame } from './timing.mjs';
import { BallotError, readBallot } from './ballot.mjs';
import { changesOf } from './changes.mjs';
import { strongestConflict } from './facts.mjs';
import { EngineError, RULES } from '../engine/engine.mjs';

const QUICK_ABOVE = 2000; // feasible candidates over which all rules are never ranked in a frame
const DRAG_MS = 1500; // moves of one control that are nearer in time are one step
const FRAME_MS = 12; // what ranking by all rules may take in a frame
const HISTORY = 200;
const COPELAND = RULES.indexOf('copeland');

/** What decides ranks, and nothing of the look. */
function decisions({ weights, powers, rule, limits }) {
  return {
    weights: weights.map((w) => w.slice()),
    powers: powers.slice(),
    rule,
    limits: limits.map((l) => ({ ...l })),
  };
}

const lockKey = (p, h, c) => `${p.stakeholders[h].id} ${p.criteria[c].id}`;

export class Session {
  constructor(problem, engine, state, settler) {
    Object.assign(this, { problem, engine, state, settler });
    this.listeners = [];
    this.history = [];
    this.future = []; // steps that were taken back
    this.before = null; // the answer before the last change, until it is dismissed
    this.held = null; // an answer that is kept beside the one of now
    this.slow = false; // ranking by all rules took longer than a frame has
    this.found = { turn: -1, tracks: new Map(), flip: undefined }; // where the answer would turn
    this.gesture = null; // of a slider: which, where its shares began, did any get their first
    this.fresh = 0; // steps of the history that were not ranked yet
    this.turn = 0; // of the outcomes that were computed here
    this.beside = null; // what another engine is asked to rank, and what it is to rank next
    this.asked = { limits: false, wishes: false, other: new Set() };
    this.frame = perFrame(() => this.run());
    this.settle = later(() => this.settleNow(), 250);
    this.keep = later(() => this.writeFragment(), 300);
    engine.load(problem);
    const start = startState(problem);
    this.refused = '';
    this.accept(this.compute(start, true), decisions(start));
    this.start = { state: start, outcome: this.now };
    this.readWarnings = this.warningsOfReading();
    if (isChanged(state, start)) this.tryCompute(true);
    this.listOrder = [...(this.now.order ?? [])].map((k) => this.now.feasible[k]);
  }

  // ---- to the engine ----

  /** In the program's order: vetoes last. */
  inForce(state) {
    const all = state.limits.filter((l) => l.on && !this.isEmpty(l));
    for (const l of all) l.judged = this.judgedOf(l);
    return [...all.filter((l) => l.stakeholder < 0), ...all.filter((l) => l.stakeholder >= 0)];
  }

  /** How sure a limit is: as the program judged it; a moved one by the errors that it has; a new
   *  one, and one that is not relative to the incumbent any more, by those of its criterion. Errors
   *  that are not normal are known for the program's own bounds only: null, and nothing is said. */
  judgedOf(l) {
    const { limits, criteria, level } = this.problem;
    const base = l.base >= 0 ? limits[l.base] : null;
    const moved = base && (base.min !== l.min || base.max !== l.max);
    const unknown = new Float64Array(this.problem.n).fill(NaN);
    if (base?.judged && !moved) return base.judged;
    if (base?.judged && !base.judged.relative)
      return base.judged.holds.some((x, i) => !Number.isNaN(x) && Number.isNaN(base.judged.se[i]))
        ? null
        : { ...base.judged, holds: unknown };
    const of = criteria[l.criterion];
    if (of?.error !== 'normal' || !of.se || (base && !base.judged)) return null;
    return {
      relative: false,
      level: base?.judged.level ?? level,
      se: of.se.map((x) => (Number.isNaN(x) ? 0 : x)),
      holds: unknown,
      min: unknown,
      max: unknown,
    };
  }

  isEmpty(l) {
    return l.base < 0 && l.min === null && l.max === null;
  }

  /** What an engine has to be told to rank a state. */
  wanted(state) {
    const limits = this.inForce(state);
    for (const l of limits) l.text = this.givenText(l);
    const flat = new Float64Array(state.weights.length * this.problem.criteria.length);
    state.weights.forEach((w, h) => flat.set(w, h * w.length));
    return { limits, flat, powers: state.powers, rule: state.rule };
  }

  compute(state, limits) {
    const quick = this.problem.n > QUICK_ABOVE || (this.slow && this.settler !== null);
    const wanted = this.wanted(state);
    if (limits) this.engine.limit(wanted.limits);
    const began = performance.now();
    const out = this.engine.rank(wanted.flat, wanted.powers, wanted.rule, { quick });
    if (!quick) this.slow = performance.now() - began > FRAME_MS;
    if (!quick || !out.count) out.sentences = this.engine.words('recommendation');
    return Object.assign(out, { wanted });
  }

  /** The warnings that hang neither on limits nor on wishes. */
  warningsOfReading() {
    const own = new Set([0, 1].flatMap((k) => this.engine.words('warnings', k)));
    return this.problem.warnings.filter(
      (w) => w.code !== 'W_SCALE' && !own.has(`${w.code}: ${w.message}`),
    );
  }

  /** Has the engine rank the state by all rules, for what is written of it. */
  rankAll() {
    const { limits, flat, powers, rule } = this.wanted(this.state);
    this.engine.about(this.changed ? this.readWarnings : this.problem.warnings);
    this.engine.limit(limits);
    this.engine.rank(flat, powers, rule);
  }

  /** good: the decisions that the outcome belongs to. */
  accept(out, good) {
    this.now = out;
    this.good = good;
    this.fresh = 0;
    this.turn++;
    this.refused = '';
  }

  tryCompute(limits) {
    try {
      this.accept(this.compute(this.state, limits), decisions(this.state));
      this.behind = false;
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      this.takeBack(error.message);
    }
  }

  /** What the engine refuses (a rule that cannot rank so many, too many limits) is taken back, one
   * step at a time; of a drag, only the part that it refuses. */
  takeBack(why) {
    for (let taken = false; !taken;) {
      const before = this.fresh > 0 ? this.history.pop() : this.good;
      this.fresh = Math.max(0, this.fresh - 1);
      Object.assign(this.state, decisions(before));
      try {
        this.accept(this.compute(this.state, true), decisions(this.state));
        taken = true;
      } catch (error) {
        if (!(error instanceof EngineError) || before === this.good) throw error;
      }
    }
    this.refused = why;
    this.lastDrag = '';
    this.gesture = null;
  }

  // ---- copeland over thousands ----
  // All pairs take longer than a frame: an engine in a worker finds the scores, and until they are
  // there the screen keeps what it had. One question is out, the newest other one waits.

  get pending() {
    return this.beside !== null;
  }

  defer() {
    const { limits, ...wanted } = this.wanted(this.state);
    const next = {
      ...wanted,
      powers: wanted.powers.slice(),
      limits: limits.map((l) => ({ ...l })),
      good: decisions(this.state),
      fresh: this.fresh,
      turn: this.turn,
    };
    this.behind = true; // the engine here does not have these limits yet
    if (this.beside) this.beside.next = next;
    else void this.ask(next);
  }

  async ask(wanted) {
    this.beside = { next: null };
    const { score, refused } = await this.settler.headline(wanted);
    const { next } = this.beside;
    this.beside = null;
    const stands = wanted.turn === this.turn;
    if (stands && refused) this.takeBack(refused);
    else if (stands) {
      this.acceptScores(wanted, score);
      if (next?.turn === wanted.turn)
        Object.assign(next, { turn: this.turn, fresh: next.fresh - wanted.fresh });
    }
    if (next?.turn === this.turn) void this.ask(next);
    if (stands) this.tell(new Set(['outcome', 'limits']));
  }

  acceptScores(wanted, score) {
    const { engine, fresh } = this;
    engine.limit(wanted.limits);
    const out = engine.rank(wanted.flat, wanted.powers, wanted.rule, { quick: true, given: score });
    if (!out.count) out.sentences = engine.words('recommendation');
    for (const l of wanted.limits) {
      const mine = this.state.limits.find((x) => x.key === l.key);
      if (mine && mine.min === l.min && mine.max === l.max) mine.text = l.text;
    }
    this.accept(Object.assign(out, { wanted }), wanted.good);
    this.fresh = Math.max(0, fresh - wanted.fresh);
  }

  /** The program's text where the limit is as the scenario has it; else the engine words it. */
  givenText(l) {
    const base = l.base >= 0 ? this.problem.limits[l.base] : null;
    return base && base.min === l.min && base.max === l.max ? base.text : '';
  }

  // ---- changes ----

  onChange(f) {
    this.listeners.push(f);
  }

  /** what: 'wishes', 'limits', or a view's own ('pins', 'select', 'brush', 'notes', 'look').
   * drag: names the control that moves: its moves in quick succession are one step back. */
  change(what, f, drag = '') {
    const decides = what === 'wishes' || what === 'limits';
    if (decides) this.remember(drag);
    if (decides) this.gesture = null;
    f(this.state);
    if (decides) this.asked[what] = true;
    else this.asked.other.add(what);
    this.frame();
    this.keep();
  }

  remember(drag = '') {
    const t = performance.now();
    this.future = [];
    if (!drag || this.lastDrag !== drag || t - this.lastTime > DRAG_MS) {
      this.history.push(cloneState(this.state));
      this.before = { state: cloneState(this.state), outcome: this.now };
      this.fresh++;
      if (this.history.length > HISTORY) this.history.shift();
    }
    this.lastDrag = drag;
    this.lastTime = t;
  }

  undo() {
    const before = this.history.pop();
    this.fresh = Math.max(0, this.fresh - 1);
    if (!before) return;
    this.future.push(cloneState(this.state));
    this.before = null;
    this.restore(before);
  }

  redo() {
    const next = this.future.pop();
    if (!next) return;
    this.history.push(cloneState(this.state));
    this.before = { state: cloneState(this.state), outcome: this.now };
    this.restore(next);
  }

  /** In words: what the last step changed, and what the next one would. */
  get lastChange() {
    const before = this.history.at(-1);
    return before ? changesOf(this.problem, before, this.state) : [];
  }
  get nextChange() {
    const next = this.future.at(-1);
    return next ? changesOf(this.problem, this.state, next) : [];
  }
  /** What was taken in, read; what does not fit is left aside. */
  get ballots() {
    const { ballots } = this.state;
    if (this.readFrom !== ballots) {
      this.readFrom = ballots;
      this.readBallots = ballots.flatMap((text) => {
        try {
          return [readBallot(this.problem, text)];
        } catch (error) {
          if (!(error instanceof BallotError)) throw error;
          return [];
        }
      });
    }
    return this.readBallots;
  }
  /** All that differs from the scenario. */
  get changes() {
    return changesOf(this.problem, this.start.state, this.state);
  }

  dismiss() {
    this.before = null;
    this.change('look', () => {});
  }
  /** The two criteria of the scatter. */
  get axes() {
    const { x, y } = this.state;
    this.conflict ??= strongestConflict(this);
    return { x: x < 0 ? this.conflict.x : x, y: y < 0 ? this.conflict.y : y, r: x < 0 && y < 0 ? this.conflict.r : null };
  }
  /** Ranks the list anew while "keep the order" is on. */
  reorder() {
    this.listOrder = Array.from(this.now.order ?? [], (k) => this.now.feasible[k]);
    this.orderOf = this.now;
    this.change('look', () => {});
  }
  swapHeld() {
    const { held } = this;
    this.held = { state: cloneState(this.state), outcome: this.now };
    this.remember();
    this.restore(held.state);
  }
  hold() {
    this.held = this.held ? null : { state: cloneState(this.state), outcome: this.now };
    this.change('look', () => {});
  }

  reset() {
    this.remember();
    this.restore({ ...this.state, ...decisions(this.start.state) });
  }

  /** Takes over what a state decided, and nothing of the look. */
  restore(state) {
    const keep = { ...this.state };
    for (const k of ['weights', 'powers', 'rule', 'limits']) delete keep[k];
    Object.assign(this.state, cloneState(state), keep);
    this.lastDrag = '';
    this.gesture = null;
    this.asked.limits = true;
    this.asked.other.add('restore');
    this.frame();
    this.keep();
  }

  run() {
    const { limits, wishes, other } = this.asked;
    this.asked = { limits: false, wishes: false, other: new Set() };
    const what = new Set(other);
    if ((limits || wishes) && this.settler && this.state.rule === COPELAND) {
      what.add('pending');
      this.defer();
    } else if (limits || wishes) {
      this.tryCompute(limits || this.behind);
      what.add('outcome');
      if (limits) what.add('limits');
    }
    this.tell(what);
  }

  tell(what) {
    if (what.has('outcome')) this.settle();
    for (const f of this.listeners) f(what);
  }

  settleNow() {
    this.seekTurns();
    if (this.now.quick && this.now.count && this.settler) {
      const asked = this.now;
      this.settler.rank(asked.wanted).then((full) => {
        if (this.now !== asked || full.refused) return;
        Object.assign(asked, full);
        for (const f of this.listeners) f(new Set(['settled']));
      });
      return;
    }
    for (const f of this.listeners) f(new Set(['settled']));
  }

  /** Asks the engine beside the page where the answer would turn: on every track of the one whose
   * wishes are shown, then which single change is the nearest. */
  seekTurns() {
    const { settler, now, turn, state } = this;
    if (!settler || !now.count || this.pending || state.rule === COPELAND && now.count > QUICK_ABOVE) return;
    if (this.found.turn !== turn) this.found = { turn, tracks: new Map(), flip: undefined };
    const ask = (what) => settler.turns({ ...now.wanted, first: now.recommended, locks: state.locks, ...what });
    const stands = () => this.found.turn === this.turn && turn === this.turn;
    const tell = () => {
      for (const f of this.listeners) f(new Set(['turns']));
    };
    const { who } = state;
    if (!this.found.tracks.has(who)) {
      this.found.tracks.set(who, null);
      ask({ who }).then((tracks) => {
        if (!stands()) return;
        this.found.tracks.set(who, tracks);
        tell();
      });
    }
    if (this.found.flip === undefined) {
      this.found.flip = null;
      ask({ who: -1 }).then((flip) => {
        if (!stands()) return;
        Object.assign(this.found, { flip, flipKnown: true });
        tell();
      });
    }
  }

  writeFragment() {
    const fragment = toFragment(packState(this.problem, this.state));
    if (fragment.length > 100000) return;
    history.replaceState(null, '', fragment || location.pathname + location.search);
  }

  // ---- what views ask ----

  /** What stakeholder n needs; a veto that was moved as a limit is a need that moved. */
  needsOf(n) {
    return this.problem.stakeholders[n].needs.map((q) => {
      const l =
        q.veto && this.state.limits.find((x) => x.stakeholder === n && x.criterion === q.criterion);
      if (!l) return q;
      return l.on ? { ...q, min: l.min, max: l.max } : { ...q, veto: false };
    });
  }

  get changed() {
    return isChanged(this.state, this.start.state);
  }
  weightsMoved(h) {
    const was = this.start.state.weights[h];
    return this.state.weights[h].some((w, c) => w !== was[c]);
  }
  get limitsChanged() {
    return limitsChanged(this.state, this.start.state);
  }
  id(i) {
    return this.problem.ids[i];
  }
  slot(i) {
    const k = this.now.slot[i];
    return k === 0xffffffff ? -1 : k;
  }
  rank(i) {
    const k = this.slot(i);
    return k < 0 ? 0 : this.now.rank[k];
  }
  onFrontier(i) {
    const k = this.slot(i);
    return k >= 0 && this.now.member[k] === 1;
  }
  status(i) {
    if (this.problem.dropped[i]) return 'dropped';
    return this.slot(i) < 0 ? 'infeasible' : this.onFrontier(i) ? 'frontier' : 'dominated';
  }
  /** Candidates, best first; while "keep the order" is on, in the order of before. */
  get order() {
    if (!this.state.keepOrder && this.orderOf !== this.now) {
      this.listOrder = Array.from(this.now.order ?? [], (k) => this.now.feasible[k]);
      this.orderOf = this.now;
    }
    return this.listOrder;
  }
  get frontier() {
    return Array.from(this.now.order ?? [])
      .filter((k) => this.now.member[k])
      .map((k) => this.now.feasible[k]);
  }

  select(i) {
    this.change('select', (s) => {
      s.selected = i;
    });
  }
  pin(i) {
    this.change('pins', (s) => {
      const at = s.pins.indexOf(i);
      if (at >= 0) s.pins.splice(at, 1);
      else s.pins = [...s.pins, i].slice(-3);
    });
  }
  isLocked(h, c) {
    const p = this.problem;
    return this.state.locks.has(lockKey(p, h, c));
  }
  lock(h, c) {
    const key = lockKey(this.problem, h, c);
    this.change('look', (s) => {
      if (!s.locks.delete(key)) s.locks.add(key);
    });
    this.found.turn = -1; // tracks depend on locks
    this.settle();
  }
  setWeight(h, c, share) {
    const locked = (k) => this.isLocked(h, k);
    this.slide(`weight ${h} ${c}`, (s) => s.weights[h], c, share, locked);
  }
  setPower(h, share) {
    this.slide(`power ${h}`, (s) => s.powers, h, share);
  }
  /** Every move of one control is computed from where its first one began. */
  slide(control, sharesOf, k, share, locked) {
    const shares = sharesOf(this.state);
    if (this.gesture?.control !== control) this.gesture = { control, from: shares.slice() };
    const { gesture } = this;
    this.change('wishes', () => (gesture.spread = setShare(shares, k, share, gesture.from, locked)), control);
    this.gesture = gesture;
  }
  /** A share as a number: the first of several is where the others are computed from. */
  typeWeight(h, c, share) {
    this.type(`typed ${h}`, (s) => s.weights[h], c, share, (k) => this.isLocked(h, k));
  }
  typePower(h, share) {
    this.type('typed powers', (s) => s.powers, h, share);
  }
  type(control, sharesOf, k, share, locked) {
    const shares = sharesOf(this.state);
    if (this.gesture?.control !== control)
      this.gesture = { control, from: shares.slice(), typed: new Map() };
    const { gesture } = this;
    gesture.typed.set(k, share);
    this.change('wishes', () => typeShares(shares, gesture.typed, gesture.from, locked), control);
    this.gesture = gesture;
  }
  /** Leaving the fields: what was typed is taken as it is. */
  endTyping() {
    if (this.gesture?.typed) this.gesture = null;
    this.lastDrag = '';
  }
  setRule(rule) {
    this.change('wishes', (s) => {
      s.rule = rule;
    });
  }
  setLimit(j, change) {
    const drag = 'on' in change ? '' : `limit ${this.state.limits[j].key} ${Object.keys(change)}`;
    const set = (l) => attribute(Object.assign(l, change), this.problem.limits[l.base]);
    this.change('limits', (s) => set(s.limits[j]), drag);
  }
  addLimit(criterion, change, owner = 'meeting', why = '') {
    this.change('limits', (s) => s.limits.push(newLimit(s, criterion, change, owner, why)));
  }
  removeLimit(j) {
    this.change('limits', (s) => s.limits.splice(j, 1));
  }
}
