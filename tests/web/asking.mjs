// SPDX-License-Identifier: GPL-3.0-or-later
// Questions on the page against tradeoff ask: every stakeholder of every shipped scenario, the same
// answers, then the same questions, statements and ballot.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Engine } from '../../web/engine/engine.mjs';
import { Asking, REPLIES, askingOf } from '../../web/state/asking.mjs';
import { ballotOf } from '../../web/state/ballot.mjs';
import { readProblem } from '../../web/state/data.mjs';
import { Session } from '../../web/state/session.mjs';
import { startState } from '../../web/state/state.mjs';
import { check, done, same, test } from './tap.mjs';

const [wasmFile, program, root] = process.argv.slice(2);
const wasm = readFileSync(wasmFile);
const work = mkdtempSync(join(tmpdir(), 'tradeoff-asking-'));
globalThis.requestAnimationFrame = () => 0;
globalThis.setTimeout = () => 0;

const QUESTIONS = 9;

function tell(...args) {
  const got = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 1 << 28 });
  if (got.status !== 0) throw new Error(`${args.join(' ')}: ${got.status} ${got.stderr}`);
  return got.stdout;
}

async function open(scenario) {
  const problem = readProblem(JSON.parse(tell('run', scenario, '-o', '-', '--samples', '0')));
  return new Session(problem, await Engine.start(wasm), startState(problem), null);
}

/** Mostly one side or the other; now and then neither. */
const replyTo = (k, h) => [0, 1, 0, 2, 1, 3, 0, 1, 1][(k + 2 * h) % QUESTIONS];

function asked(session, scenario, h) {
  const who = session.problem.stakeholders[h].id;
  const file = join(work, 'answers');
  const replies = Array.from({ length: QUESTIONS }, (_, k) => replyTo(k, h));
  writeFileSync(file, replies.map((r) => `${REPLIES[r]}\n`).join(''));
  const how = ['ask', scenario, '--who', who, '--answers', file, '--format', 'jsonl', '-q'];
  const lines = tell(...how).trim().split('\n').map((l) => JSON.parse(l));
  return { who, file, replies, questions: lines.slice(0, -1), end: lines.at(-1) };
}

for (const name of readdirSync(root).filter((x) => existsSync(join(root, x, 'scenario.json')))) {
  const scenario = join(root, name, 'scenario.json');
  await test(`${name}: the questions, the favourite and the ballot of tradeoff ask`, async () => {
    const session = await open(scenario);
    const { stakeholders } = session.problem;
    for (let h = 0; h < stakeholders.length; h++) {
      const { who, file, replies, questions, end } = asked(session, scenario, h);
      const asking = askingOf(session, h);
      let seen = asking.look();
      questions.forEach((q, k) => {
        const { taken_back: back = [], ...plain } = q;
        const now = { question: seen.number, a: session.id(seen.a), b: session.id(seen.b), regret: seen.regret, ...(seen.again ? { again: true } : {}) };
        same(now, plain, `${who}, question ${k + 1}`);
        check(back.length ? back.every((x) => seen.taken.includes(`"${x}"`)) : !seen.taken, `${who}, question ${k + 1}: what is taken back`);
        check(seen.rows.length > 0, 'something differs');
        if (k < replies.length) asking.reply(replies[k]);
        seen = asking.look();
      });
      same([session.id(seen.leaders[0]), seen.regret, seen.statements], [end.favourite, end.regret, end.statements], `${who}, the end`);
      const ballot = JSON.parse(tell('ask', scenario, '--who', who, '--answers', file, '--ballot', '-', '-q'));
      const { generator, ...own } = ballotOf(session, h, '', '', seen.statements);
      same(generator.name, 'tradeoff', 'generator');
      same([own.stakeholder, own.prefers ?? [], own.rates ?? []], [ballot.stakeholder, ballot.prefers ?? [], ballot.rates ?? []], `${who}, the ballot`);
    }
  });
}

const food = join(root, 'food-delivery', 'scenario.json');

await test('an answer taken back, another person and other limits in between: the questions go on where they were', async () => {
  const session = await open(food);
  const asking = new Asking(session, 1);
  const words = ({ number, a, b, regret, statements }) => [number, a, b, regret, statements];
  asking.look();
  asking.reply(0);
  const second = words(asking.look());
  asking.reply(1);
  asking.undo();
  same(words(asking.look()), second, 'after undo');
  new Asking(session, 0).look();
  same(words(asking.look()), second, 'after somebody else was asked');
  session.engine.limit(session.now.wanted.limits);
  same(words(asking.look()), second, 'after the limits were put again');
  asking.undo();
  asking.undo();
  same([asking.given.length, asking.look().statements], [0, []], 'back at the beginning');
});

await test('where nothing is feasible nothing is asked', async () => {
  const session = await open(food);
  session.now = session.engine.limit([{ ...session.now.wanted.limits[0], min: null, max: -1 }]);
  same(session.now.count, 0, 'feasible');
  same(new Asking(session, 0).look(), null, 'questions');
});

rmSync(work, { recursive: true });
done();
