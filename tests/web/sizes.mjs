// SPDX-License-Identifier: GPL-3.0-or-later
// From one candidate to more than a result lists; and what a frame costs: medians are printed,
// nothing here fails by the clock.
import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  VIEWS,
  close,
  makePage,
  open,
  recommended,
  run,
  settled,
  tab,
  until,
  work,
} from './browser.mjs';
import { check, done, same, test } from './tap.mjs';

let seed = 1;
const random = () => {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
  return seed / 4294967296;
};

function scenarioOf(n, criteria, stakeholders) {
  const folder = join(work, `n${n}-${criteria}-${stakeholders}`);
  mkdirSync(folder, { recursive: true });
  const columns = Array.from({ length: criteria }, (_, c) => `c${c}`);
  const rows = Array.from(
    { length: n },
    (_, i) => `m${i},${columns.map(() => random().toFixed(6)).join(',')}`,
  );
  writeFileSync(join(folder, 'c.csv'), `id,${columns.join(',')}\n${rows.join('\n')}\n`);
  writeFileSync(
    join(folder, 'scenario.json'),
    JSON.stringify({
      tradeoff: 1,
      title: `${n} candidates`,
      candidates: { file: 'c.csv', id: 'id' },
      criteria: Object.fromEntries(
        columns.map((c, k) => [c, { column: c, goal: k % 2 ? 'min' : 'max', unit: 'u' }]),
      ),
      stakeholders: Object.fromEntries(
        Array.from({ length: stakeholders }, (_, s) => [
          `s${s}`,
          { weights: Object.fromEntries(columns.map((c) => [c, 0.1 + random()])) },
        ]),
      ),
      constraints: [{ criterion: 'c0', min: 0.02, owner: 'ops' }],
      rule: 'nash',
    }),
  );
  return join(folder, 'scenario.json');
}

const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
const report = (what, ms, busy = NaN) =>
  console.log(`# ${what}: ${ms.toFixed(1)} ms (median)${busy > 0 ? `, of the processor ${busy.toFixed(1)} ms (mean)` : ''}`);

/** Milliseconds that the page's own thread has been at work so far, which other programs do not change. */
async function busyClock(page) {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
  return async () =>
    1000 * (await cdp.send('Performance.getMetrics')).metrics.find((m) => m.name === 'TaskDuration').value;
}

/** Milliseconds of the frame that draws a change, for each of some changes. */
const frames = (page, change, count = 15) =>
  page.evaluate(
    async ([source, n]) => {
      const { session } = tradeoff;
      const acts = {
        weight: (k) => session.controls.setWeight(0, 0, 0.1 + 0.05 * k),
        limit: (k) => session.controls.setLimit(0, { min: 0.02 + 0.01 * k }),
        brush: (k) => session.change('brush', (s) => s.brush.set(0, [0.01 * k, 0.9])),
      };
      const out = [];
      for (let k = 0; k < n; k++) {
        acts[source](k);
        // From the start of the frame in which it is drawn to the first task after that frame's paint.
        out.push(
          await new Promise((r) =>
            requestAnimationFrame((start) => {
              const began = performance.now();
              const { port1, port2 } = new MessageChannel();
              port1.onmessage = () => r(performance.now() - Math.min(start, began));
              port2.postMessage(0);
            }),
          ),
        );
      }
      return out;
    },
    [change, count],
  );

/** Milliseconds from a weight that moved until nothing is awaited any more: all rules, where it turns, samples. */
const settling = (page) =>
  page.evaluate(async () => {
    const { session } = tradeoff;
    await new Promise((r) => setTimeout(r, 400));
    const began = performance.now();
    session.controls.setWeight(0, 0, 0.37);
    session.settle();
    for (;;) {
      await new Promise((r) => setTimeout(r, 4));
      const { found, now, pending, repeats, turn } = session;
      if (!pending && !now.quick && found.turn === turn && found.flipKnown && !repeats.drawing) return performance.now() - began;
      if (performance.now() - began > 20000) return NaN;
    }
  });

for (const n of [1, 25, 170, 1523, 10000, 12000])
  await test(`${n} candidates`, async () => {
    const result = run(scenarioOf(n, 4, 2));
    const page = await open(makePage(result));
    same(await recommended(page), result.recommendation.id, 'recommended');
    for (const v of [...VIEWS.slice(1), 'Candidates']) await tab(page, v);
    if (result.candidates.length < n)
      check(
        (await page.locator('footer').innerText()).includes(`of ${n} candidates`),
        'it says what is not listed',
      );
    await until(page, () => !tradeoff.session.now.quick); // all rules are ranked in the end
    if (result.candidates.length === n)
      same(
        await page.evaluate(() => tradeoff.session.now.sentences),
        result.recommendation.sentences,
        'sentences',
      );
    await until(page, () => tradeoff.drawn > 0);
    report(`first picture, ${n} candidates`, await page.evaluate(() => tradeoff.drawn));
    report(`weight in Candidates, ${n} candidates`, median(await frames(page, 'weight')));
    await settled(page);
    report(`settled, ${n} candidates`, await settling(page));
    same(page.complaints, [], 'complaints');
    await page.context().close();
  });

for (const [criteria, stakeholders] of [
  [4, 2],
  [4, 8],
])
  await test(`frames with 10000 candidates and ${stakeholders} stakeholders`, async () => {
    const page = await open(makePage(run(scenarioOf(10000, criteria, stakeholders))));
    await until(page, () => tradeoff.drawn > 0);
    const first = await page.evaluate(() => tradeoff.drawn);
    const busy = await busyClock(page);
    report(`first picture, ${stakeholders} stakeholders`, first);
    check(first > 0, 'a first picture');
    for (const [view, change] of [
      ['Candidates', 'weight'],
      ['Trade-off', 'weight'],
      ['Candidates', 'limit'],
      ['Trade-off', 'limit'],
      ['How sure', 'weight'],
      ['Trade-off', 'brush'],
    ]) {
      await tab(page, view);
      const before = await busy();
      const all = await frames(page, change);
      report(`${change} in ${view}, ${stakeholders} stakeholders`, median(all), ((await busy()) - before) / all.length);
      await page.evaluate(() => tradeoff.session.change('brush', (s) => s.brush.clear()));
      await settled(page);
    }
    await page.context().close();
  });

await test('copeland over 10000 candidates: frames do not wait for it, and it comes', async () => {
  const scenario = scenarioOf(10000, 4, 8);
  const page = await open(makePage(run(scenario)));
  const before = await recommended(page);
  const idle = () => until(page, () => !tradeoff.session.pending && !tradeoff.session.now.quick);
  await page.evaluate(() => tradeoff.session.controls.setRule(7));
  await settled(page);
  check(await page.getByText('Ranking by copeland').isVisible(), 'it says that it is at work');
  same(await recommended(page), before, 'the answer of before stays');
  await idle();
  same(
    await page.evaluate(() => tradeoff.session.order.map((i) => tradeoff.session.id(i))),
    run(scenario, '--rule', 'copeland').ranking,
    'ranking',
  );
  for (const change of ['weight', 'limit']) {
    const ms = median(await frames(page, change));
    report(`${change} under copeland, 8 stakeholders`, ms);
  }
  await idle();
  const limit = await page.evaluate(() => tradeoff.session.now.limits[0].min);
  same(limit, await page.evaluate(() => tradeoff.session.state.limits[0].min), 'newest limit');
  await page.evaluate(() => tradeoff.session.reset());
  await settled(page);
  await idle();
  same(await recommended(page), before, 'back at the start');
  same(page.complaints, [], 'complaints');
  await page.context().close();
});

await test('the page without data is at most 300 kB', async () => {
  const { size } = statSync(makePage(null));
  console.log(`# page without data: ${size} bytes`);
  check(size <= 300000, `${size} bytes`);
});

await close();
done();
