// SPDX-License-Identifier: GPL-3.0-or-later
// The decision in writing: Markdown with the headings of MADR 4.
import { RULES } from '../engine/engine.mjs';
import { reading, percent, score, plural } from '../draw/format.mjs';
import { RULE_WORDS } from '../views/words.mjs';
import { statementsOf } from './state.mjs';

/** A name from the data as inert Markdown text on one line. */
export const md = (s) =>
  String(s)
    .replace(/[\u0000-\u001f\u007f\u2028\u2029\u202a-\u202e\u2066-\u2069]+/g, ' ')
    .replace(/[\\`*_{}[\]()#+\-.!|<>&~]/g, (c) =>
      c === '<' ? '&lt;' : c === '>' ? '&gt;' : c === '&' ? '&amp;' : `\\${c}`,
    );

const ownerOf = (l) => (l.owner ? ` (${[l.owner, l.why].filter(Boolean).map(md).join(': ')})` : '');

const bullets = (list) => (list.length ? list.map((x) => `* ${x}`).join('\n') : '* None.');

function drivers(session) {
  const { problem: p, state: s, now } = session;
  const total = s.powers.reduce((a, b) => a + b, 0);
  const wishes = p.stakeholders.map((q, k) => {
    const sum = s.weights[k].reduce((a, b) => a + b, 0);
    const w = p.criteria
      .map((c, j) => [c.label, s.weights[k][j] / sum])
      .filter(([, x]) => x > 0)
      .map(([l, x]) => `${md(l)} ${percent(x)}`);
    const by = session.weightsMoved(k) ? ', weights set in the meeting' : '';
    const { broken } = statementsOf(q, s.weights[k]);
    const against = broken.length ? ` (against ${broken.map(md).join('; ')})` : '';
    return `${md(q.label)} (say ${percent(s.powers[k] / total)}${by}): ${w.join(', ')}${against}`;
  });
  const limits = now.limits.map(
    (l, j) => `Limit ${md(l.text)}${ownerOf(l)}: excludes ${now.excludes[j]}`,
  );
  return bullets([
    ...wishes,
    ...limits,
    `Rule ${RULES[s.rule]}: ${RULE_WORDS.get(RULES[s.rule]).toLowerCase()}`,
  ]);
}

export function options(session) {
  const { now } = session;
  const list = (now.count ? [now.recommended, now.runnerUp] : []).concat(
    session.problem.incumbent,
    session.state.pins,
    session.order.filter((i) => session.slot(i) >= 0).slice(0, 3),
  );
  return [...new Set(list)].filter((i) => i >= 0);
}

export function dissent(session) {
  const { now, problem: p } = session;
  if (!now.count) return [];
  const k = session.slot(now.recommended);
  const f = now.count;
  return p.stakeholders
    .map((q, n) => ({
      q,
      rank: now.stakeholderRank[n * f + k],
      regret: now.regret[n * f + k],
      own: now.feasible[now.favourite[n]],
    }))
    .filter((x) => x.rank > 1)
    .sort((a, b) => b.regret - a.regret);
}

export function decisionRecord(session) {
  const { problem: p, state: s, now } = session;
  const measured = (i) =>
    p.criteria.map((c) => `${md(c.label)} ${md(reading(c, c.reading[i]))}`).join(', ');
  const list = options(session);
  const sentences = now.sentences ?? [];
  const against = dissent(session).map(
    (x) =>
      `${md(x.q.label)} would choose ${md(session.id(x.own))} and gives up ${score(x.regret)} of utility.`,
  );
  return [
    `# ${md(p.title)}`,
    '## Context and Problem Statement',
    `Which of ${plural(p.n + p.unlisted, 'candidate')} do we use? ` +
      `${now.count} are within all limits` +
      (now.count ? `, ${session.frontier.length} of them on the frontier.` : '.'),
    s.notes.why ? md(s.notes.why) : '',
    '## Decision Drivers',
    drivers(session),
    '## Considered Options',
    bullets(list.map((i) => `${md(session.id(i))}${i === p.incumbent ? ' (runs today)' : ''}`)),
    '## Decision Outcome',
    now.count
      ? `Chosen option: "${md(session.id(now.recommended))}", because:\n\n${bullets(sentences.map(md))}`
      : `No option is within all limits.\n\n${bullets(sentences.map(md))}`,
    '### Consequences',
    now.count ? bullets([`It measures ${measured(now.recommended)}.`, ...against]) : bullets([]),
    s.notes.dissent ? `Dissent in the meeting: ${md(s.notes.dissent)}` : '',
    '### Confirmation',
    `The exported scenario gives the same result with tradeoff ${md(p.generator.version)}.` +
      (s.notes.by ? ` Decided by: ${md(s.notes.by)}.` : ''),
    bullets(p.inputs.map((x) => `${md(x.role)} ${md(x.file)}, SHA-256 ${md(x.sha256)}`)),
    '## Pros and Cons of the Options',
    ...list.map(
      (i) =>
        `### ${md(session.id(i))}\n\n${bullets([
          session.slot(i) >= 0 ? `Rank ${session.rank(i)} of ${now.count}` : 'Not feasible',
          measured(i),
          ...session.engine.words('candidate', i).map(md),
        ])}`,
    ),
  ]
    .filter(Boolean)
    .join('\n\n')
    .concat('\n');
}
