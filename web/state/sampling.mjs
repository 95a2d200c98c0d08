// SPDX-License-Identifier: GPL-3.0-or-later
// What the page can sample again: errors of columns that a criterion reads as they are. The result holds no more of the
// others than what they come to, and regions of weights need linear programs.
import { list, number, own } from './given.mjs';

const entries = (o) => (o && typeof o === 'object' ? Object.entries(o) : []);

/** The errors of columns, in the program's order: those of the scenario's "errors", then those that criteria bring. */
function columnErrors(scenario, criteria) {
  const wished = own(scenario, 'criteria');
  const errors = new Map(entries(own(scenario, 'errors')).map(([column, e]) => [column, number(e?.correlation)]));
  for (const c of criteria) {
    const written = own(wished, c.id);
    if (own(written, 'se') !== undefined && !c.linear && c.terms.length === 1 && !errors.has(c.terms[0].column))
      errors.set(c.terms[0].column, number(own(written, 'correlation')));
  }
  return [...errors].map(([column, correlation]) => {
    const c = criteria.find((k) => !k.linear && k.terms.length === 1 && k.terms[0].column === column);
    return { column, correlation, se: c?.se && c.error === 'normal' ? c.se : null };
  });
}

/** Are the weights of this stakeholder open? */
function isVague({ scenario }, q) {
  const said = own(own(scenario, 'stakeholders'), q.id);
  return list(own(said, 'prefers')).length > 0 || list(own(said, 'rates')).length > 0 || (number(own(said, 'vague')) ?? 0) > 0;
}

/** Is more than one weight allowed to somebody, or are the powers open? Then ranks are over what is allowed. */
export const hasRegions = (p) => list(own(p.scenario, 'powers')).length > 0 || p.stakeholders.some((q) => isVague(p, q));

/** Sets { seed, level, samples, until, errors, why } and, of each criterion, whether it has an error of its own; why:
 * what it is that the page cannot draw, in words that end a sentence; '' where it can. Without samples: null. */
export function readSampling(p) {
  const { result, scenario, criteria, stakeholders, cut } = p;
  const drawn = own(result, 'robustness');
  const asked = own(scenario, 'robustness');
  const wished = own(scenario, 'criteria');
  for (const c of criteria) {
    c.ownError = own(own(wished, c.id), 'se') !== undefined;
    c.stated = number(own(own(wished, c.id), 'correlation'));
  }
  if (!drawn) return null;
  const errors = columnErrors(scenario, criteria);
  const known = new Set(errors.filter((e) => e.se).map((e) => e.column));
  for (const c of criteria) if (c.linear && c.ownError && c.error === 'normal') known.add(`criterion:${c.id}`);
  const other = entries(own(drawn, 'errors')).find(([name, e]) => e?.kind !== 'se' || !known.has(name));
  const unseen = errors.find((e) => !e.se);
  const open = stakeholders.find((q) => isVague(p, q));
  let why = '';
  if (cut) why = 'the candidates that the result does not list';
  else if (own(scenario, 'powers') !== undefined) why = 'the open powers';
  else if (open) why = `the open weights of ${open.label}`;
  else if (other ?? unseen) why = `the errors of ${other ? other[0] : unseen.column}`;
  return {
    seed: number(own(asked, 'seed')) ?? 1,
    level: p.level,
    samples: number(own(asked, 'samples')),
    until: number(own(asked, 'until')),
    errors: errors.filter((e) => e.se),
    why,
  };
}

/** Of samples, what the answer is told with (see Engine.doubt); null: it is told without. */
export function toldWith(p, robustness, recommended) {
  const id = p.ids[recommended];
  const tie = list(robustness?.tie).map((x) => p.indexOfId.get(String(x)));
  if (number(own(own(robustness?.candidates, id), 'first')) === null || tie.includes(undefined)) return null;
  const uncertain = entries(robustness.errors).length > 0 || hasRegions(p);
  const firsts = entries(robustness.candidates).map(([q, x]) => [p.indexOfId.get(q), number(own(x, 'first')) ?? 0]).filter(([, first]) => first > 0);
  if (firsts.some(([i]) => i === undefined)) return null;
  return { level: number(robustness.level) ?? p.level, uncertain, firsts, together: number(own(own(robustness.first_if_correlated, '0.9'), id)) ?? NaN, tie };
}

/** How often each is first, as shares of whole hundredths that add to 1 with those of the others: as speech_find_firsts. */
export function inHundred(candidates, rankOf) {
  const rows = entries(candidates)
    .map(([id, x]) => ({ id, part: 100 * x.first }))
    .filter(({ part }) => part >= 0.5)
    .sort((a, b) => rankOf(a.id) - rankOf(b.id));
  rows.push({ id: null, part: Math.max(100 - rows.reduce((sum, { part }) => sum + part, 0), 0) });
  const whole = ({ part }) => Math.floor(part + 1e-9);
  let left = 100 - rows.reduce((sum, r) => sum + whole(r), 0);
  return new Map(rows.sort((a, b) => b.part - whole(b) - a.part + whole(a)).map((r) => [r.id, (whole(r) + Number(left-- > 0)) / 100]));
}

/** How sure the answer of now is: of the file as long as nothing has changed, then sampled anew once things settle. */
export class Repeats {
  constructor(session) {
    this.session = session;
    this.turn = -1; // of the outcome that was sampled,
    this.found = null; // with what came of it
  }

  /** "robustness" as in a result; null: there is none. */
  get now() {
    const { changed, problem, turn } = this.session;
    if (!changed) return problem.result.robustness ?? null;
    return this.turn === turn ? this.found : null;
  }

  /** How often each is first, by its id; null: nothing was sampled. */
  get firsts() {
    const { now, session } = this;
    return now?.candidates ? inHundred(now.candidates, (id) => session.rank(session.problem.indexOfId.get(id))) : null;
  }

  /** With which the answer is told; null: there are none. */
  get told() {
    const { now, problem } = this.session;
    return toldWith(problem, this.now, now.recommended);
  }

  /** They are on their way. */
  get drawing() {
    const { changed, now, problem, settler, turn } = this.session;
    return Boolean(changed && settler && problem.sampling && !problem.sampling.why && now.count && this.turn !== turn);
  }

  seek() {
    const { session } = this;
    const { turn } = session;
    if (!this.drawing || session.pending) return;
    void session.settler.sample(session.now.wanted).then(({ robustness }) => {
      if (turn !== session.turn) return;
      Object.assign(this, { turn, found: robustness ?? null });
      session.found.tell();
      session.tell(new Set(['settled']));
    });
  }
}
