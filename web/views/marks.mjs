// SPDX-License-Identifier: GPL-3.0-or-later
// What is said of a candidate beside its name.
import { NO_WEIGHTS, STATUS_MARKS, STATUS_WORDS, noWeights } from './words.mjs';

/** Ranks that more than one candidate has. */
export function sharedRanks({ order = [], rank }) {
  const out = new Set();
  for (let q = 1; q < order.length; q++)
    if (rank[order[q]] === rank[order[q - 1]]) out.add(rank[order[q]]);
  return out;
}

/** tied: sharedRanks. */
export function marksOf(session, i, tied) {
  const { now, problem, state } = session;
  const status = session.status(i);
  const marks = [`${STATUS_MARKS[status]} ${STATUS_WORDS[status]}`];
  if (i === now.recommended) marks.unshift('★ Recommended');
  if (i === problem.incumbent) marks.push('◆ Runs today');
  const k = session.slot(i);
  if (status === 'frontier' && noWeights(session, i)) marks.push(NO_WEIGHTS);
  if (k >= 0 && now.tied?.includes(k)) marks.push('≈ As good in practice');
  else if (k >= 0 && tied.has(now.rank[k])) marks.push('= Tied');
  if (state.pins.includes(i)) marks.push(`${state.pins.indexOf(i) + 1} Pinned`);
  return marks.map((m) => m.replaceAll(' ', '\u00a0')).join('  ');
}
