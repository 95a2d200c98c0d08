// SPDX-License-Identifier: GPL-3.0-or-later
// What was decided, handed to the engine: the program's own rooms write the record.
import { compact } from './json.mjs';
import { objectionsIn } from './objections.mjs';
import { hasRegions } from './sampling.mjs';
import { scenarioInEffect } from './scenario.mjs';

const lines = (s) => s.split('\n').map((x) => x.trim()).filter(Boolean);
const nameOf = (path) => path.split('/').at(-1);

/** The candidate that is recorded: the one that was chosen, else the recommended one; -1: none. */
export const chosenOf = ({ state, now }) => (state.notes.chosen >= 0 ? state.notes.chosen : now.recommended);

/** The limits in force that candidate i breaks, as the engine names them. */
export function brokenBy({ now }, i) {
  const word = (j) => now.broken[2 * i + (j >> 5)];
  return i < 0 ? [] : now.limits.filter((_, j) => (word(j) >>> (j & 31)) & 1);
}

/** Who objects or abstains, and who accepts with words of their own: a line each, nothing cut. */
const standsOf = ({ problem: p, state: s }) =>
  p.stakeholders.flatMap((q) => {
    const [stand, words] = s.notes.stands.get(q.id) ?? ['', ''];
    const said = words.trim().replace(/\s*\n\s*/g, ' ');
    return !stand || (stand === 'accepts' && !said) ? [] : [`${q.label} ${stand}${said ? `: ${said}` : ''}`];
  });

/** What is said of the set that is wanted; only the program chooses it. */
const setOf = ({ problem: { result }, changed, now }) =>
  !result.portfolio || !now.count
    ? []
    : changed
      ? ['For what was changed on the page it was not chosen again; tradeoff run does that.']
      : result.portfolio.sentences;

/** Is candidate i in that set? 0: that is not known. */
const membershipOf = ({ problem: p, changed }, i) =>
  changed || i < 0 || !p.result.portfolio?.ids ? 0 : p.result.portfolio.ids.includes(p.ids[i]) ? 1 : 2;

/** What people decided, as the engine takes it; stem: of the files' names. */
export function decisionOf(session, stem) {
  const { problem: p, state: s } = session;
  const { notes } = s;
  const effect = scenarioInEffect(session);
  const file = p.inputs.find((x) => x.role === 'scenario')?.file ?? 'scenario.json';
  const chosen = chosenOf(session);
  return {
    chosen: chosen < 0 ? '' : p.ids[chosen],
    because: notes.why.trim(),
    decidedBy: lines(notes.by),
    dissent: [...standsOf(session), ...lines(notes.dissent)],
    accepted: brokenBy(session, chosen)
      .filter((l) => notes.accepted.get(l.text)?.trim())
      .map((l) => `${l.text}: ${notes.accepted.get(l.text).trim()}`),
    date: notes.date,
    scenarioFile: nameOf(String(file)),
    set: effect.set,
    rule: effect.rule,
    portfolio: setOf(session),
    inSet: membershipOf(session, chosen),
    repeats: session.repeats.now?.sentences ?? [],
    twin: `${stem}.json`,
    scenario: compact(effect.scenario),
    result: session.changed ? '' : p.text,
  };
}

/** What the program's linear programs found, as far as it holds for the state; null: nothing. */
function known(session) {
  const { problem: p, changed, limitsChanged } = session;
  const found = p.result.choice;
  const at = (id) => p.indexOfId.get(id) ?? -1;
  const regions = found ? found.least_regret !== undefined : hasRegions(p);
  if ((!found && !changed) || (changed && regions)) return null;
  const all = found && !limitsChanged ? Object.entries(found.candidates) : [];
  return {
    regions,
    leastRegret: at(found?.least_regret),
    ranked: !changed,
    of: all.map(([id, x]) => ({
      candidate: at(id),
      choosable: x.choosable,
      weights: x.weights && p.criteria.map((c) => x.weights[c.id]),
      beatenBy: (x.beaten_by ?? []).map((q) => ({ candidate: at(q.id), share: q.share })),
      asked: found.asked.rank_range === 'all' || found.asked.rank_range.includes(id),
      range: x.rank_range,
    })),
  };
}

/** What each stakeholder says of its weights in a scenario: statements, those of rates behind. */
const saidIn = (p, scenario) =>
  p.stakeholders.map((q) => {
    const of = Object.hasOwn(scenario.stakeholders ?? {}, q.id) ? scenario.stakeholders[q.id] : {};
    const { prefers = [], rates = [], weights, vague = 0 } = of;
    return { statements: [...prefers, ...rates], only: !weights, vague, objections: objectionsIn(scenario, q.id) };
  });

/** The record of this state, as Markdown or as JSON. Throws what the program would say. */
export function decisionRecord(session, stem, json) {
  session.rankAll(saidIn(session.problem, scenarioInEffect(session).scenario));
  if (session.now.count) session.engine.weigh(known(session));
  return session.engine.record(decisionOf(session, stem), json);
}
