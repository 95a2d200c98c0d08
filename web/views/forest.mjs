// SPDX-License-Identifier: GPL-3.0-or-later
// Limits under noise.
import { h } from 'preact';
import { percent, reading } from '../draw/format.mjs';
import { CandidateShape, Name } from './parts.mjs';
import { ownerName } from './words.mjs';

const Z95 = 1.959963984540054;

/** Each limit with errors: the interval of each candidate against the bound, and how surely it holds. */
export function Forest({ session }) {
  const { now, problem: p, state } = session;
  const judged = now.limits.map((l, j) => ({ l, j })).filter(({ l }) => l.judged && l.criterion >= 0 && l.judged.holds.some((x) => !Number.isNaN(x)));
  if (!judged.length) return null;
  const wanted = [...new Set([now.recommended, now.runnerUp, p.incumbent, ...state.pins, ...Array.from(now.order ?? [], (k) => now.feasible[k]).slice(0, 4)])].filter((i) => i !== undefined && i >= 0);
  return h(
    'figure',
    null,
    h('h3', null, 'Limits under noise'),
    judged.map(({ l, j }) => {
      const c = p.criteria[l.criterion];
      const near = [...p.ids.keys()].filter((i) => !Number.isNaN(l.judged.holds[i]) && l.judged.holds[i] < l.judged.level && l.judged.holds[i] > 1 - l.judged.level && !wanted.includes(i)).slice(0, 3);
      const rows = [...wanted, ...near].filter((i) => !Number.isNaN(c.reading[i]));
      const bounds = ['min', 'max'].map((k) => l[k]).filter((x) => x !== null);
      const ends = rows.flatMap((i) => [c.reading[i] - Z95 * (c.se?.[i] || 0), c.reading[i] + Z95 * (c.se?.[i] || 0)]);
      let [low, high] = [Math.min(...ends, ...bounds), Math.max(...ends, ...bounds)];
      const pad = (high - low || 1) * 0.06;
      [low, high] = [low - pad, high + pad];
      const at = (x) => `${Math.min(100, Math.max(0, (100 * (x - low)) / (high - low)))}%`;
      return h(
        'table',
        { class: 'ranks forest', key: j },
        h('caption', null, h('b', null, h('bdi', null, l.words)), l.owner ? [' ', h('span', { class: 'mu' }, h(Name, { text: ownerName(session.problem, l), most: 24 }))] : '', h('span', { class: 'mu rt' }, ` · shown from ${percent(l.judged.level)} on`)),
        h(
          'tbody',
          null,
          rows.map((i) => {
            const holds = l.judged.holds[i];
            const se = c.se?.[i] || 0;
            const word = Number.isNaN(holds) ? 'not known' : holds >= l.judged.level ? 'shown' : holds <= 1 - l.judged.level ? 'broken' : 'not shown';
            return h(
              'tr',
              { key: i },
              h('th', { scope: 'row' }, h(CandidateShape, { session, i }), ' ', h(Name, { text: session.id(i), most: 24 })),
              h('td', null, h('span', { class: 'dots', 'aria-hidden': 'true' }, bounds.map((b) => h('i', { key: b, class: 'bound', style: { left: at(b) } })), se ? h('i', { class: 'ci', style: { left: at(c.reading[i] - Z95 * se), right: `calc(100% - ${at(c.reading[i] + Z95 * se)})` } }) : null, h('i', { class: 'on', style: { left: at(c.reading[i]) } })), h('span', { class: 'sr' }, reading(c, c.reading[i]))),
              h('td', { class: `n${word === 'broken' ? ' w' : ''}` }, Number.isNaN(holds) ? '' : `${levelWords(holds, l.judged.level)} `, word),
            );
          }),
        ),
      );
    }),
  );
}

/** Of 100, rounded away from the level, never to it. */
function levelWords(x, level) {
  if (x > 0.995) return '> 99';
  if (x < 0.005) return '< 1';
  const y = 100 * x;
  return String(x >= level ? Math.max(Math.round(y), Math.ceil(100 * level - 1e-9)) : Math.min(Math.round(y), Math.ceil(100 * level - 1e-9) - 1));
}
