// SPDX-License-Identifier: GPL-3.0-or-later
// Decision: what is chosen, why, who stands where, what was changed; and what leaves the meeting.
import { Component, h } from 'preact';
import { save, fileStem } from '../draw/files.mjs';
import { EngineError, RULES } from '../engine/engine.mjs';
import { copyOfPage, selectionCsv } from '../state/files.mjs';
import { brokenBy, chosenOf, decisionRecord } from '../state/record.mjs';
import { exportScenario } from '../state/scenario.mjs';
import { packState, toFragment } from '../state/state.mjs';
import { Button, CandidateShape, Dot, Name } from './parts.mjs';
import { SetList, setFigures, setOf, setTitle } from './portfolio.mjs';
import { Objections } from './objections.mjs';
import { ownerName } from './words.mjs';

const MOST_OPTIONS = 300;
const STANDS = [
  ['accepts', '✓ accepts'],
  ['objects', '× objects'],
  ['abstains', '– abstains'],
];

const note = (session, key, value) =>
  session.change('notes', (s) => {
    s.notes[key] = value;
  });

/** Of many the best, those who are pinned, and the chosen one. */
function othersOf(session) {
  const { n, incumbent } = session.problem;
  const out = Array.from({ length: n }, (_, i) => i).filter((i) => session.slot(i) < 0);
  const first = [session.state.notes.chosen, incumbent, ...session.state.pins, ...session.order, ...out];
  const some = new Set(first.filter((i) => i >= 0).slice(0, MOST_OPTIONS));
  return [...session.order.filter((i) => some.has(i)), ...out.filter((i) => some.has(i))];
}

function Choose({ session }) {
  const { now, state, problem: p } = session;
  const { chosen } = state.notes;
  const pick = (i) => note(session, 'chosen', i);
  const near = [now.count ? now.recommended : -1, now.runnerUp ?? -1, p.incumbent].filter((i, k, all) => i >= 0 && all.indexOf(i) === k);
  const roles = (i) => (i === now.recommended ? 'recommended' : i === now.runnerUp ? 'runner-up' : 'today');
  const is = chosen < 0 ? (now.count ? now.recommended : -1) : chosen;
  return h(
    'fieldset',
    { class: 'ch' },
    h('legend', null, '1 Choose'),
    near.map((i) => h('label', { key: i, class: i === is ? 'on' : '' }, h('input', { type: 'radio', name: 'choice', checked: i === is, onChange: () => pick(i === now.recommended && now.count ? -1 : i) }), h(CandidateShape, { session, i }), h(Name, { text: session.id(i), most: 44 }), h('span', { class: 'mu' }, roles(i)))),
    h(
      'div',
      { class: `lb${is >= 0 && !near.includes(is) ? ' on' : ''}` },
      h('label', { for: 'chosen' }, 'Any candidate'),
      h(
        'select',
        { id: 'chosen', class: 'sel', value: String(chosen), onChange: (e) => pick(Number(e.currentTarget.value)) },
        h('option', { value: '-1' }, now.count ? `The recommended one: ${session.id(now.recommended)}` : 'Nobody yet'),
        othersOf(session).map((i) => h('option', { key: i, value: String(i) }, session.slot(i) < 0 ? `${session.id(i)} (out)` : `${session.rank(i)}. ${session.id(i)}`)),
      ),
    ),
  );
}

/** The set, whose names go into the reasons: a record names one candidate. */
function ChosenSet({ session }) {
  const set = setOf(session);
  if (!set) return null;
  const text = `${setTitle(set)} (${setFigures(session, set)}): ${set.ids.join('; ')}.`;
  const { why } = session.state.notes;
  return h(
    'div',
    { class: 'chosen-set' },
    h('h3', null, `The program chose ${setTitle(set)} `, h('span', { class: 'mu' }, setFigures(session, set))),
    h(SetList, { set }),
    h(Button, { class: 'sm', disabled: why.includes(text), onClick: () => note(session, 'why', [`Chosen: ${text}`, why].filter(Boolean).join('\n')) }, 'Write the set into the reasons'),
    h('span', { class: 'mu' }, ' A record names one candidate; the set goes with its reasons.'),
  );
}

/** @param {{ id: string, label: any, hint?: string, title?: string, rows?: number, value: string, onInput: (text: string) => void }} props */
const Field = ({ id, label, hint, title, rows = 2, value, onInput }) => h('div', { class: 'nfield' }, h('label', { for: id }, label), h('textarea', { id, rows, placeholder: hint, title, value, onInput: (e) => onInput(e.currentTarget.value) }));

/** A broken limit needs the words of its owner. */
const Acceptances = ({ session }) =>
  brokenBy(session, chosenOf(session)).map((l, k) =>
    h(Field, {
      key: l.text,
      id: `accept-${k}`,
      title: l.text,
      label: [`It breaks ${l.words}: what `, h(Name, { text: ownerName(session.problem, l) || 'everybody', most: 40 }), ' says'],
      value: session.state.notes.accepted.get(l.text) ?? '',
      onInput: (x) => note(session, 'accepted', new Map(session.state.notes.accepted).set(l.text, x)),
    }),
  );

function Stands({ session }) {
  const { problem: p, state } = session;
  const set = (q, stand, words) => note(session, 'stands', new Map(state.notes.stands).set(q.id, [stand, words]));
  return p.stakeholders.map((q, n) => {
    const [stand, words] = state.notes.stands.get(q.id) ?? ['', ''];
    return h(
      'div',
      { class: 'sr1', key: q.id },
      h('span', { class: 'wn' }, h(Dot, { k: n }), ' ', h('b', null, h(Name, { text: q.label, most: 40 }))),
      h('span', { class: 'sg3', role: 'group', 'aria-label': q.label.slice(0, 80) }, STANDS.map(([id, text]) => h('button', { key: id, type: 'button', 'aria-pressed': String(stand === id), onClick: () => set(q, stand === id ? '' : id, words) }, text))),
      stand ? h('textarea', { class: 'wd', rows: 1, 'aria-label': `Words of ${q.label.slice(0, 80)}`, placeholder: 'In their words', value: words, onInput: (e) => set(q, stand, e.currentTarget.value) }) : null,
    );
  });
}

function Log({ session }) {
  const { changes, state } = session;
  const set = (key, k, text) =>
    session.change('notes', (s) => {
      const was = s.log.get(key) ?? ['', ''];
      s.log = new Map(s.log).set(key, k ? [was[0], text] : [text, was[1]]);
    });
  return h(
    'div',
    { class: 'log' },
    h('h3', null, '3 Changes ', h('span', { class: 'mu' }, changes.length ? `${changes.length} against the scenario as written` : 'none against the scenario as written')),
    h(
      'ol',
      { class: 'lo' },
      changes.map((c) => {
        const [by, why] = state.log.get(c.key) ?? ['', ''];
        return h('li', { key: c.key }, h('b', null, h(Name, { text: c.who, most: 40 })), `: ${c.all}`, h('span', { class: 'by2' }, h('input', { type: 'text', placeholder: 'by whom', 'aria-label': `Who changed ${c.who.slice(0, 60)}`, value: by, onInput: (e) => set(c.key, 0, e.currentTarget.value) }), h('input', { type: 'text', placeholder: 'why', 'aria-label': `Why ${c.who.slice(0, 60)} was changed`, value: why, onInput: (e) => set(c.key, 1, e.currentTarget.value) })));
      }),
    ),
  );
}

export class Decision extends Component {
  say(text) {
    this.setState({ said: text });
  }

  /** The first field that must be filled before there is a record; null: none. */
  missing() {
    const { session } = this.props;
    if (chosenOf(session) < 0) return 'chosen';
    const k = brokenBy(session, chosenOf(session)).findIndex((l) => !session.state.notes.accepted.get(l.text)?.trim());
    return k >= 0 ? `accept-${k}` : session.state.notes.why.trim() ? null : 'why';
  }

  record(json) {
    const { session } = this.props;
    const missing = this.missing();
    if (missing) {
      document.getElementById(missing)?.focus();
      return void this.say(`Say first ${{ chosen: 'what was chosen', why: 'why' }[missing] ?? 'what the owner of each limit that it breaks says'}.`);
    }
    try {
      const stem = fileStem(session.problem.title);
      save(`${stem}.${json ? 'json' : 'md'}`, json ? 'application/json' : 'text/markdown', decisionRecord(session, stem, json));
      this.say('Saved the decision record.');
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      this.say(`Not saved: ${error.message}`);
    }
  }

  async address() {
    const { session } = this.props;
    const url = location.href.split('#')[0] + toFragment(packState(session.problem, session.state));
    try {
      await navigator.clipboard.writeText(url);
      this.say('The address is in the clipboard.');
    } catch {
      session.writeFragment();
      this.say('Copy it from the address bar: the state is in it.');
    }
  }

  files() {
    const { session } = this.props;
    const stem = fileStem(session.problem.title);
    const out = () => Array.from({ length: session.problem.n }, (_, i) => i).filter((i) => session.slot(i) < 0);
    const csv = (list, what) => () => {
      save(`${stem}-${what}.csv`, 'text/csv', selectionCsv(session, list()));
      this.say('Saved.');
    };
    const line = (label, f, hint) => h('li', { key: label }, h(Button, { class: 'sm', onClick: f }, label), hint ? h('span', { class: 'mu' }, ` ${hint}`) : null);
    return h(
      'ul',
      { class: 'files' },
      line('Save a copy of this page', () => { save(`${stem}.html`, 'text/html', copyOfPage(session)); this.say('Saved a copy of this page.'); }, 'with everything that was set and said'),
      line('Copy the address', () => this.address(), 'the state is after the #'),
      line('Print two A4 pages', () => print(), ''),
      line('Scenario (JSON)', () => { const { json, notes } = exportScenario(session); save(`${stem}.scenario.json`, 'application/json', json); this.say(`Saved the scenario. Put it beside the candidates' file. ${notes.join(' ')}`); }, 'tradeoff run gives what is on the screen'),
      line('All candidates (CSV)', csv(() => [...session.order, ...out()], 'candidates')),
      line('Frontier (CSV)', csv(() => session.frontier, 'frontier')),
      line('Pinned and recommended (CSV)', csv(() => [...new Set([session.now.recommended, ...session.state.pins])].filter((i) => i >= 0), 'selection')),
    );
  }

  render({ session }, { said = '' }) {
    const { notes } = session.state;
    return h(
      'div',
      { class: 'dg' },
      h(
        'div',
        null,
        h(ChosenSet, { session }),
        h(Choose, { session }),
        h(Acceptances, { session }),
        h(Field, { id: 'why', label: '2 Why we decided so', hint: 'What the numbers do not say', value: notes.why, onInput: (x) => note(session, 'why', x) }),
        h(Log, { session }),
      ),
      h(
        'div',
        null,
        h('h3', null, '4 Who stands where'),
        h(Stands, { session }),
        h(Objections, { session, level: 'h3' }),
        h(Field, { id: 'dissent', label: 'Further dissent, one a line', hint: 'Who disagrees, and why', rows: 1, value: notes.dissent, onInput: (x) => note(session, 'dissent', x) }),
        h(
          'div',
          { class: 'dd' },
          h(Field, { id: 'by', label: 'Decided by, one a line', hint: 'Names', rows: 1, value: notes.by, onInput: (x) => note(session, 'by', x) }),
          h('div', { class: 'nfield' }, h('label', { for: 'date' }, 'Date'), h('input', { type: 'date', id: 'date', value: notes.date, onInput: (e) => note(session, 'date', e.currentTarget.value) })),
        ),
        h('p', { class: 'saves' }, h(Button, { class: 'p', onClick: () => this.record(false) }, 'Decision record (Markdown)'), ' ', h(Button, { onClick: () => this.record(true) }, 'Decision record (JSON)')),
        h('p', { class: 'mu', role: 'status' }, said),
        h('h3', null, 'Take away'),
        this.files(),
      ),
    );
  }
}
export { RULES };
