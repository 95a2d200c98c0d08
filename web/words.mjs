// SPDX-License-Identifier: GPL-3.0-or-later
// Short labels of the page's own controls. Sentences about the decision come from the engine.
import { bare, withUnit } from './format.mjs';

export const RULE_WORDS = new Map([
  ['weighted', 'Largest total, everyone counted by their say'],
  ['maximin', 'Best deal for whoever is worst off'],
  ['nash', 'The bargain in which all gain most together'],
  ['kalai-smorodinsky', 'Most even share of what each could hope for'],
  ['minimax-regret', 'Smallest of the worst disappointments'],
  ['chebyshev', 'Smallest weighted shortfall in the worst criterion'],
  ['borda', 'Most points when each ranks all'],
  ['copeland', 'Most majorities won, one against one'],
  ['kemeny', 'The order that contradicts the stakeholders least'],
]);

export const STATUS_WORDS = { frontier: 'Frontier', dominated: 'Beaten outright',
  infeasible: 'Misses a limit', dropped: 'Not measured in full' };
export const STATUS_MARKS = { frontier: '●', dominated: '○', infeasible: '✕', dropped: '–' };

const ascii = (x) => bare(x).replace('−', '-');

/** "latency <= 120 ms", as the program writes it. */
export function limitText(p, l) {
  const c = l.criterion >= 0 ? p.criteria[l.criterion] : null;
  const what = c ? c.id : p.columns[l.column]?.name ?? '?';
  const bound = (x) => (c ? (c.levels[x] ?? withUnit(c, ascii(x))) : ascii(x));
  const parts = [];
  if (l.min !== null && l.max !== null) parts.push(`${bound(l.min)} <= ${what} <= ${bound(l.max)}`);
  else if (l.min !== null) parts.push(`${what} >= ${bound(l.min)}`);
  else if (l.max !== null) parts.push(`${what} <= ${bound(l.max)}`);
  if (l.equals !== null) parts.push(`${what} = ${l.equals}`);
  if (l.in.length) parts.push(`${what} in ${l.in.join(', ')}`);
  if (l.notIn.length) parts.push(`${what} not in ${l.notIn.join(', ')}`);
  return parts.join(' and ');
}

export const limitName = (p, l) => (l.criterion >= 0 ? p.criteria[l.criterion].label
  : p.columns[l.column]?.name ?? '?');
