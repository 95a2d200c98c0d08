// SPDX-License-Identifier: GPL-3.0-or-later
// One A4 page, made when it is printed: vector chart, no controls.
import { cut, h, name, put, svg } from '../draw/dom.mjs';
import { cell, percent, plural, score } from '../draw/format.mjs';
import { RULES } from '../engine/engine.mjs';
import { RULE_WORDS } from './words.mjs';
import { drawAxes, drawFront, drawMass, plan } from '../draw/chart.mjs';
import { PRINT, SvgPen } from '../draw/pen.mjs';

/** heads: words; more: further head cells; rows: lines of the body. */
const table = (heads, more, rows) =>
  h(
    'table',
    null,
    h(
      'thead',
      null,
      h(
        'tr',
        null,
        heads.map((t) => h('th', null, t)),
        more,
      ),
    ),
    h('tbody', null, rows),
  );

/** Who would have chosen another one, and what it costs them; the largest first. */
function dissent({ now, problem: p }, k) {
  if (k < 0) return [];
  return p.stakeholders
    .map((q, n) => ({
      q,
      rank: now.stakeholderRank[n * now.count + k],
      regret: now.regret[n * now.count + k],
      own: now.feasible[now.favourite[n]],
    }))
    .filter((x) => x.rank > 1)
    .sort((a, b) => b.regret - a.regret);
}

export class PrintSheet {
  constructor(session) {
    this.session = session;
    this.node = h('section', { class: 'sheet', 'aria-hidden': 'true' });
  }

  chart() {
    const s = this.session;
    const [width, height] = [560, 330];
    const node = svg('svg', { viewBox: `0 0 ${width} ${height}`, class: 'sheet-chart' });
    const { x, y, logX, logY } = s.state;
    const g = plan(s, width, height, { x, y, logX, logY });
    const pen = new SvgPen(node);
    drawAxes(pen, g, PRINT);
    drawMass(pen, g, s, PRINT, 400);
    drawFront(pen, g, s, PRINT);
    return node;
  }

  runners() {
    const s = this.session;
    const p = s.problem;
    const list = s.order.filter((i) => s.slot(i) >= 0).slice(0, 4);
    for (const i of [p.incumbent, ...s.state.pins]) if (i >= 0 && !list.includes(i)) list.push(i);
    const few = p.criteria.slice(0, 6);
    return table(
      ['Rank', 'Candidate', 'Score'],
      few.map((c) => h('th', { class: 'num' }, name(c.label), c.unit ? ` (${c.unit})` : '')),
      list.map((i) =>
        h(
          'tr',
          null,
          h('td', null, s.slot(i) < 0 ? 'out' : String(s.rank(i))),
          h(
            'td',
            null,
            i === s.now.recommended ? '★ ' : '',
            i === p.incumbent ? '◆ ' : '',
            name(s.id(i)),
          ),
          h('td', null, s.slot(i) < 0 ? '–' : score(s.now.score[s.slot(i)])),
          few.map((c) => h('td', { class: 'num' }, cell(c, c.reading[i]))),
        ),
      ),
    );
  }

  wishes() {
    const { problem: p, state: s, now } = this.session;
    const total = s.powers.reduce((a, b) => a + b, 0);
    const k = now.count ? this.session.slot(now.recommended) : -1;
    return table(
      ['Stakeholder', 'Say', 'Weights', 'Own rank', 'Gives up'],
      [],
      p.stakeholders.map((q, n) => {
        const sum = s.weights[n].reduce((a, b) => a + b, 0);
        const w = p.criteria
          .map((c, j) => [c.label, s.weights[n][j] / sum])
          .filter(([, x]) => x > 0);
        return h(
          'tr',
          null,
          h('td', { class: 'tight' }, cut(q.label, 30)),
          h('td', { class: 'tight' }, percent(s.powers[n] / total)),
          h('td', null, w.map(([l, x]) => `${cut(l, 44)} ${percent(x)}`).join(', ')),
          h('td', null, k < 0 ? '–' : String(now.stakeholderRank[n * now.count + k])),
          h('td', null, k < 0 ? '–' : score(now.regret[n * now.count + k])),
        );
      }),
    );
  }

  /** The split that the program found, while the wishes are those that it was found for. */
  split() {
    const { changed, problem } = this.session;
    const said = problem.result.mix?.sentences?.[0];
    return said && !changed ? h('p', null, 'As a split: ', h('bdi', null, String(said))) : null;
  }

  update() {
    const s = this.session;
    const { problem: p, now, state } = s;
    const against = dissent(s, now.count ? s.slot(now.recommended) : -1);
    put(
      this.node,
      h('h1', null, name(p.title)),
      h(
        'p',
        { class: 'sheet-answer' },
        now.count
          ? ['Recommended: ', h('strong', null, name(s.id(now.recommended)))]
          : 'Nothing is feasible.',
      ),
      h(
        'p',
        { class: 'quiet' },
        `Rule ${RULES[state.rule]}: ${RULE_WORDS.get(RULES[state.rule]).toLowerCase()}. ` +
          `${now.count} of ${p.n} feasible.` +
          (s.changed ? ' Changed from the scenario as written.' : ''),
      ),
      (now.sentences ?? []).slice(now.count ? 1 : 0, 3).map((t) => h('p', null, t)),
      this.split(),
      h(
        'div',
        { class: 'sheet-two' },
        h('div', null, h('h2', null, 'Frontier'), this.chart()),
        h(
          'div',
          null,
          h('h2', null, 'Limits'),
          now.limits.length
            ? h(
                'ul',
                null,
                now.limits.map((l, j) =>
                  h(
                    'li',
                    null,
                    l.text,
                    l.owner ? [' (', name(l.owner), ')'] : '',
                    `: excludes ${now.excludes[j]}`,
                  ),
                ),
              )
            : h('p', null, 'None.'),
          h('h2', null, 'Dissent'),
          against.length
            ? h(
                'ul',
                null,
                against.map((x) =>
                  h(
                    'li',
                    null,
                    name(x.q.label),
                    ' would choose ',
                    name(s.id(x.own)),
                    `, gives up ${score(x.regret)}`,
                  ),
                ),
              )
            : h('p', null, 'Everybody gets a first choice.'),
          state.notes.dissent
            ? h('p', null, h('bdi', null, state.notes.dissent))
            : null,
          state.notes.why
            ? [h('h2', null, 'Notes'), h('p', null, h('bdi', null, state.notes.why))]
            : null,
        ),
      ),
      now.count ? [h('h2', null, 'Runners-up'), this.runners()] : null,
      h('h2', null, 'Who wants what'),
      this.wishes(),
      h(
        'p',
        { class: 'sheet-foot' },
        `${p.generator.name} ${p.generator.version} · ${plural(p.inputs.length, 'input')}: `,
        p.inputs.map((x, k) => [
          k ? ' · ' : '',
          name(String(x.file)),
          ` sha256 ${String(x.sha256)}`,
        ]),
        state.notes.by ? [' · decided by ', h('bdi', null, state.notes.by)] : '',
      ),
    );
  }
}
