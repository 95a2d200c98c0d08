// SPDX-License-Identifier: GPL-3.0-or-later
// What each limit of a split costs: the program's sentence, and how the optimum moves with the
// bound; and, where no split meets the limits, which of them clash.
import { h } from 'preact';
import { bare, decimalsOf, score, withUnit } from '../draw/format.mjs';
import { scale } from '../draw/scale.mjs';
import { ownerName } from '../state/facts.mjs';
import { Name } from './parts.mjs';
import { list } from '../state/given.mjs';

const name = (text) => h(Name, { text });
const [WIDTH, HEIGHT] = [360, 150];
const MARGIN = { left: 58, right: 16, top: 12, bottom: 34 };

/** An average of readings: of words, the place between two of them. */
export function average(c, x) {
  if (!Number.isFinite(x)) return '–';
  if (!c.levels.length) return withUnit(c, bare(c.reading ? Number(x.toFixed(Math.min(12, decimalsOf(c) + 1))) : x));
  const [low, high] = [c.levels[Math.floor(x)], c.levels[Math.ceil(x)]];
  return low === high ? (low ?? bare(x)) : `${low} to ${high} (${bare(x)})`;
}

/** A limit by its label and in its unit. */
const titleOf = (p, l) => {
  const c = place(p, l);
  return typeof l.bound === 'number' && !c.levels.length ? `${c.label} ${l.side === 'max' ? 'at most' : 'at least'} ${withUnit(c, bare(l.bound))}` : String(l.text);
};

/** The program's own sentence about a limit: it begins with the limit. */
export function sentenceOf(p, l, sentences) {
  const owner = ownerName(p, l);
  const start = titleOf(p, l) + (owner ? ` (${owner})` : '');
  return sentences.find((t) => t.startsWith(`${start}:`) || t.startsWith(`${start} costs`));
}

/** The criterion of a limit, or the column as one without a unit. */
const place = (p, l) =>
  p.criteria[p.criterionOf.get(l.criterion) ?? -1] ?? {
    label: String(l.column),
    unit: '',
    levels: [],
  };

export function mixLimits(session, m, sentences) {
  const limits = list(m.limits);
  if (!limits.length) return null;
  return [
    h('h3', null, m.status === 'infeasible' ? 'What clashes' : 'What the limits of the split cost'),
    limits.some((l) => l.from !== 'constraint') ? h('p', { class: 'mu' }, 'They bind the average of a split, and no single candidate: those stand under Limits.') : null,
    h(
      'div',
      { class: 'lenses' },
      limits.map((l, k) => limit(session.problem, m, k, sentenceOf(session.problem, l, sentences))),
    ),
  ];
}

function limit(p, m, k, sentence) {
  const l = m.limits[k];
  const c = place(p, l);
  const tight = typeof l.price === 'number' && l.price > 0;
  const at = typeof l.at === 'number' ? average(c, l.at) : null;
  return h(
    'article',
    { class: `lens limit${tight ? ' binds' : ''}` },
    h('h4', null, h('bdi', null, titleOf(p, l))),
    h(
      'p',
      { class: 'mu' },
      l.from === 'constraint' ? 'a constraint, met on average' : 'of the split alone',
      l.binds === 'each' ? ', binds each part' : '',
      l.owner ? [' · ', name(ownerName(p, l))] : '',
      l.why ? [': ', name(String(l.why))] : '',
    ),
    at !== null && m.status !== 'infeasible' ? h('p', null, 'The split has ', at, '.') : null,
    sentence
      ? h('p', null, sentence)
      : typeof l.price === 'number'
        ? h(
            'p',
            null,
            tight ? `One unit more of room is worth ${score(l.price)}.` : 'It costs nothing.',
          )
        : null,
    m.status === 'infeasible' ? clashOf(c, m, k) : curve(c, l),
  );
}

/** How the best value moves with the bound, as a drawing and, for those who cannot see it, a table. */
function curve(c, l) {
  const points = list(l.curve).filter((q) => list(q).length === 2 && q.every(Number.isFinite));
  if (points.length < 2) return null;
  const xs = points.map((q) => q[0]);
  const ys = points.map((q) => q[1]);
  const [x0, x1] = [Math.min(...xs, l.bound), Math.max(...xs, l.bound)];
  const pad = (x1 - x0) * 0.08;
  const x = scale([x0 - pad, x1 + pad], [MARGIN.left, WIDTH - MARGIN.right]);
  const y = scale([Math.min(...ys), Math.max(...ys)], [HEIGHT - MARGIN.bottom, MARGIN.top]);
  const isMax = l.side === 'max';
  // Beyond the tighter end nothing is feasible, beyond the other nothing changes.
  const [tightest, loosest] = isMax ? [points[0], points.at(-1)] : [points.at(-1), points[0]];
  const edge = x.range()[isMax ? 0 : 1];
  const path = [...points.map(([a, b]) => [x(a), y(b)])];
  const far = [x.range()[isMax ? 1 : 0], y(loosest[1])];
  if (!l.curve_cut) path.splice(isMax ? path.length : 0, 0, far);
  const label = (px, py, text, anchor) =>
    h('text', { x: px, y: py, 'text-anchor': anchor, class: 'tick' }, text);
  const ticks = [...new Set([xs[0], l.bound, xs.at(-1)])].filter(
    (v, k, all) => v === l.bound || all.every((w) => w === v || Math.abs(x(w) - x(v)) > 58),
  );
  return h(
    'details',
    { open: true, class: 'curve' },
    h('summary', null, 'How the best value moves with this bound'),
    h(
      'svg',
      { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img', 'aria-label': words(c, l, points) },
      l.curve_cut
        ? null
        : h('rect', {
            x: Math.min(edge, x(tightest[0])),
            y: MARGIN.top,
            width: Math.abs(x(tightest[0]) - edge),
            height: HEIGHT - MARGIN.bottom - MARGIN.top,
            class: 'none',
          }),
      h('line', {
        x1: x(l.bound),
        x2: x(l.bound),
        y1: MARGIN.top,
        y2: HEIGHT - MARGIN.bottom,
        class: 'now',
      }),
      h('polyline', { points: path.map((q) => q.join(',')).join(' '), class: 'optimum' }),
      points.map(([a, b]) => h('circle', { cx: x(a), cy: y(b), r: 2.5, class: 'corner' })),
      ticks.map((v) =>
        label(x(v), HEIGHT - MARGIN.bottom + 14, bare(Number(v.toPrecision(5))), 'middle'),
      ),
      [...new Set([Math.min(...ys), Math.max(...ys)])].map((v) =>
        label(MARGIN.left - 6, y(v) + 4, score(v), 'end'),
      ),
      label(MARGIN.left, HEIGHT - 4, isMax ? '← tighter' : '← looser', 'start'),
      label(WIDTH - MARGIN.right, HEIGHT - 4, isMax ? 'looser →' : 'tighter →', 'end'),
    ),
    h('p', { class: 'mu' }, 'Dashed: the bound as it is. Grey: no split meets the limits.'),
  );
}

function words(c, l, points) {
  const steps = points.slice(0, 12).map(([a, b]) => `${withUnit(c, bare(a))}: ${score(b)}`);
  return `The best value as the bound moves, now at ${withUnit(c, bare(l.bound))}. ${steps.join('; ')}.`;
}

// ---- no split ----

/** What a limit has to do with there being no split. */
function clashOf(c, m, k) {
  const { sets, relax } = m.clash ?? {};
  const text = (j) => name(String(list(m.limits)[j]?.text ?? '?'));
  const out = list(sets)
    .filter((set) => list(set).includes(k))
    .map((set) => set.filter((j) => j !== k))
    .map((others) =>
      h(
        'p',
        { class: 'w' },
        others.length
          ? [
              '✕ Cannot be met together with ',
              others.flatMap((j, at) => [at ? ' and ' : '', text(j)]),
            ]
          : '✕ Cannot be met at all',
      ),
    );
  const to = list(relax).find((r) => r.limit === k)?.to;
  if (typeof to === 'number')
    out.push(h('p', { class: 'met' }, `✓ Relaxing it to ${withUnit(c, bare(to))} would be enough`));
  return out;
}
