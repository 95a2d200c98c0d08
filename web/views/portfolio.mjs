// SPDX-License-Identifier: GPL-3.0-or-later
// Where a set of candidates was asked for: the one that the program chose, its sums and what it is
// worth. As in the result: the page does not solve it again, and says so once something has changed.
import { h } from 'preact';
import { bare, score, withUnit } from '../draw/format.mjs';
import { Name } from './parts.mjs';

/** { ids, sums: in words, worth: in words }; null: no set was asked for, or none was found. */
export function setOf({ problem: p }) {
  const { portfolio: is } = p.result;
  if (!is || !Array.isArray(is.ids)) return null;
  const sums = Object.entries(is.sums ?? {}).map(([id, x]) => {
    const c = p.criteria[p.criterionOf.get(id)];
    const l = p.scenario.portfolio?.limits?.find((q) => (q.criterion ?? q.column) === id) ?? {};
    const bound = [l.sum_min === undefined ? '' : ` of at least ${bare(l.sum_min)}`, l.sum_max === undefined ? '' : `${l.sum_min === undefined ? ' of' : ' and at most'} ${bare(l.sum_max)}`].join('');
    return withUnit(c ?? {}, `${c?.label ?? id} ${bare(x)}${bound}`);
  });
  return { ids: is.ids.map(String), sums: sums.join(', '), worth: typeof is.value === 'number' ? `${score(Math.round(100 * is.value))} points in all` : '' };
}

/** Why there is no set, in the program's words; null: none was asked for, or there is one. Whether one
 * exists hangs on limits, not on wishes. */
export function noSet({ problem: p, limitsChanged }) {
  const { portfolio: is } = p.result;
  if (!is || Array.isArray(is.ids)) return null;
  const said = Array.isArray(is.sentences) ? is.sentences.map(String).join(' ') : '';
  return {
    title: is.status === 'infeasible' ? 'No set keeps what is asked' : 'No set was found',
    why: `${said}${limitsChanged ? ' (as the program found it, before limits were changed)' : ''}`,
  };
}

export const setTitle = (set) => (!set.ids.length ? 'none of them' : set.ids.length === 1 ? set.ids[0] : `a set of ${set.ids.length}`);
export const setFigures = (session, set) => `${[set.worth, set.sums].filter(Boolean).join('; ')}${session.changed ? ' (as the program found it, before the changes)' : ''}`;

export const SetList = ({ set }) => h('ol', { class: 'bu set' }, set.ids.map((id) => h('li', { key: id }, h(Name, { text: id, most: 400 }))));
