// SPDX-License-Identifier: GPL-3.0-or-later
// The decision record of the page is the program's: the same Markdown and the same JSON for the
// same scenario in effect. What linear programs find is not in a record of moved wishes or limits.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { Engine } from '../../web/engine/engine.mjs';
import { readProblem } from '../../web/state/data.mjs';
import { startState, setShare } from '../../web/state/state.mjs';
import { Session } from '../../web/state/session.mjs';
import { brokenBy, decisionOf, decisionRecord } from '../../web/state/record.mjs';
import { check, done, same, test } from './tap.mjs';

const [wasmFile, program, root] = process.argv.slice(2);
const wasm = readFileSync(wasmFile);
const work = mkdtempSync(join(tmpdir(), 'tradeoff-record-'));
const STEM = 'the-decision';

function call(folder, ...args) {
  const got = spawnSync(program, args, { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 28 });
  if (got.status !== 0 && got.status !== 1) throw new Error(`ended with ${got.status}: ${got.stderr}`);
  return got.stdout;
}

async function open(text) {
  const problem = readProblem(JSON.parse(text), text);
  const session = new Session(problem, await Engine.start(wasm), startState(problem), null);
  Object.assign(session.state.notes, {
    why: 'It is the best <b>deal</b>; see "notes".',
    by: 'Ana\nBo *and* Co',
    dissent: 'Legal: the gap is too wide\nInfra: one more cluster',
    date: '2026-11-28',
  });
  return session;
}

/** A change of state, as the page's own controls make it, and the engine told. */
function change(session, f) {
  f(session.state);
  session.tryCompute(true);
}

/** What the program writes for the same decision. */
function recorded(folder, session) {
  const d = decisionOf(session, STEM);
  const each = (option, list) => list.flatMap((x) => [option, x]);
  call(folder, 'record', 'scenario.json', '-o', `${STEM}.md`, '--force', '--choose', d.chosen,
    '--because', d.because, '--date', d.date, ...each('--decided-by', d.decidedBy),
    ...each('--dissent', d.dissent), ...each('--accept', d.accepted), ...each('--set', d.set),
    ...(d.rule ? ['--rule', d.rule] : []));
  return ['md', 'json'].map((x) => readFileSync(join(folder, `${STEM}.${x}`), 'utf8'));
}

function sameText(a, b, what) {
  if (a === b) return;
  const [x, y] = [a.split('\n'), b.split('\n')];
  const k = x.findIndex((line, n) => line !== y[n]);
  throw new Error(`${what}, line ${k + 1}: page has ${x[k]?.slice(0, 400)}, program ${y[k]?.slice(0, 400)}`);
}

/** Whole and bit for bit. */
function isSame(folder, session) {
  const [markdown, json] = recorded(folder, session);
  sameText(decisionRecord(session, STEM, false), markdown, 'Markdown');
  sameText(decisionRecord(session, STEM, true), json, 'JSON');
}

/** What linear and integer programs (the set that is wanted, too) and samples find, and how sure a moved limit is under errors that are not
 * normal, may be left out, and nothing else. */
function isSameButLinearPrograms(folder, session) {
  const [markdown, json] = recorded(folder, session);
  const skipped = /^- (No weights choose |.* has the least regret )/;
  const sampled = /\nNewer measurements may say otherwise. How sure the recommendation is:\n\n(- .*\n)+/;
  const set = /(\nThe analysis answers with a set of candidates:\n\n)(- .*\n)+/;
  const told = (text) => text.replace(sampled, '').replace(set, '$1').split('\n').filter((x) => !skipped.test(x)).join('\n');
  sameText(told(decisionRecord(session, STEM, false)), told(markdown), 'Markdown');
  const page = decisionRecord(session, STEM, true);
  const judged = JSON.parse(page).result.constraints.map((k) => Boolean(k.judged));
  const part = (text) => {
    const { mix, portfolio, robustness, information, choice, ...rest } = JSON.parse(text).result;
    rest.constraints.forEach((k, j) => judged[j] || delete k.judged);
    if (choice) {
      delete choice.sentences;
      for (const x of Object.values(choice.candidates))
        for (const k of ['choosable', 'weights', 'beaten_by', 'rank_range_at']) delete x[k];
    }
    return JSON.stringify({ ...JSON.parse(text), result: { ...rest, choice } }, null, 1);
  };
  sameText(part(page), part(json), 'JSON');
}

const scenarios = readdirSync(root)
  .filter((d) => existsSync(join(root, d, 'scenario.json')))
  .sort();
for (const from of [...scenarios.map((name) => join(root, name)), join(import.meta.dirname, 'relative')]) {
  const name = basename(from);
  const folder = join(work, name);
  cpSync(from, folder, { recursive: true });
  const text = call(folder, 'run', 'scenario.json', '-o', '-', '--format', 'json');
  await test(`${name}: the recommended one`, async () => isSame(folder, await open(text)));
  await test(`${name}: another one`, async () => {
    const session = await open(text);
    session.state.notes.chosen = session.order.at(-1);
    isSame(folder, session);
    session.state.notes.chosen = session.order[1];
    isSame(folder, session);
  });
  await test(`${name}: one that breaks limits, accepted`, async () => {
    const session = await open(text);
    const out = session.problem.ids.findIndex((_, i) => session.slot(i) < 0 && !session.problem.dropped[i]);
    if (out < 0) return;
    session.state.notes.chosen = out;
    const broken = brokenBy(session, out);
    check(broken.length > 0, 'it breaks none');
    let said = '';
    try {
      decisionRecord(session, STEM, false);
    } catch (error) {
      said = error.message;
    }
    check(said.includes(broken[0].text.split(' ')[0]), `not accepted, and recorded: ${said}`);
    for (const l of broken) session.state.notes.accepted.set(l.text, 'fine until May');
    isSame(folder, session);
  });
  await test(`${name}: moved wishes`, async () => {
    const session = await open(text);
    change(session, (s) => {
      setShare(s.weights[0], 0, 0.37);
      if (s.powers.length > 1) setShare(s.powers, 0, 0.123);
      s.rule = s.rule === 0 ? 1 : 0;
    });
    isSameButLinearPrograms(folder, session);
  });
  await test(`${name}: moved limits`, async () => {
    const session = await open(text);
    change(session, (s) => {
      for (const l of s.limits) {
        if (l.max !== null) l.max = Number((l.max * 1.01).toPrecision(6));
        if (l.min !== null) l.min = Number((l.min * 0.97).toPrecision(6));
      }
      if (s.limits.length > 1) s.limits[0].on = false;
    });
    isSameButLinearPrograms(folder, session);
  });
  await test(`${name}: nothing is feasible, and one is chosen all the same`, async () => {
    const session = await open(text);
    const c = session.problem.criteria.findIndex((q) => !q.levels.length);
    // Beyond all, and near enough that the program does not ask whether its unit is another one: the page does not ask.
    const min = 2 * Math.max(1, ...session.problem.criteria[c].reading.filter((x) => !Number.isNaN(x)));
    change(session, (s) => s.limits.push({ ...JSON.parse(JSON.stringify(s.limits[0] ?? {})), key: 'n', base: -1, text: '', owner: 'meeting', why: '', criterion: c, column: -1, stakeholder: -1, equals: null, in: [], notIn: [], on: true, min, max: null }));
    check(!session.now.count, 'somebody is feasible');
    session.state.notes.chosen = 0;
    for (const l of brokenBy(session, 0)) session.state.notes.accepted.set(l.text, 'accepted');
    isSameButLinearPrograms(folder, session);
  });
}
/** Weights that are open in each of the ways in which they can be: ranks are over those that are allowed. */
const open_ways = {
  vague: (s) => { s.stakeholders.care.vague = 0.1; },
  prefers: (s) => { s.stakeholders.budget.prefers = ['cost >= delay']; },
  rates: (s) => { s.stakeholders.budget = { rates: ['1 cost = 2 delay'] }; },
  powers: (s) => { s.powers = ['care >= budget']; },
};
for (const [way, edit] of Object.entries(open_ways)) {
  const folder = join(work, way);
  cpSync(join(import.meta.dirname, 'relative'), folder, { recursive: true });
  const scenario = JSON.parse(readFileSync(join(folder, 'scenario.json'), 'utf8'));
  edit(scenario);
  scenario.criteria.cost.range = [100, 0];
  scenario.criteria.delay.range = [1000, 0];
  writeFileSync(join(folder, 'scenario.json'), JSON.stringify(scenario));
  const text = call(folder, 'run', 'scenario.json', '-o', '-', '--format', 'json');
  await test(`relative, ${way}: another one, and its ranks`, async () => {
    const session = await open(text);
    session.state.notes.chosen = session.order[1];
    isSame(folder, session);
    check(decisionRecord(session, STEM, false).includes(' over all allowed weights'), 'no ranks over allowed weights');
  });
  await test(`relative, ${way}: moved wishes`, async () => {
    const session = await open(text);
    change(session, (s) => { setShare(s.weights[0], 0, 0.6); });
    check(!decisionRecord(session, STEM, false).includes(' over all group weights'), 'ranks over all weights of what is open');
  });
}
rmSync(work, { recursive: true, force: true });
done();
