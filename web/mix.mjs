// SPDX-License-Identifier: GPL-3.0-or-later
// The split that the program found: shares, what they gain, what each limit costs. As in the
// result: the page does not solve it again, and says so once wishes have changed.
import { h, name, put } from './dom.mjs';
import { bare, percent, plural, score } from './format.mjs';

const entries = (o) => Object.entries(o ?? {});
const list = (x) => (Array.isArray(x) ? x : []);

export class Mix {
  constructor(session) {
    this.session = session;
    this.node = h('div', { class: 'view' });
  }

  update() {
    const s = this.session;
    const m = s.problem.result.mix;
    put(
      this.node,
      s.changed
        ? h(
            'p',
            { class: 'note' },
            'As computed by the program at the start. Export the scenario and run it ' +
              'to mix under the changed wishes.',
          )
        : null,
      this.verdict(m),
      this.shares(m),
      this.prices(m),
      this.points(m),
    );
  }

  verdict(m) {
    const best = m.best_single;
    if (m.status === 'infeasible')
      return h('p', null, 'No split of the candidates meets every limit of the mix.');
    const gain =
      best && typeof m.value === 'number' && typeof best.value === 'number'
        ? m.value - best.value
        : null;
    return h(
      'p',
      { class: 'lead' },
      `The best split under ${String(m.rule)} is worth ${score(m.value)}`,
      gain === null
        ? '.'
        : [
            `, ${gain > 1e-12 ? `${score(gain)} more than` : 'no more than'} the best single candidate, `,
            name(String(best.id)),
            '.',
          ],
      m.status === 'limit'
        ? ' A limit of the search was reached: it is the best found so far.'
        : '',
    );
  }

  shares(m) {
    if (!list(m.shares).length) return null;
    return h(
      'ul',
      { class: 'shares', 'aria-label': 'Shares' },
      m.shares.map((x, k) =>
        h(
          'li',
          { class: `who-${k % 8}`, vars: { '--share': String(x.share) } },
          h('i', { 'aria-hidden': 'true' }),
          h('strong', null, percent(x.share)),
          ' ',
          name(String(x.id)),
        ),
      ),
      h(
        'li',
        { class: 'plain' },
        entries(m.utility)
          .map(([id, u]) => `${this.label(id)}: ${score(u)}`)
          .join(' · '),
      ),
    );
  }

  label(id) {
    return this.session.problem.stakeholders.find((q) => q.id === id)?.label ?? id;
  }

  prices(m) {
    const limits = list(m.limits);
    if (!limits.length) return null;
    const words = (l) => {
      if (!l.price) return 'does not bind: relaxing it changes nothing';
      const holds = list(l.holds).filter((x) => typeof x === 'number');
      const between = `, while it stays between ${bare(holds[0])} and ${bare(holds[1])}`;
      return (
        `one unit more of room is worth ${score(Math.abs(l.price))}` +
        (holds.length === 2 ? between : '')
      );
    };
    return [
      h('h3', null, 'What each limit costs'),
      h(
        'ul',
        null,
        limits.map((l) => h('li', null, h('strong', null, String(l.text)), ' ', words(l))),
      ),
    ];
  }

  points(m) {
    const points = list(m.frontier?.points).slice(0, 40);
    if (!points.length) return null;
    return h(
      'details',
      null,
      h('summary', null, `${plural(points.length, 'split')} on the frontier of mixes`),
      h(
        'ul',
        null,
        points.map((q) =>
          h(
            'li',
            null,
            list(q.shares)
              .map((x) => `${percent(x.share)} ${x.id}`)
              .join(' + '),
            ' → ',
            entries(q.at)
              .map(([k, v]) => `${k} ${bare(v)}`)
              .join(', '),
          ),
        ),
      ),
    );
  }
}
