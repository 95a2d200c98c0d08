// SPDX-License-Identifier: GPL-3.0-or-later
// What people said against candidates; nothing is cut.
import { h } from 'preact';
import { objections } from '../state/objections.mjs';

/** Against candidate i, or all of it (i undefined), under a heading of that level. */
export function Objections({ session, level, i = undefined }) {
  const said = objections(session.problem, i === undefined ? undefined : session.id(i));
  return said.length ? [h(level, null, 'Objections'), h('ul', { class: 'bu' }, said.map((t, k) => h('li', { key: k }, h('bdi', null, t))))] : null;
}
