// SPDX-License-Identifier: GPL-3.0-or-later
// Places for labels beside marks: the first of twelve that covers the least.

const WIDTH = 0.54; // of a letter, in letter heights

export const widthOf = (text, size) => Array.from(text).length * size * WIDTH;

/** @typedef {[number, number, number, number]} Box left, top, right, bottom */

/** @param {number[]} a @param {number[]} b */
const overlap = (a, b) =>
  Math.max(0, Math.min(a[2], b[2]) - Math.max(a[0], b[0])) * Math.max(0, Math.min(a[3], b[3]) - Math.max(a[1], b[1]));

/** Where the box of a label begins, from its mark: near places first, then with a leader.
 * @returns {[number, number, boolean][]} */
function places(x, y, w, hgt) {
  /** @type {[number, number, boolean][]} */
  const out = [];
  for (const leader of [false, true]) {
    const gap = leader ? 26 : 9;
    const d = gap * 0.75;
    out.push(
      [x + gap, y - hgt / 2, leader],
      [x - gap - w, y - hgt / 2, leader],
      [x + d, y - d - hgt, leader],
      [x + d, y + d, leader],
      [x - d - w, y - d - hgt, leader],
      [x - d - w, y + d, leader],
      [x - w / 2, y - gap - hgt, leader],
      [x - w / 2, y + gap, leader],
    );
  }
  return out;
}

/** labels: [{ x, y, text, size }], the most important first; marks: [[x, y, r]]; frame: [x0, y0, x1, y1];
 * there: boxes of texts that stay free.
 * Gives the placed ones with { at: [x, y of the baseline], leader }; what finds no free place is left out. */
export function placeLabels(labels, marks, frame, there = []) {
  const taken = [...there];
  const out = [];
  for (const l of labels) {
    const hgt = l.size * 1.2;
    const w = widthOf(l.text, l.size) * (l.weight > 600 ? 1.1 : 1);
    /** @type {{ cost: number, box: Box, leader: boolean } | null} */
    let best = null;
    places(l.x, l.y, w, hgt).forEach(([x, y, leader], k) => {
      /** @type {Box} */
      const box = [x, y, x + w, y + hgt];
      if (box[0] < frame[0] || box[1] < frame[1] || box[2] > frame[2] || box[3] > frame[3]) return;
      let cost = k * 2;
      for (const [mx, my, r] of marks) cost += 1.5 * overlap(box, [mx - r, my - r, mx + r, my + r]);
      let hit = false;
      for (const t of taken) if (overlap(box, t) > 0) hit = true;
      if (!hit && (!best || cost < best.cost)) best = { cost, box, leader };
    });
    if (!best || best.cost > 260) continue;
    taken.push(best.box);
    out.push({ ...l, box: best.box, at: [best.box[0], best.box[3] - 0.28 * l.size], leader: best.leader });
  }
  return out;
}
