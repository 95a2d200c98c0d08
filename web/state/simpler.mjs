// SPDX-License-Identifier: GPL-3.0-or-later
// What is simpler, how much better a complex one must be, and how sure leads over simpler ones are.

/** of: "simpler" of the scenario; said: the recommendation. plain: leads have a closed form; else over has
 * those that were sampled, of top: [candidate, probability]. */
export function readSimpler(of, said, criterionOf, indexOfId) {
  const leads = said?.leads;
  const over = leads?.sampled ? Object.entries(leads.over ?? {}) : [];
  const number = (x) => (typeof x === 'number' ? x : NaN);
  return {
    criterion: criterionOf.get(of?.criterion) ?? -1,
    within: of?.within ?? 0,
    level: of?.significant ?? 0,
    plain: leads?.sampled === false,
    top: indexOfId.get(said?.simpler_than ?? said?.id) ?? -1,
    over: over.map(([id, holds]) => [indexOfId.get(id) ?? -1, number(holds)]).filter(([i]) => i >= 0),
  };
}
