// SPDX-License-Identifier: GPL-3.0-or-later
// What an engine has to be told to rank a state: its limits in force, weights, powers and rule.

/** In the program's order: vetoes last. */
export function inForce(problem, state) {
  const all = state.limits.filter((l) => l.on && !isEmpty(l));
  for (const l of all) {
    l.judged = judgedOf(problem, l);
    l.than = l.base >= 0 && !isMoved(problem, l) ? problem.limits[l.base].relative : null;
  }
  return [...all.filter((l) => l.stakeholder < 0), ...all.filter((l) => l.stakeholder >= 0)];
}

/** How sure a limit is: as the program judged it; a moved one by the errors that it has; a new
 *  one, and one that is not relative to the incumbent any more, by those of its criterion. Errors
 *  that are not normal are known for the program's own bounds only: null, and nothing is said. */
function judgedOf(problem, l) {
  const { limits, criteria, level } = problem;
  const base = l.base >= 0 ? limits[l.base] : null;
  const moved = base && isMoved(problem, l);
  const unknown = new Float64Array(problem.n).fill(NaN);
  if (base?.judged && !moved) return base.judged;
  if (base?.judged && !base.relative)
    return base.judged.holds.some((x, i) => !Number.isNaN(x) && Number.isNaN(base.judged.se[i]))
      ? null
      : { ...base.judged, holds: unknown };
  const of = criteria[l.criterion];
  if (of?.error !== 'normal' || !of.se || (base && !base.judged)) return null;
  return {
    level: base?.judged.level ?? level,
    se: of.se.map((x) => (Number.isNaN(x) ? 0 : x)),
    holds: unknown,
    min: unknown,
    max: unknown,
  };
}

const isMoved = ({ limits }, l) => limits[l.base].min !== l.min || limits[l.base].max !== l.max;

export function isEmpty(l) {
  return l.base < 0 && l.min === null && l.max === null;
}

/** What an engine has to be told to rank a state. */
export function wanted(problem, state) {
  const limits = inForce(problem, state);
  for (const l of limits) l.text = givenText(problem, l);
  const flat = new Float64Array(state.weights.length * problem.criteria.length);
  state.weights.forEach((w, h) => flat.set(w, h * w.length));
  return { limits, flat, powers: state.powers, rule: state.rule };
}

/** The program's text where the limit is as the scenario has it; else the engine words it. */
export function givenText(problem, l) {
  const base = l.base >= 0 ? problem.limits[l.base] : null;
  return base && base.min === l.min && base.max === l.max ? base.text : '';
}
