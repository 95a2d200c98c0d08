// SPDX-License-Identifier: GPL-3.0-or-later
// The tabs below the answer: the word in addresses, the title, the view. Their keys are 1, 2, ... in this order.
import { Candidates } from './candidates.mjs';
import { Decision } from './decision.mjs';
import { Sure } from './sure.mjs';
import { Tradeoff } from './tradeoff.mjs';

/** @type {[string, string, any][]} */
export const TABS = [
  ['candidates', 'Candidates', Candidates],
  ['tradeoff', 'Trade-off', Tradeoff],
  ['sure', 'How sure', Sure],
  ['decision', 'Decision', Decision],
];
