// SPDX-License-Identifier: GPL-3.0-or-later
// What sliders, fields, locks and boxes do to the wishes and limits. All steps of one gesture are
// computed from where it began.
import { attribute, lockKey, newLimit, setShare, typeShares } from './state.mjs';

export class Controls {
  constructor(session) {
    this.session = session;
  }

  isLocked(h, c) {
    const p = this.session.problem;
    return this.session.state.locks.has(lockKey(p, h, c));
  }
  lock(h, c) {
    const key = lockKey(this.session.problem, h, c);
    this.session.change('look', (s) => {
      if (!s.locks.delete(key)) s.locks.add(key);
    });
    this.session.found.forget(); // tracks depend on locks
    this.session.settle();
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
    const shares = sharesOf(this.session.state);
    if (this.session.gesture?.control !== control) this.session.gesture = { control, from: shares.slice() };
    const { gesture } = this.session;
    this.session.change('wishes', () => (gesture.spread = setShare(shares, k, share, gesture.from, locked)), control);
    this.session.gesture = gesture;
  }
  /** A share as a number: the first of several is where the others are computed from. */
  typeWeight(h, c, share) {
    this.type(`typed ${h}`, (s) => s.weights[h], c, share, (k) => this.isLocked(h, k));
  }
  typePower(h, share) {
    this.type('typed powers', (s) => s.powers, h, share);
  }
  type(control, sharesOf, k, share, locked) {
    const shares = sharesOf(this.session.state);
    if (this.session.gesture?.control !== control)
      this.session.gesture = { control, from: shares.slice(), typed: new Map() };
    const { gesture } = this.session;
    gesture.typed.set(k, share);
    this.session.change('wishes', () => typeShares(shares, gesture.typed, gesture.from, locked), control);
    this.session.gesture = gesture;
  }
  /** Leaving the fields: what was typed is taken as it is. */
  endTyping() {
    if (this.session.gesture?.typed) this.session.gesture = null;
    this.session.endDrag();
  }
  setRule(rule) {
    this.session.change('wishes', (s) => {
      s.rule = rule;
    });
  }
  /** A bound stops at the other one of its limit: the program takes no limit that nothing can meet. */
  setLimit(j, change) {
    const drag = 'on' in change ? '' : `limit ${this.session.state.limits[j].key} ${Object.keys(change)}`;
    const { min, max } = this.session.state.limits[j];
    const stopped = { ...change };
    if (change.min > (max ?? Infinity)) stopped.min = max;
    if (change.max < (min ?? -Infinity)) stopped.max = min;
    const set = (l) => attribute(Object.assign(l, stopped), this.session.problem.limits[l.base]);
    this.session.change('limits', (s) => set(s.limits[j]), drag);
  }
  addLimit(criterion, change, owner = 'meeting', why = '') {
    this.session.change('limits', (s) => s.limits.push(newLimit(s, criterion, change, owner, why)));
  }
  removeLimit(j) {
    this.session.change('limits', (s) => s.limits.splice(j, 1));
  }
}
