// SPDX-License-Identifier: GPL-3.0-or-later
// What sliders over measurements share.

/** The least and the largest that were measured; 0 and 1 where nothing was. */
export function spanOf(numbers) {
  let [low, high] = [Infinity, -Infinity];
  for (const x of numbers) {
    if (x < low) low = x;
    if (x > high) high = x;
  }
  return low <= high ? [low, high] : [0, 1];
}

const KEYS = { ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1, PageUp: 10, PageDown: -10 };

/** A slider with step "any" keeps exact values; its keys then move by steps of ours: move(by). */
export const onStepKeys = (input, move) =>
  input.addEventListener('keydown', (e) => {
    if (!Object.hasOwn(KEYS, e.key)) return;
    e.preventDefault();
    move(KEYS[e.key]);
  });
