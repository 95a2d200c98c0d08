// SPDX-License-Identifier: GPL-3.0-or-later
// All candidates, a line of 28 pixels each: only those in sight are drawn.
import { Component, h } from 'preact';
import { decimalsOf, fixed, listed as shown, plural } from '../draw/format.mjs';
import { worstWords } from '../draw/groups.mjs';
import { FILTERS, listed, scoreOf } from './listing.mjs';
import { sharedRanks, tagOf } from './marks.mjs';
import { chanceWords } from './bar.mjs';
import { Button, CandidateShape, Name } from './parts.mjs';

const ROW = 28;
const BEYOND = 12; // rows that are drawn above and below what is in sight
const WHOLE = 80; // up to so many rows are all drawn

const ARROW = { max: '↑', min: '↓', target: '→' };

/** Which criteria are columns: those that are not put away. */
export const columnsOf = ({ problem: p, state }) => p.criteria.map((_, k) => k).filter((k) => !state.hidden.has(k));

/** @param {{ by: string | number, name: string, note?: any, number?: boolean, title?: string, unit?: string, [x: string]: any }} props */
function Head({ by, sort, onSort, title, name: text, unit, number, note }) {
  const on = sort.by === by;
  return h(
    'th',
    { scope: 'col', class: number ? 'n' : '', 'aria-sort': on ? (sort.down ? 'descending' : 'ascending') : 'none', 'data-by': String(by) },
    h('button', { type: 'button', class: 'sort', title, onClick: () => onSort(by) }, h('span', { title: text }, h(Name, { text, most: 30 }), on ? (sort.down ? ' ▾' : ' ▴') : ''), unit !== undefined ? h('span', { class: 'mu' }, unit) : null),
    note ? h('span', { class: 'mu kn' }, note) : null,
  );
}

function Cell({ session, c, k, i }) {
  const { now, problem: p } = session;
  const x = c.reading[i];
  const slot = session.slot(i);
  const v = slot < 0 ? null : now.value[k * now.count + slot];
  const assumed = p.imputed?.[k * p.n + i] === 1;
  const se = c.se && c.se[i] > 0 && !c.levels.length ? c.se[i] : null;
  const group = worstWords(c, i);
  return h(
    'td',
    { class: `${c.levels.length ? 'tx' : 'n'}${assumed ? ' nmd' : ''}${v === null ? '' : ' val'}`, style: v === null ? null : { '--v': `${100 * v}%` }, title: [assumed ? 'not measured: taken from the worst measured' : '', group].filter(Boolean).join('; ') || undefined },
    Number.isNaN(x) ? h('span', { class: 'mu' }, '–') : [shown(c, x), assumed ? h('span', { class: 'sr' }, ' not measured, assumed') : '', se === null ? null : h('small', null, ` ±${fixed(se, Math.max(decimalsOf(c), 0))}`)],
  );
}

function Row({ session, i, columns, tied, chances, onWhy, open }) {
  const { now, problem: p } = session;
  const out = session.slot(i) < 0;
  const best = now.count > 0 && i === now.recommended;
  const chance = chances?.get(p.ids[i]);
  return h(
    'tr',
    { class: `${best ? 'rec' : ''}${out ? ' out' : ''}${open ? ' opened' : ''}` },
    h('td', { class: 'n rank' }, out ? '–' : String(session.rank(i))),
    h('th', { scope: 'row' }, h('button', { type: 'button', class: 'rw pick', 'aria-label': undefined, onClick: (e) => onWhy(i, e.currentTarget) }, h(CandidateShape, { session, i }), ' ', h(Name, { class: 'id', text: p.ids[i], most: columns.length > 4 ? 28 : 40 })), h('span', { class: 'tg' }, tagOf(session, i, tied))),
    chances ? h('td', { class: 'n' }, out ? '–' : chance === undefined ? '<1' : chanceWords(chance)) : null,
    columns.map((k) => h(Cell, { key: k, session, c: p.criteria[k], k, i })),
  );
}

export class Candidates extends Component {
  constructor(props) {
    super(props);
    this.state = { top: 0, height: 700, wide: '' };
    this.look = () => {
      const { top, height } = this.state;
      const box = this.box;
      if (!box) return;
      const rest = box.scrollWidth - box.clientWidth;
      const wide = rest < 2 ? '' : box.scrollLeft > rest - 2 ? 'back' : 'on';
      if (Math.abs(box.scrollTop - top) > ROW * 4 || box.clientHeight !== height || wide !== this.state.wide) this.setState({ top: box.scrollTop, height: box.clientHeight, wide });
    };
  }
  componentDidMount() {
    this.look();
    addEventListener('resize', this.look);
  }
  componentDidUpdate() {
    this.look();
  }
  componentWillUnmount() {
    removeEventListener('resize', this.look);
  }

  render({ session, ui, set, onWhy }, { top, height, wide }) {
    const { problem: p, now } = session;
    const list = listed(session, ui);
    const columns = columnsOf(session);
    const tied = sharedRanks(now);
    const chances = session.repeats.firsts;
    const all = list.length <= WHOLE;
    const from = all ? 0 : Math.max(0, Math.min(list.length, Math.floor(top / ROW) - BEYOND));
    const to = all ? list.length : Math.min(list.length, from + Math.ceil(height / ROW) + 2 * BEYOND);
    const sort = (by) => {
      const first = by === 'score' || (typeof by === 'number' && p.criteria[by].goal === 'max');
      set({ sort: { by, down: ui.sort.by === by ? !ui.sort.down : first } });
      if (this.box) this.box.scrollTop = 0;
    };
    const head = { sort: ui.sort, onSort: sort };
    const span = columns.length + 2 + (chances ? 1 : 0);
    const gap = (rows) => (rows > 0 ? h('tr', { class: 'gap', 'aria-hidden': 'true' }, h('td', { colspan: String(span), style: { height: `${rows * ROW}px` } })) : null);
    const table = h(
      'div',
      { class: 'scroll list', tabindex: '0', role: 'region', 'aria-label': 'Candidates, ranked', ref: (box) => { this.box = box; }, onScroll: this.look },
      h(
        'table',
        { class: 'ct ranking', 'aria-rowcount': String(list.length + 1) },
        h('caption', { class: 'sr' }, 'Candidates, ranked'),
        h(
          'thead',
          null,
          h(
            'tr',
            null,
            h(Head, { by: 'rank', name: 'Rank', number: true, ...head }),
            h(Head, { by: 'id', name: 'Candidate', note: now.count > 0 && [h('i', { class: 'kg' }), ` worth, 0 to 1${p.criteria.some((c) => c.se && !c.levels.length) ? '; ± standard error' : ''}`], ...head }),
            chances ? h('th', { scope: 'col', class: 'n' }, 'First', h('br', null), h('span', { class: 'mu' }, 'of 100')) : null,
            columns.map((k) => {
              const c = p.criteria[k];
              return h(Head, { key: k, by: k, name: c.label, unit: `${c.unit} ${ARROW[c.goal] ?? ''}`.trim(), number: !c.levels.length, title: { max: 'more is better', min: 'less is better', target: `closest to ${c.target} is best` }[c.goal], ...head });
            }),
          ),
        ),
        h('tbody', null, gap(from), list.slice(from, to).map((i) => h(Row, { key: i, session, i, columns, tied, chances, onWhy, open: i === ui.why })), gap(list.length - to)),
      ),
    );
    const more = wide && h('button', { type: 'button', class: 'more', onClick: () => this.box.scrollBy({ left: (wide === 'back' ? -20 : 0.7) * this.box.clientWidth }) }, wide === 'back' ? '← scroll back' : 'More columns: scroll →');
    return h('div', { class: 'listing' }, more, table);
  }
}

/** Find, filter, columns: beside the tabs. */
export function Tools({ session, ui, set }) {
  const { problem: p, state } = session;
  const list = listed(session, ui);
  const hidden = state.hidden.size;
  return h(
    'span',
    { class: 'tr' },
    h('span', { class: 'mu', role: 'status' }, `${plural(list.length, 'candidate')}${p.unlisted ? `, ${p.unlisted} more are not in this file` : ''}`),
    h('label', { class: 'check' }, h('input', { type: 'checkbox', checked: state.keepOrder, onChange: (e) => session.change('look', (s) => { s.keepOrder = e.currentTarget.checked; }) }), 'Keep the order'),
    state.keepOrder ? h(Button, { class: 'sm', onClick: () => session.reorder() }, 'Re-rank now') : null,
    h('input', { type: 'search', id: 'find', placeholder: 'Find', 'aria-label': 'Find a candidate', value: ui.query, onInput: (e) => set({ query: e.currentTarget.value.toLowerCase() }) }),
    h('select', { class: 'sel', 'aria-label': 'Which candidates', value: ui.filter, onChange: (e) => set({ filter: e.currentTarget.value }) }, [...(p.result.portfolio?.ids ? [['set', `The set: ${p.result.portfolio.ids.length}`]] : []), ...FILTERS].map(([v, t]) => h('option', { key: v, value: v }, t))),
    h(
      'details',
      { class: 'menu' },
      h('summary', { class: 'btn sm' }, `Columns ${p.criteria.length - hidden}`),
      h('div', { class: 'pop' }, p.criteria.map((c, k) => h('label', { key: k, class: 'check' }, h('input', { type: 'checkbox', checked: !state.hidden.has(k), onChange: () => session.change('axes', (s) => { if (!s.hidden.delete(k)) s.hidden.add(k); }) }), h(Name, { text: c.label, most: 40 })))),
    ),
  );
}

export { scoreOf };
