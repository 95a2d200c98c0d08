// SPDX-License-Identifier: GPL-3.0-or-later
// The split of traffic that the program found: shares, what they bring to whom, what each limit
// costs, or why there is none. As in the result: the page does not solve it again, and says so once
// wishes have changed.
import { h, name, put } from '../draw/dom.mjs';
import { bare, percent, plural, score } from '../draw/format.mjs';
import { average, mixLimits, sentenceOf } from './mix_limits.mjs';
import { scrollBox } from '../draw/scroll.mjs';

const list = (x) => (Array.isArray(x) ? x : []);
const value = (o, key) => (o && Object.hasOwn(o, key) && typeof o[key] === 'number' ? o[key] : NaN);
const POINTS = 40;

export class Mix {
  constructor(session) {
    this.session = session;
    this.node = h('div', { class: 'view mix' });
    this.changed = null;
  }

  /** Nothing here moves with the wishes but the note that they moved. */
  update() {
    const { changed, problem } = this.session;
    if (changed === this.changed) return;
    this.changed = changed;
    const m = problem.result.mix;
    const sentences = list(m.sentences).map(String);
    const ofLimits = new Set(list(m.limits).map((l) => sentenceOf(l, sentences)));
    const [lead, ...rest] = sentences.filter((t) => !ofLimits.has(t));
    put(
      this.node,
      changed
        ? h(
            'p',
            { class: 'note' },
            'As computed by the program at the start. Export the scenario and run it ' +
              'to mix under the changed wishes.',
          )
        : null,
      h('p', { class: 'lead' }, lead ?? `The status of the split is ${String(m.status)}.`),
      this.bar(m),
      rest.length
        ? h(
            'ul',
            { class: 'sentences' },
            rest.map((t) => h('li', null, t)),
          )
        : null,
      list(m.shares).length ? [this.people(m), this.readings(m)] : null,
      mixLimits(this.session, m, sentences),
      this.points(m),
      this.certificate(m),
    );
  }

  /** The shares as one bar, then as a list. */
  bar(m) {
    const shares = list(m.shares);
    if (!shares.length) return null;
    const range = ({ range: [least, most] = [] }) =>
      most - least > 1e-6
        ? h('span', { class: 'quiet' }, ` (equally good: ${percent(least)} to ${percent(most)})`)
        : null;
    return [
      h(
        'div',
        { class: 'split', 'aria-hidden': 'true' },
        shares.map((x, k) =>
          h('i', { class: `who-${k % 8}`, vars: { '--share': String(x.share) } }),
        ),
      ),
      h(
        'ul',
        { class: 'shares', 'aria-label': 'Shares' },
        shares.map((x, k) =>
          h(
            'li',
            { class: `who who-${k % 8}` },
            h('i', { 'aria-hidden': 'true' }),
            h('strong', null, percent(x.share)),
            ' ',
            name(String(x.id)),
            range(x),
          ),
        ),
      ),
    ];
  }

  people(m) {
    const { stakeholders } = this.session.problem;
    const single = m.best_single;
    const change = (x) =>
      !Number.isFinite(x)
        ? h('td', null, '–')
        : Math.abs(x) <= 1e-12
          ? h('td', { class: 'num' }, '= same')
          : h(
              'td',
              { class: `num ${x > 0 ? 'better' : 'worse'}` },
              h('span', { class: 'by' }, `${x > 0 ? '▲ +' : '▼ −'}${score(Math.abs(x))}`),
            );
    return table(
      'What it brings to each stakeholder (utility, 0 to 1)',
      [
        'Stakeholder',
        'The split',
        single ? ['Best single: ', name(String(single.id))] : null,
        single ? 'Change' : null,
      ],
      stakeholders.map((q, n) =>
        h(
          'tr',
          null,
          h(
            'th',
            { scope: 'row' },
            h(
              'span',
              { class: `who who-${n % 8}` },
              h('i', { 'aria-hidden': 'true' }),
              name(q.label),
            ),
          ),
          h('td', { class: 'num' }, score(value(m.utility, q.id))),
          single ? h('td', { class: 'num' }, score(value(single.utility, q.id))) : null,
          single ? change(value(m.gain, q.id)) : null,
        ),
      ),
    );
  }

  readings(m) {
    const p = this.session.problem;
    const single = p.indexOfId.get(m.best_single?.id) ?? -1;
    const others = [
      [single, 'Best single: '],
      [p.incumbent, '◆ Runs today: '],
    ].filter(([i], k, all) => i >= 0 && (k === 0 || i !== all[0][0]));
    return table(
      'What it measures on average',
      ['Criterion', 'The split', ...others.map(([i, t]) => [t, name(p.ids[i])])],
      p.criteria.map((c) =>
        h(
          'tr',
          null,
          h(
            'th',
            { scope: 'row' },
            name(c.label),
            c.mixes === 'worst' ? h('span', { class: 'by' }, 'the worst of its parts') : null,
          ),
          h('td', { class: 'num' }, average(c, value(m.readings, c.id))),
          others.map(([i]) => h('td', { class: 'num' }, average(c, c.reading[i]))),
        ),
      ),
    );
  }

  points(m) {
    const points = list(m.frontier?.points).slice(0, POINTS);
    if (!points.length) return null;
    const { criteria } = this.session.problem;
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
            criteria
              .filter((c) => Number.isFinite(value(q.at, c.id)))
              .map((c) => `${c.label} ${average(c, value(q.at, c.id))}`)
              .join(', '),
          ),
        ),
      ),
    );
  }

  certificate(m) {
    const [primal, gap] = [value(m.certificate, 'primal'), value(m.certificate, 'gap')];
    if (!Number.isFinite(primal)) return null;
    const small = (x) => (x === 0 ? '0' : x.toExponential(1));
    return h(
      'p',
      { class: 'quiet' },
      `Checked by the program from the data: these shares miss no limit by more than ${small(primal)}` +
        (Number.isFinite(gap)
          ? `, and no split is better by more than ${small(Math.max(0, gap))}.`
          : '.') +
        ` ${plural(value(m.counts, 'participants'), 'candidate')} could take part.`,
    );
  }
}

/** heads: one for each column, null for one that is left out. */
function table(caption, heads, rows) {
  return scrollBox(
    caption,
    h(
      'table',
      null,
      h('caption', null, caption),
      h(
        'thead',
        null,
        h(
          'tr',
          null,
          heads
            .filter((x) => x !== null)
            .map((x, k) => h('th', { scope: 'col', class: k ? 'num wrap' : null }, x)),
        ),
      ),
      h('tbody', null, rows),
    ),
  );
}
