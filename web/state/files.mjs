// SPDX-License-Identifier: GPL-3.0-or-later
// Files that leave the page, as text: tables, and the page itself.
import { escapeJson } from '../escape.mjs';
import { packState } from './state.mjs';

/** A cell that a spreadsheet would run is guarded. */
const csvCell = (x) => {
  let s = typeof x === 'number' ? (Number.isNaN(x) ? '' : String(x)) : x;
  if (typeof x === 'string' && /^[=+\-@\t\r]/.test(s)) s = `'${s}`;
  return /[",\r\n]/.test(s) ? `"${s.replaceAll('"', '""')}"` : s;
};

export function selectionCsv(session, list) {
  const { problem: p, now } = session;
  const head = [
    'id',
    'status',
    'rank',
    'score',
    ...p.criteria.map((c) => c.id),
    ...p.stakeholders.map((q) => `utility ${q.id}`),
  ];
  const rows = list.map((i) => {
    const k = session.slot(i);
    return [
      p.ids[i],
      session.status(i),
      k < 0 ? '' : now.rank[k],
      k < 0 ? '' : now.score[k],
      ...p.criteria.map((c) =>
        c.levels.length && !Number.isNaN(c.reading[i]) ? c.levels[c.reading[i]] : c.reading[i],
      ),
      ...p.stakeholders.map((_, n) => (k < 0 ? '' : now.utility[n * now.count + k])),
    ];
  });
  return [head, ...rows]
    .map((r) => r.map(csvCell).join(','))
    .join('\r\n')
    .concat('\r\n');
}

/** This very file, with the result and the state inside. */
export function copyOfPage(session) {
  const page = /** @type {HTMLElement} */ (document.documentElement.cloneNode(true));
  page.removeAttribute('class');
  page.removeAttribute('data-scheme');
  page.querySelector('#app').replaceChildren();
  page.querySelector('title').textContent = 'tradeoff';
  const state = page.querySelector('#state');
  state.textContent = escapeJson(JSON.stringify(packState(session.problem, session.state)));
  for (const a of page.querySelectorAll('body > a, #style')) a.remove();
  // What stood after the last element moves into the body when a page is read: keep it from growing.
  return `<!DOCTYPE html>\n${page.outerHTML.replace(/\s*<\/body>\s*<\/html>$/, '\n</body>\n</html>')}\n`;
}
