// SPDX-License-Identifier: GPL-3.0-or-later
// The page samples as the program does: of every shipped scenario that is sampled, as it is and after random changes
// of weights, powers, limits and rule, the exported scenario gives the same "robustness", bit for bit. Left out: what
// to measure and to discuss next, which the page does not ask.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Engine, RULES } from '../../web/engine/engine.mjs';
import { readProblem } from '../../web/state/data.mjs';
import { exportScenario } from '../../web/state/scenario.mjs';
import { Session } from '../../web/state/session.mjs';
import { toldWith } from '../../web/state/sampling.mjs';
import { startState } from '../../web/state/state.mjs';
import { check, done, same, test } from './tap.mjs';

const [wasmFile, program, root] = process.argv.slice(2);
globalThis.requestAnimationFrame = () => 0;
globalThis.setTimeout = () => 0;
const wasm = readFileSync(wasmFile);
const work = mkdtempSync(join(tmpdir(), 'tradeoff-web-'));

function run(folder, ...args) {
  const got = spawnSync(program, ['run', join(folder, 'scenario.json'), '-o', '-', '--format', 'json', ...args], { encoding: 'utf8', maxBuffer: 1 << 28 });
  if (got.status !== 0 && got.status !== 1) throw new Error(`the program ended with ${got.status}: ${got.stderr}`);
  return JSON.parse(got.stdout);
}

let seed = 7;
const below = (n) => {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
  return Math.floor((n * seed) / 4294967296);
};

/** What both sample. */
function shared({ sentences, ...robustness }) {
  const next = /^(Measure next|Discuss next|What more items|Another .* items)/;
  return { ...robustness, sentences: sentences.filter((t) => !next.test(t)) };
}

/** How sure the program says that it is: the word, and what follows. */
function toldBy(folder) {
  const { stdout } = spawnSync(program, ['run', join(folder, 'scenario.json'), '-q'], { encoding: 'utf8', env: { ...process.env, COLUMNS: '1000' } });
  return /^(Sure|Unsure) +(.*)$/m.exec(stdout)?.slice(1) ?? ['', ''];
}

/** Of one candidate, the page says the same: as the program would say it of this result. */
function tellsAsProgram(session, folder, result) {
  if (result.portfolio) return;
  const { flat, powers, rule } = session.now.wanted;
  session.engine.rank(flat, powers, rule, { quick: true });
  session.engine.doubt(toldWith(session.problem, result.robustness, session.now.recommended));
  const told = session.engine.answer();
  const [word, text] = toldBy(folder);
  same(['Sure', 'Unsure'].find((x) => told.has(x)) ?? '', word, 'the word');
  check(text.startsWith(told.get(word) ?? ''), `${told.get(word)} / ${text}`);
}

async function open(result) {
  const problem = readProblem(result);
  return new Session(problem, await Engine.start(wasm), startState(problem), null);
}

/** Some changes that the page offers. */
function move(session) {
  const { problem: p, controls } = session;
  const numbers = [...p.criteria.keys()].filter((c) => !p.criteria[c].levels.length);
  const acts = [
    () => controls.setWeight(below(p.stakeholders.length), below(p.criteria.length), below(101) / 100),
    () => controls.setPower(below(p.stakeholders.length), below(101) / 100),
    () => {
      const c = numbers[below(numbers.length)];
      const sorted = p.criteria[c].reading.filter((x) => !Number.isNaN(x)).sort();
      const at = (share) => Number(sorted[Math.floor(share * (sorted.length - 1))].toPrecision(4));
      controls.addLimit(c, p.criteria[c].goal === 'min' ? { max: at(0.9) } : { min: at(0.1) });
    },
  ];
  for (let k = 0; k < 6; k++) {
    acts[below(acts.length)]();
    session.tryCompute(true);
  }
}

let sampled = 0;
for (const name of readdirSync(root).sort()) {
  const folder = join(root, name);
  if (!existsSync(join(folder, 'scenario.json'))) continue;
  const base = run(folder);
  const { sampling } = readProblem(base);
  if (!base.robustness || sampling.why) continue;
  sampled++;
  await test(`${name}: as it is`, async () => {
    const session = await open(base);
    same(shared(session.engine.sample()), shared(base.robustness), 'robustness');
    tellsAsProgram(session, folder, base);
  });
  const copy = join(work, name);
  cpSync(folder, copy, { recursive: true });
  const rules = Object.keys(base.rules);
  for (const rule of [null, rules[below(rules.length)], rules[below(rules.length)]])
    await test(`${name}: changed${rule ? `, by ${rule}` : ''}`, async () => {
      const session = await open(base);
      move(session);
      if (rule) session.controls.setRule(RULES.indexOf(rule));
      // In the program's order: vetoes last.
      session.state.limits.sort((a, b) => Number(a.stakeholder >= 0) - Number(b.stakeholder >= 0));
      session.tryCompute(true);
      session.controls.endTyping();
      writeFileSync(join(copy, 'scenario.json'), exportScenario(session).json);
      const result = run(copy);
      check(session.now.count > 0, 'somebody is feasible');
      // As the page's worker does: by the headline rule alone.
      const { flat, powers, rule: headline } = session.now.wanted;
      session.engine.rank(flat, powers, headline, { quick: true });
      same(shared(session.engine.sample()), shared(result.robustness), 'robustness');
      tellsAsProgram(session, copy, result);
    });
}
await test('scenarios are sampled at all', async () => check(sampled > 4, `${sampled} are`));

rmSync(work, { recursive: true, force: true });
done();
