// SPDX-License-Identifier: GPL-3.0-or-later
// Questions to one person: two candidates side by side, only in what differs, without their names.
import { Component, h } from 'preact';
import { REPLIES } from '../state/asking.mjs';
import { Button, Name } from './parts.mjs';

const [A, B, SAME, SKIP] = REPLIES.keys();

function Card({ side, rows, onClick }) {
  const first = side === 'A';
  return h(
    Button,
    { class: 'qc', onClick },
    h('b', { class: 'qn' }, side),
    h('span', { class: 'qr' }, rows.map((r) => {
      const better = r.first === first;
      return h('span', { key: r.criterion }, h('span', { class: 'mu' }, h(Name, { text: r.label, most: 60 })), h(better ? 'b' : 'span', null, h('bdi', null, first ? r.a : r.b), h('span', { class: better ? 'mu' : 'sr' }, better ? ' better' : ' worse')));
    })),
  );
}

function Alike({ session, rows }) {
  const { criteria } = session.problem;
  const differ = new Set(rows.map((r) => r.criterion));
  const rest = criteria.filter((_, k) => !differ.has(k));
  return rest.length ? h('details', { class: 'mu' }, h('summary', null, `${rest.length} of ${criteria.length} are the same, or as good as the same`), h('p', null, rest.map((c, k) => [k ? ', ' : '', h(Name, { text: c.label, most: 60 })]))) : null;
}

function Outcome({ session, seen }) {
  const [mine, ...then] = seen.leaders;
  const name = (i) => h(Name, { text: session.id(i), most: 60 });
  return h(
    'section',
    null,
    h('h2', null, 'You would choose ', h('span', { class: 'answer' }, name(mine))),
    h('p', null, `${seen.claim[0].toUpperCase()}${seen.claim.slice(1)}.`, seen.sure ? '' : ' No question is left that would tell more.'),
    then.length ? h('p', { class: 'mu' }, 'Then ', then.map((i, k) => [k ? ', then ' : '', name(i)])) : null,
  );
}

export class Questions extends Component {
  answer(reply) {
    this.props.asking.reply(reply);
    this.props.onAnswer();
  }
  back() {
    this.props.asking.undo();
    this.props.onAnswer();
  }
  render({ session, asking }) {
    const seen = asking.look();
    if (!seen) return h('p', { role: 'status' }, asking.refused || 'Nothing meets every limit: there is nothing to ask about.');
    const undo = h(Button, { class: 'sm', disabled: !asking.given.length, onClick: () => this.back() }, 'Last answer back');
    const said = h('p', { role: 'status' }, seen.taken ? `${seen.taken} ` : '', seen.where);
    if (!seen.open) return [h(Outcome, { session, seen }), said, h('p', { class: 'tools' }, undo)];
    const title = seen.again ? `Question ${seen.number} once more, with sides swapped: one slip here would matter most` : `Question ${seen.number} of about ${seen.number - 1 + seen.left}`;
    return [
      h('h2', null, 'Which would you rather ship?'),
      h('p', { class: 'mu' }, title),
      h('div', { class: 'qs' }, h(Card, { side: 'A', rows: seen.rows, onClick: () => this.answer(A) }), h(Card, { side: 'B', rows: seen.rows, onClick: () => this.answer(B) })),
      h('p', { class: 'tools' }, h(Button, { onClick: () => this.answer(SAME) }, 'About the same'), h(Button, { onClick: () => this.answer(SKIP) }, 'Cannot say'), undo),
      said,
      h(Alike, { session, rows: seen.rows }),
    ];
  }
}
