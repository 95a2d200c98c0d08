// SPDX-License-Identifier: GPL-3.0-or-later
// What people said against candidates, as the scenario has it: word for word.
import { own } from './given.mjs';

/** Those of a stakeholder as the scenario has them: [{ candidate, by, words }]; null where not said. */
export const objectionsIn = (scenario, id) => {
  const list = own(own(own(scenario, 'stakeholders'), id), 'objections');
  const text = (x) => (typeof x === 'string' ? x : null);
  return (Array.isArray(list) ? list : []).filter((x) => typeof x?.words === 'string').map((x) => ({ candidate: text(x.candidate), by: text(x.by), words: x.words }));
};

/** Those against a candidate, or all (id undefined), in the words of the program: [text]. */
export const objections = (p, id) =>
  p.stakeholders.flatMap((q) =>
    objectionsIn(p.scenario, q.id)
      .filter((x) => id === undefined || x.candidate === id)
      .map((x) => `${x.candidate === null ? 'In general' : `Against "${x.candidate}"`}: ${x.words.replace(/[ \t\r\n]*[\r\n][ \t\r\n]*/g, ' ')} (${x.by === null ? '' : `${x.by}, for `}${q.label})`),
  );
