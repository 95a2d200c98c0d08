// SPDX-License-Identifier: GPL-3.0-or-later
// Keys for the one at the projector. They rest while somebody types or moves a control.

export const KEYS = [
  ['← →', 'walk along the frontier, best rank first'],
  ['1 2 3', 'pin the best three; again to unpin'],
  ['p', 'pin the selected one'],
  ['u', 'undo'],
  ['0', 'back to the start'],
  ['l', 'large type'],
  ['/', 'find a candidate'],
];

const busy = (t) => t.closest?.('input, select, textarea, [role=tablist], [role=slider]');

function walkFrontier(session, by) {
  const list = session.frontier;
  if (!list.length) return;
  const at = list.indexOf(session.state.selected);
  session.select(list[at < 0 ? 0 : (at + by + list.length) % list.length]);
}

export function bindKeys(session, shell) {
  const acts = {
    ArrowRight: () => walkFrontier(session, 1),
    ArrowLeft: () => walkFrontier(session, -1),
    p: () => session.state.selected >= 0 && session.pin(session.state.selected),
    u: () => session.undo(),
    0: () => session.changed && session.reset(),
    l: () =>
      session.change('look', (s) => {
        s.large = !s.large;
      }),
    '/': () => {
      shell.show('ranking');
      requestAnimationFrame(() => shell.drawn().search.focus());
    },
  };
  for (const k of ['1', '2', '3'])
    acts[k] = () => {
      const i = session.order[Number(k) - 1];
      if (i !== undefined) session.pin(i);
    };
  document.addEventListener('keydown', (e) => {
    if (e.ctrlKey || e.metaKey || e.altKey || busy(e.target) || !Object.hasOwn(acts, e.key)) return;
    e.preventDefault();
    acts[e.key]();
  });
}
