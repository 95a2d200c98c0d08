// SPDX-License-Identifier: GPL-3.0-or-later
// One open decision: the problem, what the meeting changed, and what the engine makes of it.
// Views read session.now and are told what changed; they write through the functions here.
import { cloneState, decisions, isChanged, limitsChanged, packState, startState, toFragment } from './state.mjs';
import { later, perFrame } from './timing.mjs';
import { fittingBallots } from './ballot.mjs';
import { changesOf } from './changes.mjs';
import { Controls } from './controls.mjs';
import { Found } from './found.mjs';
import { Repeats } from './sampling.mjs';
import { wanted } from './wanted.mjs';
import { strongestConflict } from './facts.mjs';
import { inText, ofReading, warned } from './warnings.mjs';
import { EngineError, RULES } from '../engine/engine.mjs';

const QUICK_ABOVE = 2000; // feasible candidates over which all rules are never ranked in a frame
const DRAG_MS = 1500; // moves of one control that are nearer in time are one step
const FRAME_MS = 12; // what ranking by all rules may take in a frame
const HISTORY = 200;
const COPELAND = RULES.indexOf('copeland');

export class Session {
  constructor(problem, engine, state, settler) {
    this.problem = problem;
    this.engine = engine;
    this.state = state;
    this.settler = settler;
    this.listeners = [];
    this.history = [];
    this.future = []; // steps that were taken back
    this.before = null; // the answer before the last change, until it is dismissed
    this.held = null; // an answer that is kept beside the one of now
    this.slow = false; // ranking by all rules took longer than a frame has
    this.controls = new Controls(this);
    this.found = new Found(this); // where the answer would turn
    this.repeats = new Repeats(this); // how sure it is
    this.gesture = null; // of a slider: which, where its shares began, did any get their first
    this.fresh = 0; // steps of the history that were not ranked yet
    this.turn = 0; // of the outcomes that were computed here
    this.conflict = null; // the two criteria in strongest conflict, once they were asked for
    this.beside = null; // what another engine is asked to rank, and what it is to rank next
    this.asked = { limits: false, wishes: false, other: new Set() };
    this.frame = perFrame(() => this.run());
    this.settle = later(() => this.settleNow(), 100);
    this.keep = later(() => this.writeFragment(), 300);
    engine.load(problem);
    const start = startState(problem);
    this.refused = '';
    this.accept(this.compute(start, true), decisions(start));
    this.start = { state: start, outcome: this.now };
    this.readWarnings = ofReading(problem.warnings, this.now.warned);
    if (isChanged(state, start)) this.tryCompute(true);
    this.listOrder = this.ranking;
  }

  // ---- to the engine ----

  compute(state, limits) {
    const quick = this.problem.n > QUICK_ABOVE || (this.slow && this.settler !== null);
    const told = wanted(this.problem, state);
    if (limits) this.engine.limit(told.limits);
    const began = performance.now();
    const out = this.engine.rank(told.flat, told.powers, told.rule, { quick });
    if (!quick) this.slow = performance.now() - began > FRAME_MS;
    if (!quick || !out.count) out.sentences = this.engine.words('recommendation');
    out.answer = this.engine.answer();
    out.warned = warned(this.engine);
    return Object.assign(out, { wanted: told });
  }

  /** All warnings, as of now. */
  get warnings() {
    return this.changed ? [...this.readWarnings.map(inText), ...this.now.warned] : this.problem.warnings.map(inText);
  }

  /** Has the engine rank the state by all rules, for what is written of it. said: of encodeAbout. */
  rankAll(said) {
    const { limits, flat, powers, rule } = wanted(this.problem, this.state);
    this.engine.about(this.changed ? this.readWarnings : this.problem.warnings, said);
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
    const { limits, ...told } = wanted(this.problem, this.state);
    const next = {
      ...told,
      powers: told.powers.slice(),
      limits: limits.map((l) => ({ ...l })),
      good: decisions(this.state),
      fresh: this.fresh,
      turn: this.turn,
    };
    this.behind = true; // the engine here does not have these limits yet
    if (this.beside) this.beside.next = next;
    else void this.ask(next);
  }

  async ask(told) {
    this.beside = { next: null };
    const { score, refused } = await this.settler.headline(told);
    const { next } = this.beside;
    this.beside = null;
    const stands = told.turn === this.turn;
    if (stands && refused) this.takeBack(refused);
    else if (stands) {
      this.acceptScores(told, score);
      if (next?.turn === told.turn)
        Object.assign(next, { turn: this.turn, fresh: next.fresh - told.fresh });
    }
    if (next?.turn === this.turn) void this.ask(next);
    if (stands) this.tell(new Set(['outcome', 'limits']));
  }

  acceptScores(told, score) {
    const { engine, fresh } = this;
    engine.limit(told.limits);
    const out = engine.rank(told.flat, told.powers, told.rule, { quick: true, given: score });
    if (!out.count) out.sentences = engine.words('recommendation');
    out.answer = engine.answer();
    out.warned = warned(engine);
    for (const l of told.limits) {
      const mine = this.state.limits.find((x) => x.key === l.key);
      if (mine && mine.min === l.min && mine.max === l.max) mine.text = l.text;
    }
    this.accept(Object.assign(out, { wanted: told }), told.good);
    this.fresh = Math.max(0, fresh - told.fresh);
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

  /** What comes next is a step of its own. */
  endDrag() {
    this.lastDrag = '';
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
      this.fitting = fittingBallots(this.problem, ballots);
    }
    return this.fitting;
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
    this.conflict ??= { ...strongestConflict(this), under: cloneState(this.state) };
    const { conflict } = this;
    const stands = x < 0 && y < 0 && !limitsChanged(this.state, conflict.under);
    return { x: x < 0 ? conflict.x : x, y: y < 0 ? conflict.y : y, r: stands ? conflict.r : null, beyond: conflict.beyond };
  }
  /** Ranks the list anew while "keep the order" is on. */
  reorder() {
    this.listOrder = this.ranking;
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
    this.found.seek();
    this.repeats.seek();
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

  writeFragment() {
    const fragment = toFragment(packState(this.problem, this.state));
    if (fragment.length > 100000) return;
    history.replaceState(null, '', fragment || location.pathname + location.search);
  }

  // ---- what views ask ----

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
      this.listOrder = this.ranking;
      this.orderOf = this.now;
    }
    return this.listOrder;
  }
  get ranking() {
    return Array.from(this.now.order ?? [], (k) => this.now.feasible[k]);
  }
  get frontier() {
    return this.ranking.filter((i) => this.onFrontier(i));
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
}
