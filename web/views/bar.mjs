// SPDX-License-Identifier: GPL-3.0-or-later
// The answer, always in sight: what to ship, against what runs today, who pays, how sure, what flips it.
import { h } from 'preact';
import { share, turnPercent } from '../draw/format.mjs';
import { against, limitsShown, missedNeeds, rulesFor, unmeasured } from '../state/facts.mjs';
import { RULES } from '../engine/rules.mjs';
import { inWords } from '../state/changes.mjs';
import { Button, Missed, Name, Shape } from './parts.mjs';
import { noSet, setFigures, setOf, setTitle } from './portfolio.mjs';

const label = (session, hIndex) => session.problem.stakeholders[hIndex].label;

/** "Better than today (X) in 5 of 7, worse in none." */
function reason(session) {
  const { now, problem: p } = session;
  const today = p.incumbent;
  if (today === now.recommended)
    return ['It runs today', now.runnerUp >= 0 ? ['; the next best is ', h(Name, { text: session.id(now.runnerUp), most: 40 })] : '', '.'];
  const other = today >= 0 ? today : now.runnerUp;
  const simpler = now.top !== now.recommended ? ['Simpler than ', h(Name, { text: session.id(now.top), most: 34 }), ', which is first. '] : null;
  if (other < 0) return ['It is the only feasible candidate.'];
  const found = against(session, now.recommended, other);
  const whom = [today >= 0 ? 'today (' : 'the runner-up (', h(Name, { text: session.id(other), most: 34 }), ')'];
  return [
    simpler,
    'Better than ',
    whom,
    ' in ',
    h('b', null, `${found.better.length} of ${p.criteria.length}`),
    ', worse in ',
    found.worse.length ? h('b', null, String(found.worse.length)) : 'none',
    found.noise.length ? `, within noise in ${found.noise.length}` : '',
    '.',
    found.same.length ? h('span', { class: 'mu' }, ` ${found.same.length} equal.`) : null,
  ];
}

/** X to Y, because Z: what the last change did, until it is dismissed. */
function Moved({ session }) {
  const { before, now } = session;
  const because = inWords(session.lastChange);
  const was = before.outcome.count ? before.outcome.recommended : -1;
  const what =
    was === now.recommended
      ? ['Same answer after ', because]
      : [was < 0 ? 'Nobody' : h('s', null, h(Name, { text: session.id(was), most: 34 })), ' → ', h('b', null, h(Name, { text: session.id(now.recommended), most: 34 })), ', because ', because];
  return h('p', { class: 'why moved' }, h('span', null, what), ' ', h(Button, { class: 'sm', 'aria-label': 'Dismiss what moved', onClick: () => session.dismiss() }, '✕'));
}

export function flipWords(session, f) {
  const p = session.problem;
  const who = f.c < 0 ? `the say of ${label(session, f.h)}` : `${p.criteria[f.c].label} for ${label(session, f.h)}`;
  return [`${who} `, h('b', { class: 'of' }, `${f.up ? 'above' : 'below'} ${turnPercent(f.at, f.up)}`), `, now ${share(f.now)}`];
}

/** A line of the answer; who it speaks of stands out. */
function said(session, label) {
  const text = session.now.answer.get(label) ?? '';
  const who = session.problem.stakeholders.find((q) => text.startsWith(`${q.label}: `));
  return who ? [h('b', null, h('bdi', null, who.label)), h('bdi', null, text.slice(who.label.length))] : h('bdi', null, text);
}

/** Under weighted, who stays first at both ends of a wish is first all the way; of other rules it is
 * only known for the shares that were asked for. */
const provesNone = (p, now) => RULES[now.rule] === 'weighted' && p.simpler.criterion < 0;

function chips(session) {
  const { now, problem: p, found, turn } = session;
  const out = [];
  const add = (key, view, ...value) => out.push({ key, view, value });
  const set = setOf(session);
  if (set?.ids.length) add('the set', 'set', h('span', { class: 'nw' }, 'all ', h('b', null, String(set.ids.length))));
  if (now.answer.has('Pays')) add('pays most', 'who|#who .most', said(session, 'Pays'));
  else add('left', 'candidates', h('b', null, '1'), ` of ${p.n} meets every limit`);
  const rules = rulesFor(session, now.recommended);
  add('rules', 'sure', rules ? h('span', { class: 'nw' }, h('b', null, `${rules.first.length} of ${rules.all.length}`), ' agree', rules.tied ? [h('br', null), `${rules.tied} in a tie`] : '') : 'counting');
  const { repeats } = session;
  const { firsts } = repeats;
  const tied = tiedWith(session);
  const sure = sureOf(session);
  if (firsts)
    add('how sure', 'sure', h('span', { class: 'nw' }, sure ? [h('b', null, sure.word), ', '] : '', 'first in ', h('b', null, chanceWords(firsts.get(session.id(now.recommended)) ?? 0)), ' of 100'), tied ? [h('br', null), h('span', { class: 'nw' }, h('b', null, 'tied'), ` with ${tied - 1}${set ? '' : ' on this evidence'}`)] : '');
  else if (sure) add('how sure', 'sure', h('b', null, sure.word), ': ', h('bdi', null, sure.text.split('; ')[0]));
  else if (session.changed && p.sampling) add('how sure', 'sure', repeats.drawing ? 'drawing samples …' : 'not sampled since the change');
  const flip = found.turn === turn ? found.flip : null;
  const openLimit = found.said?.limits;
  add('weight that flips it', 'sure|#turns', flip ? flipWords(session, flip) : found.turn === turn && found.flipKnown ? (provesNone(p, now) ? 'no single wish' : 'none found') : 'looking');
  if (now.answer.has('Missed'))
    add('needs missed', 'who|#who .rec .x', missedNeeds(session, now.recommended).length ? [h(Missed, null), ' ', said(session, 'Missed')] : 'none');
  const limits = limitsShown(session, now.recommended);
  if (limits.not.length)
    add('limits', 'sure|.forest, #limits-title', h('span', { class: 'nw' }, h('b', null, `${limits.not.length} of ${limits.all}`), ' not shown'));
  else if (openLimit) add('limits', 'sure|.forest, #limits-title', h('bdi', null, openLimit));
  else if (limits.all) add('limits', 'sure|.forest, #limits-title', h('span', { class: 'nw' }, limits.judged === limits.all && !limits.unknown ? `${limits.all} of ${limits.all} shown` : `${limits.all} met`));
  const cells = unmeasured(p);
  if (cells.missing) add('inputs', 'candidates', h('b', null, `${cells.missing} of ${cells.of}`), ' ', h('span', { class: 'nw' }, 'not measured'));
  return out;
}

/** How sure the answer is in the program's words: { word, text }; null: not known, or a set is the answer. "Sure" waits for
 * what is to be sampled. */
export function sureOf(session) {
  const { found, repeats, changed, problem: p } = session;
  const { label = '', sure: text } = found.said ?? {};
  if (!label || setOf(session) || noSet(session) || (label === 'Sure' && changed && p.sampling && !repeats.now)) return null;
  return { word: label, text };
}

/** Of 100, as the terminal says it: repeats show neither never nor always. */
export function chanceWords(x) {
  const whole = Math.round(100 * x);
  return whole < 1 ? '<1' : whole > 99 ? '>99' : String(whole);
}

/** How many are tied on the evidence with the recommended one, itself among them; 0: none. */
function tiedWith(session) {
  const tie = session.repeats.now?.tie;
  return Array.isArray(tie) && tie.length > 1 && tie.includes(session.id(session.now.recommended)) ? tie.length : 0;
}

function Answer({ session }) {
  const { now } = session;
  if (!now.count)
    return h('div', { class: 'an nobody' }, h('h1', null, h(Shape, { of: 'cross' }), ' ', h('span', { class: 'answer' }, 'Nothing meets all limits')), h('p', { class: 'why' }, now.nearest >= 0 ? ['Nearest: ', h('b', null, h(Name, { text: session.id(now.nearest), most: 60 })), '.'] : (now.sentences ?? [])[0]));
  const set = setOf(session);
  if (set)
    return h(
      'div',
      { class: 'an' },
      h('h1', null, h(Shape, { of: 'star' }), ' Choose ', h('span', { class: 'set-answer' }, h(Name, { text: setTitle(set), most: 60 }))),
      session.before && session.lastChange.length ? h(Moved, { session }) : h('p', { class: 'why' }, h('b', null, setFigures(session, set)), '. Alone ', h('span', { class: 'answer' }, h(Name, { text: session.id(now.recommended), most: 60 })), ' would be the one: what stands below is of single candidates.'),
    );
  const none = noSet(session);
  if (none)
    return h(
      'div',
      { class: 'an nobody' },
      h('h1', null, h(Shape, { of: 'cross' }), ' ', h('span', { class: 'set-answer' }, none.title)),
      session.before && session.lastChange.length ? h(Moved, { session }) : h('p', { class: 'why' }, h('bdi', null, none.why), ' Alone ', h('span', { class: 'answer' }, h(Name, { text: session.id(now.recommended), most: 60 })), ' would be the one: what stands below is of single candidates.'),
    );
  const same = now.recommended === session.problem.incumbent;
  return h(
    'div',
    { class: 'an' },
    h('h1', null, h(Shape, { of: 'star' }), same ? ' Keep ' : ' Ship ', h('span', { class: 'answer' }, h(Name, { text: session.id(now.recommended), most: 60 }))),
    session.before && session.lastChange.length ? h(Moved, { session }) : h('p', { class: 'why' }, reason(session)),
  );
}

/** What the page has to say about itself: what was refused, what is still counted, what did not fit. */
function Notes({ session }) {
  const { missed } = session.state;
  return [
    session.refused ? h('p', { class: 'note', role: 'alert' }, `Taken back: ${session.refused}.`) : null,
    session.pending
      ? h('p', { class: 'note', role: 'status' }, 'Ranking by copeland: all pairs of candidates, which takes a moment. Until then this is the answer of before.')
      : null,
    missed.length ? h('p', { class: 'note', role: 'status' }, `Of the saved meeting, this did not fit: ${missed.join('; ')}.`) : null,
  ];
}

export function Bar({ session, show }) {
  const undo = session.lastChange[0];
  const redo = session.nextChange[0];
  const { changes, state } = session;
  return h(
    'header',
    { class: 'bar', id: 'answer' },
    h(
      'div',
      { class: 'top' },
      h(Answer, { session }),
      h(
        'div',
        { class: 'act' },
        h(Button, { 'aria-label': undo ? `Undo ${undo.who}: ${undo.what}` : 'Undo', title: undo ? `${undo.who}: ${undo.what}` : '', disabled: !session.history.length, onClick: () => session.undo() }, '↶ Undo', undo ? h('span', { class: 'uw' }, ` ${undo.short}`) : ''),
        h(Button, { 'aria-label': redo ? `Redo ${redo.who}: ${redo.what}` : 'Redo', title: redo ? `${redo.who}: ${redo.what}` : '', disabled: !session.future.length, onClick: () => session.redo() }, '↷'),
        h(Button, { onClick: () => show('decision|.log') }, 'Changes ', h('b', null, String(changes.length))),
        h(Button, {
          'aria-label': `Colours: ${state.scheme}`,
          title: 'Light, dark, or as the system',
          onClick: () =>
            session.change('look', (s) => {
              s.scheme = { auto: 'dark', dark: 'light', light: 'auto' }[s.scheme] ?? 'auto';
            }),
        }, '◐'),
        h(Button, { class: 'p', onClick: () => show('decision') }, 'Decide'),
      ),
    ),
    session.now.count
      ? h('ul', { class: 'st', 'aria-label': 'The answer in short' }, chips(session).map(({ key, view, value }) => h('li', { key }, h('button', { type: 'button', onClick: () => show(view) }, h('span', { class: 'k' }, key), h('span', { class: 'v' }, value)))))
      : null,
    h('div', { class: 'notes' }, h(Notes, { session })),
  );
}
