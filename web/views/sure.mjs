// SPDX-License-Identifier: GPL-3.0-or-later
// How sure: ranks under noise, rules against candidates, doubt by source, limits under noise, how far
// weights may move and what each other candidate lacks. What the program found by samples and linear
// programs is as at the start, and says so once something has changed.
import { h } from 'preact';
import { apart, bare, fixed, fold, percent, percentEnd, plural, reading, safe, share } from '../draw/format.mjs';
import { RULES } from '../engine/rules.mjs';
import { rulesFor } from '../state/facts.mjs';
import { chanceWords, sureOf } from './bar.mjs';
import { Forest } from './forest.mjs';
import { CandidateShape, Name } from './parts.mjs';
import { ruleLabel } from './wishes.mjs';
import { NO_WEIGHTS, overLimit } from './words.mjs';
import { list } from '../state/given.mjs';

const entries = (o) => (o && typeof o === 'object' ? Object.entries(o) : []);
const value = (o, key) => (o && Object.hasOwn(o, key) && typeof o[key] === 'number' ? o[key] : NaN);
const SHOWN = 8;
const LISTED = 60;
const LEADERS = 4;

/** What a column is called: by the criterion that reads it. */
const measured = ({ problem: p }, column) => p.criteria.find((c) => c.terms.length === 1 && c.terms[0].column === column)?.label ?? column;
const labelOf = (session, what, id) => session.problem[what].find((q) => q.id === id)?.label ?? String(id);

/** The name of a candidate with its shape, where it is still loaded. */
function Who({ session, id, most = 30 }) {
  const i = session.problem.indexOfId.get(String(id));
  return [i === undefined ? null : h(CandidateShape, { session, i }), ' ', h(Name, { text: String(id), most })];
}

const Table = ({ label, caption, heads, rows, numbers = [] }) =>
  h(
    'div',
    { class: 'wide', tabindex: '0', role: 'region', 'aria-label': label },
    h(
      'table',
      { class: 'ex sure' },
      h('caption', null, caption),
      h('thead', null, h('tr', null, heads.map((t, k) => h('th', { key: k, scope: 'col', class: numbers.includes(k) ? 'n' : null }, t)))),
      h('tbody', null, rows),
    ),
  );

// ---- ranks ----

/** @type {[number, number, string][]} */
const STEPS = [[1, 1, '1st'], [2, 2, '2nd'], [3, 3, '3rd'], [4, 5, '4–5'], [6, 10, '6–10'], [11, Infinity, '11+']];

/** Probability of each rank, one bar of equal length for each candidate. */
function Ranks({ session, r }) {
  const all = entries(r.candidates)
    .filter(([, x]) => typeof x?.first === 'number')
    .sort((a, b) => b[1].first - a[1].first);
  if (!all.length) return null;
  const rows = all.slice(0, SHOWN);
  const most = apart(rows.map(([id]) => id), 22);
  const sums = (x) => {
    const probability = list(x.rank_probability);
    return STEPS.map(([from, to]) => probability.reduce((a, q, k) => (k + 1 >= from && k + 1 <= to ? a + q : a), 0));
  };
  return h(
    'figure',
    null,
    h('h3', null, `${list(r.tie).length > 1 ? 'Tied; first' : 'First'} in ${chanceWords(session.repeats.firsts?.get(rows[0][0]) ?? 0)} of 100: `, h(Name, { text: rows[0][0], most: 30 }), h('span', { class: 'mu' }, ` ${fixed(r.samples, 0)} samples${entries(r.errors).length ? ' of the errors' : ''}, seed ${r.seed}`)),
    h('p', { class: 'lg', 'aria-hidden': 'true' }, STEPS.map(([, , t], k) => [h('i', { key: k, class: `kr r${k + 1}` }), t])),
    h(
      'table',
      { class: 'ranks' },
      h('caption', { class: 'sr' }, 'Probability of each rank, of 100'),
      h(
        'tbody',
        null,
        rows.map(([id, x]) => {
          const parts = sums(x);
          return h(
            'tr',
            { key: id },
            h('th', { scope: 'row' }, h(Who, { session, id, most })),
            h('td', null, h('span', { class: 'stack' }, parts.map((q, k) => (q > 0.0005 ? h('i', { key: k, class: `r${k + 1}`, style: { width: `${100 * q}%` } }, q >= 0.07 ? String(Math.round(100 * q)) : '') : null))), h('span', { class: 'sr' }, STEPS.map(([, , t], k) => `${t}: ${chanceWords(parts[k])} of 100`).join(', '))),
          );
        }),
      ),
    ),
    all.length > SHOWN ? h('p', { class: 'mu' }, `${all.length - SHOWN} more are first less often.`) : null,
  );
}

const Said = ({ sentences }) => h('ul', { class: 'bu said' }, list(sentences).map((t, k) => h('li', { key: k }, h('bdi', null, String(t)))));

function Doubt({ session, r }) {
  const sources = list(r.doubt?.sources);
  if (!sources.length) return null;
  const named = (s) => {
    const [kind, ...rest] = String(s).split(':');
    const id = rest.join(':');
    return kind === 'noise' ? `errors of ${measured(session, id)}` : kind === 'weights' ? `${labelOf(session, 'stakeholders', id)}: weights` : kind;
  };
  const low = Math.min(r.doubt.stays, ...sources.flatMap((s) => [s.without, s.alone]).filter(Number.isFinite), 0.9);
  const at = (x) => `${(100 * (x - low)) / (1 - low || 1)}%`;
  return h(
    'figure',
    null,
    h('h3', null, 'Doubt by source ', h('span', { class: 'mu' }, `${chanceWords(r.doubt.stays)} of 100 as it is`)),
    h('p', { class: 'lg', 'aria-hidden': 'true' }, h('i', { class: 'kd on' }), 'stays first if only this is uncertain', h('i', { class: 'kd off' }), 'if this were settled'),
    h(
      'table',
      { class: 'ranks doubt' },
      h('caption', { class: 'sr' }, 'How often the answer stays first, of 100'),
      h(
        'tbody',
        null,
        sources.map((s) =>
          h('tr', { key: s.source }, h('th', { scope: 'row' }, fold(named(s.source), 34)), h('td', null, h('span', { class: 'dots', 'aria-hidden': 'true' }, h('i', { class: 'base', style: { left: at(r.doubt.stays) } }), h('i', { class: 'off', style: { left: at(s.without) } }), h('i', { class: 'on', style: { left: at(s.alone) } })), h('span', { class: 'mu' }, ` alone ${chanceWords(s.alone)}, without ${chanceWords(s.without)}`))),
        ),
      ),
    ),
  );
}

// ---- rules ----

function Rules({ session }) {
  const { now } = session;
  if (now.quick) return h('p', { role: 'status' }, `Ranking ${now.count} candidates under every rule …`);
  const found = rulesFor(session, now.recommended);
  const leaders = new Set([now.recommended]);
  if (now.runnerUp >= 0) leaders.add(now.runnerUp);
  if (session.problem.incumbent >= 0 && session.slot(session.problem.incumbent) >= 0) leaders.add(session.problem.incumbent);
  RULES.forEach((_, q) => now.computed[q] && leaders.size < LEADERS + 2 && leaders.add(now.feasible[now.winner[q]]));
  for (const i of session.order) if (leaders.size < LEADERS && session.slot(i) >= 0) leaders.add(i);
  const f = now.count;
  const order = RULES.map((_, q) => q).sort((a, b) => Number(b === now.rule) - Number(a === now.rule) || Number(now.computed[b]) - Number(now.computed[a]) || Number(found.first.includes(b)) - Number(found.first.includes(a)) || a - b);
  const most = apart([...leaders].map((i) => session.id(i)), 18);
  const tone = (rank) => (rank <= 3 ? `r${rank}` : rank <= 5 ? 'r4' : rank <= 10 ? 'r5' : '');
  return h(
    'figure',
    null,
    h('h3', null, `${found.first.length} of ${found.all.length} rules agree `, h('span', { class: 'mu' }, 'place under each rule')),
    h(
      'div',
      { class: 'wide', tabindex: '0', role: 'region', 'aria-label': 'Rules' },
      h(
        'table',
        { class: 'rl rules' },
        h('caption', { class: 'sr' }, 'The place of the leading candidates under each rule'),
        h('thead', null, h('tr', null, h('th', { scope: 'col' }, h('span', { class: 'sr' }, 'Rule')), [...leaders].map((i) => h('th', { key: i, scope: 'col' }, h(CandidateShape, { session, i }), h('br', null), h(Name, { text: session.id(i), most }))))),
        h(
          'tbody',
          null,
          order.map((q) => {
            const name = RULES[q];
            const head = h('th', { scope: 'row' }, h('button', { type: 'button', class: 'rw', 'aria-pressed': String(q === now.rule), disabled: overLimit(session, q) !== '', onClick: () => session.controls.setRule(q) }, q === now.rule ? h('b', null, ruleLabel(name)) : ruleLabel(name)));
            if (!now.computed[q]) return h('tr', { key: q, class: 'off' }, head, h('td', { colspan: String(leaders.size) }, overLimit(session, q) || 'not computed'));
            return h('tr', { key: q }, head, [...leaders].map((i) => {
              const rank = now.ruleRanks[q * f + session.slot(i)];
              const tied = rank === 1 && now.winner[q] !== session.slot(i);
              return h('td', { key: i, class: tone(tied ? 2 : rank), title: tied ? 'tied; the other one is chosen' : undefined }, tied ? '1 tied' : String(rank));
            }));
          }),
        ),
      ),
    ),
    h('details', { class: 'ad' }, h('summary', null, 'Why they differ'), h('ul', { class: 'bu said' }, differences(session).map((t, k) => h('li', { key: k }, h('bdi', null, t))))),
  );
}

/** The engine's own sentences about the rules: those that begin with a rule's name. */
function differences(session) {
  const found = (session.now.sentences ?? []).filter((t) => RULES.some((r) => t.startsWith(`${r} `) || t.startsWith(`${r},`)));
  return found.length ? found : ['All rules agree.'];
}

// ---- how far weights may move ----

function interval(w) {
  const [low, high] = list(w.holds);
  if (typeof low !== 'number') return 'unknown';
  const text =
    low <= 0 && high >= 1
      ? 'always'
      : low <= 0
        ? `${w.criterion ? '' : 'above 0, '}up to ${percentEnd(high, false)}`
        : high >= 1
          ? `from ${percentEnd(low, true)} ${w.criterion ? 'on' : 'to below 100 %'}`
          : `${percentEnd(low, true)} to ${percentEnd(high, false)}`;
  const room = Math.min(low <= 0 ? 1 : w.now - low, high >= 1 ? 1 : high - w.now);
  return [
    h('span', { class: 'trk inline', 'aria-hidden': 'true' }, h('i', { class: 'iv', style: { left: `${100 * low}%`, right: `${100 * (1 - high)}%` } }), h('i', { class: 'en', style: { left: `${100 * w.now}%` } })),
    ` ${text}`,
    room < 0.05 ? h('span', { class: 'w' }, ' tight') : null,
  ];
}

function Holds({ session, c, rule }) {
  const rows = [...list(c.weights), ...list(c.powers)];
  if (!rows.length) return h('p', null, `How far weights may move under ${rule} is not computed for so many.`);
  const always = rows.filter((w) => w.holds?.[0] <= 0 && w.holds?.[1] >= 1);
  const some = rows.filter((w) => !always.includes(w));
  const first = h(Name, { text: String(c.first), most: 50 });
  const named = (w) => [h(Name, { text: labelOf(session, 'stakeholders', w.stakeholder) }), w.criterion ? [' on ', h(Name, { text: labelOf(session, 'criteria', w.criterion) })] : ': their say'];
  return [
    some.length
      ? h(Table, {
          label: `How far one weight may move under ${rule}`,
          caption: [first, ` stays first under ${rule} while one weight is between these (the others keep their proportions)`],
          heads: ['Stakeholder', 'Weight of', 'Now', 'Stays first'],
          numbers: [2],
          rows: some.map((w, k) => h('tr', { key: k }, h('th', { scope: 'row' }, h(Name, { text: labelOf(session, 'stakeholders', w.stakeholder) })), h('td', null, w.criterion ? h(Name, { text: labelOf(session, 'criteria', w.criterion) }) : 'their say'), h('td', { class: 'n' }, percent(w.now)), h('td', null, interval(w)))),
        })
      : h('p', null, first, ` stays first under ${rule} whatever one weight is.`),
    always.length
      ? h('details', { class: 'ad' }, h('summary', null, `${plural(always.length, 'more weight')} may be anything, from 0 to 100 %`), h('p', { class: 'mu' }, always.slice(0, LISTED).map((w, k) => [k ? ', ' : '', named(w)]), always.length > LISTED ? `, and ${always.length - LISTED} more.` : '.'))
      : null,
  ];
}

function Flip({ session, c }) {
  const { start, problem: p } = session;
  if (!c.flip?.to) return c.flip === undefined ? null : h('p', null, 'No weights at all put another one ahead of the first one under weighted.');
  const rows = p.criteria.map((k, at) => [k, start.outcome.groupWeight?.[at] ?? NaN, value(c.flip.weights, k.id)]).filter(([, now, then]) => Math.abs(then - now) > 1e-6);
  return h(Table, {
    label: 'The nearest group weights that turn it',
    caption: ['The nearest group weights at which ', h(Name, { text: String(c.flip.to), most: 50 }), ' is level with ', h(Name, { text: String(c.first), most: 50 }), ` (${percent(c.flip.change / 2)} of the weight moves)`],
    heads: ['Criterion', 'Now', 'There', 'Change'],
    numbers: [1, 2, 3],
    rows: rows.map(([k, now, then]) => h('tr', { key: k.id }, h('th', { scope: 'row' }, h(Name, { text: k.label })), h('td', { class: 'n' }, percent(now)), h('td', { class: 'n' }, percent(then)), h('td', { class: 'n' }, `${then > now ? '▲ +' : '▼ −'}${percent(Math.abs(then - now))}`))),
  });
}

/** What one measurement would have to be: its bound rounded to the side on which the claim holds. */
export function lacksWords(session, x) {
  const p = session.problem;
  const c = p.criteria[p.criterionOf.get(x.criterion)];
  if (!c) return 'no single measurement is enough';
  // A cell that is not a criterion's whole reading (a column of a sum, a subgroup) goes by its column.
  const whole = x.group === undefined && p.result.scenario?.criteria?.[x.criterion]?.column === x.column;
  const show = (y) => (whole ? reading(c, y) : bare(y));
  const up = x.to > x.from;
  const to = c.levels.length && whole ? show(x.to) : show(safe(x.to, up));
  const ends = typeof x.until === 'number' ? `, ${up ? 'up' : 'down'} to ${show(c.levels.length && whole ? x.until : safe(x.until, !up))}` : '';
  return [
    whole ? h(Name, { text: c.label }) : [h(Name, { text: String(x.column) }), x.group === undefined ? '' : [' of ', h(Name, { text: String(x.group) })]],
    ` ${to} instead of ${show(x.from)}${ends}`,
    whole ? '' : [' (', h(Name, { text: c.label }), ')'],
    x.tied && (c.levels.length || safe(x.to, up) === x.to) ? ', where it is level with another one' : '',
  ];
}

function rankRange(x, count) {
  const [best, worst] = list(x.rank_range);
  if (typeof best !== 'number') return '–';
  const at = (rank) => 100 * (count > 1 ? (rank - 1) / (count - 1) : 0);
  return [h('span', { class: 'trk inline', 'aria-hidden': 'true' }, h('i', { class: 'iv', style: { left: `${at(best)}%`, right: `${100 - at(worst)}%` } })), ` ${best} to ${worst}`];
}

function choosable(x) {
  if (x.choosable === null || x.choosable === undefined) return 'not known';
  if (!x.choosable) return [h('span', null, NO_WEIGHTS), h('small', null, ' beaten by ', list(x.beaten_by).map((q, k) => [k ? ' + ' : '', x.beaten_by.length > 1 ? `${percent(q.share)} ` : '', h(Name, { text: String(q.id), most: 40 })]))];
  return ['yes', x.allowed === false ? h('small', null, ' but under no weights that are allowed') : null];
}

/** Who can be first at all, and what the others lack under the rule that decides. */
function Reach({ session, c }) {
  const { problem: p, start } = session;
  const base = c.headline ?? c;
  const rule = c.headline ? String(c.headline.rule) : 'weighted';
  const improve = new Map(list(base.improve).map((x) => [x.id, x]));
  const all = new Map(entries(c.candidates));
  const { order, feasible } = start.outcome;
  const ids = Array.from(order ?? [], (k) => p.ids[feasible[k]]).filter((id) => all.has(id));
  if (!ids.length) return null;
  const none = ids.filter((id) => all.get(id).choosable === false).length;
  return [
    h(Table, {
      label: 'Who can be first, and what the others lack',
      caption: `Who can be first under weighted: ${none ? `${none} of ${ids.length} under no weights at all` : 'each of them, under some weights'}; and with which one measurement each would be first under ${rule}`,
      heads: ['Candidate', 'Can be first', `Rank over ${c.least_regret === undefined ? 'all' : 'the allowed'} weights`, `Would be first under ${rule} with`],
      rows: ids.slice(0, LISTED).map((id) => {
        const x = all.get(id);
        return h(
          'tr',
          { key: id },
          h('th', { scope: 'row' }, h(Who, { session, id, most: 40 }), x.necessary && x.allowed !== undefined ? h('small', null, ' under all allowed weights') : null, id === c.least_regret ? h('small', null, ' least regret over allowed weights') : null),
          h('td', null, choosable(x)),
          h('td', { class: 'tight' }, rankRange(x, start.outcome.count)),
          h('td', null, id === base.first ? 'is first' : improve.has(id) ? lacksWords(session, improve.get(id)) : base.improve ? 'no single measurement is enough' : 'not computed'),
        );
      }),
    }),
    ids.length > LISTED ? h('p', { class: 'mu' }, `The best ${LISTED} of ${ids.length} are listed.`) : null,
  ];
}

// ---- what to do next ----

function Next({ session, information: x }) {
  const measure = list(x?.measure).filter((q) => typeof q.value === 'number').sort((a, b) => b.value - a.value);
  const discuss = list(x?.discuss).filter((q) => typeof q.value === 'number').sort((a, b) => b.value - a.value);
  if (!measure.length && !discuss.length) return null;
  const worth = (q) => `${bare(Number(q.value.toPrecision(3)))}${typeof q.value_se === 'number' && q.value_se > 0 ? ` ± ${bare(Number(q.value_se.toPrecision(2)))}` : ''} of ${String(x.unit ?? 'utility')}`;
  const part = (title, items, named) => (items.length ? h('div', null, h('h3', null, title), h('ol', { class: 'bu' }, items.slice(0, SHOWN).map((q, k) => h('li', { key: k }, named(q), h('span', { class: 'mu' }, `: ${worth(q)}`)))), items.length > SHOWN ? h('p', { class: 'mu' }, `and ${items.length - SHOWN} more of less worth`) : null) : null);
  return h(
    'figure',
    { class: 'two' },
    part('Measure next', measure, (q) => [h(Name, { text: labelOf(session, 'criteria', q.criterion) }), q.candidate ? [' of ', h(Name, { text: String(q.candidate), most: 40 })] : '']),
    part('Discuss next', discuss, (q) => [h(Name, { text: labelOf(session, 'stakeholders', q.stakeholder) }), ': their weights']),
  );
}

function Agree({ session, agree }) {
  const rows = entries(agree?.candidates).length ? entries(agree.candidates) : list(agree?.candidates).map((x) => [x.id, x]);
  if (!rows.length) return null;
  return h(Table, {
    label: 'How far each would have to move',
    caption: `How far each would have to move so that nobody loses more than ${bare(Number(agree.accept))}`,
    heads: ['Candidate', 'Weight that moves, in all', 'Largest move'],
    numbers: [1, 2],
    rows: rows.slice(0, SHOWN).map(([id, x]) => h('tr', { key: id }, h('th', { scope: 'row' }, h(Who, { session, id })), h('td', { class: 'n' }, Number.isFinite(x.total) ? share(x.total) : 'nobody can'), h('td', { class: 'n' }, Number.isFinite(x.largest) ? share(x.largest) : '–'))),
  });
}

/** What is not of now. */
function staleWords({ repeats, problem: p }) {
  const again = 'Export the scenario and run it (tradeoff run) to ask again.';
  if (repeats.now) return `The samples are drawn anew, as the program would. What to measure next and what would turn it are as the program found them at the start. ${again}`;
  if (repeats.drawing) return 'Drawing samples anew; until they are there, these are as the program found them at the start.';
  const why = p.sampling?.why ? ` (this page cannot draw ${p.sampling.why})` : '';
  return `Not sampled or solved again since the change${why}: what follows from samples and linear programs is as the program found it at the start. The rules and limits beside are of now. ${again}`;
}

export function Sure({ session }) {
  const { problem: p, changed, now } = session;
  const { choice, information, agree } = p.result;
  const robustness = session.repeats.now ?? p.result.robustness;
  const said = sureOf(session);
  const lead = said ? h('p', { class: 'lead' }, h('b', null, said.word), ': ', h('bdi', null, said.text)) : null;
  const old = changed ? h('p', { class: 'note', role: 'status' }, staleWords(session)) : null;
  return h(
    'div',
    { class: 'sg2' },
    h('div', null, lead, old, robustness ? [h(Ranks, { session, r: robustness }), h(Said, { sentences: robustness.sentences }), h(Doubt, { session, r: robustness })] : [!changed ? h('p', { class: 'mu' }, 'Nothing was sampled: errors of measurement or vague wishes are not in this result.') : null, now.count ? h(Rules, { session }) : null], h(Next, { session, information })), h('div', null, robustness && now.count ? h(Rules, { session }) : null, now.count ? h(Forest, { session }) : null, agree ? h(Agree, { session, agree }) : null),
    choice
      ? h(
          'div',
          { class: 'all' },
          h('h3', { id: 'turns' }, 'What would turn it'),
          h(Said, { sentences: choice.sentences }),
          h(Holds, { session, c: choice.headline ?? choice, rule: choice.headline ? String(choice.headline.rule) : 'weighted' }),
          h(Reach, { session, c: choice }),
          h(Flip, { session, c: choice }),
          choice.headline ? h('details', { class: 'ad' }, h('summary', null, 'The same under weighted'), h(Holds, { session, c: choice, rule: 'weighted' })) : null,
        )
      : null,
  );
}
