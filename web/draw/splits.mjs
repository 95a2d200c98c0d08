// SPDX-License-Identifier: GPL-3.0-or-later
// Splits between candidates in a picture of two criteria: the frontier of splits that the program
// found, the best split, and where on it everybody's needs are met. A split has the average readings
// of its candidates, so it is drawn only where both criteria average.
import { needsOf } from '../state/facts.mjs';

/** Are the readings of a split in this criterion the averages of its candidates'? */
export const averages = (c) => !c.levels.length && c.goal !== 'target' && c.mixes !== 'worst';

/** The frontier of splits in these two criteria: its corners by x, { shares, x, y }; [] where the
 * program did not look for it in both, or not to the end. Of corners of a frontier in more criteria
 * those count that no split beats in these two. */
export function hullOf(session, cx, cy) {
  const f = session.problem.result.mix?.frontier;
  if (session.changed || f?.space !== 'criteria' || !f.complete || !averages(cx) || !averages(cy)) return [];
  if (!f.axes.includes(cx.id) || !f.axes.includes(cy.id)) return [];
  const toX = cx.goal === 'min' ? -1 : 1;
  const toY = cy.goal === 'min' ? -1 : 1;
  const points = f.points
    .map((q) => ({ shares: q.shares, x: q.at[cx.id], y: q.at[cy.id] }))
    .sort((a, b) => toX * (b.x - a.x) || toY * (b.y - a.y));
  const out = [];
  for (const q of points) {
    if (out.length && toY * q.y <= toY * out.at(-1).y) continue;
    const below = (a, b) => toX * toY * ((b.x - a.x) * (q.y - a.y) - (b.y - a.y) * (q.x - a.x)) <= 0;
    while (out.length > 1 && below(out.at(-2), out.at(-1))) out.pop();
    out.push(q);
  }
  return out;
}

/** The shares of b, [from, to], with which a split of a and b meets everybody's needs, where no
 * single feasible candidate does; null: none, or a need is not on an average. */
export function needsStretch(session, a, b) {
  const { now, problem: p } = session;
  let [from, to] = [0, 1];
  let some = false;
  const rows = p.stakeholders.flatMap((_, h) => needsOf(session, h));
  for (let k = 0; k < now.count; k++) if (rows.every((_, q) => now.needGap[q * now.count + k] <= 0)) return null;
  for (const q of rows) {
    const c = p.criteria[q.criterion];
    if (!averages(c)) return null;
    const [x, y] = [c.reading[a], c.reading[b]];
    for (const [bound, sign] of [[q.min, 1], [q.max, -1]]) {
      if (bound === null) continue;
      some = true;
      const [left, step] = [sign * (x - bound), sign * (y - x)];
      if (step > 0) from = Math.max(from, -left / step);
      else if (step < 0) to = Math.min(to, -left / step);
      else if (left < 0) return null;
    }
  }
  return some && from < to ? [from, to] : null;
}

/** at(x, y): a place in the picture; seen(i): is candidate i drawn? */
export function drawSplits(pen, session, { cx, cy, at, seen }, colour) {
  const hull = hullOf(session, cx, cy);
  if (hull.length > 1) pen.line(hull.map((q) => at(q.x, q.y)), { stroke: colour.ink3, width: 1.2, dash: '1 3' });
  for (const q of hull) if (q.shares.length > 1) pen.mark('circle', ...at(q.x, q.y), 2.4, { stroke: colour.ink3, fill: colour.panel, width: 1.2 });
  const mix = session.problem.result.mix;
  if (session.changed || !mix?.better || !mix.shares || mix.shares.length < 2 || !averages(cx) || !averages(cy)) return;
  const ids = mix.shares.map((s) => session.problem.indexOfId.get(s.id)).filter((i) => i !== undefined && seen(i));
  if (ids.length < 2) return;
  const points = ids.map((i) => at(cx.reading[i], cy.reading[i]));
  pen.line(points.length > 2 ? [...points, points[0]] : points, { stroke: colour.ink, width: 1.4 });
  const stretch = ids.length === 2 && mix.shares.length === 2 ? needsStretch(session, ...ids) : null;
  if (stretch) {
    const between = (s) => at(...[cx, cy].map((c) => c.reading[ids[0]] + s * (c.reading[ids[1]] - c.reading[ids[0]])));
    pen.line(stretch.map(between), { stroke: colour.ink, width: 5 });
  }
  const read = mix.readings ?? {};
  if (typeof read[cx.id] === 'number' && typeof read[cy.id] === 'number')
    pen.mark('circle', ...at(read[cx.id], read[cy.id]), 4, { fill: colour.ink, stroke: colour.panel, width: 1.5, title: 'the split' });
}

/** What the picture has of splits, for its key. */
export function splitsShown(session, cx, cy) {
  const mix = session.problem.result.mix;
  const best = !session.changed && mix?.better && mix.shares?.length > 1 && averages(cx) && averages(cy);
  const ids = best && mix.shares.length === 2 ? mix.shares.map((s) => session.problem.indexOfId.get(s.id)) : [];
  return { best: Boolean(best), hull: hullOf(session, cx, cy).length > 1, needs: ids.length === 2 && !ids.includes(undefined) && needsStretch(session, ...ids) !== null };
}
