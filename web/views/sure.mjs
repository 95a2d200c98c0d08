// SPDX-License-Identifier: GPL-3.0-or-later
// How sure the answer is, as the program found it: how far weights may move, what puts another one
// first, who can be first at all and what the others lack; rank probabilities, what to discuss and
// what to measure next.
import { h, name, put } from '../draw/dom.mjs';
import { bare, percent, percentEnd, plural, reading, score } from '../draw/format.mjs';
import { scrollBox } from '../draw/scroll.mjs';
import { NO_WEIGHTS } from './words.mjs';

const list = (x) => (Array.isArray(x) ? x : []);
const entries = (o) => (o && typeof o === 'object' ? Object.entries(o) : []);
const value = (o, key) => (o && Object.hasOwn(o, key) && typeof o[key] === 'number' ? o[key] : NaN);
const SHOWN = 12;
const LISTED = 60;
const NUMBERS = ['Now', 'There', 'Change'];

const table = (caption, heads, rows) =>
  scrollBox(
    caption,
    h(
      'table',
      { class: 'sure' },
      h('caption', null, caption),
      h(
        'thead',
        null,
        h(
          'tr',
          null,
          heads.map((t) => h('th', { scope: 'col', class: NUMBERS.includes(t) ? 'num' : null }, t)),
        ),
      ),
      h('tbody', null, rows),
    ),
  );

export class Sure {
  constructor(session) {
    this.session = session;
    this.node = h('div', { class: 'view' });
    this.changed = null;
  }

  /** Nothing here moves with the wishes but the note that they moved. */
  update() {
    const { changed, problem } = this.session;
    if (changed === this.changed) return;
    this.changed = changed;
    const { choice, robustness } = problem.result;
    put(
      this.node,
      changed
        ? h(
            'p',
            { class: 'note' },
            'As computed by the program at the start. Export the scenario and run it to ask again.',
          )
        : null,
      choice ? this.choice(choice) : null,
      robustness
        ? [
            this.ranks(robustness),
            this.next('To discuss', robustness.discuss),
            this.next('To measure next', robustness.measure),
          ]
        : null,
    );
  }

  choice(c) {
    const { headline } = c;
    return [
      h(
        'ul',
        { class: 'sentences' },
        list(c.sentences).map((t) => h('li', null, String(t))),
      ),
      headline ? this.holds(headline, String(headline.rule)) : this.holds(c, 'weighted'),
      this.flip(c),
      this.reach(c),
      headline
        ? h(
            'details',
            null,
            h('summary', null, 'The same under weighted'),
            this.holds(c, 'weighted'),
          )
        : null,
    ];
  }

  label(what, id) {
    return this.session.problem[what].find((q) => q.id === id)?.label ?? String(id);
  }

  /** Intervals of weights and powers in which the first one stays first. */
  holds(c, rule) {
    const rows = [...list(c.weights), ...list(c.powers)];
    if (!rows.length)
      return h('p', null, `How far weights may move under ${rule} is not computed for so many.`);
    const always = rows.filter((w) => w.holds?.[0] <= 0 && w.holds?.[1] >= 1);
    const some = rows.filter((w) => !always.includes(w));
    const caption = [
      name(String(c.first)),
      ` stays first under ${rule} while one weight is between these (the others keep their proportions)`,
    ];
    const line = (w) =>
      h(
        'tr',
        null,
        h('th', { scope: 'row' }, name(this.label('stakeholders', w.stakeholder))),
        h(
          'td',
          { class: 'name' },
          w.criterion ? name(this.label('criteria', w.criterion)) : 'their say',
        ),
        h('td', { class: 'num' }, percent(w.now)),
        h('td', null, this.interval(w)),
      );
    const rest = always.length
      ? h(
          'details',
          null,
          h(
            'summary',
            null,
            `${plural(always.length, 'more weight')} may be anything, from 0 to 100 %`,
          ),
          h(
            'p',
            { class: 'quiet' },
            always
              .slice(0, LISTED)
              .flatMap((w, k) => [
                k ? ', ' : '',
                name(this.label('stakeholders', w.stakeholder)),
                w.criterion ? [' on ', name(this.label('criteria', w.criterion))] : ': their say',
              ]),
            always.length > LISTED ? ', …' : '.',
          ),
        )
      : null;
    return [
      some.length
        ? table(caption, ['Stakeholder', 'Weight of', 'Now', 'Stays first'], some.map(line))
        : h('p', null, caption[0], ` stays first under ${rule} whatever one weight is.`),
      rest,
    ];
  }

  interval(w) {
    const [low, high] = list(w.holds);
    if (typeof low !== 'number') return 'unknown';
    const text =
      low <= 0 && high >= 1
        ? 'always'
        : low <= 0
          ? `${w.criterion ? '' : 'above 0, '}up to ${percentEnd(high, false)}`
          : high >= 1
            ? `from ${percentEnd(low, true)} ${w.criterion ? 'on' : 'to below 100 %'}`
            : `${percentEnd(low, true)} to ${percentEnd(high, false)}`;
    const room = Math.min(low <= 0 ? 1 : w.now - low, high >= 1 ? 1 : high - w.now);
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
      ` ${text}`,
      room < 0.05 ? h('span', { class: 'missed' }, ' ⚠ tight') : null,
    ];
  }

  /** The nearest group weights at which another one is first. */
  flip(c) {
    const { start, problem: p } = this.session;
    if (!c.flip?.to)
      return h(
        'p',
        null,
        'No weights at all put another one ahead of the first one under weighted.',
      );
    const rows = p.criteria
      .map((k, at) => [k, start.outcome.groupWeight?.[at] ?? NaN, value(c.flip.weights, k.id)])
      .filter(([, now, then]) => Math.abs(then - now) > 1e-6);
    return table(
      [
        'The nearest group weights at which ',
        name(String(c.flip.to)),
        ' is level with ',
        name(String(c.first)),
        ` (${percent(c.flip.change / 2)} of the weight moves)`,
      ],
      ['Criterion', 'Now', 'There', 'Change'],
      rows.map(([k, now, then]) =>
        h(
          'tr',
          null,
          h('th', { scope: 'row' }, name(k.label)),
          h('td', { class: 'num' }, percent(now)),
          h('td', { class: 'num' }, percent(then)),
          h(
            'td',
            { class: 'num' },
            `${then > now ? '▲ +' : '▼ −'}${percent(Math.abs(then - now))}`,
          ),
        ),
      ),
    );
  }

  /** Who can be first at all, and what the others lack. */
  reach(c) {
    const { problem: p, start } = this.session;
    const improve = new Map(list(c.improve).map((x) => [x.id, x]));
    const all = new Map(entries(c.candidates));
    const { order, feasible } = start.outcome;
    const ids = Array.from(order ?? [], (k) => p.ids[feasible[k]]).filter((id) => all.has(id));
    if (!ids.length) return null;
    const regions = ids.some((id) => all.get(id).allowed !== undefined);
    const none = ids.filter((id) => all.get(id).choosable === false).length;
    return [
      table(
        `Who can be first under weighted: ${none ? `${none} of ${ids.length} under no weights at all` : 'each of them, under some weights'}`,
        ['Candidate', 'Can be first', 'Rank over all weights', 'Would be first with'],
        ids.slice(0, LISTED).map((id) => {
          const x = all.get(id);
          return h(
            'tr',
            { class: x.choosable === false ? 'off' : null },
            h(
              'th',
              { scope: 'row', class: 'candidate' },
              id === p.ids[start.outcome.recommended] ? '★ ' : '',
              name(id),
              regions && x.necessary
                ? h('span', { class: 'by' }, 'under all allowed weights')
                : null,
              id === c.least_regret
                ? h('span', { class: 'by' }, 'least regret over allowed weights')
                : null,
            ),
            h('td', { class: 'wide' }, this.choosable(x)),
            h('td', { class: 'tight' }, rankRange(x, start.outcome.count)),
            h('td', { class: 'wide' }, this.lacks(id === c.first, improve.get(id))),
          );
        }),
      ),
      ids.length > LISTED
        ? h('p', { class: 'quiet' }, `The best ${LISTED} of ${ids.length} are listed.`)
        : null,
    ];
  }

  choosable(x) {
    if (x.choosable === null || x.choosable === undefined) return 'not known';
    if (!x.choosable)
      return [
        h('span', { class: 'missed' }, NO_WEIGHTS),
        h(
          'span',
          { class: 'by' },
          'beaten by ',
          list(x.beaten_by).flatMap((q, k) => [
            k ? ' + ' : '',
            x.beaten_by.length > 1 ? `${percent(q.share)} ` : '',
            name(String(q.id)),
          ]),
        ),
      ];
    return [
      h('span', { class: 'met' }, '✓ yes'),
      x.allowed === false
        ? h('span', { class: 'by' }, 'but under no weights that are allowed')
        : null,
    ];
  }

  lacks(first, x) {
    if (first) return 'is first';
    const c = x && this.session.problem.criteria[this.session.problem.criterionOf.get(x.criterion)];
    if (!c) return 'no single measurement is enough';
    // A cell that is not a criterion's whole reading (a column of a sum, a subgroup) goes by its column.
    const whole = x.group === undefined && this.session.problem.result.scenario?.criteria?.[x.criterion]?.column === x.column;
    const show = (y) => (whole ? reading(c, y) : bare(y));
    const ends = typeof x.until === 'number' ? `, ${x.to > x.from ? 'up' : 'down'} to ${show(x.until)}` : '';
    return [
      whole ? name(c.label) : [name(String(x.column)), x.group === undefined ? '' : [' of ', name(String(x.group))]],
      ` ${show(x.to)} instead of ${show(x.from)}${ends}`,
      whole ? '' : [' (', name(c.label), ')'],
    ];
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

/** "1 to 15", on a bar from the first to the last place. */
function rankRange(x, count) {
  const [best, worst] = list(x.rank_range);
  if (typeof best !== 'number') return '–';
  const at = (rank) => String(count > 1 ? (rank - 1) / (count - 1) : 0);
  return [
    h(
      'span',
      {
        class: 'interval',
        'aria-hidden': 'true',
        vars: { '--low': at(best), '--high': at(worst) },
      },
      h('i'),
    ),
    ` ${best} to ${worst}`,
  ];
}
