// SPDX-License-Identifier: GPL-3.0-or-later
// Keys for the one at the projector. Letters rest while a control has the focus.

export const KEYS = [
  ['1 2 3 4', 'Candidates, Trade-off, How sure, Decision'],
  ['p', 'pin the selected candidate'],
  ['h', 'hold this answer beside the next ones'],
  ['/', 'find a candidate'],
  ['Ctrl Z, Ctrl Y', 'undo, redo'],
  ['0', 'back to the start'],
  ['l', 'large type'],
];

const CONTROLS = 'input, select, textarea, button, a, summary, [role=tablist], [tabindex="0"]';

export function bindKeys(session, app) {
  const tabs = ['candidates', 'tradeoff', 'sure', 'decision'];
  const acts = {
    p: () => session.state.selected >= 0 && session.pin(session.state.selected),
    h: () => session.now.count && session.hold(),
    0: () => session.changed && session.reset(),
    l: () =>
      session.change('look', (s) => {
        s.large = !s.large;
      }),
    '/': () => {
      app.open('candidates');
      requestAnimationFrame(() => requestAnimationFrame(() => document.getElementById('find')?.focus()));
    },
  };
  tabs.forEach((id, k) => {
    acts[String(k + 1)] = () => app.open(id);
  });
  document.addEventListener('keydown', (e) => {
    const typing = e.target.closest?.('input:not([type=range]):not([type=checkbox]), textarea');
    if ((e.ctrlKey || e.metaKey) && !typing) {
      const redo = e.key === 'y' || (e.shiftKey && e.key.toLowerCase() === 'z');
      if (!redo && e.key !== 'z') return;
      e.preventDefault();
      if (redo) session.redo();
      else session.undo();
      return;
    }
    if (e.key === 'Escape' && app.ui.why >= 0) return void app.closeWhy();
    if (e.ctrlKey || e.metaKey || e.altKey || e.target.closest?.(CONTROLS) || !Object.hasOwn(acts, e.key)) return;
    e.preventDefault();
    acts[e.key]();
  });
}
