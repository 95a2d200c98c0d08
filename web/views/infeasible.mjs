// SPDX-License-Identifier: GPL-3.0-or-later
// When nothing is feasible: who is nearest, what would help, one click away. (What clashes is the
// engine's first sentence.)
import { h, name } from '../draw/dom.mjs';
import { bare, reading } from '../draw/format.mjs';

/** The bound that a relaxation moves. */
function relaxed(session, l, r) {
  const c = l.criterion >= 0 ? session.problem.criteria[l.criterion] : null;
  return r.word !== null ? `let in “${r.word.slice(0, 60)}”` : c ? reading(c, r.to) : bare(r.to);
}

function apply(session, l, r) {
  const j = session.state.limits.findIndex((x) => x.key === l.key);
  if (r.word !== null) session.setLimit(j, { on: false });
  else session.setLimit(j, l.max !== null && r.to > l.max ? { max: r.to } : { min: r.to });
}

export function infeasibleParts(session) {
  const { now } = session;
  const out = [];
  if (now.nearest >= 0)
    out.push(
      h('p', null, 'Nearest: ', h('strong', null, name(session.id(now.nearest))), '. '),
      h(
        'ul',
        null,
        session.engine.words('reasons', now.nearest).map((t) => h('li', null, t)),
      ),
    );
  if (now.relax.length)
    out.push(
      h('p', null, 'What would help, the smallest step each:'),
      h(
        'ul',
        { class: 'relax' },
        now.relax.map((r) => {
          const l = now.limits[r.constraint];
          return h(
            'li',
            null,
            h('button', { type: 'button', onclick: () => apply(session, l, r) }, 'Relax'),
            ` ${l.text} to ${relaxed(session, l, r)}: lets in `,
            name(session.id(r.admits)),
          );
        }),
      ),
    );
  return out;
}
