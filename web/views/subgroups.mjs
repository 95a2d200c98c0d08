// SPDX-License-Identifier: GPL-3.0-or-later
// A table for each criterion that was taken from subgroups: a row per subgroup, a column per candidate.
import { h } from 'preact';
import { bare } from '../draw/format.mjs';
import { ends, families, groupsOf } from '../draw/groups.mjs';
import { Name } from './parts.mjs';

function Cell({ column, at }) {
  const g = column.value.get(at);
  if (!g) return h('td', { class: 'n' }, '–');
  const words = [...new Set(column.marks.filter((e) => e.at === at).map((e) => e.word))];
  const worst = words.includes('worst off');
  const size = Number.isNaN(g.size) ? '' : `of ${bare(g.size)}`;
  return h('td', { class: 'n' }, bare(g.value), ' ', h('small', { class: worst ? 'w' : 'mu' }, [words.length ? `${worst ? '▼ ' : ''}${words.join(', ')}` : '', size].filter(Boolean).join(' · ')));
}

export function Groups({ session, list }) {
  const p = session.problem;
  return families(p).map((family, n) => {
    const [c] = family;
    const columns = list.map((i) => ({ i, value: new Map(groupsOf(c, i).map((g) => [g.at, g])), marks: family.flatMap((k) => ends(k, i)) }));
    return h(
      'div',
      { class: 'wide', key: n, tabindex: '0', role: 'region', 'aria-label': `${c.label.slice(0, 60)} by subgroup` },
      h(
        'table',
        { class: 'ex groups' },
        h('caption', null, family.map((k, m) => [m ? '; ' : '', h(Name, { key: m, text: k.label, most: 60 })]), ', by subgroup', c.groups.size ? [' (of so many ', h(Name, { text: c.groups.size, most: 30 }), ')'] : ''),
        h('thead', null, h('tr', null, h('th', { scope: 'col' }, 'Subgroup'), list.map((i) => h('th', { key: i, scope: 'col', class: 'n' }, h(Name, { text: p.ids[i], most: 22 }))))),
        h('tbody', null, c.groups.names.map((t, at) => h('tr', { key: at }, h('th', { scope: 'row' }, h(Name, { text: t, most: 40 })), columns.map((x) => h(Cell, { key: x.i, column: x, at }))))),
      ),
    );
  });
}
