// SPDX-License-Identifier: GPL-3.0-or-later
// Up to three pinned candidates and the incumbent, beside the recommended one.
import { h, name, put } from '../draw/dom.mjs';
import { bare, difference, reading } from '../draw/format.mjs';
import { groupTables } from './groups.mjs';
import { scrollBox } from '../draw/scroll.mjs';

const rounded = (x) => bare(Number(Math.abs(x).toPrecision(3)));

export class Compare {
  constructor(session) {
    this.session = session;
    this.node = h('div', { class: 'view' });
  }

  columns() {
    const s = this.session;
    const base = s.problem.incumbent >= 0 ? s.problem.incumbent : s.now.recommended;
    const list = [...new Set([s.now.recommended, ...s.state.pins])].filter(
      (i) => i >= 0 && i !== base,
    );
    return { base, list };
  }

  update() {
    const s = this.session;
    const p = s.problem;
    const { base, list } = this.columns();
    if (base < 0)
      return void put(
        this.node,
        h('p', null, 'Pin candidates in the ranking to compare them here.'),
      );
    const what = base === p.incumbent ? '◆ Runs today' : '★ Recommended';
    const hint =
      s.state.pins.length < 3
        ? h(
            'p',
            { class: 'quiet' },
            'Pin up to three candidates in the ranking (or with the keys 1, 2, 3). ' +
              `${3 - s.state.pins.length} more can be pinned.`,
          )
        : null;
    put(
      this.node,
      hint,
      scrollBox(
        'Comparison',
        h(
          'table',
          { class: 'compare' },
          h(
            'caption',
            null,
            `Compared with ${base === p.incumbent ? 'what runs today' : 'the recommended one'}`,
          ),
          h(
            'thead',
            null,
            h(
              'tr',
              null,
              h('th', { scope: 'col' }, 'Criterion'),
              h('th', { scope: 'col', class: 'num' }, what, h('br'), name(p.ids[base])),
              list.map((i) =>
                h(
                  'th',
                  { scope: 'col', class: 'num' },
                  this.mark(i),
                  h('br'),
                  name(p.ids[i]),
                  h('br'),
                  s.state.pins.includes(i)
                    ? h('button', { type: 'button', onclick: () => s.pin(i) }, 'Unpin')
                    : null,
                ),
              ),
            ),
          ),
          h(
            'tbody',
            null,
            p.criteria.map((c) =>
              h(
                'tr',
                null,
                h('th', { scope: 'row' }, name(c.label)),
                h('td', { class: 'num' }, reading(c, c.reading[base])),
                list.map((i) => this.cell(c, i, base)),
              ),
            ),
            this.rankRow(base, list),
          ),
        ),
      ),
      groupTables(s, [base, ...list]),
      list.map((i) => this.exchange(i, base)),
    );
  }

  mark(i) {
    const s = this.session;
    return i === s.now.recommended
      ? '★ Recommended'
      : `Pin ${s.state.pins.indexOf(i) + 1}${s.slot(i) < 0 ? ' · ✕ misses a limit' : ''}`;
  }

  rankRow(base, list) {
    const s = this.session;
    const of = (i) => (s.slot(i) < 0 ? 'out' : `${s.rank(i)} of ${s.now.count}`);
    return h(
      'tr',
      null,
      h('th', { scope: 'row' }, 'Rank'),
      [base, ...list].map((i) => h('td', { class: 'num' }, of(i))),
    );
  }

  cell(c, i, base) {
    const { engine, problem: p } = this.session;
    const [x, y] = [c.reading[i], c.reading[base]];
    const sign = engine.better(p.criteria.indexOf(c), x, y);
    if (Number.isNaN(x) || Number.isNaN(y)) return h('td', { class: 'num' }, reading(c, x));
    const part =
      !c.levels.length && y !== 0 && x !== y
        ? ` (${x > y ? '+' : '−'}${rounded((100 * (x - y)) / Math.abs(y))} %)`
        : '';
    return h(
      'td',
      { class: `num ${sign > 0 ? 'better' : sign < 0 ? 'worse' : ''}` },
      reading(c, x),
      h(
        'span',
        { class: 'by' },
        x === y
          ? '= same'
          : `${sign > 0 ? '▲ better' : sign < 0 ? '▼ worse' : '='} ${difference(c, x, y)}${part}`,
      ),
    );
  }

  /** The program's words: what "tradeoff explain SCENARIO i --against base" says. */
  exchange(i, base) {
    const { problem: p, engine } = this.session;
    return h(
      'div',
      { class: 'exchange' },
      h('h3', null, 'What ', name(p.ids[i]), ' trades against ', name(p.ids[base])),
      h(
        'ul',
        null,
        engine.words('candidate', i, base).map((t) => h('li', null, t)),
      ),
    );
  }
}
