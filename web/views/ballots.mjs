// SPDX-License-Identifier: GPL-3.0-or-later
// Ballots on the desk: taken in, shown on the tracks, merged or tried one by one.
import { Component, h } from 'preact';
import { BallotError, readBallot, together } from '../state/ballot.mjs';
import { points } from '../state/changes.mjs';
import { Button, Name } from './parts.mjs';

export class Ballots extends Component {
  take(texts) {
    const { session } = this.props;
    const said = [];
    const taken = [];
    for (const [name, text] of texts)
      try {
        const b = readBallot(session.problem, text);
        taken.push(text);
        for (const m of b.misfits) said.push(`${name}: ${m}.`);
      } catch (error) {
        if (!(error instanceof BallotError)) throw error;
        said.push(`${name} was refused: ${error.message}.`);
      }
    session.change('notes', (s) => {
      s.ballots = [...new Set([...s.ballots, ...taken])];
    });
    this.setState({ said: said.join(' ') });
  }

  async files(e) {
    const input = e.currentTarget;
    const list = await Promise.all([...input.files].map(async (f) => [f.name, await f.text()]));
    input.value = '';
    this.take(list);
  }

  set(weights) {
    const { session } = this.props;
    const n = session.state.who;
    session.change('wishes', (s) => s.weights[n].set(weights));
  }

  render({ session }, { said = '', paste = false }) {
    const { problem: p, state } = session;
    const n = state.who;
    const found = together(p, session.ballots, n);
    const others = session.ballots.filter((b) => b.h !== n).length;
    return h(
      'section',
      { class: 'bals', 'aria-labelledby': 'ballots-title' },
      h('h2', { class: 'h2l', id: 'ballots-title' }, 'Ballots ', h('span', { class: 'mu' }, found ? `${found.list.length} for ${p.stakeholders[n].label.slice(0, 30)}, ${points(found.apart)} points apart` : 'none yet', others ? `, ${others} for others` : '')),
      found
        ? [
            h('p', { class: 'tools' }, h(Button, { class: 'sm', onClick: () => this.set(found.mean) }, found.list.length > 1 ? 'Mean' : 'Take it'), found.list.length > 1 ? h(Button, { class: 'sm', onClick: () => this.set(found.median) }, 'Median') : null, h('span', { class: 'mu' }, 'or one of them:')),
            h('ul', null, found.list.map((b, k) => h('li', { key: k }, h(Button, { class: 'sm', onClick: () => this.set(b.weights) }, h(Name, { text: b.by || `ballot ${k + 1}`, most: 24 })), ' ', h('span', { class: 'mu' }, found.all[k].map((w, c) => [w, c]).filter(([w]) => w > 0).sort((a, b2) => b2[0] - a[0]).map(([w, c]) => `${p.criteria[c].label} ${points(w)}`).join(', ')), b.words.map((t, q) => h('p', { key: q, class: 'tn' }, h('bdi', null, `“${t}”`)))))),
          ]
        : null,
      h('p', { class: 'tools' }, h('label', { class: 'btn sm filebtn' }, 'Take in files', h('input', { type: 'file', multiple: true, accept: '.json,application/json', class: 'sr', onChange: (e) => this.files(e) })), h(Button, { class: 'sm', 'aria-expanded': String(paste), onClick: () => this.setState({ paste: !paste }) }, 'Paste one'), h(Button, { class: 'sm', onClick: () => session.change('look', (s) => { s.mine = n; }) }, 'My wishes')),
      paste ? h('textarea', { rows: 3, 'aria-label': 'A ballot as text', placeholder: 'Paste a ballot here', onInput: (e) => { const text = e.currentTarget.value.trim(); if (text.endsWith('}')) { e.currentTarget.value = ''; this.take([['The pasted text', text]]); } } }) : null,
      h('p', { class: 'tn', role: 'status' }, said),
    );
  }
}
