// SPDX-License-Identifier: GPL-3.0-or-later
// The table of all candidates: 30 rows at a time, updated in place while sliders move.
import { cut, h, name, newId, put, say } from '../draw/dom.mjs';
import { cell, difference, plural, score } from '../draw/format.mjs';
import { scrollBox } from '../draw/scroll.mjs';
import { groupTables, worstWords } from './groups.mjs';
import { FILTERS, listed, scoreOf } from './listing.mjs';
import { marksOf, sharedRanks } from './marks.mjs';
import { STATUS_MARKS } from './words.mjs';

const PAGE = 30;
export class Ranking {
  constructor(session) {
    this.session = session;
    this.page = 0;
    this.sort = { by: 'rank', down: false };
    this.query = '';
    this.filter = 'all';
    this.open = -1;
    this.rows = [];
    this.whyId = newId('why');
    this.node = h('div', { class: 'view' }, this.tools(), this.frame());
  }

  tools() {
    const s = this.session;
    this.search = h('input', {
      type: 'search',
      placeholder: 'Find a candidate',
      'aria-label': 'Find a candidate',
      oninput: () => {
        this.query = this.search.value.toLowerCase();
        this.page = 0;
        this.update();
      },
    });
    this.choice = h(
      'select',
      {
        'aria-label': 'Which candidates',
        onchange: () => {
          this.filter = this.choice.value;
          this.page = 0;
          this.update();
        },
      },
      FILTERS.map(([v, t]) => h('option', { value: v }, t)),
    );
    this.keep = h('input', {
      type: 'checkbox',
      onchange: () =>
        s.change('look', (x) => {
          x.keepOrder = this.keep.checked;
        }),
    });
    this.rerank = h('button', { type: 'button', onclick: () => this.reorder() }, 'Re-rank now');
    this.sorting = h(
      'select',
      { 'aria-label': 'Sort by', class: 'narrow', onchange: () => this.sortBy(this.sortKey()) },
      ['Rank', 'Candidate', 'Score', ...s.problem.criteria.map((c) => cut(c.label, 60))].map(
        (t, k) => h('option', { value: String(k) }, `By ${k < 3 ? t.toLowerCase() : t}`),
      ),
    );
    this.count = h('span', { class: 'quiet', role: 'status' });
    return h(
      'div',
      { class: 'tools' },
      this.search,
      this.choice,
      this.sorting,
      h('label', { class: 'check' }, this.keep, ' Keep the order while I move'),
      this.rerank,
      this.count,
    );
  }

  reorder() {
    const s = this.session;
    const keep = s.state.keepOrder;
    s.state.keepOrder = false;
    void s.order;
    s.state.keepOrder = keep;
    this.update();
  }

  frame() {
    const p = this.session.problem;
    const head = (by, label, unit, title) => {
      const button = h(
        'button',
        { type: 'button', class: 'sort', title, onclick: () => this.sortBy(by) },
        label,
        unit ? h('span', { class: 'unit' }, ` ${unit}`) : null,
        h('span', { class: 'arrow', 'aria-hidden': 'true' }),
      );
      const th = h(
        'th',
        { scope: 'col', class: typeof by === 'number' || by === 'score' ? 'num' : null },
        button,
      );
      th.by = by;
      return th;
    };
    this.heads = [
      head('rank', 'Rank'),
      head('id', 'Candidate'),
      head('score', 'Score'),
      h(
        'th',
        { scope: 'col' },
        'Utility for ',
        h(
          'span',
          { class: 'legend' },
          p.stakeholders.map((q, k) =>
            h(
              'span',
              { class: `who who-${k % 8}` },
              h('i', { 'aria-hidden': 'true' }),
              name(q.label),
            ),
          ),
        ),
      ),
      ...p.criteria.map((c, k) =>
        head(
          k,
          name(c.label),
          c.unit,
          { max: 'more is better', min: 'less is better', target: 'closest to the target is best' }[
            c.goal
          ],
        ),
      ),
    ];
    this.body = h('tbody');
    this.table = h(
      'table',
      { class: 'ranking' },
      h('caption', { class: 'hidden' }, 'Candidates, ranked'),
      h('thead', null, h('tr', null, this.heads)),
      this.body,
    );
    this.back = h('button', { type: 'button', onclick: () => this.turn(-1) }, '← Previous');
    this.next = h('button', { type: 'button', onclick: () => this.turn(1) }, 'Next →');
    this.where = h('span', { class: 'quiet' });
    this.pager = h(
      'nav',
      { class: 'pager', 'aria-label': 'Pages of the table' },
      this.back,
      this.where,
      this.next,
    );
    return [scrollBox('Ranking table', this.table), this.pager];
  }

  sortKey() {
    const k = Number(this.sorting.value);
    return ['rank', 'id', 'score'][k] ?? k - 3;
  }

  turn(by) {
    this.page += by;
    this.update();
  }

  sortBy(by) {
    const first =
      by === 'score' ||
      (typeof by === 'number' && this.session.problem.criteria[by].goal === 'max');
    this.sort = { by, down: this.sort.by === by ? !this.sort.down : first };
    this.page = 0;
    this.update();
  }

  row(at) {
    while (this.rows.length <= at) this.rows.push(this.makeRow());
    return this.rows[at];
  }

  makeRow() {
    const s = this.session;
    const p = s.problem;
    const r = { i: -1 };
    r.rank = h('td', { class: 'rank' });
    r.name = h('bdi');
    r.pick = h('button', { type: 'button', class: 'pick', onclick: () => s.select(r.i) }, r.name);
    r.marks = h('span', { class: 'marks' });
    r.score = h('td', { class: 'num score', 'data-label': 'Score' });
    r.bars = p.stakeholders.map((_, k) => h('i', { class: `bar who-${k % 8}` }));
    r.barWords = p.stakeholders.map(() => h('b'));
    r.cells = p.criteria.map((c) => {
      const value = h('span');
      const by = h('span', { class: 'by' });
      const label = cut(c.label, 60) + (c.unit ? `, ${cut(c.unit, 30)}` : '');
      const group = h('span', { class: 'by group' });
      const td = h('td', { class: 'num', 'data-label': label }, value, by, group);
      return { value, by, group, td };
    });
    r.why = h('button', {
      type: 'button',
      'aria-expanded': 'false',
      onclick: () => this.toggle(r.i),
    });
    r.pin = h('button', { type: 'button', class: 'pin', onclick: () => s.pin(r.i) });
    r.node = h(
      'tr',
      null,
      r.rank,
      h(
        'th',
        { scope: 'row', class: 'candidate' },
        r.pick,
        r.marks,
        h('span', { class: 'act' }, r.why, r.pin),
      ),
      r.score,
      h(
        'td',
        { class: 'bars' },
        h('span', { class: 'stack', 'aria-hidden': 'true' }, r.bars),
        h(
          'span',
          { class: 'bar-words' },
          p.stakeholders.map((q, k) =>
            h(
              'span',
              { class: `who who-${k % 8}` },
              h('i', { 'aria-hidden': 'true' }),
              name(cut(q.label, 40)),
              ' ',
              r.barWords[k],
            ),
          ),
        ),
      ),
      r.cells.map((c) => c.td),
    );
    return r;
  }

  fillRow(r, i) {
    const s = this.session;
    const p = s.problem;
    const status = s.status(i);
    const best = i === s.now.recommended;
    if (r.i !== i) {
      r.i = i;
      say(r.name, p.ids[i].length > 160 ? `${p.ids[i].slice(0, 159)}…` : p.ids[i]);
      r.cells.forEach(({ value, by, group, td }, c) => {
        say(value, cell(p.criteria[c], p.criteria[c].reading[i]));
        say(group, worstWords(p.criteria[c], i));
        this.against(by, td, c, i);
      });
    }
    r.node.className = `${status}${best ? ' best' : ''}${i === s.state.selected ? ' selected' : ''}`;
    say(r.rank, s.slot(i) < 0 ? STATUS_MARKS[status] : String(s.rank(i)));
    say(r.marks, marksOf(s, i, this.tiedRanks));
    say(r.score, score(scoreOf(s, i)));
    this.fillBars(r, s.slot(i));
    const open = this.open === i;
    say(r.why, best ? 'Why this one?' : 'Why not?');
    r.why.setAttribute('aria-expanded', String(open));
    r.why.setAttribute('aria-label', `${best ? 'Why' : 'Why not'} ${p.ids[i].slice(0, 80)}?`);
    const pinned = s.state.pins.includes(i);
    say(r.pin, pinned ? 'Unpin' : 'Pin');
    r.pin.setAttribute('aria-pressed', String(pinned));
    r.pin.setAttribute('aria-label', `Compare ${p.ids[i].slice(0, 80)}`);
  }

  against(by, td, c, i) {
    const { problem: p, engine } = this.session;
    if (p.incumbent < 0 || p.incumbent === i) {
      say(by, '');
      return;
    }
    const k = p.criteria[c];
    const sign = engine.better(c, k.reading[i], k.reading[p.incumbent]);
    say(by, difference(k, k.reading[i], k.reading[p.incumbent]));
    td.className = `num ${sign > 0 ? 'better' : sign < 0 ? 'worse' : ''}`;
  }

  fillBars(r, k) {
    const s = this.session;
    const f = s.now.count;
    r.bars.forEach((bar, q) => {
      const u = k < 0 ? 0 : s.now.utility[q * f + k];
      bar.style.setProperty('--u', u.toFixed(3));
      say(r.barWords[q], k < 0 ? '–' : u.toFixed(2));
    });
  }

  toggle(i) {
    this.open = this.open === i ? -1 : i;
    this.update();
  }

  explain(r) {
    const s = this.session;
    const sentences = s.engine.words('candidate', r.i);
    return h(
      'tr',
      { class: 'why', id: this.whyId },
      h(
        'td',
        { colspan: String(this.heads.length) },
        h(
          'ul',
          null,
          sentences.map((t) => h('li', null, t)),
        ),
        groupTables(s, [r.i]),
      ),
    );
  }

  update() {
    const s = this.session;
    this.keep.checked = s.state.keepOrder;
    const { by } = this.sort;
    this.sorting.value = String({ rank: 0, id: 1, score: 2 }[by] ?? by + 3);
    this.rerank.hidden = !s.state.keepOrder;
    this.tiedRanks = sharedRanks(s.now);
    const list = listed(s, this);
    const pages = Math.max(1, Math.ceil(list.length / PAGE));
    this.page = Math.min(Math.max(0, this.page), pages - 1);
    const shown = list.slice(this.page * PAGE, (this.page + 1) * PAGE);
    const nodes = [];
    shown.forEach((i, at) => {
      const r = this.row(at);
      this.fillRow(r, i);
      nodes.push(r.node);
      if (this.open === i) nodes.push(this.explain(r));
    });
    const now = this.body.childNodes;
    if (now.length !== nodes.length || nodes.some((x, k) => x !== now[k])) {
      const focus = document.activeElement;
      put(this.body, nodes);
      if (focus && this.body.contains(focus)) focus.focus();
    }
    const unlisted = s.problem.unlisted ? `, ${s.problem.unlisted} more are not in this file` : '';
    say(this.count, `${plural(list.length, 'candidate')}${unlisted}`);
    this.pager.hidden = pages < 2;
    say(
      this.where,
      ` ${this.page * PAGE + 1}–${this.page * PAGE + shown.length} of ${list.length} `,
    );
    this.back.disabled = this.page === 0;
    this.next.disabled = this.page === pages - 1;
    for (const th of this.heads)
      if (th.by !== undefined) {
        const on = th.by === this.sort.by;
        th.setAttribute('aria-sort', on ? (this.sort.down ? 'descending' : 'ascending') : 'none');
        say(th.querySelector('.arrow'), on ? (this.sort.down ? ' ▼' : ' ▲') : '');
      }
  }
}
