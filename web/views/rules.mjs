// SPDX-License-Identifier: GPL-3.0-or-later
// What each rule would choose, and where it puts the leading candidates.
import { h, name, put } from '../draw/dom.mjs';
import { scrollBox } from '../draw/scroll.mjs';
import { RULES } from '../engine/engine.mjs';
import { RULE_WORDS, overLimit } from './words.mjs';

const LEADERS = 5;

export class Rules {
  constructor(session) {
    this.session = session;
    this.node = h('div', { class: 'view' });
  }

  leaders() {
    const s = this.session;
    const { now } = s;
    const list = new Set([now.recommended]);
    RULES.forEach((_, q) => now.computed[q] && list.add(now.feasible[now.winner[q]]));
    for (const i of s.order) if (list.size < LEADERS && s.slot(i) >= 0) list.add(i);
    return [...list];
  }

  update() {
    const s = this.session;
    const { now } = s;
    if (!now.count)
      return void put(
        this.node,
        h('p', null, 'Nothing is feasible: no rule has anything to choose from.'),
      );
    if (now.quick)
      return void put(
        this.node,
        h('p', { role: 'status' }, `Ranking ${now.count} candidates under every rule …`),
      );
    const list = this.leaders();
    const f = now.count;
    put(
      this.node,
      scrollBox(
        'Rules',
        h(
          'table',
          { class: 'rules' },
          h('caption', null, 'The place of the leading candidates under each rule'),
          h(
            'thead',
            null,
            h(
              'tr',
              null,
              h('th', { scope: 'col' }, 'Rule'),
              h('th', { scope: 'col' }, 'Would choose'),
              list.map((i) =>
                h(
                  'th',
                  { scope: 'col', class: 'num wrap' },
                  i === now.recommended ? '★ ' : '',
                  name(s.id(i)),
                ),
              ),
            ),
          ),
          h(
            'tbody',
            null,
            RULES.map((r, q) => {
              const head = h(
                'th',
                { scope: 'row' },
                h(
                  'button',
                  {
                    type: 'button',
                    class: 'pick',
                    'aria-pressed': String(q === now.rule),
                    disabled: overLimit(s, q) !== '',
                    onclick: () => s.setRule(q),
                  },
                  r,
                ),
                h('span', { class: 'quiet' }, ` ${RULE_WORDS.get(r)}`),
              );
              if (!now.computed[q])
                return h(
                  'tr',
                  { class: 'off' },
                  head,
                  h('td', { colspan: String(list.length + 1) }, overLimit(s, q) || 'not computed'),
                );
              return h(
                'tr',
                { class: q === now.rule ? 'best' : null },
                head,
                h('td', null, name(s.id(now.feasible[now.winner[q]]))),
                list.map((i) => {
                  const rank = now.ruleRanks[q * f + s.slot(i)];
                  return h(
                    'td',
                    { class: `num${rank === 1 ? ' first' : ''}` },
                    rank === 1 ? '1 ✓' : String(rank),
                  );
                }),
              );
            }),
          ),
        ),
      ),
      h('h3', null, 'Why they differ'),
      h(
        'ul',
        { class: 'sentences' },
        this.differences().map((t) => h('li', null, t)),
      ),
    );
  }

  /** The engine's own sentences about the rules: those that begin with a rule's name. */
  differences() {
    const found = (this.session.now.sentences ?? []).filter((t) =>
      RULES.some((r) => t.startsWith(`${r} `) || t.startsWith(`${r},`)),
    );
    return found.length ? found : ['All rules agree.'];
  }
}
