// SPDX-License-Identifier: GPL-3.0-or-later
// The rule, each stakeholder's weights and say. A slider sets one share; the others keep their
// proportions, so that the shares always make a whole.
import { h, name, newId, put, say } from '../draw/dom.mjs';
import { RULES } from '../engine/engine.mjs';
import { statementsOf } from '../state/state.mjs';
import { RULE_WORDS, overLimit } from './words.mjs';

const shares = (list) => {
  const total = list.reduce((a, b) => a + b, 0) || 1;
  return Array.from(list, (w) => w / total);
};

const asPercent = (x) => `${Math.round(1000 * x) / 10} %`;

/** A labelled range input with its value in words. */
export function slider(label, { min, max, step, oninput, describe }) {
  const id = newId('slide');
  const input = h('input', {
    type: 'range',
    id,
    min,
    max,
    step,
    oninput: () => oninput(Number(input.value)),
  });
  const out = h('output', { for: id });
  const node = h('div', { class: 'slide' }, h('label', { for: id }, label), input, out);
  const set = (x) => {
    if (Number(input.value) !== x) input.value = String(x);
    const words = describe(x);
    say(out, words);
    input.setAttribute('aria-valuetext', words);
  };
  return { node, input, set };
}

export class Wishes {
  constructor(session) {
    this.session = session;
    const p = session.problem;
    this.rule = h(
      'select',
      { id: newId('rule'), onchange: () => session.setRule(Number(this.rule.value)) },
      RULES.map((r, k) => h('option', { value: String(k) }, r)),
    );
    this.ruleWords = h('p', { class: 'quiet' });
    this.weights = p.stakeholders.map((q, s) =>
      p.criteria.map((c, k) =>
        slider([name(c.label)], {
          min: 0,
          max: 1,
          step: 0.01,
          describe: asPercent,
          oninput: (x) => session.setWeight(s, k, x),
        }),
      ),
    );
    this.powers = p.stakeholders.map((q, s) =>
      slider(['Their say in the decision'], {
        min: 0,
        max: 1,
        step: 0.01,
        describe: asPercent,
        oninput: (x) => session.setPower(s, x),
      }),
    );
    this.notes = p.stakeholders.map(() => h('p', { class: 'quiet', role: 'status' }));
    this.favourites = p.stakeholders.map(() => h('span', { class: 'quiet' }));
    this.node = h(
      'div',
      { class: 'wishes' },
      h('div', { class: 'field' }, h('label', { for: this.rule.id }, 'Rule '), this.rule),
      this.ruleWords,
      p.stakeholders.map((q, s) => this.stakeholder(q, s)),
    );
  }

  stakeholder(q, s) {
    const p = this.session.problem;
    const used = p.criteria.map((_, c) => c).filter((c) => q.weights[c] > 0);
    const rest = p.criteria.map((_, c) => c).filter((c) => !(q.weights[c] > 0));
    const more = rest.length
      ? h(
          'details',
          { class: 'rest' },
          h('summary', null, `${rest.length} more with weight 0`),
          rest.map((c) => this.weights[s][c].node),
        )
      : null;
    return h(
      'fieldset',
      { class: `who who-${s % 8}` },
      h('legend', null, h('i', { 'aria-hidden': 'true' }), name(q.label)),
      this.favourites[s],
      this.notes[s],
      used.map((c) => this.weights[s][c].node),
      more,
      p.stakeholders.length > 1 ? h('div', { class: 'say' }, this.powers[s].node) : null,
    );
  }

  /** A rule that cannot rank so many cannot be chosen, and says why. */
  rules() {
    const s = this.session;
    RULES.forEach((r, k) => {
      const over = overLimit(s, k);
      const option = this.rule.options[k];
      say(option, over ? `${r} (${over})` : r);
      option.disabled = over !== '' && k !== s.state.rule;
    });
    this.rule.value = String(s.state.rule);
  }

  /** What a slider did beside its own share, and what the weights contradict. */
  note(k) {
    const { gesture, problem: p } = this.session;
    const spread = gesture?.spread && gesture.control.startsWith(`weight ${k} `);
    const { all, broken } = statementsOf(p.stakeholders[k], this.session.state.weights[k]);
    const words = [
      spread ? 'All other weights were 0: what is left is shared evenly among them.' : '',
      all.length ? `Stated: ${all.join('; ')}.` : '',
      broken.length ? `These weights go against: ${broken.join('; ')}.` : '',
    ];
    say(this.notes[k], words.filter(Boolean).join(' '));
    this.notes[k].hidden = !this.notes[k].textContent;
  }

  update() {
    const s = this.session;
    this.rules();
    say(this.ruleWords, RULE_WORDS.get(RULES[s.state.rule]));
    const says = shares(s.state.powers);
    s.problem.stakeholders.forEach((q, k) => {
      shares(s.state.weights[k]).forEach((x, c) =>
        this.weights[k][c].set(Math.round(1e4 * x) / 1e4),
      );
      this.note(k);
      this.powers[k].set(Math.round(1e4 * says[k]) / 1e4);
      put(
        this.favourites[k],
        s.now.count ? ['Would choose ', name(s.id(s.now.feasible[s.now.favourite[k]]))] : '',
      );
    });
  }
}
