// SPDX-License-Identifier: GPL-3.0-or-later
// One lens for each stakeholder, and a strip on which the regret of all can be compared.
import { h, name, put } from '../draw/dom.mjs';
import { reading, score } from '../draw/format.mjs';
import { scrollBox } from '../draw/scroll.mjs';

const TOP = 5;

export class Stakeholders {
  constructor(session) {
    this.session = session;
    this.strip = h('div');
    this.lenses = h('div', { class: 'lenses' });
    this.node = h('div', { class: 'view' }, this.strip, this.lenses);
  }

  update() {
    const s = this.session;
    if (!s.now.count) {
      put(this.strip, h('p', null, 'Nothing is feasible: there is nobody to compare.'));
      put(this.lenses);
      return;
    }
    this.regrets();
    let at = 0;
    put(
      this.lenses,
      s.problem.stakeholders.map((q, n) => {
        const first = at;
        at += q.needs.length;
        return this.lens(q, n, first);
      }),
    );
  }

  leaders() {
    const s = this.session;
    const list = s.order.filter((i) => s.slot(i) >= 0).slice(0, 4);
    for (const i of [s.problem.incumbent, s.state.selected, ...s.state.pins])
      if (i >= 0 && s.slot(i) >= 0 && !list.includes(i)) list.push(i);
    return list;
  }

  regrets() {
    const s = this.session;
    const f = s.now.count;
    const list = this.leaders();
    const most = Math.max(
      1e-12,
      ...list.flatMap((i) => s.problem.stakeholders.map((_, n) => s.now.regret[n * f + s.slot(i)])),
    );
    put(
      this.strip,
      scrollBox(
        'Regret',
        h(
          'table',
          { class: 'regret' },
          h(
            'caption',
            null,
            'What each stakeholder gives up, compared with their own favourite (regret, 0 to 1)',
          ),
          h(
            'thead',
            null,
            h(
              'tr',
              null,
              h('th', { scope: 'col' }, 'If we choose'),
              s.problem.stakeholders.map((q, n) =>
                h(
                  'th',
                  { scope: 'col' },
                  h(
                    'span',
                    { class: `who who-${n % 8}` },
                    h('i', { 'aria-hidden': 'true' }),
                    name(q.label),
                  ),
                ),
              ),
            ),
          ),
          h(
            'tbody',
            null,
            list.map((i) => {
              const all = s.problem.stakeholders.map((_, n) => s.now.regret[n * f + s.slot(i)]);
              const worst = Math.max(...all);
              return h(
                'tr',
                { class: i === s.now.recommended ? 'best' : null },
                h('th', { scope: 'row' }, i === s.now.recommended ? '★ ' : '', name(s.id(i))),
                all.map((x, n) =>
                  h(
                    'td',
                    null,
                    h(
                      'span',
                      { class: `strip who-${n % 8}`, vars: { '--u': String(x / most) } },
                      h('i'),
                    ),
                    h(
                      'span',
                      { class: x === worst && x > 1e-12 ? 'most' : null },
                      x > 1e-12
                        ? `${score(x)}${x === worst ? ' gives up most' : ''}`
                        : '0 · first choice',
                    ),
                  ),
                ),
              );
            }),
          ),
        ),
      ),
    );
  }

  lens(q, n, firstNeed) {
    const s = this.session;
    const f = s.now.count;
    const ranks = s.now.stakeholderRank.subarray(n * f, (n + 1) * f);
    const own = Array.from(s.now.order)
      .sort((a, b) => ranks[a] - ranks[b])
      .slice(0, TOP)
      .map((k) => s.now.feasible[k]);
    const k = s.slot(s.now.recommended);
    const needs = s.needsOf(n).map((m, j) => {
      const c = s.problem.criteria[m.criterion];
      const gap = s.now.needGap[(firstNeed + j) * f + k];
      const wish = [
        m.min !== null ? `at least ${reading(c, m.min)}` : null,
        m.max !== null ? `at most ${reading(c, m.max)}` : null,
      ]
        .filter(Boolean)
        .join(' and ');
      return h(
        'li',
        { class: gap > 0 ? 'missed' : 'met' },
        `${gap > 0 ? '✕ not met' : '✓ met'}: `,
        name(c.label),
        ` ${wish}${m.veto ? ' (veto)' : ''}; it has ${reading(c, c.reading[s.now.recommended])}`,
      );
    });
    return h(
      'article',
      { class: `lens who who-${n % 8}` },
      h('h3', null, h('i', { 'aria-hidden': 'true' }), name(q.label)),
      h(
        'p',
        null,
        'Would choose ',
        h('strong', null, name(s.id(s.now.feasible[s.now.favourite[n]]))),
        ` (utility ${score(s.now.favoured[n])}).`,
      ),
      h(
        'p',
        null,
        `At the recommendation: number ${ranks[k]} of ${f}, ` +
          `utility ${score(s.now.utility[n * f + k])}, ` +
          `gives up ${score(s.now.regret[n * f + k])}.`,
      ),
      needs.length ? h('ul', { class: 'needs' }, needs) : null,
      h(
        'ol',
        { class: 'own' },
        own.map((i) =>
          h(
            'li',
            { value: String(ranks[s.slot(i)]) },
            h(
              'button',
              { type: 'button', class: 'pick', onclick: () => s.select(i) },
              name(s.id(i)),
            ),
            h('span', { class: 'quiet' }, ` ${score(s.now.utility[n * f + s.slot(i)])}`),
            i === s.now.recommended ? ' ★' : '',
          ),
        ),
      ),
    );
  }
}
