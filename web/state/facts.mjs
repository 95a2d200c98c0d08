// SPDX-License-Identifier: GPL-3.0-or-later
// What is said of the answer in a few words. Numbers are the engine's; this file only looks them up,
// counts them and takes their differences.

const LISTS = { better: 'better', worse: 'worse', equal: 'same', alike: 'same', noise: 'noise', unknown: 'unknown' };

/** In which criteria is candidate a better, worse, equal in practice, within noise of b? */
export function against(session, a, b) {
  const out = { better: [], worse: [], same: [], noise: [], unknown: [] };
  session.problem.criteria.forEach((_, k) => out[LISTS[session.engine.stand(k, a, b)]].push(k));
  return out;
}

/** Of stakeholder h at candidate i (a slot of the outcome): rank, utility, favourite's, regret. */
export function dealOf(now, h, i) {
  const k = i < 0 ? 0xffffffff : now.slot[i];
  if (!now.count || k === 0xffffffff) return null;
  const at = h * now.count + k;
  return { rank: now.stakeholderRank[at], u: now.utility[at], best: now.favoured[h], regret: now.regret[at], own: now.feasible[now.favourite[h]] };
}

/** What stakeholder n needs; a veto that was moved as a limit is a need that moved. */
export function needsOf(session, n) {
  return session.problem.stakeholders[n].needs.map((q) => {
    const l =
      q.veto && session.state.limits.find((x) => x.stakeholder === n && x.criterion === q.criterion);
    if (!l) return q;
    return l.on ? { ...q, min: l.min, max: l.max } : { ...q, veto: false };
  });
}

/** Needs that candidate i misses: [{ h, criterion, min, max, veto }]. */
export function missedNeeds(session, i) {
  const { now, problem: p } = session;
  const k = i < 0 ? 0xffffffff : now.slot[i];
  if (!now.count || k === 0xffffffff) return [];
  const out = [];
  let at = 0;
  p.stakeholders.forEach((_, h) => {
    for (const q of needsOf(session, h)) if (now.needGap[at++ * now.count + k] > 0) out.push({ h, ...q });
  });
  return out;
}

/** Under which of the rules that were computed candidate i is first, and under how many of them others are, too. */
export function rulesFor(session, i) {
  const { now } = session;
  if (now.quick || !now.computed) return null;
  const k = now.slot[i];
  const all = [...now.computed.keys()].filter((q) => now.computed[q]);
  const ranks = (q) => now.ruleRanks.subarray(q * now.count, (q + 1) * now.count);
  const first = all.filter((q) => ranks(q)[k] === 1);
  const tied = first.filter((q) => ranks(q).indexOf(1) < ranks(q).lastIndexOf(1)).length;
  return { all, first, tied };
}

/** Whose limit it is: a stakeholder by its label. One that the meeting moved is still its owner's. */
export function ownerName(p, l) {
  const { owner } = p.limits[l.base] ?? l;
  return p.stakeholders.find((s) => s.id === owner)?.label ?? owner;
}
export const ownerNow = (p, l) => {
  const owner = ownerName(p, l);
  return owner && p.limits[l.base] && owner !== l.owner && l.owner === 'meeting' ? `${owner}, changed here` : owner;
};

/** Cells that nobody measured, of all. */
const COUNTED = new WeakMap();
export function unmeasured(p) {
  if (!COUNTED.has(p)) COUNTED.set(p, countUnmeasured(p));
  return COUNTED.get(p);
}

function countUnmeasured(p) {
  let missing = 0;
  p.criteria.forEach((c, k) => {
    for (let i = 0; i < p.n; i++) if (Number.isNaN(c.reading[i]) || p.imputed?.[k * p.n + i]) missing++;
  });
  return { missing, of: p.n * p.criteria.length };
}

/** How many limits with errors are shown to hold at candidate i: { shown, not, unknown, judged }. */
export function limitsShown(session, i) {
  const out = { shown: 0, not: [], unknown: 0, all: session.now.limits.length };
  for (const l of session.now.limits) {
    if (!l.judged) continue;
    const holds = l.judged.holds[i];
    if (Number.isNaN(holds)) out.unknown++;
    else if (holds >= l.judged.level) out.shown++;
    else out.not.push({ limit: l, holds });
  }
  out.judged = out.shown + out.not.length + out.unknown;
  return out;
}

const corr = (x, y) => {
  const n = x.length;
  const mean = (a) => a.reduce((s, v) => s + v, 0) / n;
  const [mx, my] = [mean(x), mean(y)];
  let [xy, xx, yy] = [0, 0, 0];
  for (let k = 0; k < n; k++) {
    xy += (x[k] - mx) * (y[k] - my);
    xx += (x[k] - mx) ** 2;
    yy += (y[k] - my) ** 2;
  }
  return xx > 0 && yy > 0 ? xy / Math.sqrt(xx * yy) : 0;
};

/** The two criteria in strongest conflict over the feasible ones (values, larger is better): { x, y, r }.
 * Numbers before words, which make a poor chart: beyond is then the pair that conflicts more. Where none
 * conflict, the least agreeing. */
export function strongestConflict(session) {
  const { now, problem: p } = session;
  const d = p.criteria.length;
  const of = (c) => now.value.subarray(c * now.count, (c + 1) * now.count);
  const values = p.criteria.map((_, c) => (now.count ? of(c) : []));
  const moves = (c) => values[c].some((v) => v !== values[c][0]);
  let [numbers, any] = [null, null];
  for (let a = 0; a < d; a++)
    for (let b = a + 1; b < d; b++) {
      if (!moves(a) || !moves(b)) continue;
      const r = corr(values[a], values[b]);
      const better = (best) => (!best || r < best.r - 1e-12 ? { y: a, x: b, r } : best);
      any = better(any);
      if (!p.criteria[a].levels.length && !p.criteria[b].levels.length) numbers = better(numbers);
    }
  const best = (any?.r < 0 && !(numbers?.r < 0) ? null : numbers) ?? any ?? { x: Math.min(1, d - 1), y: 0, r: 0 };
  return { ...best, beyond: any && any.r < best.r - 1e-12 ? any : null };
}
