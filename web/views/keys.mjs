// SPDX-License-Identifier: GPL-3.0-or-later
// Keys for the one at the projector. They rest while something is typed, and on controls
// that were reached by the keyboard; one that was clicked does not take them.
import { TABS } from './tabs.mjs';

export const KEYS = [
  [TABS.map((_, k) => k + 1).join(' '), TABS.map(([, title]) => title).join(', ')],
  ['p', 'pin the selected candidate'],
  ['h', 'hold this answer beside the next ones'],
  ['/', 'find a candidate'],
  ['Ctrl Z, Ctrl Y', 'undo, redo'],
  ['0', 'back to the start'],
  ['l', 'large type'],
  ['?', 'these keys'],
];

const CONTROLS = 'input, button, a, summary';
// What a letter or a digit would be typed into, or would choose from.
const TYPED = 'input:not([type=range], [type=checkbox], [type=radio]), textarea, select';

export function bindKeys(session, app) {
  const acts = {
    p: () => session.state.selected >= 0 && session.pin(session.state.selected),
    h: () => session.now.count && session.hold(),
    0: () => session.changed && session.reset(),
    l: () =>
      session.change('look', (s) => {
        s.large = !s.large;
      }),
    '?': () => {
      const keys = /** @type {HTMLDetailsElement} */ (document.querySelector('.warns'));
      keys.open = !keys.open;
    },
    '/': () => {
      app.open('candidates');
      requestAnimationFrame(() => requestAnimationFrame(() => document.getElementById('find')?.focus()));
    },
  };
  TABS.forEach(([id], k) => {
    acts[String(k + 1)] = () => app.open(id);
  });
  let pointed = true; // the focus is where the pointer, not the keyboard, put it
  document.addEventListener('pointerdown', () => {
    pointed = true;
  });
  document.addEventListener('keydown', (e) => {
    const at = /** @type {Element} */ (e.target);
    const typing = at.closest?.(TYPED);
    if ((e.ctrlKey || e.metaKey) && !typing) {
      const redo = e.key === 'y' || (e.shiftKey && e.key.toLowerCase() === 'z');
      if (!redo && e.key !== 'z') return;
      e.preventDefault();
      if (redo) session.redo();
      else session.undo();
      return;
    }
    if (e.key === 'Escape' && app.ui.why >= 0) return void app.closeWhy();
    if (e.key === 'Tab') pointed = false;
    if (e.ctrlKey || e.metaKey || e.altKey || typing || (!pointed && at.closest?.(CONTROLS)) || !Object.hasOwn(acts, e.key)) return;
    e.preventDefault();
    acts[e.key]();
  });
}
