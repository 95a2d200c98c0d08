// SPDX-License-Identifier: GPL-3.0-or-later
// One open decision: the problem, what the meeting changed, and what the engine makes of it.
// Views read session.now and are told what changed; they write through the functions here.
import {
  newLimit,
  setShare,
  startState,
  cloneState,
  isChanged,
  limitsChanged,
  packState,
  toFragment,
} from './state.mjs';
import { later, perFrame } from './dom.mjs';
import { EngineError } from './engine.mjs';

const QUICK_ABOVE = 2000; // feasible candidates from which all rules are ranked beside the page
const HISTORY = 200;

export class Session {
  constructor(problem, engine, state, settler) {
    Object.assign(this, { problem, engine, state, settler });
    this.listeners = [];
    this.history = [];
    this.asked = { limits: false, wishes: false, other: new Set() };
    this.frame = perFrame(() => this.run());
    this.settle = later(() => this.settleNow(), 250);
    this.keep = later(() => this.writeFragment(), 300);
    engine.load(problem);
    const start = startState(problem);
    this.start = { state: start, outcome: this.compute(start, true) };
    this.refused = '';
    this.now = this.start.outcome;
    if (isChanged(state, start)) this.tryCompute(true, start);
    this.listOrder = [...(this.now.order ?? [])].map((k) => this.now.feasible[k]);
  }

  // ---- to the engine ----

  inForce(state) {
    return state.limits.filter((l) => l.on && !this.isEmpty(l));
  }

  isEmpty(l) {
    return l.base < 0 && l.min === null && l.max === null;
  }

  compute(state, limits) {
    const quick = this.problem.n > QUICK_ABOVE;
    if (limits) {
      const inForce = this.inForce(state);
      for (const l of inForce) l.text = this.givenText(l);
      this.engine.limit(inForce);
    }
    const flat = new Float64Array(state.weights.length * this.problem.criteria.length);
    state.weights.forEach((w, h) => flat.set(w, h * w.length));
    this.flat = flat;
    const out = this.engine.rank(flat, state.powers, state.rule, quick);
    if (!quick || !out.count) out.sentences = this.engine.words('recommendation');
    return out;
  }

  /** What the engine refuses (a rule that cannot rank so many, too many limits) is taken back. */
  tryCompute(limits, before) {
    try {
      this.now = this.compute(this.state, limits);
      this.refused = '';
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      const { weights, powers, rule, limits: was } = cloneState(before);
      Object.assign(this.state, { weights, powers, rule, limits: was });
      this.history.pop();
      this.now = this.compute(this.state, true);
      this.refused = error.message;
    }
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

  /** what: 'wishes', 'limits', or a view's own ('pins', 'select', 'brush', 'notes', 'look'). */
  change(what, f, undoable = what === 'wishes' || what === 'limits') {
    if (undoable) this.remember(what);
    f(this.state);
    if (what === 'wishes' || what === 'limits') this.asked[what] = true;
    else this.asked.other.add(what);
    this.frame();
    this.keep();
  }

  /** A drag makes one step back, not a hundred. */
  remember(what) {
    const t = performance.now();
    if (!(this.lastWhat === what && t - this.lastTime < 700)) {
      this.history.push(cloneState(this.state));
      if (this.history.length > HISTORY) this.history.shift();
    }
    this.lastWhat = what;
    this.lastTime = t;
  }

  undo() {
    const before = this.history.pop();
    if (before) this.restore(before);
  }

  reset() {
    this.remember('reset');
    const s = cloneState(this.state);
    const start = this.start.state;
    Object.assign(s, {
      weights: start.weights.map((w) => w.slice()),
      powers: start.powers.slice(),
      rule: start.rule,
      limits: start.limits.map((l) => ({ ...l })),
    });
    this.restore(s);
  }

  restore(state) {
    const keep = {
      view: this.state.view,
      large: this.state.large,
      scheme: this.state.scheme,
      notes: this.state.notes,
      pins: this.state.pins,
      selected: this.state.selected,
    };
    Object.assign(this.state, cloneState(state), keep);
    this.lastWhat = '';
    this.asked.limits = true;
    this.asked.other.add('restore');
    this.frame();
    this.keep();
  }

  run() {
    const { limits, wishes, other } = this.asked;
    this.asked = { limits: false, wishes: false, other: new Set() };
    const what = new Set(other);
    if (limits || wishes) {
      what.add('outcome');
      if (limits) what.add('limits');
      this.tryCompute(limits, this.history.at(-1) ?? this.start.state);
      this.settle();
    }
    for (const f of this.listeners) f(what);
  }

  settleNow() {
    if (this.now.quick && this.now.count && this.settler) {
      const asked = this.now;
      this.settler
        .rank(this.inForce(this.state), this.flat, this.state.powers, this.state.rule)
        .then((full) => {
          if (this.now !== asked) return;
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
    if (!this.state.keepOrder)
      this.listOrder = Array.from(this.now.order ?? [], (k) => this.now.feasible[k]);
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
  setWeight(h, c, share) {
    this.change('wishes', (s) => setShare(s.weights[h], c, share));
  }
  setPower(h, share) {
    this.change('wishes', (s) => setShare(s.powers, h, share));
  }
  setRule(rule) {
    this.change('wishes', (s) => {
      s.rule = rule;
    });
  }
  setLimit(j, change) {
    this.change('limits', (s) => Object.assign(s.limits[j], change));
  }
  addLimit(criterion, change, owner = 'meeting', why = '') {
    this.change('limits', (s) => s.limits.push(newLimit(s, criterion, change, owner, why)));
  }
  removeLimit(j) {
    this.change('limits', (s) => s.limits.splice(j, 1));
  }
}
