// SPDX-License-Identifier: GPL-3.0-or-later
// What is said of a candidate beside its name.
import { breaks, inSet } from './listing.mjs';
import { noWeights } from './words.mjs';

/** Ranks that more than one candidate has. */
export function sharedRanks({ order = [], rank }) {
  const out = new Set();
  for (let q = 1; q < order.length; q++)
    if (rank[order[q]] === rank[order[q - 1]]) out.add(rank[order[q]]);
  return out;
}

/** tied: sharedRanks. */
export function tagOf(session, i, tied) {
  const { now, problem, state } = session;
  const k = session.slot(i);
  const tags = inSet(session, i) ? ['in the set'] : [];
  if (now.count && i === now.runnerUp) tags.push('runner-up');
  if (i === problem.incumbent) tags.push('today');
  if (problem.dropped[i]) tags.push('not measured in full');
  else if (k < 0) tags.push(breaks(session, i) > 1 ? `misses ${breaks(session, i)} limits` : 'misses a limit');
  if (!now.count && i === now.nearest) tags.push('nearest');
  if (k >= 0 && session.onFrontier(i) && noWeights(session, i)) tags.push('no weights choose it');
  if (k >= 0 && now.tied?.includes(k)) tags.push('as good in practice');
  else if (k >= 0 && tied.has(now.rank[k])) tags.push('tied');
  if (state.pins.includes(i)) tags.push(`pin ${state.pins.indexOf(i) + 1}`);
  return tags.join(' · ');
}
