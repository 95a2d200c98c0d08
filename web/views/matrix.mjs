// SPDX-License-Identifier: GPL-3.0-or-later
// Who gets what: the candidates that matter against the stakeholders, on one scale from 0 to 1.
import { h } from 'preact';
import { dealOf, missedNeeds } from '../state/facts.mjs';
import { reading, value01 } from '../draw/format.mjs';
import { Button, CandidateShape, Dot, Missed, Name, Track } from './parts.mjs';

const FOLDED = 3;

/** [{ i, role }]: recommended, runner-up, today, everybody's favourite, pins. */
export function rowsOf(session) {
  const { now, problem: p, state } = session;
  const rows = [];
  const add = (i, role) => {
    if (i < 0) return;
    const row = rows.find((r) => r.i === i);
    if (row) row.roles.push(role);
    else rows.push({ i, roles: [role] });
  };
  add(now.recommended, 'recommended');
  add(now.runnerUp, 'runner-up');
  add(p.incumbent, 'today');
  p.stakeholders.forEach((q, n) => add(now.feasible[now.favourite[n]], { favourite: q.label }));
  for (const i of state.pins) add(i, 'pinned');
  return rows.map(({ i, roles }) => {
    const whose = roles.filter((r) => r.favourite).map((r) => r.favourite);
    const plain = roles.filter((r) => !r.favourite);
    const most = whose.length > 2 ? `favourite of ${whose.length}` : whose.length ? `${whose.map((t) => (t.endsWith('s') ? `${t}’` : `${t}’s`)).join(' and ')} favourite` : '';
    return { i, role: [...plain, most].filter(Boolean).join(' · '), whose };
  });
}

/** The answer that is shown beside the one of now: a held one, or the one before the last change. */
export const besideOf = (session) => session.held?.outcome ?? session.before?.outcome ?? null;

function Cell({ session, n, i, best, most, missed, beside }) {
  const { now, problem: p } = session;
  const deal = dealOf(now, n, i);
  if (!deal) return h('td', { role: 'cell', class: 'cell' }, '–');
  const was = beside ? dealOf(beside, n, i) : null;
  const before = best && beside?.count && beside.recommended !== now.recommended ? dealOf(beside, n, beside.recommended) : best ? was : null;
  const q = p.stakeholders[n];
  const words = `${q.label}: number ${deal.rank} of ${now.count}, value ${value01(deal.u)}, ${deal.regret > 1e-12 ? `gives up ${value01(deal.regret)}` : 'first choice'}`;
  const gives = deal.regret > 1e-12 ? `gives up ${value01(deal.regret)}` : 'first choice';
  return h(
    'td',
    { role: 'cell', class: 'cell', title: words },
    h('span', { class: 'r' }, h('span', { class: 'sr' }, `${q.label}, rank `), String(deal.rank), missed ? h(Missed, { title: `${q.label} misses a need` }) : null),
    h(Track, { k: n, u: deal.u, best: deal.best, ghost: was?.u ?? null }),
    best
      ? h('span', { class: `sb${most ? ' most' : ''}` }, before && Math.abs(before.regret - deal.regret) >= 0.005 ? `${value01(deal.regret)}, was ${value01(before.regret)}` : gives)
      : h('span', { class: 'sr' }, `, value ${value01(deal.u)}, ${gives}`),
  );
}

function Row({ session, row, onWhy, beside }) {
  const { now, problem: p } = session;
  const { i } = row;
  const best = i === now.recommended;
  const missed = new Set(missedNeeds(session, i).map((q) => q.h));
  const regrets = p.stakeholders.map((_, n) => dealOf(now, n, i)?.regret ?? 0);
  const most = Math.max(...regrets);
  return h(
    'tr',
    { role: 'row', class: best ? 'rec' : '' },
    h(
      'th',
      { role: 'rowheader', scope: 'row' },
      h('button', { type: 'button', class: 'rw', 'aria-label': `${best ? 'Why' : 'Why not'} ${session.id(i).slice(0, 80)}?`, onClick: (e) => onWhy(i, e.currentTarget) }, h(CandidateShape, { session, i }), ' ', h(Name, { class: 'id', text: session.id(i), most: best ? 44 : 38 })),
      h('span', { class: 'ro', title: row.whose.join(', ') }, session.slot(i) < 0 ? `${row.role} · misses a limit` : best && beside ? `${row.role} · each gives up` : row.role),
    ),
    p.stakeholders.map((_, n) => h(Cell, { key: n, session, n, i, best, most: best && regrets[n] === most && most > 1e-12, missed: missed.has(n), beside })),
  );
}

const Key = ({ before, held }) =>
  h(
    'span',
    { class: 'lg', 'aria-hidden': 'true' },
    h('i', { class: 'kd' }), 'here',
    h('i', { class: 'kf' }), 'their favourite',
    h('i', { class: 'kg' }), 'what they give up',
    h('i', { class: 'x' }, '×'), 'need missed',
    before ? [h('i', { class: 'ko' }), held ? 'held' : 'before'] : null,
  );

export function Matrix({ session, onWhy, folded }) {
  const { now, problem: p, state, held } = session;
  if (!now.count) return null;
  const all = rowsOf(session);
  const rows = folded ? all.slice(0, FOLDED) : all;
  const beside = besideOf(session);
  return h(
    'section',
    { class: 'pn who', id: 'who', 'aria-labelledby': 'who-title' },
    h(
      'div',
      { class: 'ph' },
      h('h2', { id: 'who-title' }, 'Who gets what'),
      h(Key, { before: beside, held }),
      h(
        'span',
        { class: 'rt' },
        h(Button, { class: 'sm', 'aria-pressed': String(state.folded), onClick: () => session.change('look', (s) => { s.folded = !s.folded; }) }, state.folded ? 'Unfold' : 'Fold'),
        ' ',
        h(Button, { class: 'sm', 'aria-pressed': String(Boolean(held)), title: 'Keep this answer beside the next ones', onClick: () => session.hold() }, held ? 'Let go' : 'Hold this'),
        held ? [' ', h(Button, { class: 'sm', onClick: () => session.swapHeld() }, 'Swap')] : null,
      ),
    ),
    held
      ? h('p', { class: 'held' }, 'Held: ', h('b', null, h(Name, { text: held.outcome.count ? session.id(held.outcome.recommended) : 'nobody', most: 40 })), h('span', { class: 'mu' }, ' dashed dots'))
      : null,
    h(
      'div',
      { class: 'mxs', tabindex: '0', role: 'region', 'aria-label': 'Ranks and values' },
      h(
        'table',
        { class: 'mx', role: 'table', 'aria-labelledby': 'who-title', style: { '--cols': String(Math.min(6, p.stakeholders.length)), '--lines': String(Math.ceil(p.stakeholders.length / 6)) } },
        h(
          'thead',
          { role: 'rowgroup' },
          h(
            'tr',
            { role: 'row' },
            h('th', { role: 'columnheader', class: 'nm', scope: 'col' }, `own rank of ${now.count}, and value from 0 to 1`),
            p.stakeholders.map((q, n) => h('th', { role: 'columnheader', scope: 'col', key: n }, h(Dot, { k: n }), ' ', h(Name, { text: q.label, most: 22 }))),
          ),
        ),
        h('tbody', { role: 'rowgroup' }, rows.map((row) => h(Row, { key: row.i, session, row, onWhy, beside }))),
      ),
    ),
    all.length > rows.length ? h('p', { class: 'mfold mu' }, `${all.length - rows.length} more: favourites${state.pins.length ? ' and pins' : ''}`) : null,
  );
}

export const needText = (c, q) =>
  [q.min !== null ? `at least ${reading(c, q.min)}` : null, q.max !== null ? `at most ${reading(c, q.max)}` : null].filter(Boolean).join(' and ');
