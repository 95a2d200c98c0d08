// SPDX-License-Identifier: GPL-3.0-or-later
// Where one share, moved alone, would turn the answer: as the engine has worked it out; where it has not (some rules,
// many candidates, shares that are locked, somebody simpler), what it answers at every whole percent on the way, and by
// halving in between.
import { lockKey, setShare } from './state.mjs';

const HALVINGS = 12; // of a step: 1 % to about 2e-6

/** Steps from the share of now, in whole percents of the slider, and its end. */
function* steps(now, up, coarse, last) {
  let k = up ? Math.floor(100 * now + 1e-9) + 1 : Math.ceil(100 * now - 1e-9) - 1;
  for (; up ? k < 100 * last : k > 100 * last; k += (up ? 1 : -1) * coarse(Math.abs(k - 100 * now))) yield k / 100;
  if (up ? last > now : last < now) yield last;
}
const EACH = () => 1;
/** Somebody without a say is left out: the least and the most that are asked for are this far from it. */
const LEAST_SAY = 1e-4;
/** Over the widest gaps of a search for the nearest turn, larger steps. */
const GROWING = (gone) => (gone < 10 ? 1 : gone < 30 ? 2 : 5);

/** The slider of one share: its share of now, its ends, move(wishes, t): sets them; hold: as the engine has it, or null. */
function sliders(engine, problem, asked) {
  const d = problem.criteria.length;
  const locked = (h) => (c) => asked.locks.has(lockKey(problem, h, c));
  const isFree = (h) => !problem.criteria.some((_, c) => locked(h)(c));
  engine.rank(asked.flat, asked.powers, asked.rule, { quick: true });
  engine.reach();
  const holds = problem.stakeholders.map((_, h) => [...problem.criteria.map((_, c) => (isFree(h) ? engine.hold(h, c) : null)), engine.hold(h, d)]);
  const shareOf = (list, k) => list[k] / (list.reduce((a, b) => a + b, 0) || 1);
  return {
    weight(h, c) {
      const from = asked.flat.slice(h * d, (h + 1) * d);
      return {
        h,
        c,
        hold: holds[h][c],
        now: shareOf(from, c),
        least: 0,
        most: 1 - from.reduce((a, _, k) => (k !== c && locked(h)(k) ? a + shareOf(from, k) : a), 0),
        move: (wishes, t) => setShare(wishes.flat.subarray(h * d, (h + 1) * d), c, t, from, locked(h), 0),
      };
    },
    power(h) {
      const from = asked.powers;
      return { h, c: -1, hold: holds[h][d], now: shareOf(from, h), least: LEAST_SAY, most: 1 - LEAST_SAY, move: (wishes, t) => setShare(wishes.powers, h, t, from, undefined, 0) };
    },
  };
}

function firstAt(engine, asked, slider, t) {
  const wishes = { flat: asked.flat.slice(), powers: asked.powers.slice() };
  slider.move(wishes, t);
  return engine.first(wishes.flat, wishes.powers, asked.rule);
}

/** Between a share at which `first` stays and one at which it does not: the latter, as near as it is
 * looked for, and who is first there. */
function halve(engine, asked, slider, stays, turns, to) {
  for (let k = 0; k < HALVINGS; k++) {
    const t = (stays + turns) / 2;
    const who = firstAt(engine, asked, slider, t);
    if (who === asked.first) stays = t;
    else [turns, to] = [t, who];
  }
  return { at: turns, to };
}

/** Where the slider turns the answer, at most so far from now, and who is first there; null: nowhere. */
function turn(engine, asked, slider, up, coarse = EACH, most = 1) {
  const { hold } = slider;
  if (hold) {
    const [at, to] = up ? [hold.to, hold.above] : [hold.from, hold.below];
    return to < 0 || Math.abs(at - slider.now) > most ? null : { at, to };
  }
  let stays = slider.now;
  for (const t of steps(slider.now, up, coarse, up ? slider.most : slider.least)) {
    const beyond = Math.abs(t - slider.now) > most;
    const at = beyond ? slider.now + (up ? most : -most) : t;
    const who = firstAt(engine, asked, slider, at);
    if (who !== asked.first) return halve(engine, asked, slider, stays, at, who);
    if (beyond) return null;
    stays = at;
  }
  return null;
}

/** One whose wishes are looked at: { weights: [{ low, high }], power }, each { at, to } or null. */
function tracks(engine, problem, asked) {
  const make = sliders(engine, problem, asked);
  const both = (s) => ({ now: s.now, low: turn(engine, asked, s, false), high: turn(engine, asked, s, true) });
  const one = problem.stakeholders.length < 2;
  return {
    weights: problem.criteria.map((_, c) => both(make.weight(asked.who, c))),
    power: one ? null : both(make.power(asked.who)),
  };
}

/** The nearest turn of all: { h, c, now, up, at, to }; null: no share alone turns the answer. */
function nearest(engine, problem, asked) {
  const make = sliders(engine, problem, asked);
  const all = problem.stakeholders.flatMap((q, h) =>
    q.power > 0 || asked.powers[h] > 0
      ? [...problem.criteria.map((_, c) => make.weight(h, c)), ...(problem.stakeholders.length > 1 ? [make.power(h)] : [])]
      : [],
  );
  let [best, most] = [null, 1];
  for (const reach of [0.05, 0.15, 0.4, 1]) {
    for (const s of all)
      for (const up of [false, true]) {
        const found = turn(engine, asked, s, up, GROWING, Math.min(most, reach));
        const by = found ? Math.abs(found.at - s.now) : Infinity;
        if (by < most) [best, most] = [{ h: s.h, c: s.c, now: s.now, up, ...found }, by];
      }
    if (best) break;
  }
  return best;
}

/** asked: { flat, powers, rule, first, locks, who }; who -1: the nearest turn of all. The engine has
 * the limits. */
export const turnsOf = (engine, problem, asked) =>
  asked.who < 0 ? nearest(engine, problem, asked) : tracks(engine, problem, asked);
