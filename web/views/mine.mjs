// SPDX-License-Identifier: GPL-3.0-or-later
// My wishes: one person, nothing of the others; what they say leaves as a ballot.
import { Component, h } from 'preact';
import { save, fileStem } from '../draw/files.mjs';
import { listedUnit } from '../draw/format.mjs';
import { askingOf } from '../state/asking.mjs';
import { ballotOf } from '../state/ballot.mjs';
import { Button, Dot, Name } from './parts.mjs';
import { Questions } from './asking.mjs';
import { OwnWeights } from './wishes.mjs';

const TOP = 5;

/** What the sliders say, and whom they put first. */
function Shares({ session, n }) {
  const { problem: p, state, now } = session;
  const ranks = now.count ? now.stakeholderRank.subarray(n * now.count, (n + 1) * now.count) : [];
  const best = Array.from(ranks.keys()).sort((a, b) => ranks[a] - ranks[b] || now.feasible[a] - now.feasible[b]).slice(0, TOP);
  return [
    h('p', { class: 'why' }, 'What is the whole swing of each worth to you? The shares make 100 together.'),
    h(OwnWeights, { session, n }),
    now.count
      ? h('section', { 'aria-live': 'polite' }, h('h2', null, 'You would choose ', h('span', { class: 'answer' }, h(Name, { text: session.id(now.feasible[best[0]]), most: 60 }))), h('ol', { class: 'bu' }, best.map((k) => { const i = now.feasible[k]; return h('li', { key: i, value: ranks[k] }, h(Name, { text: session.id(i), most: 60 }), h('span', { class: 'mu' }, ` ${p.criteria.map((c, j) => (state.weights[n][j] > 0 ? `${c.label} ${listedUnit(c, c.reading[i])}` : '')).filter(Boolean).join(', ')}`)); })))
      : null,
  ];
}

export class Mine extends Component {
  /** The answers as statements, where questions are what the ballot takes; null: the shares. */
  statements() {
    const { session } = this.props;
    return this.state.asks ? (askingOf(session, session.state.mine).look()?.statements ?? []) : null;
  }
  ballot() {
    const { session } = this.props;
    const { by = '', words = '' } = this.state;
    const said = this.statements();
    return `${JSON.stringify(ballotOf(session, session.state.mine, by, words, said?.length ? said : null), null, 2)}\n`;
  }
  async copy() {
    try {
      await navigator.clipboard.writeText(this.ballot());
      this.setState({ said: 'The ballot is in the clipboard.', text: '' });
    } catch {
      this.setState({ said: 'Copy it from below.', text: this.ballot() });
    }
  }
  save() {
    const { session } = this.props;
    const q = session.problem.stakeholders[session.state.mine];
    save(`${fileStem(session.problem.title)}-${fileStem(q.id)}.ballot.json`, 'application/json', this.ballot());
    this.setState({ said: 'Saved. Give the file to whoever holds the desk; nothing was sent.' });
  }
  render({ session }, { said = '', text = '', by = '', words = '', asks = false }) {
    const { problem: p, state } = session;
    const n = state.mine;
    const q = p.stakeholders[n];
    const answers = this.statements()?.length ?? 0;
    const field = (key, label, hint, value) => h('div', { class: 'nfield' }, h('label', { for: `mine-${key}` }, label), h('textarea', { id: `mine-${key}`, rows: key === 'by' ? 1 : 3, placeholder: hint, value, onInput: (e) => this.setState({ [key]: e.currentTarget.value }) }));
    const way = (on, words) => h(Button, { class: 'sm', 'aria-pressed': String(asks === on), onClick: () => this.setState({ asks: on, said: '' }) }, words);
    return h(
      'main',
      { class: 'mine pn' },
      h('p', { class: 'mu' }, h(Name, { text: p.title, most: 90 })),
      h('h1', null, h(Dot, { k: n }), ' My wishes ', h('span', { class: 'mu' }, h(Name, { text: q.label, most: 60 }))),
      h('p', { class: 'tools', role: 'group', 'aria-label': 'How to say them' }, way(false, 'By shares'), way(true, 'By questions')),
      asks ? h(Questions, { session, asking: askingOf(session, n), onAnswer: () => this.setState({ said: '' }) }) : h(Shares, { session, n }),
      field('words', 'What must not happen, in your words', 'Kept word for word', words),
      field('by', 'Your name', 'As the meeting should read it', by),
      asks ? h('p', { class: 'mu' }, answers ? `The ballot takes ${answers === 1 ? 'the answer' : `the ${answers} answers`} in the place of shares.` : 'No answer yet: the ballot takes the shares.') : null,
      h('p', { class: 'saves' }, h(Button, { class: 'p', onClick: () => this.save() }, 'Save my ballot'), ' ', h(Button, { onClick: () => this.copy() }, 'Copy as text'), ' ', h(Button, { onClick: () => session.change('look', (s) => { s.mine = -1; }) }, 'To the desk')),
      h('p', { class: 'mu', role: 'status' }, said),
      text ? h('textarea', { rows: 8, readonly: true, 'aria-label': 'The ballot', value: text }) : null,
      h('p', { class: 'mu' }, `Facts ${String(p.inputs.find((x) => x.role === 'candidates')?.sha256).slice(0, 8)}. Nothing of the others is in this view, and nothing is sent.`),
    );
  }
}
