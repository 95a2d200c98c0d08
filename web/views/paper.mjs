// SPDX-License-Identifier: GPL-3.0-or-later
// Paper: made when it is printed. What was decided and who gets what; then all criteria, the chart,
// the changes and the sources. Nothing is cut: what does not fit goes on on the next page.
import { Component, h } from 'preact';
import { put, svg } from '../draw/dom.mjs';
import { bare, listed, percent, plural, reading, value01 } from '../draw/format.mjs';
import { PRINT, SvgPen } from '../draw/pen.mjs';
import { drawScatter, plan } from '../draw/scatter.mjs';
import { drawAxisLines, drawLeaders, drawLines, planLines } from '../draw/lines.mjs';
import { RULES } from '../engine/rules.mjs';
import { needsOf, against, dealOf, missedNeeds, rulesFor } from '../state/facts.mjs';
import { brokenBy, chosenOf } from '../state/record.mjs';
import { CandidateShape, Dot, Missed, Name, Shape, Track } from './parts.mjs';
import { needText, rowsOf } from './matrix.mjs';
import { sureOf } from './bar.mjs';
import { ruleLabel } from './wishes.mjs';
import { SetList, noSet, setFigures, setOf, setTitle } from './portfolio.mjs';
import { Objections } from './objections.mjs';
import { ownerName } from './words.mjs';

class Picture extends Component {
  componentDidMount() {
    this.draw();
  }
  componentDidUpdate() {
    this.draw();
  }
  draw() {
    const inner = svg('g');
    this.props.draw(new SvgPen(inner), this.props.width, this.props.height);
    put(this.node, inner);
  }
  render({ width, height, title }) {
    return h('figure', { class: 'pic' }, h('figcaption', null, title), h('svg', { ref: (x) => { this.node = x; }, viewBox: `0 0 ${width} ${height}`, width: '100%', role: 'img', 'aria-label': title }));
  }
}

function Head({ session }) {
  const { now, problem: p, state } = session;
  const chosen = chosenOf(session);
  const set = setOf(session);
  const none = now.count ? noSet(session) : null;
  const other = chosen >= 0 && now.count && chosen !== now.recommended;
  const today = p.incumbent;
  const found = chosen >= 0 && today >= 0 && today !== chosen ? against(session, chosen, today) : null;
  const rules = now.count && chosen >= 0 && session.slot(chosen) >= 0 ? rulesFor(session, chosen) : null;
  return [
    h('p', { class: 'mu' }, h(Name, { text: p.title }), state.notes.date ? ` · ${state.notes.date}` : '', session.changed ? ' · changed from the scenario as written' : ''),
    set ? [h('h1', null, h(Shape, { of: 'star' }), ` Choose ${setTitle(set)}`), h('p', { class: 'lead' }, `${setFigures(session, set)}.`), h(SetList, { set }), h('p', { class: 'mu' }, 'What follows is of single candidates. Alone:')] : null,
    none ? [h('h1', null, h(Shape, { of: 'cross' }), ` ${none.title}`), h('p', { class: 'lead' }, h('bdi', null, none.why)), h('p', { class: 'mu' }, 'What follows is of single candidates. Alone:')] : null,
    h(set || none ? 'h2' : 'h1', null, chosen < 0 ? 'Nothing meets all limits' : [h(CandidateShape, { session, i: chosen }), other ? ' Chosen: ' : ' Ship ', h('span', { class: 'paper-answer' }, h(Name, { text: session.id(chosen), most: 400 }))]),
    other ? h('p', null, 'Recommended was ', h('b', null, h(Name, { text: session.id(now.recommended), most: 400 })), '.') : null,
    h('p', { class: 'lead' }, found ? `Better than today (${session.id(today)}) in ${found.better.length} of ${p.criteria.length}, worse in ${found.worse.length || 'none'}${found.noise.length ? `, within noise in ${found.noise.length}` : ''}${found.same.length ? `, ${found.same.length} equal` : ''}. ` : '', `${ruleLabel(RULES[now.rule ?? state.rule])}${rules ? `; first under ${rules.first.length} of ${rules.all.length} rules` : ''}. ${now.count} of ${p.n} candidates are within all limits.`),
    h('ul', { class: 'bu' }, (now.sentences ?? []).slice(now.count ? 1 : 0, 4).map((t, k) => h('li', { key: k }, h('bdi', null, t)))),
    state.notes.why ? h('p', null, h('b', null, 'Why: '), h('bdi', null, state.notes.why)) : null,
    brokenBy(session, chosen).map((l) => h('p', { key: l.text }, h(Missed, null), ` breaks ${l.words}: `, h(Name, { text: ownerName(p, l) || 'everybody' }), ' says: ', h('bdi', null, state.notes.accepted.get(l.text) || 'nothing yet'))),
  ];
}

function Gets({ session }) {
  const { now, problem: p } = session;
  if (!now.count) return null;
  return h(
    'table',
    { class: 'ptable gets' },
    h('caption', null, `Who gets what: own rank of ${now.count} and value from 0 to 1; the tick is their favourite`),
    h('thead', null, h('tr', null, h('th', { scope: 'col' }, 'Candidate'), p.stakeholders.map((q, n) => h('th', { key: n, scope: 'col' }, h(Dot, { k: n }), ' ', h(Name, { text: q.label, most: 60 }))))),
    h(
      'tbody',
      null,
      rowsOf(session).map((row) => {
        const missed = new Set(missedNeeds(session, row.i).map((q) => q.h));
        return h('tr', { key: row.i }, h('th', { scope: 'row' }, h(CandidateShape, { session, i: row.i }), ' ', h(Name, { text: session.id(row.i), most: 400 }), h('small', null, ` ${row.role}`)), p.stakeholders.map((_, n) => {
          const deal = dealOf(now, n, row.i);
          return h('td', { key: n }, deal ? [`${deal.rank} `, missed.has(n) ? h(Missed, null) : null, h(Track, { k: n, u: deal.u, best: deal.best }), row.i === now.recommended && deal.regret > 1e-12 ? h('small', null, `gives up ${value01(deal.regret)}`) : null] : 'out');
        }));
      }),
    ),
  );
}

function People({ session }) {
  const { problem: p, state, now } = session;
  const total = state.powers.reduce((a, b) => a + b, 0) || 1;
  const chosen = chosenOf(session);
  const missed = missedNeeds(session, chosen);
  return h(
    'table',
    { class: 'ptable' },
    h('caption', null, 'Who wants what, and where they stand'),
    h('thead', null, h('tr', null, ['Stakeholder', 'Say', 'Weights', 'Needs', 'Stands'].map((t) => h('th', { key: t, scope: 'col' }, t)))),
    h(
      'tbody',
      null,
      p.stakeholders.map((q, n) => {
        const sum = state.weights[n].reduce((a, b) => a + b, 0) || 1;
        const weights = p.criteria.map((c, k) => [c.label, state.weights[n][k] / sum]).filter(([, x]) => x > 0);
        const [stand, words] = state.notes.stands.get(q.id) ?? ['', ''];
        const deal = now.count && chosen >= 0 ? dealOf(now, n, chosen) : null;
        return h(
          'tr',
          { key: n },
          h('th', { scope: 'row' }, h(Dot, { k: n }), ' ', h(Name, { text: q.label, most: 200 })),
          h('td', { class: 'n' }, percent(state.powers[n] / total)),
          h('td', null, weights.map(([l, x]) => `${l} ${percent(x).replace(' ', '\u00a0')}`).join(', ')),
          h('td', null, needsOf(session, n).map((need, k) => {
            const c = p.criteria[need.criterion];
            const bad = missed.some((m) => m.h === n && m.criterion === need.criterion);
            return h('div', { key: k }, bad ? [h(Missed, null), ' '] : deal ? '✓ ' : '', `${c.label} ${needText(c, need)}${need.veto ? ' (veto)' : ''}${bad ? `; it has ${reading(c, c.reading[chosen])}` : ''}`);
          })),
          h('td', null, stand ? h('b', null, stand) : deal ? (deal.rank === 1 ? 'first choice' : `number ${deal.rank} of ${now.count}, gives up ${value01(deal.regret)}`) : '–', words ? [': ', h('bdi', null, words)] : ''),
        );
      }),
    ),
  );
}

function Limits({ session }) {
  const { now } = session;
  const off = session.state.limits.filter((l) => !l.on);
  return [
    h('h2', null, 'Limits'),
    now.limits.length ? h('ul', { class: 'bu' }, now.limits.map((l, j) => h('li', { key: j }, h('bdi', null, l.words), l.owner ? [' (', h(Name, { text: ownerName(session.problem, l) }), l.why ? [': ', h(Name, { text: l.why, most: 400 })] : '', ')'] : '', `: excludes ${now.excludes[j]}`))) : h('p', null, 'None.'),
    off.length ? h('p', null, 'Switched off: ', off.map((l) => l.text).join('; '), '.') : null,
  ];
}

/** Every criterion of those that matter; a candidate a column, so that any number of criteria fits. */
function Criteria({ session }) {
  const { problem: p, now } = session;
  const rows = now.count ? rowsOf(session).map((r) => r.i) : [now.nearest, p.incumbent].filter((i) => i >= 0);
  const list = [...new Set([chosenOf(session), ...rows])].filter((i) => i >= 0);
  const parts = [];
  for (let k = 0; k < list.length; k += 8) parts.push(list.slice(k, k + 8));
  return parts.map((some, n) =>
    h(
      'table',
      { class: 'ptable', key: n },
      h('caption', null, `All ${p.criteria.length} criteria${n ? ', continued' : ''}`),
      h('thead', null, h('tr', null, h('th', { scope: 'col' }, 'Criterion'), some.map((i) => h('th', { key: i, scope: 'col', class: 'n' }, h(CandidateShape, { session, i }), ' ', h(Name, { text: session.id(i), most: 400 }))))),
      h('tbody', null, p.criteria.map((c, k) => h('tr', { key: k }, h('th', { scope: 'row' }, h(Name, { text: c.label, most: 200 }), c.unit ? ` (${c.unit})` : '', { max: ' ↑', min: ' ↓', target: ` → ${bare(c.target)}` }[c.goal] ?? ''), some.map((i) => h('td', { key: i, class: `n${p.imputed?.[k * p.n + i] ? ' nmd' : ''}` }, listed(c, c.reading[i]), p.imputed?.[k * p.n + i] ? ' (assumed)' : '')))), h('tr', null, h('th', { scope: 'row' }, 'Rank'), some.map((i) => h('td', { key: i, class: 'n' }, session.slot(i) < 0 ? 'out' : String(session.rank(i))))))),
  );
}

function Changes({ session }) {
  const { changes, state } = session;
  return [
    h('h2', null, 'Changes against the scenario as written'),
    changes.length
      ? h('ol', { class: 'bu' }, changes.map((c) => {
          const [by, why] = state.log.get(c.key) ?? ['', ''];
          return h('li', { key: c.key }, h('b', null, h(Name, { text: c.who })), `: ${c.all}`, by ? `, by ${by}` : '', why ? `: ${why}` : '');
        }))
      : h('p', null, 'None.'),
  ];
}

export function Paper({ session }) {
  const { problem: p, state, axes } = session;
  const { choice, mix } = p.result;
  const lines = state.notes.dissent.split('\n').filter((x) => x.trim());
  const said = sureOf(session);
  const unsure = [...(said ? [`${said.word}: ${said.text}.`] : []), ...(session.repeats.now?.sentences ?? []), ...((session.changed ? null : choice?.sentences) ?? [])];
  const { logX, logY } = state;
  const title = `${p.criteria[axes.y].label} against ${p.criteria[axes.x].label}: all ${plural(p.n, 'candidate')}`;
  return h(
    'section',
    { class: 'sheet' },
    h('div', { class: 'page1' }, h(Head, { session }), h(Gets, { session }), h(People, { session }), lines.length ? [h('h2', null, 'Dissent'), h('ul', { class: 'bu' }, lines.map((t, k) => h('li', { key: k }, h('bdi', null, t))))] : null, h(Objections, { session, level: 'h2' }), h(Limits, { session }), unsure.length ? [h('h2', null, 'How sure'), h('ul', { class: 'bu' }, unsure.map((t, k) => h('li', { key: k }, h('bdi', null, String(t)))))] : null, mix?.sentences?.[0] && !session.changed ? h('p', null, 'As a split: ', h('bdi', null, String(mix.sentences[0]))) : null),
    h(
      'div',
      { class: 'page2' },
      h(Picture, { width: 700, height: 240, title, draw: (pen, w, hgt) => drawScatter(pen, plan(session, w, hgt, { ...axes, logX, logY }), PRINT, 400) }),
      h(Picture, { width: 700, height: 150, title: 'All criteria, better upwards: full line recommended, dashed runner-up, dotted today', draw: (pen, w, hgt) => { const g = planLines(session, w, hgt); drawLines(pen, g, PRINT, []); drawLeaders(pen, g, PRINT); drawAxisLines(pen, g, PRINT); } }),
      h(Criteria, { session }),
      h(Changes, { session }),
      h('p', { class: 'sign' }, ['Decided by', 'Signature', 'Date'].map((t) => h('span', { key: t }, t))),
      h('p', { class: 'sheet-foot' }, `${p.generator.name} ${p.generator.version} · `, p.inputs.map((x, k) => [k ? ' · ' : '', h(Name, { key: k, text: String(x.file), most: 200 }), ` sha256 ${String(x.sha256)}`]), state.notes.by ? [' · decided by ', h('bdi', null, state.notes.by.split('\n').filter(Boolean).join(', '))] : ''),
    ),
  );
}
