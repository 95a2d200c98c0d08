// SPDX-License-Identifier: GPL-3.0-or-later
// What a criterion was taken from: its value in each subgroup, with the worst one named.
import { h, name } from '../draw/dom.mjs';
import { bare } from '../draw/format.mjs';
import { scrollBox } from '../draw/scroll.mjs';

const WORST = 0; // places in TAKES of data.mjs
const MEAN = 3;

/** [{ at, value, size }] of candidate i, by value; at: index into the names of the subgroups. */
function groupsOf(c, i) {
  const { start, group, value, sizes } = c.groups;
  const out = [];
  for (let k = start[i]; k < start[i + 1]; k++)
    out.push({ at: group[k], value: value[k], size: sizes ? sizes[k] : NaN });
  return out.sort((a, b) => a.value - b.value || a.at - b.at);
}

/** The ends that the criterion looks at: the worst-off subgroup, or the lowest and the highest. */
function ends(c, i) {
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
function families(p) {
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

/** A table for each criterion that was taken from subgroups: a row per subgroup, a column per
 * candidate; null where there is none. */
export function groupTables(session, list) {
  const p = session.problem;
  const all = families(p).map((family) => groupTable(p, family, list));
  return all.length ? all : null;
}

function groupTable(p, family, list) {
  const [c] = family;
  const columns = list.map((i) => ({
    i,
    value: new Map(groupsOf(c, i).map((g) => [g.at, g])),
    marks: family.flatMap((k) => ends(k, i)),
  }));
  const cell = ({ value, marks }, at) => {
    const g = value.get(at);
    if (!g) return h('td', { class: 'num' }, '–');
    const words = [...new Set(marks.filter((e) => e.at === at).map((e) => e.word))];
    return h(
      'td',
      { class: 'num' },
      bare(g.value),
      h(
        'span',
        { class: `by ${words.includes('worst off') ? 'missed' : ''}` },
        words.length ? `${words.includes('worst off') ? '▼ ' : ''}${words.join(', ')}` : '',
        Number.isNaN(g.size) ? '' : `${words.length ? ' · ' : ''}of ${bare(g.size)}`,
      ),
    );
  };
  const caption = [
    family.map((k, n) => [n ? '; ' : '', name(k.label)]),
    ': by subgroup',
    c.groups.size ? [' (of so many ', name(c.groups.size), ')'] : '',
  ];
  return scrollBox(
    `${c.label.slice(0, 60)} by subgroup`,
    h(
      'table',
      { class: 'groups' },
      h('caption', null, caption),
      h(
        'thead',
        null,
        h(
          'tr',
          null,
          h('th', { scope: 'col' }, 'Subgroup'),
          list.map((i) => h('th', { scope: 'col', class: 'num wrap' }, name(p.ids[i]))),
        ),
      ),
      h(
        'tbody',
        null,
        c.groups.names.map((t, at) =>
          h(
            'tr',
            null,
            h('th', { scope: 'row' }, name(t)),
            columns.map((x) => cell(x, at)),
          ),
        ),
      ),
    ),
  );
}
