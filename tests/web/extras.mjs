// SPDX-License-Identifier: GPL-3.0-or-later
// What only some results hold: a split of traffic, why there is none, how sure the choice is,
// subgroups. Results are the program's own.
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  axeSource,
  close,
  download,
  makePage,
  open,
  run,
  scenarios,
  settled,
  tab,
  work,
} from './browser.mjs';
import { check, done, same, test } from './tap.mjs';

const folder = join(scenarios, 'food-delivery');
const scenario = join(folder, 'scenario.json');
const asked = (mix) => run(scenario, '--set', `mix=${JSON.stringify(mix)}`);
const LIMITS = [
  { criterion: 'servers', max: 3.2, owner: 'infra' },
  { criterion: 'margin', min: 6000, owner: 'manager', why: 'the plan' },
];
const digits = (x) => String(Number(x.toPrecision(4))).replace('-', '\u2212');

/** Complaints, axe, and nothing wider than the window, in one view, wide and narrow. */
async function isWellMade(file, view) {
  for (const [width, scheme] of [
    [1280, 'light'],
    [390, 'dark'],
  ]) {
    const page = await open(file, { width, scheme, bypassCSP: true });
    await page.addScriptTag({ path: axeSource });
    await tab(page, view);
    same(
      await page.evaluate(async () =>
        (await axe.run()).violations.map((x) => `${x.id} ${x.nodes[0].target}`),
      ),
      [],
      `axe in ${view} at ${width}`,
    );
    check(
      (await page.evaluate(() => document.documentElement.scrollWidth)) <= width,
      `${view} is wider than ${width}`,
    );
    same(page.complaints, [], 'complaints');
    await page.context().close();
  }
}

const rowsOf = (page, caption) =>
  page
    .locator('.panel table')
    .filter({ hasText: caption })
    .locator('tbody tr')
    .evaluateAll((all) => all.map((tr) => [...tr.cells].map((c) => c.innerText.trim())));

await test('the mix: shares, who gains, averages, what limits cost', async () => {
  const result = asked({ limits: LIMITS });
  const m = result.mix;
  same(m.status, 'optimal', 'status');
  check(m.better && m.limits.every((l) => l.price > 0), 'a split that shows something');
  const page = await open(makePage(result));
  await tab(page, 'Mix');
  const text = await page.locator('.panel').innerText();
  for (const t of m.sentences) check(text.includes(t), `the page does not say: ${t}`);
  const shares = await page.locator('.shares li').allInnerTexts();
  same(shares.length, m.shares.length, 'shares');
  m.shares.forEach((x, k) => {
    const words = `${Number((100 * x.share).toPrecision(3))} % ${x.id}`;
    check(shares[k].includes(words), `${shares[k]} instead of ${words}`);
  });
  same(
    await rowsOf(page, 'What it brings'),
    result.stakeholders.map((q) => [
      q.label,
      digits(m.utility[q.id]),
      digits(m.best_single.utility[q.id]),
      `${m.gain[q.id] > 0 ? '\u25b2 +' : '\u25bc \u2212'}${digits(Math.abs(m.gain[q.id]))}`,
    ]),
    'utilities',
  );
  const averages = new Map((await rowsOf(page, 'What it measures')).map((r) => [r[0], r[1]]));
  same(averages.get('Latency, p95'), `${Number(m.readings.latency.toPrecision(6))} ms`, 'latency');
  check(/^trees to neural \(2\.2\)$/.test(averages.get('Model complexity')), 'between two words');
  const curves = await page.locator('.curve svg').evaluateAll((all) =>
    all.map((node) => ({
      corners: node.querySelectorAll('circle').length,
      says: node.getAttribute('aria-label'),
    })),
  );
  same(
    curves.map((c) => c.corners),
    m.limits.map((l) => l.curve.length),
    'corners of the curves',
  );
  curves.forEach((c, k) =>
    check(c.says.includes(digits(m.limits[k].curve[1][1])), `the curve in words: ${c.says}`),
  );
  same(await page.locator('.panel .note').count(), 0, 'no note at the start');
  await page.evaluate(() => tradeoff.session.setRule(1));
  await settled(page);
  check(await page.locator('.panel .note').isVisible(), 'once wishes changed, it says so');
  await page.context().close();
});

await test('the mix: is well made, and whole with models that are counted', async () => {
  await isWellMade(makePage(asked({ limits: LIMITS })), 'Mix');
  const counted = asked({ max_models: 2, min_share: 0.2, limits: LIMITS });
  const page = await open(makePage(counted));
  await tab(page, 'Mix');
  const text = await page.locator('.panel').innerText();
  for (const t of counted.mix.sentences) check(text.includes(t), `the page does not say: ${t}`);
  same(await page.locator('.shares li').count(), counted.mix.shares.length, 'shares');
  same(page.complaints, [], 'complaints');
  await page.context().close();
});

await test('no mix: which limits clash, and what would be enough', async () => {
  const pairs = asked({
    rule: 'maximin',
    limits: [
      { criterion: 'servers', max: 2.2 },
      { criterion: 'margin', min: 15000 },
      { criterion: 'quality', min: 0.4 },
    ],
  });
  same(pairs.mix.status, 'infeasible', 'status');
  const file = makePage(pairs);
  const page = await open(file);
  await tab(page, 'Mix');
  const cards = page.locator('.limit');
  for (const set of pairs.mix.clash.sets)
    for (const k of set) {
      const others = set.filter((j) => j !== k).map((j) => pairs.mix.limits[j].text);
      const card = await cards.nth(k).innerText();
      check(
        others.every((t) => card.includes(t)),
        `card ${k} names ${others}: ${card}`,
      );
    }
  await page.context().close();
  await isWellMade(file, 'Mix');
  const alone = asked({ rule: 'maximin', limits: [{ criterion: 'servers', max: 1.5 }] });
  const second = await open(makePage(alone));
  await tab(second, 'Mix');
  const text = await second.locator('.limit').first().innerText();
  const { to } = alone.mix.clash.relax[0];
  check(text.includes('Cannot be met at all') && text.includes(`Relaxing it to ${to}`), text);
  await second.context().close();
});

await test('an exported scenario keeps its mix', async () => {
  const result = asked({ limits: LIMITS });
  const page = await open(makePage(result));
  await tab(page, 'Take away');
  const saved = JSON.parse(readFileSync(await download(page, 'Scenario (JSON)'), 'utf8'));
  await page.context().close();
  const copy = join(work, 'with-mix');
  cpSync(folder, copy, { recursive: true });
  writeFileSync(join(copy, 'scenario.json'), JSON.stringify(saved));
  same(run(join(copy, 'scenario.json')).mix, result.mix, 'mix');
});

await close();
done();
