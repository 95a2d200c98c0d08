// SPDX-License-Identifier: GPL-3.0-or-later
// How sure the answer is, as the program found it: who can be chosen at all, how far weights may
// move, rank probabilities, what to discuss and what to measure next.
import { h, name, put } from './dom.mjs';
import { bare, percent, score } from './format.mjs';
import { scrollBox } from './scroll.mjs';

const list = (x) => (Array.isArray(x) ? x : []);
const entries = (o) => (o && typeof o === 'object' ? Object.entries(o) : []);
const SHOWN = 12;

export class Sure {
  constructor(session) {
    this.session = session;
    this.node = h('div', { class: 'view' });
  }

  update() {
    const { choice, robustness } = this.session.problem.result;
    put(
      this.node,
      this.session.changed
        ? h('p', { class: 'note' }, 'As computed by the program at the start.')
        : null,
      choice ? [this.flip(choice), this.weights(choice), this.reach(choice)] : null,
      robustness
        ? [
            this.ranks(robustness),
            this.next('To discuss', robustness.discuss),
            this.next('To measure next', robustness.measure),
          ]
        : null,
    );
  }

  label(what, id) {
    return this.session.problem[what].find((q) => q.id === id)?.label ?? String(id);
  }

  flip(c) {
    if (!c.flip?.to) return null;
    return h(
      'p',
      { class: 'lead' },
      'The smallest change of group weights that puts another first moves ' +
        `${percent(c.flip.change / 2)} of the weight: `,
      name(String(c.flip.to)),
      ' would then win.',
    );
  }

  weights(c) {
    const rows = [...list(c.weights), ...list(c.powers)];
    if (!rows.length) return null;
    return scrollBox(
      'Intervals',
      h(
        'table',
        null,
        h('caption', null, 'Each weight may move this far before another is first'),
        h(
          'thead',
          null,
          h(
            'tr',
            null,
            ['Stakeholder', 'Criterion', 'Now', 'Holds'].map((t) => h('th', { scope: 'col' }, t)),
          ),
        ),
        h(
          'tbody',
          null,
          rows.map((w) =>
            h(
              'tr',
              null,
              h('th', { scope: 'row' }, name(this.label('stakeholders', w.stakeholder))),
              h('td', null, w.criterion ? name(this.label('criteria', w.criterion)) : 'their say'),
              h('td', { class: 'num' }, percent(w.now)),
              h('td', null, this.interval(w)),
            ),
          ),
        ),
      ),
    );
  }

  interval(w) {
    const [low, high] = list(w.holds);
    if (typeof low !== 'number') return 'unknown';
    return [
      h(
        'span',
        {
          class: 'interval',
          'aria-hidden': 'true',
          vars: { '--low': String(low), '--high': String(high), '--now': String(w.now) },
        },
        h('i'),
        h('b'),
      ),
      ` ${percent(low)} to ${percent(high)}`,
    ];
  }

  reach(c) {
    const rows = entries(c.candidates).slice(0, 200);
    if (!rows.length) return null;
    return h(
      'details',
      null,
      h('summary', null, 'Which candidates can any weights choose?'),
      h(
        'ul',
        null,
        rows.map(([id, x]) =>
          h(
            'li',
            null,
            name(id),
            x.choosable ? ': yes' : ': no weights choose it',
            list(x.rank_range).length === 2
              ? `, rank ${x.rank_range[0]} to ${x.rank_range[1]}`
              : '',
            list(x.beaten_by).length
              ? `; beaten by a mix of ${x.beaten_by.map((q) => `${percent(q.share)} ${q.id}`).join(' + ')}`
              : '',
          ),
        ),
      ),
    );
  }

  ranks(r) {
    const rows = entries(r.candidates)
      .filter(([, x]) => typeof x.first === 'number')
      .sort((a, b) => b[1].first - a[1].first)
      .slice(0, SHOWN);
    if (!rows.length) return null;
    return scrollBox(
      'Probabilities',
      h(
        'table',
        null,
        h(
          'caption',
          null,
          `Probability of being first, over ${r.samples} samples (seed ${r.seed})`,
        ),
        h(
          'tbody',
          null,
          rows.map(([id, x]) =>
            h(
              'tr',
              null,
              h('th', { scope: 'row' }, name(id)),
              h(
                'td',
                null,
                h('span', { class: 'strip who-0', vars: { '--u': String(x.first) } }, h('i')),
                ` ${percent(x.first)}${typeof x.first_se === 'number' ? ` ± ${percent(x.first_se)}` : ''}`,
              ),
            ),
          ),
        ),
      ),
    );
  }

  next(title, items) {
    if (!list(items).length) return null;
    const word = (x) =>
      typeof x === 'string'
        ? x
        : entries(x)
            .map(
              ([k, v]) =>
                `${k}: ${typeof v === 'number' ? (Math.abs(v) <= 1 ? score(v) : bare(v)) : String(v)}`,
            )
            .join(', ');
    return [
      h('h3', null, title),
      h(
        'ul',
        null,
        items.slice(0, SHOWN).map((x) => h('li', null, word(x))),
      ),
    ];
  }
}
