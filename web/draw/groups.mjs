// SPDX-License-Identifier: GPL-3.0-or-later
// What a criterion was taken from: its value in each subgroup, with the worst one named.

const WORST = 0; // places in TAKES of data.mjs
const MEAN = 3;

/** [{ at, value, size }] of candidate i, by value; at: index into the names of the subgroups. */
export function groupsOf(c, i) {
  const { start, group, value, sizes } = c.groups;
  const out = [];
  for (let k = start[i]; k < start[i + 1]; k++)
    out.push({ at: group[k], value: value[k], size: sizes ? sizes[k] : NaN });
  return out.sort((a, b) => a.value - b.value || a.at - b.at);
}

/** The ends that the criterion looks at: the worst-off subgroup, or the lowest and the highest. */
export function ends(c, i) {
  const all = c.groups ? groupsOf(c, i) : [];
  if (!all.length || c.groups.take === MEAN) return [];
  const [low, high] = [all[0], all.at(-1)];
  if (c.groups.take === WORST) return [{ ...(c.goal === 'min' ? high : low), word: 'worst off' }];
  return [
    { ...low, word: 'lowest' },
    { ...high, word: 'highest' },
  ];
}

/** "worst off: women 40 and over"; nothing where the criterion is not the worst of its subgroups. */
export const worstWords = (c, i) =>
  c.groups?.take === WORST
    ? ends(c, i)
        .map((e) => `${e.word}: ${c.groups.names[e.at]}`)
        .join()
    : '';

/** Criteria of the same subgroup values share a table. */
export function families(p) {
  const out = [];
  for (const c of p.criteria.filter((k) => k.groups)) {
    const same = out.find(
      ([k]) =>
        String(k.groups.value) === String(c.groups.value) &&
        String(k.groups.names) === String(c.groups.names),
    );
    if (same) same.push(c);
    else out.push([c]);
  }
  return out;
}
