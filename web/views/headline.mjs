// SPDX-License-Identifier: GPL-3.0-or-later
// The answer, in a sentence or two, with who is happy, who gives up what, and how close it was.
import { h, name, put, say } from '../draw/dom.mjs';
import { plural, reading, score } from '../draw/format.mjs';
import { RULES } from '../engine/engine.mjs';
import { RULE_WORDS } from './words.mjs';
import { infeasibleParts } from './infeasible.mjs';

/** The sentence that a meeting asks for first: against what runs today, or else the runner-up. */
function leading(sentences) {
  const against = sentences.findIndex((t) => t.startsWith('Compared with the incumbent'));
  return against > 0 ? against : Math.min(1, sentences.length - 1);
}

export class Headline {
  constructor(session) {
    this.session = session;
    this.eyebrow = h('p', { class: 'eyebrow' });
    this.title = h('h2', { class: 'answer' });
    this.lead = h('div', { class: 'lead' });
    this.more = h('details', { class: 'reasons' });
    this.people = h('ul', { class: 'people', 'aria-label': 'What each stakeholder gets' });
    // The buttons stay: one that is replaced while it is pressed loses the click.
    this.moved = h('span');
    this.undo = h('button', { type: 'button', onclick: () => session.undo() }, '↶ Undo');
    this.change = h(
      'div',
      { class: 'change' },
      this.moved,
      this.undo,
      ' ',
      h('button', { type: 'button', onclick: () => session.reset() }, 'Back to the start'),
    );
    this.refused = h('p', { class: 'note', role: 'alert' });
    this.pending = h('p', { class: 'note', role: 'status' });
    this.missed = h('p', { class: 'note', role: 'status' });
    this.node = h(
      'section',
      { class: 'headline', 'aria-label': 'Recommendation' },
      h(
        'div',
        { class: 'words' },
        this.eyebrow,
        this.title,
        this.lead,
        this.more,
        this.change,
        this.refused,
        this.pending,
        this.missed,
      ),
      this.people,
    );
  }

  update(what) {
    const s = this.session;
    if (!s.now.count) this.nobody();
    else this.somebody(what);
    this.changes();
    say(this.refused, s.refused ? `Taken back: ${s.refused}.` : '');
    this.refused.hidden = !s.refused;
    say(
      this.pending,
      s.pending
        ? `Ranking by ${RULES[s.state.rule]}: all pairs of candidates, which takes a moment. ` +
            'Until then this is the answer of before.'
        : '',
    );
    this.pending.hidden = !s.pending;
    const { missed } = s.state;
    say(this.missed, missed.length ? `Of the saved meeting, this did not fit: ${missed.join('; ')}.` : '');
    this.missed.hidden = !missed.length;
  }

  nobody() {
    const s = this.session;
    say(this.eyebrow, 'Nothing is feasible');
    say(this.title, 'No candidate meets every limit');
    put(
      this.lead,
      s.now.sentences.slice(0, 1).map((t) => h('p', null, t)),
      infeasibleParts(s),
    );
    this.more.hidden = true;
    put(this.people);
    this.node.classList.add('nobody');
  }

  somebody() {
    const s = this.session;
    this.node.classList.remove('nobody');
    const start = !s.changed && s.problem.result.recommendation;
    const sentences = s.now.sentences ??
      (start ? start.sentences : null) ?? ['Comparing all rules …'];
    const rule = RULES[s.now.rule];
    put(
      this.eyebrow,
      h('span', { class: 'star', 'aria-hidden': 'true' }, '★ '),
      'Recommended under ',
      h('strong', null, rule),
      ` · ${RULE_WORDS.get(rule).toLowerCase()} · ${s.now.count} of ${s.problem.n} feasible` +
        ` · ${s.now.member.reduce((a, b) => a + b, 0)} on the frontier`,
    );
    put(this.title, name(s.id(s.now.recommended)));
    const close = this.closeness();
    put(
      this.lead,
      close ? h('p', { class: 'close' }, close) : null,
      h('p', null, sentences[leading(sentences)]),
    );
    const rest = sentences.filter((_, k) => k !== leading(sentences));
    const open = this.more.open;
    put(
      this.more,
      h('summary', null, `All the reasons (${plural(sentences.length, 'sentence')})`),
      h(
        'ol',
        null,
        rest.map((t) => h('li', null, t)),
      ),
    );
    this.more.open = open;
    this.more.hidden = false;
    this.stakeholders();
  }

  closeness() {
    const s = this.session;
    if (s.now.runnerUp < 0) return ['It is the only feasible candidate.'];
    const tie = s.rank(s.now.runnerUp) === s.rank(s.now.recommended);
    return [
      'Runner-up: ',
      h('strong', null, name(s.id(s.now.runnerUp))),
      tie
        ? ', in a tie.'
        : Math.abs(s.now.margin) <= 1e-12
          ? ', level in score, but behind in what breaks the tie.'
          : s.now.margin > 0
            ? `, ${score(s.now.margin)} behind in score.`
            : `, ${score(-s.now.margin)} ahead in score but less simple.`,
    ];
  }

  stakeholders() {
    const s = this.session;
    const k = s.slot(s.now.recommended);
    const f = s.now.count;
    let at = 0;
    put(
      this.people,
      s.problem.stakeholders.map((q, n) => {
        const own = s.now.stakeholderRank[n * f + k];
        const regret = s.now.regret[n * f + k];
        const u = s.now.utility[n * f + k];
        const missed = s.needsOf(n).filter(() => s.now.needGap[at++ * f + k] > 0);
        const bar = h(
          'span',
          { class: `meter who-${n % 8}`, 'aria-hidden': 'true' },
          h('i'),
          h('b'),
        );
        bar.style.setProperty('--u', u.toFixed(3));
        bar.style.setProperty('--best', s.now.favoured[n].toFixed(3));
        return h(
          'li',
          { class: own === 1 ? 'happy' : null },
          h('span', { class: 'who-name' }, name(q.label)),
          bar,
          h('span', { class: 'gets' }, own === 1 ? '✓ first choice' : `own rank ${own} of ${f}`),
          h(
            'span',
            { class: 'gives' },
            regret > 1e-12 ? `gives up ${score(regret)}` : 'gives up nothing',
          ),
          missed.map((m) =>
            h(
              'span',
              { class: 'missed' },
              `✕ needs ${s.problem.criteria[m.criterion].label} ${
                m.min !== null
                  ? `≥ ${reading(s.problem.criteria[m.criterion], m.min)}`
                  : `≤ ${reading(s.problem.criteria[m.criterion], m.max)}`
              }`,
            ),
          ),
        );
      }),
    );
  }

  changes() {
    const s = this.session;
    this.change.hidden = !s.changed;
    if (!s.changed) return;
    const was = s.start.outcome.recommended;
    this.undo.disabled = !s.history.length;
    put(
      this.moved,
      was === s.now.recommended
        ? 'Changed since the start; the recommendation is the same. '
        : [
            'Changed since the start. It was ',
            was < 0 ? 'nobody' : h('strong', null, name(s.id(was))),
            '. ',
          ],
    );
  }
}
