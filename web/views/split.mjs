// SPDX-License-Identifier: GPL-3.0-or-later
// The split of traffic that the program found: shares, what they bring to whom, what each limit
// costs, or why there is none. As in the result: the page does not solve it again, and says so once
// wishes have changed.
import { h } from 'preact';
import { percent, plural, score } from '../draw/format.mjs';
import { average, mixLimits, sentenceOf } from './split_limits.mjs';
import { Name, Dot } from './parts.mjs';
import { list } from '../state/given.mjs';

const value = (o, key) => (o && Object.hasOwn(o, key) && typeof o[key] === 'number' ? o[key] : NaN);
const POINTS = 40;
const name = (text) => h(Name, { text });

/** m: the result's mix. */
class Split {
  constructor(session) {
    this.session = session;
  }

  node() {
    const { changed, problem } = this.session;
    const m = problem.result.mix;
    const sentences = list(m.sentences).map(String);
    const ofLimits = new Set(list(m.limits).map((l) => sentenceOf(problem, l, sentences)));
    const [lead, ...rest] = sentences.filter((t) => !ofLimits.has(t));
    return h(
      'section',
      { class: 'mix', 'aria-labelledby': 'mix-title' },
      h('h3', { id: 'mix-title' }, 'A split of traffic, in the place of one candidate'),
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
        ? h('span', { class: 'mu' }, ` (equally good: ${percent(least)} to ${percent(most)})`)
        : null;
    return [
      h(
        'div',
        { class: 'split', 'aria-hidden': 'true' },
        shares.map((x, k) =>
          h('i', { key: k, class: `tone-${k % 4}`, style: { '--share': String(x.share) } }),
        ),
      ),
      h(
        'ul',
        { class: 'shares', 'aria-label': 'Shares' },
        shares.map((x, k) =>
          h(
            'li',
            { key: k, class: `tone tone-${k % 4}` },
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
          ? h('td', { class: 'n' }, '= same')
          : h(
              'td',
              { class: `n ${x > 0 ? 'better' : 'worse'}` },
              h('span', { class: 'mu' }, `${x > 0 ? '▲ +' : '▼ −'}${score(Math.abs(x))}`),
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
            h(Dot, { k: n }),
            ' ',
            name(q.label),
          ),
          h('td', { class: 'n' }, score(value(m.utility, q.id))),
          single ? h('td', { class: 'n' }, score(value(single.utility, q.id))) : null,
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
            c.mixes === 'worst' ? h('span', { class: 'mu' }, 'the worst of its parts') : null,
          ),
          h('td', { class: 'n' }, average(c, value(m.readings, c.id))),
          others.map(([i]) => h('td', { class: 'n' }, average(c, c.reading[i]))),
        ),
      ),
    );
  }

  points(m) {
    const points = list(m.frontier?.points).slice(0, POINTS);
    if (!points.length) return null;
    const { criteria, stakeholders } = this.session.problem;
    return h(
      'details',
      null,
      h('summary', null, `${plural(points.length, 'corner')} of the frontier of splits`),
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
            m.frontier.space === 'stakeholders'
              ? stakeholders.filter((x) => Number.isFinite(value(q.at, x.id))).map((x) => `${x.label} ${score(value(q.at, x.id))}`).join(', ')
              : criteria.filter((c) => Number.isFinite(value(q.at, c.id))).map((c) => `${c.label} ${average(c, value(q.at, c.id))}`).join(', '),
          ),
        ),
      ),
    );
  }

  certificate(m) {
    const [primal, gap] = [value(m.certificate, 'primal'), value(m.certificate, 'gap')];
    if (!Number.isFinite(primal)) return null;
    const small = (x) => x.toExponential(1);
    return h(
      'p',
      { class: 'mu' },
      `Checked by the program from the data: these shares miss no limit${primal > 0 ? ` by more than ${small(primal)}` : ''}` +
        (Number.isFinite(gap)
          ? `, and no split is better${gap > 0 ? ` by more than ${small(gap)}` : ''}.`
          : '.') +
        ` ${plural(value(m.counts, 'participants'), 'candidate')} could take part.`,
    );
  }
}

/** heads: one for each column, null for one that is left out. */
function table(caption, heads, rows) {
  return h(
    'div',
    { class: 'wide', tabindex: '0', role: 'region', 'aria-label': caption },
    h(
      'table',
      { class: 'ex' },
      h('caption', null, caption),
      h('thead', null, h('tr', null, heads.filter((x) => x !== null).map((x, k) => h('th', { key: k, scope: 'col', class: k ? 'n' : null }, x)))),
      h('tbody', null, rows),
    ),
  );
}

export const SplitView = ({ session }) => (session.problem.result.mix ? new Split(session).node() : null);
