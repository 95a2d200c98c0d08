// SPDX-License-Identifier: GPL-3.0-or-later
// Which candidates a table lists, and in which order.

export const FILTERS = [
  ['all', 'All'],
  ['feasible', 'Feasible'],
  ['frontier', 'Frontier only'],
  ['out', 'Out: misses a limit, or not measured'],
];

/** Is candidate i in the set that the program chose? */
export const inSet = ({ problem: p }, i) => p.result.portfolio?.ids?.includes(p.ids[i]) ?? false;

const statusPasses = (session, filter, i) => {
  const status = session.status(i);
  return (
    filter === 'all' ||
    status === filter ||
    (filter === 'set' && inSet(session, i)) ||
    (filter === 'feasible' && session.slot(i) >= 0) ||
    (filter === 'out' && session.slot(i) < 0)
  );
};

export function scoreOf(session, i) {
  const k = session.slot(i);
  return k < 0 ? NaN : session.now.score[k];
}

/** How many limits in force candidate i breaks. */
export function breaks({ now }, i) {
  const words = now.broken.length / now.slot.length || 1;
  let count = 0;
  for (let k = 0; k < words; k++) for (let x = now.broken[words * i + k] >>> 0; x; x &= x - 1) count++;
  return count;
}

/** Where nobody is feasible: who is nearest, then those that break the fewest limits. */
function nearestFirst(session, list) {
  const key = (i) => (i === session.now.nearest ? -1 : session.problem.dropped[i] ? 99 : breaks(session, i));
  return [...list].sort((a, b) => key(a) - key(b) || a - b);
}

/** Those that pass, in the order asked for; those that are out come last.
 * sort.by: 'rank', 'id', 'score', or the place of a criterion. */
let last = null; // several parts of one frame ask for the same list
export function listed(session, { query, filter, sort }) {
  const asked = [session.now, session.order, query, filter, sort.by, sort.down];
  if (!last || asked.some((x, k) => x !== last.asked[k])) last = { asked, list: list(session, query, filter, sort) };
  return last.list;
}

function list(session, query, filter, { by, down }) {
  const { problem: p, order } = session;
  const seen = new Uint8Array(p.n);
  for (const i of order) seen[i] = 1;
  const all = order.slice();
  for (let i = 0; i < p.n; i++) if (!seen[i]) all.push(i);
  const pass = all.filter(
    (i) => (!query || p.ids[i].toLowerCase().includes(query)) && statusPasses(session, filter, i),
  );
  if (by === 'rank' && !session.now.count) return nearestFirst(session, pass);
  if (by === 'rank') return down ? pass.reverse() : pass;
  const sign = down ? -1 : 1;
  if (by === 'id')
    return pass.sort((a, b) => sign * (p.ids[a] < p.ids[b] ? -1 : p.ids[a] > p.ids[b] ? 1 : 0));
  const key = by === 'score' ? (i) => scoreOf(session, i) : (i) => p.criteria[by].reading[i];
  return pass.sort((a, b) => {
    const [x, y] = [key(a), key(b)];
    return Number.isNaN(x) || Number.isNaN(y) ? Number(Number.isNaN(x)) - Number(Number.isNaN(y)) : sign * (x - y);
  });
}
