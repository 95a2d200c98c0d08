// SPDX-License-Identifier: GPL-3.0-or-later
// Short labels of the page's own controls. Sentences about the decision come from the engine.
import { RULES } from '../engine/rules.mjs';
import { limitName } from '../state/changes.mjs';

export { RULE_WORDS } from '../engine/rules.mjs';
export { ownerName } from '../state/facts.mjs';

export const STATUS_WORDS = {
  frontier: 'Frontier',
  dominated: 'Beaten outright',
  infeasible: 'Misses a limit',
  dropped: 'Not measured in full',
};
export const STATUS_MARKS = { frontier: '●', dominated: '○', infeasible: '✕', dropped: '–' };

/** What a limit is called where its bounds stand beside it; of words, and of what is switched off, all of it. */
export const limitTitle = (p, l) => (l.min !== null || l.max !== null ? limitName(p, l) : l.words || l.text || `${limitName(p, l)}: no bound`);

/** Why a rule cannot be chosen now; '' where it can. */
export function overLimit(session, rule) {
  if (RULES[rule] === 'priorities' && !session.problem.ruleOptions.stage) return 'needs the order of the groups, which the scenario does not say';
  const most = session.engine.ruleLimit(rule);
  const { count } = session.now;
  return count > most ? `decides among at most ${most}, ${count} are feasible` : '';
}

export const NO_WEIGHTS = '∅ No weights choose it';

/** Did the program find that no weights at all make candidate i the first one under weighted? (It
 * depends on who is feasible, so not once limits have moved.) */
export function noWeights(session, i) {
  const found = session.problem.result.choice?.candidates;
  const id = session.id(i);
  return (
    !session.limitsChanged &&
    Boolean(found) &&
    Object.hasOwn(found, id) &&
    found[id]?.choosable === false
  );
}
