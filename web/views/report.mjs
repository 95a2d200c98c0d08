// SPDX-License-Identifier: GPL-3.0-or-later
// What leaves the meeting: notes, a saved copy, the scenario, the record, tables, paper.
import { h, newId, put, say } from '../draw/dom.mjs';
import { save, fileStem } from '../draw/files.mjs';
import { exportScenario } from '../state/scenario.mjs';
import { decisionRecord } from '../state/record.mjs';
import { packState, toFragment } from '../state/state.mjs';
import { escapeJson } from '../escape.mjs';

/** A cell that a spreadsheet would run is guarded. */
const csvCell = (x) => {
  let s = typeof x === 'number' ? (Number.isNaN(x) ? '' : String(x)) : x;
  if (typeof x === 'string' && /^[=+\-@\t\r]/.test(s)) s = `'${s}`;
  return /[",\r\n]/.test(s) ? `"${s.replaceAll('"', '""')}"` : s;
};

export function selectionCsv(session, list) {
  const { problem: p, now } = session;
  const head = [
    'id',
    'status',
    'rank',
    'score',
    ...p.criteria.map((c) => c.id),
    ...p.stakeholders.map((q) => `utility ${q.id}`),
  ];
  const rows = list.map((i) => {
    const k = session.slot(i);
    return [
      p.ids[i],
      session.status(i),
      k < 0 ? '' : now.rank[k],
      k < 0 ? '' : now.score[k],
      ...p.criteria.map((c) =>
        c.levels.length && !Number.isNaN(c.reading[i]) ? c.levels[c.reading[i]] : c.reading[i],
      ),
      ...p.stakeholders.map((_, n) => (k < 0 ? '' : now.utility[n * now.count + k])),
    ];
  });
  return [head, ...rows]
    .map((r) => r.map(csvCell).join(','))
    .join('\r\n')
    .concat('\r\n');
}

/** This very file, with the result and the state inside. */
export function copyOfPage(session) {
  const page = document.documentElement.cloneNode(true);
  page.removeAttribute('class');
  page.removeAttribute('data-scheme');
  page.querySelector('#app').replaceChildren();
  page.querySelector('title').textContent = 'tradeoff';
  const state = page.querySelector('#state');
  state.textContent = escapeJson(JSON.stringify(packState(session.problem, session.state)));
  for (const a of page.querySelectorAll('body > a')) a.remove();
  // What stood after the last element moves into the body when a page is read: keep it from growing.
  return `<!DOCTYPE html>\n${page.outerHTML.replace(/\s*<\/body>\s*<\/html>$/, '\n</body>\n</html>')}\n`;
}

export class Report {
  constructor(session) {
    this.session = session;
    this.status = h('p', { role: 'status', class: 'quiet' });
    const note = (key, label, hint) => {
      const id = newId('note');
      this[key] = h('textarea', {
        id,
        rows: 3,
        placeholder: hint,
        oninput: () =>
          session.change('notes', (s) => {
            s.notes[key] = this[key].value;
          }),
      });
      return h('div', { class: 'note-field' }, h('label', { for: id }, label), this[key]);
    };
    this.node = h(
      'div',
      { class: 'view' },
      h(
        'div',
        { class: 'cards' },
        this.card(
          'Notes of the meeting',
          note('why', 'Why we decided so', 'What the numbers do not say'),
          note('dissent', 'Dissent', 'Who disagrees, and why'),
          note('by', 'Decided by', 'Names, date'),
        ),
        this.card(
          'Keep what is on the screen',
          this.button(
            'Save a copy of this page',
            () => this.copy(),
            'The same file, with the weights, limits, pins and notes inside.',
          ),
          this.button(
            'Copy the address',
            () => this.address(),
            'The state is in the address after the #.',
          ),
          this.button(
            'Print one A4 page',
            () => print(),
            'Recommendation, runners-up, weights, limits, dissent, a chart, the hashes.',
          ),
        ),
        this.card(
          'Files',
          this.button(
            'Scenario (JSON)',
            () => this.scenario(),
            'Reproduces what is on the screen with tradeoff run.',
          ),
          this.button(
            'Decision record (Markdown)',
            () => this.record(),
            'Context, drivers, options, outcome, consequences, confirmation.',
          ),
          this.button(
            'All candidates (CSV)',
            () => this.csv([...session.order, ...this.out()], 'candidates'),
            '',
          ),
          this.button('Frontier (CSV)', () => this.csv(session.frontier, 'frontier'), ''),
          this.button(
            'Pinned and recommended (CSV)',
            () =>
              this.csv(
                [...new Set([session.now.recommended, ...session.state.pins])].filter(
                  (i) => i >= 0,
                ),
                'selection',
              ),
            '',
          ),
        ),
      ),
      this.status,
    );
  }

  card(title, ...parts) {
    return h('div', { class: 'takeaway' }, h('h3', null, title), parts);
  }

  button(label, f, hint) {
    return h(
      'div',
      { class: 'act-line' },
      h('button', { type: 'button', onclick: f }, label),
      hint ? h('p', { class: 'quiet' }, hint) : null,
    );
  }

  out() {
    const s = this.session;
    return Array.from({ length: s.problem.n }, (_, i) => i).filter((i) => s.slot(i) < 0);
  }

  stem() {
    return fileStem(this.session.problem.title);
  }

  copy() {
    save(`${this.stem()}.html`, 'text/html', copyOfPage(this.session));
    say(this.status, 'Saved a copy of this page.');
  }

  async address() {
    const s = this.session;
    const url = location.href.split('#')[0] + toFragment(packState(s.problem, s.state));
    try {
      await navigator.clipboard.writeText(url);
      say(this.status, 'The address is in the clipboard.');
    } catch {
      s.writeFragment();
      say(this.status, 'Copy it from the address bar: the state is in it.');
    }
  }

  scenario() {
    const { json, notes } = exportScenario(this.session);
    save(`${this.stem()}.scenario.json`, 'application/json', json);
    put(this.status, `Saved the scenario. Put it beside the candidates' file. ${notes.join(' ')}`);
  }

  record() {
    save(`${this.stem()}.md`, 'text/markdown', decisionRecord(this.session));
    say(this.status, 'Saved the decision record.');
  }

  csv(list, what) {
    save(`${this.stem()}-${what}.csv`, 'text/csv', selectionCsv(this.session, list));
    say(this.status, `Saved ${list.length} rows.`);
  }

  update() {
    for (const k of ['why', 'dissent', 'by'])
      if (this[k].value !== this.session.state.notes[k])
        this[k].value = this.session.state.notes[k];
  }
}
