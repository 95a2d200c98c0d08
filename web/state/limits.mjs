// SPDX-License-Identifier: GPL-3.0-or-later
// The limits of a result, and how sure they are.
import { list, number, own, text } from './given.mjs';

export function readLimits(result, criterionOf, columns, stakeholderOf, ids) {
  return list(result.constraints).map((k, j) => ({
    key: `c${j}`,
    base: j,
    on: true,
    text: text(k.text),
    owner: text(k.owner),
    why: text(k.why),
    criterion: criterionOf.get(k.criterion) ?? -1,
    column: columns.get(k.column)?.at ?? -1,
    stakeholder: stakeholderOf.get(k.veto) ?? -1,
    min: number(k.min),
    max: number(k.max),
    equals: k.equals ?? null,
    in: list(k.in),
    notIn: list(k.not_in),
    shown: number(k.shown) === null ? null : { level: k.shown, overAll: k.over === 'all' },
    relative: readRelative(own(list(own(result.scenario, 'constraints')), j)),
    judged: readJudged(k, ids),
  }));
}

/** By how much a constraint of the scenario may be worse than the incumbent; null: it has a bound of its own. */
function readRelative(written) {
  if (!own(written, 'than')) return null;
  const percent = number(written.worse_by_percent);
  return { by: percent ?? number(written.worse_by) ?? 0, percent: percent !== null };
}

/** How sure a limit is of each candidate; null where nothing there has an error. NaN: not known. */
function readJudged(k, ids) {
  if (!k.judged) return null;
  const of = ids.map((id) => own(k.judged.candidates, id));
  const array = (key) => Float64Array.from(of, (x) => number(own(x, key)) ?? NaN);
  return {
    level: number(k.judged.level) ?? 0.95,
    se: array('se'),
    holds: array('holds'),
    min: array('min'),
    max: array('max'),
  };
}
