// SPDX-License-Identifier: GPL-3.0-or-later
// What several views show in the same way: names, shapes, dots on a common scale, number fields.
import { Component, h } from 'preact';
import { fold } from '../draw/format.mjs';

/** A name from the data: kept apart from the direction of the text around it, folded once. */
export const Name = ({ text, most = 120, ...rest }) => {
  const folded = fold(text, most);
  return h('bdi', { ...rest, title: folded === text ? undefined : text.slice(0, 1000) }, folded);
};

const PATHS = {
  star: 'M6 .6 7.6 4.3l4 .3-3 2.6.9 3.9L6 9l-3.5 2.1.9-3.9-3-2.6 4-.3z',
  triangle: 'M6 1.2 11.2 10.6H.8z',
  diamond: 'M6 .8 11.2 6 6 11.2.8 6z',
  square: 'M1.5 1.5h9v9h-9z',
  cross: 'M2 2l8 8M10 2l-8 8',
};
const OPEN = new Set(['triangle', 'diamond', 'square', 'cross']);

/** star recommended, triangle runner-up, diamond today, square pinned, dot frontier, ring beaten
 * outright, cross breaks a limit.
 * @param {{ of: string, title?: string }} props */
export const Shape = ({ of, title }) =>
  h(
    'svg',
    { class: `sh sh-${of}`, viewBox: '0 0 12 12', role: title ? 'img' : undefined, 'aria-label': title, 'aria-hidden': title ? undefined : 'true' },
    of === 'dot' || of === 'ring'
      ? h('circle', { cx: 6, cy: 6, r: of === 'dot' ? 3 : 2.9, class: of === 'ring' ? 'open' : '' })
      : h('path', { d: PATHS[of], class: OPEN.has(of) ? 'open' : '' }),
  );

const SHAPE_WORDS = {
  star: 'recommended',
  triangle: 'runner-up',
  diamond: 'runs today',
  square: 'pinned',
  dot: 'on the frontier',
  ring: 'beaten outright',
  cross: 'misses a limit',
  none: 'not measured in full',
};

export function shapeOf(session, i) {
  const { now, problem, state } = session;
  if (now.count && i === now.recommended) return 'star';
  if (session.slot(i) < 0) return problem.dropped[i] ? 'none' : 'cross';
  if (i === now.runnerUp) return 'triangle';
  if (i === problem.incumbent) return 'diamond';
  if (state.pins.includes(i)) return 'square';
  return session.onFrontier(i) ? 'dot' : 'ring';
}
export const CandidateShape = ({ session, i }) => {
  const of = shapeOf(session, i);
  return of === 'none' ? h('span', { class: 'sh', title: SHAPE_WORDS.none }, '–') : h(Shape, { of, title: SHAPE_WORDS[of] });
};

/** Eight hues; beyond them the same with a ring, then with a bar. */
export const whoClass = (k) => `who-${k % 8} pattern-${Math.floor(k / 8) % 3}`;
export const Dot = ({ k }) => h('i', { class: `sw ${whoClass(k)}`, 'aria-hidden': 'true' });
export const Missed = ({ title = 'a need missed' }) => h('i', { class: 'x', role: 'img', 'aria-label': title }, '×');

/** A number that is typed: what stands in it is the hand's until it leaves. shown: how it stands there until then. */
export class NumberField extends Component {
  set(text) {
    this.setState({ draft: text });
    const x = Number(text.trim().replace(',', '.').replace('−', '-'));
    if (text.trim() !== '' && Number.isFinite(x)) this.props.onNumber(x);
    else if (text.trim() === '' && this.props.onEmpty) this.props.onEmpty();
  }
  render({ value, shown = value, onNumber, onEmpty, onLeave, onUp, step = 1, ...rest }, { draft }) {
    return h('input', {
      type: 'text',
      inputMode: 'decimal',
      autocomplete: 'off',
      ...rest,
      value: draft ?? shown,
      onFocus: shown === value ? undefined : () => this.setState({ draft: value }),
      onInput: (e) => this.set(e.currentTarget.value),
      onBlur: (e) => {
        this.setState({ draft: null });
        if (!/** @type {Element | null} */ (e.relatedTarget)?.closest?.('.nf')) onLeave?.();
      },
      onKeyDown: (e) => {
        const by = { ArrowUp: step, ArrowDown: -step }[e.key];
        if (by === undefined) {
          if (e.key === 'Enter') e.currentTarget.blur();
          return;
        }
        e.preventDefault();
        const now = Number(String(draft ?? value).replace('−', '-').replaceAll(',', ''));
        if (Number.isFinite(now)) this.set(String(Number((now + by).toPrecision(12))));
      },
    });
  }
}

/** One candidate's place on the common scale from 0 to 1: dot, the favourite's tick, what is given up
 * between them, and the dot of before. */
export const Track = ({ k, u, best, ghost = null }) =>
  h(
    'span',
    { class: `t ${whoClass(k)}`, style: { '--u': `${100 * u}%`, '--f': `${100 * best}%` }, 'aria-hidden': 'true' },
    ghost !== null && Math.abs(ghost - u) > 0.005 ? h('i', { class: 'o', style: { '--o': `${100 * ghost}%` } }) : null,
    h('i', { class: 'd' }),
  );

/** @param {{ children?: any, class?: string, [x: string]: any }} props */
export const Button = ({ children, class: name = '', ...rest }) => h('button', { type: 'button', class: `btn ${name}`, ...rest }, children);
