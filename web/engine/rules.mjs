// SPDX-License-Identifier: GPL-3.0-or-later
// The group rules in the order of the engine, and what each seeks, as src/terms/rules.c says it
// (tests/schema/run_rules holds them equal).
export const RULE_WORDS = new Map([
  ['weighted', 'Most points in total'],
  ['maximin', 'Best deal for whoever is worst off'],
  ['nash', 'Bargain in which everybody gains most together'],
  ['kalai-smorodinsky', 'Most even share of what each could hope for'],
  ['minimax-regret', 'Smallest of the worst disappointments'],
  ['chebyshev', 'Smallest weighted shortfall in the worst criterion'],
  ['borda', 'Most points when each stakeholder ranks all'],
  ['copeland', 'Most majorities won, one against one'],
  ['kemeny', 'Order that contradicts the stakeholders least'],
  ['plurality', 'Favourite of the most'],
  ['needs-first', 'What meets the needs of the most, then the most points in total'],
  ['owa', 'Most points with the worse-off counted more'],
  [
    'priorities',
    'Best for the first group, then among those as good for it the best for the next',
  ],
]);

export const RULES = [...RULE_WORDS.keys()];
