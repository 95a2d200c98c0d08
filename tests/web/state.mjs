// SPDX-License-Identifier: GPL-3.0-or-later
// What a meeting does to the state, without a browser: sliders there and back, an address on another
// order of the same decision, who owns what was changed, records in full.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync, readdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Engine, RULES } from '../../web/engine/engine.mjs';
import { hullOf, needsStretch } from '../../web/draw/splits.mjs';
import { limitsShown } from '../../web/state/facts.mjs';
import { readProblem } from '../../web/state/data.mjs';
import { decisionRecord } from '../../web/state/record.mjs';
import { exportScenario } from '../../web/state/scenario.mjs';
import { Session } from '../../web/state/session.mjs';
import { fromFragment, packState, startState, statementsOf, toFragment, unpackState } from '../../web/state/state.mjs';
import { check, done, near, same, test } from './tap.mjs';

const [wasmFile, program, root] = process.argv.slice(2);
const wasm = readFileSync(wasmFile);
const work = mkdtempSync(join(tmpdir(), 'tradeoff-state-'));
// A page's frames and clock stand still here: what is asked for is computed by hand.
globalThis.requestAnimationFrame = () => 0;
globalThis.setTimeout = () => 0;

function run(scenario) {
  const args = ['run', scenario, '-o', '-', '--format', 'json'];
  const got = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 1 << 28 });
  if (got.status !== 0 && got.status !== 1) throw new Error(got.stderr);
  return JSON.parse(got.stdout);
}

const open = async (problem, state = startState(problem)) =>
  new Session(problem, await Engine.start(wasm), state, null);

function decisionOf(state) {
  return [state.weights.map((w) => [...w]), [...state.powers], state.rule, state.limits];
}

const shipped = readdirSync(root).filter((x) => existsSync(join(root, x, 'scenario.json')));
const results = new Map(shipped.map((x) => [x, run(join(root, x, 'scenario.json'))]));

for (const [name, result] of results)
  await test(`${name}: a slider moved to either end and back changes nothing`, async () => {
    const p = readProblem(result);
    const s = await open(p);
    const before = JSON.stringify(decisionOf(s.state));
    const position = (shares, k) => {
      const total = shares.reduce((a, b) => a + b, 0);
      return Math.round((100 * shares[k]) / total) / 100; // where a step of 1 % puts the handle
    };
    const sweep = (move, shares, k, what) => {
      const at = position(shares, k);
      const had = [...shares].map((x) => x > 0);
      for (const x of [at, 0.5, 1, 0.7, 0, 0.3, 1]) {
        move(x);
        shares.forEach((w, c) => {
          if (c !== k && !had[c] && had.some((y, j) => y && j !== k))
            same(w, 0, `${what}: weight for a criterion that had none`);
        });
      }
      move(at);
      same(JSON.stringify(decisionOf(s.state)), before, what);
    };
    p.stakeholders.forEach((q, h) => {
      p.criteria.forEach((c, k) =>
        sweep((x) => s.controls.setWeight(h, k, x), s.state.weights[h], k, `${q.id} ${c.id}`),
      );
      sweep((x) => s.controls.setPower(h, x), s.state.powers, h, `power of ${q.id}`);
    });
  });

await test('proportions are kept on the way, and shares given to those that had none are said', async () => {
  const p = readProblem(results.get('adult-income'));
  const s = await open(p);
  const h = p.stakeholders.findIndex((q) => q.weights.filter((w) => w > 0).length > 2);
  const [a, b, c] = [...p.stakeholders[h].weights.keys()].filter((k) => p.stakeholders[h].weights[k] > 0);
  const was = [...s.state.weights[h]];
  for (const x of [1, 0.123, 0.9]) s.controls.setWeight(h, a, x);
  near(s.state.weights[h][b] / s.state.weights[h][c], was[b] / was[c], 'proportion');
  check(!s.gesture.spread, 'nothing was given away');
  s.controls.setWeight(h, a, 1);
  s.controls.setPower(0, 0.5);
  s.controls.setWeight(h, a, 0.5);
  check(s.gesture.spread, 'all others had none: it is said');
});

/** The same decision with everything in the reverse order, under new hashes of the scenario. */
function permuted(result) {
  const out = structuredClone(result);
  for (const k of ['criteria', 'stakeholders', 'constraints', 'candidates']) out[k].reverse();
  out.inputs.find((x) => x.role === 'scenario').sha256 = 'f'.repeat(64);
  return out;
}

/** By ids: what was decided. */
function named(p, s) {
  const weights = p.stakeholders.map((q, h) => [
    q.id,
    p.criteria.map((c, k) => [c.id, s.weights[h][k]]).sort(),
  ]);
  const powers = p.stakeholders.map((q, h) => [q.id, s.powers[h]]);
  const limits = s.limits.map((l) =>
    JSON.stringify([p.criteria[l.criterion]?.id ?? p.columns[l.column].name, l.on, l.min, l.max, l.owner, l.why]),
  );
  return JSON.stringify([weights.sort(), powers.sort(), s.rule, limits.sort()]);
}

async function meet(p) {
  const s = await open(p);
  p.stakeholders.forEach((q, h) => s.controls.setWeight(h, h % p.criteria.length, 0.61 - 0.1 * (h % 3)));
  s.controls.setPower(0, 0.37);
  s.controls.setRule(RULES.indexOf('maximin'));
  s.state.limits.forEach((l, j) => {
    const by = (x) => (x === null ? null : 1.01 * x + 0.001);
    if (j % 2 === 0) s.controls.setLimit(j, { on: false });
    else s.controls.setLimit(j, { min: by(l.min), max: by(l.max) });
  });
  s.controls.addLimit(p.criteria.length - 1, { min: p.criteria.at(-1).reading[0] });
  return s;
}

for (const [name, result] of results)
  await test(`${name}: an address applies by ids to another order of the same decision`, async () => {
    const p = readProblem(result);
    const q = readProblem(permuted(result));
    const s = await meet(p);
    const packed = fromFragment(toFragment(packState(p, s.state)));
    same(named(p, unpackState(p, packed)), named(p, s.state), 'on its own decision');
    const other = unpackState(q, packed);
    same(named(q, other), named(p, s.state), 'on the reverse order');
    same(other.missed, [], 'all of it fits');
  });

await test('what of an address does not fit is said', async () => {
  const result = results.get('food-delivery');
  const p = readProblem(result);
  const packed = packState(p, (await meet(p)).state);
  const less = structuredClone(result);
  const gone = less.stakeholders.shift();
  const [limit] = less.constraints.splice(1, 1);
  less.inputs.find((x) => x.role !== 'scenario').sha256 = 'e'.repeat(64);
  const { missed } = unpackState(readProblem(less), packed);
  for (const words of [gone.id, 'say', limit.text, 'other measurements'])
    check(missed.some((x) => x.includes(words)), `nothing is said of ${words}: ${missed}`);
});

await test('a limit that was moved is the meeting\'s, and its owner\'s again when put back', async () => {
  const p = readProblem(results.get('food-delivery'));
  const s = await open(p);
  const j = p.limits.findIndex((l) => l.owner && l.stakeholder < 0 && (l.max ?? l.min) !== null);
  const { min, max, owner, why, text } = p.limits[j];
  s.controls.setLimit(j, max === null ? { min: min + 1 } : { max: max + 1 });
  same(s.state.limits[j].owner, 'meeting', 'owner');
  check(s.state.limits[j].why.includes(text) && s.state.limits[j].why.includes(owner), 'what it was');
  const limit = JSON.parse(exportScenario(s).json).constraints[j];
  same([limit.owner, limit.why], ['meeting', s.state.limits[j].why], 'in the exported scenario');
  s.controls.setLimit(j, { min, max });
  same([s.state.limits[j].owner, s.state.limits[j].why], [owner, why], 'put back');
});

/** A problem of this CSV and the rest of a scenario. */
function problemOf(csv, rest) {
  writeFileSync(join(work, 'c.csv'), csv);
  writeFileSync(join(work, 's.json'), JSON.stringify({ tradeoff: 1, candidates: { file: 'c.csv', id: 'id' }, ...rest }));
  return readProblem(run(join(work, 's.json')));
}

/** What the program says of what the page exports. */
function runExport(s) {
  writeFileSync(join(work, 'export.json'), exportScenario(s).json);
  return run(join(work, 'export.json'));
}

await test('how sure a moved or added limit is: as the program says of the exported scenario', async () => {
  const csv = 'id,a,b\nc0,23,1\nc1,15,9\nc2,17,4\nc3,14,0\nc4,26,1\nc5,16,-5\nc6,28,9\n';
  const criteria = { a: { column: 'a', goal: 'min', range: [31, 9], se: 3 }, b: { column: 'b', goal: 'max', range: [-6, 16] } };
  const rest = { criteria, stakeholders: { p: { weights: { a: 4, b: 3 } } } };
  for (const constraints of [[{ criterion: 'a', max: 23.1 }], []]) {
    const p = problemOf(csv, { ...rest, constraints });
    const s = await open(p);
    if (!constraints.length) s.controls.addLimit(0, { max: 28 });
    s.controls.setLimit(0, { max: 17.5 });
    s.tryCompute(true);
    const { judged } = runExport(s).constraints[0];
    const { holds } = s.now.limits[0].judged;
    p.ids.forEach((id, i) => near(holds[i], judged.candidates[id].holds, `${constraints.length ? 'moved' : 'added'}, ${id}`));
    same(limitsShown(s, s.now.recommended).not.length, 1, 'not shown');
  }
});

await test('a bound stops at the other one of its limit, and what is exported is taken by the program', async () => {
  const csv = 'id,a,b\nx,1,5.5\ny,2,12.7\nz,3,2.1\n';
  const criteria = { a: { column: 'a', goal: 'max' }, b: { column: 'b', goal: { target: 5 } } };
  const p = problemOf(csv, { criteria, stakeholders: { p: { weights: { a: 1 } } }, constraints: [{ criterion: 'b', min: 2.1, max: 12.7 }] });
  const s = await open(p);
  for (const [change, then] of [[{ max: -1.475 }, [2.1, 2.1]], [{ max: 9 }, [2.1, 9]], [{ min: 11 }, [9, 9]]]) {
    s.controls.setLimit(0, change);
    s.tryCompute(true);
    const { min, max } = s.state.limits[0];
    same([min, max], then, `after ${JSON.stringify(change)}`);
    const [limit] = runExport(s).constraints;
    same([limit.min, limit.max], then, 'in the program');
  }
});

await test('a record is whole, however long its words are', async () => {
  const p = readProblem(results.get('food-delivery'));
  const s = await open(p);
  for (const k of ['why', 'dissent', 'by']) s.state.notes[k] = `${k} ${'word '.repeat(9000)}end ${k}`;
  const packed = fromFragment(toFragment(packState(p, s.state)));
  s.state.notes = unpackState(p, packed).notes;
  const text = decisionRecord(s, 'record', false);
  for (const k of ['why', 'dissent', 'by']) check(text.includes(`end ${k}`), `${k} is cut`);
  check(!text.includes('set stakeholders'), 'nothing was moved');
  s.controls.setWeight(0, 0, 0.9);
  const moved = decisionRecord(s, 'record', false).split('\n');
  same(moved.filter((l) => l.startsWith('- set stakeholders')).length, 1, 'whose weights were set');
});

await test('statements are there, and those that weights break are named', async () => {
  const csv = 'id,a,b\nx,1,0\ny,0,1\nz,0.6,0.6\n';
  writeFileSync(join(work, 'c.csv'), csv);
  const scenario = join(work, 's.json');
  writeFileSync(
    scenario,
    JSON.stringify({
      tradeoff: 1,
      candidates: { file: 'c.csv', id: 'id' },
      criteria: { a: { column: 'a', goal: 'max' }, b: { column: 'b', goal: 'max' } },
      stakeholders: { one: { prefers: ['a >= 2 b', '0.1 <= b <= 0.4'] }, two: { weights: { b: 1 } } },
    }),
  );
  const p = readProblem(run(scenario));
  const s = await open(p);
  const of = (h) => statementsOf(p.stakeholders[h], s.state.weights[h]);
  same(of(0), { all: ['a >= 2 b', '0.1 <= b <= 0.4'], broken: [] }, 'as stated');
  same(of(1), { all: [], broken: [] }, 'no statements');
  s.controls.setWeight(0, 0, 0.62);
  same(of(0).broken, ['a >= 2 b'], 'one is broken');
  s.controls.setWeight(0, 0, 0);
  same(of(0).broken, ['a >= 2 b', '0.1 <= b <= 0.4'], 'both are');
});

await test('the hull of splits in two criteria passes over every feasible candidate, and where needs are met on a split', async () => {
  const folder = join(work, 'hull');
  cpSync(join(root, 'food-delivery'), folder, { recursive: true });
  const scenario = JSON.parse(readFileSync(join(folder, 'scenario.json'), 'utf8'));
  scenario.mix = { ...scenario.mix, limits: [], max_models: undefined, frontier: { space: 'criteria', criteria: ['quality', 'latency', 'margin'] } };
  writeFileSync(join(folder, 'scenario.json'), JSON.stringify(scenario));
  const p = readProblem(run(join(folder, 'scenario.json')));
  const s = await open(p);
  const of = (id) => p.criteria[p.criterionOf.get(id)];
  for (const [x, y] of [['margin', 'quality'], ['latency', 'quality'], ['margin', 'latency']]) {
    const [cx, cy] = [of(x), of(y)];
    const [tx, ty] = [cx, cy].map((c) => (c.goal === 'min' ? -1 : 1));
    const hull = hullOf(s, cx, cy);
    check(hull.length > 1, `${x} and ${y}: ${hull.length} corners`);
    for (const i of s.now.feasible) {
      const [a, b] = [tx * cx.reading[i], ty * cy.reading[i]];
      // Over it: some corner, or a split of two neighbours, is at least as good in both.
      const over = hull.some((q, k) => {
        const [qx, qy] = [tx * q.x, ty * q.y];
        if (qx >= a && qy >= b) return true;
        const r = hull[k + 1];
        if (!r) return false;
        const [rx, ry] = [tx * r.x, ty * r.y];
        return rx < a && a <= qx && qy + ((a - qx) / (rx - qx)) * (ry - qy) >= b - 1e-9;
      });
      check(over, `${p.ids[i]} lies beyond the hull of ${x} and ${y}`);
    }
    for (const q of hull)
      for (const [c, at] of [[cx, q.x], [cy, q.y]])
        near(q.shares.reduce((t, h) => t + h.share * c.reading[p.indexOfId.get(h.id)], 0), at, 'a corner is the average of its candidates', 1e-9 * Math.abs(at));
  }
  same(hullOf(s, of('ad_fee'), of('quality')), [], 'no hull in a criterion that the frontier is not of');
  const pair = ['student-of-ensemble-ads24', 'student-of-ensemble-ads30'].map((id) => p.indexOfId.get(id));
  const [from, to] = needsStretch(s, ...pair);
  near(from, (6000 - of('margin').reading[pair[0]]) / (of('margin').reading[pair[1]] - of('margin').reading[pair[0]]), 'from', 1e-12);
  near(to, 0.625, 'to', 1e-9);
  s.change('wishes', (state) => { state.powers[0] += 1; });
  same(hullOf(s, of('margin'), of('quality')), [], 'not after a change: it was not found again');
});

rmSync(work, { recursive: true });
done();
