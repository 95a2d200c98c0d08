// SPDX-License-Identifier: GPL-3.0-or-later
// What leaves the meeting: notes, a saved copy, the scenario, the record, tables, paper.
import { h, name, newId, put, say } from '../draw/dom.mjs';
import { save, fileStem } from '../draw/files.mjs';
import { exportScenario } from '../state/scenario.mjs';
import { brokenBy, chosenOf, decisionRecord } from '../state/record.mjs';
import { EngineError } from '../engine/engine.mjs';
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

const WRITTEN = ['why', 'dissent', 'by', 'date'];
const MOST_OPTIONS = 300;

/** What was decided, by whom, and what was said of it. */
class Decision {
  constructor(session) {
    this.session = session;
    this.chosen = h('select', { id: newId('chosen'), onchange: () => this.choose() });
    this.accepted = new Map(); // by the text of a limit: its field, which stays while it is typed in
    this.acceptances = h('div');
    this.node = h(
      'div',
      { class: 'takeaway' },
      h('h3', null, 'The decision'),
      h('div', { class: 'note-field' }, h('label', { for: this.chosen.id }, 'Chosen'), this.chosen),
      this.acceptances,
      this.note('why', 'Why we decided so', 'What the numbers do not say'),
      this.note('dissent', 'Dissent', 'Who disagrees, and why: one a line'),
      this.note('by', 'Decided by', 'Names: one a line'),
      this.note('date', 'Date', '', 'input'),
    );
  }

  note(key, label, hint, kind = 'textarea') {
    const id = newId('note');
    this[key] = h(kind, {
      id,
      ...(kind === 'input' ? { type: 'date' } : { rows: 3, placeholder: hint }),
      oninput: () =>
        this.session.change('notes', (s) => {
          s.notes[key] = this[key].value;
        }),
    });
    return h('div', { class: 'note-field' }, h('label', { for: id }, label), this[key]);
  }

  choose() {
    this.session.change('notes', (s) => {
      s.notes.chosen = Number(this.chosen.value);
    });
  }

  /** Of many the best, those who are pinned, and the chosen one. */
  options() {
    const s = this.session;
    const { n, incumbent } = s.problem;
    const out = Array.from({ length: n }, (_, i) => i).filter((i) => s.slot(i) < 0);
    const list = [s.state.notes.chosen, incumbent, ...s.state.pins, ...s.order, ...out];
    const some = new Set(list.filter((i) => i >= 0).slice(0, MOST_OPTIONS));
    const all = [...s.order.filter((i) => some.has(i)), ...out.filter((i) => some.has(i))];
    const first = s.now.count ? `The recommended one: ${s.id(s.now.recommended)}` : 'Nobody yet';
    return [
      [-1, first],
      ...all.map((i) => [i, s.slot(i) < 0 ? `${s.id(i)} (out)` : `${s.rank(i)}. ${s.id(i)}`]),
    ];
  }

  field(limit) {
    if (!this.accepted.has(limit.text)) {
      const id = newId('accept');
      const words = h('textarea', {
        id,
        rows: 2,
        oninput: () =>
          this.session.change('notes', (s) => {
            s.notes.accepted = new Map(s.notes.accepted).set(limit.text, words.value);
          }),
      });
      const who = limit.owner || 'everybody';
      const label = h('label', { for: id }, `It breaks ${limit.text}: what `, name(who), ' says');
      this.accepted.set(limit.text, { words, node: h('div', { class: 'note-field' }, label, words) });
    }
    return this.accepted.get(limit.text);
  }

  /** The first field that must be filled before there is a record; null: none. */
  missing() {
    const s = this.session;
    if (chosenOf(s) < 0) return this.chosen;
    const fields = brokenBy(s, chosenOf(s)).map((l) => this.field(l).words);
    return [...fields, this.why].find((x) => !x.value.trim()) ?? null;
  }

  update() {
    const s = this.session;
    const { notes } = s.state;
    const options = this.options();
    const key = options.join('\n');
    if (key !== this.listed)
      put(this.chosen, options.map(([i, text]) => h('option', { value: String(i) }, text)));
    this.listed = key;
    this.chosen.value = String(notes.chosen);
    const fields = brokenBy(s, chosenOf(s)).map((l) => [l, this.field(l)]);
    const nodes = fields.map(([, f]) => f.node);
    if (nodes.some((x, k) => x !== this.acceptances.children[k]) || nodes.length !== this.acceptances.children.length)
      put(this.acceptances, nodes);
    const set = (input, x) => input.value !== x && (input.value = x);
    for (const [l, f] of fields) set(f.words, notes.accepted.get(l.text) ?? '');
    for (const k of WRITTEN) set(this[k], notes[k]);
  }
}

export class Report {
  constructor(session) {
    this.session = session;
    this.status = h('p', { role: 'status', class: 'quiet' });
    this.decision = new Decision(session);
    this.node = h(
      'div',
      { class: 'view' },
      h(
        'div',
        { class: 'cards' },
        this.decision.node,
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
            () => this.record(false),
            'What tradeoff record writes: context, options, outcome, what would reopen it.',
          ),
          this.button(
            'Decision record (JSON)',
            () => this.record(true),
            'Its twin, for tradeoff recheck: put both beside the scenario.',
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

  record(json) {
    const missing = this.decision.missing();
    if (missing) {
      missing.focus();
      return void say(this.status, 'Say first what was chosen, why, and who accepts what it breaks.');
    }
    try {
      const text = decisionRecord(this.session, this.stem(), json);
      save(`${this.stem()}.${json ? 'json' : 'md'}`, json ? 'application/json' : 'text/markdown', text);
      say(this.status, 'Saved the decision record.');
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      say(this.status, `Not saved: ${error.message}`);
    }
  }

  csv(list, what) {
    save(`${this.stem()}-${what}.csv`, 'text/csv', selectionCsv(this.session, list));
    say(this.status, `Saved ${list.length} rows.`);
  }

  update() {
    this.decision.update();
  }
}
