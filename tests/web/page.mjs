// SPDX-License-Identifier: GPL-3.0-or-later
// What the page shows and does, in Chromium, against the program.
import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  VIEWS,
  axeSource,
  close,
  makePage,
  open,
  recommended,
  run,
  scenarios,
  settled,
  slide,
  tab,
  until,
  work,
} from './browser.mjs';
import { check, done, near, same, test } from './tap.mjs';

const scenario = join(scenarios, 'food-delivery', 'scenario.json');
const result = run(scenario);
const file = makePage(result);

await test('first picture: the recommendation, no complaint, no request', async () => {
  const page = await open(file);
  same(await recommended(page), result.recommendation.id, 'recommended');
  for (const v of VIEWS) await tab(page, v);
  same(page.complaints, [], 'complaints');
  same(
    page.asked.filter(
      (u) => !u.startsWith('file:') && !u.startsWith('data:') && !u.startsWith('blob:'),
    ),
    [],
    'requests',
  );
  same(page.asked.filter((u) => u.startsWith('file:')).length, 1, 'files asked for');
  await page.context().close();
});

await test('the table has the ranks of the program', async () => {
  const page = await open(file);
  const rows = await page
    .locator('table.ranking tbody tr')
    .evaluateAll((all) =>
      all.map((tr) => [
        tr.querySelector('.rank').textContent,
        tr.querySelector('.pick').textContent,
      ]),
    );
  same(
    rows.slice(0, result.ranking.length).map((r) => r[1]),
    result.ranking,
    'order',
  );
  const rankOf = new Map(result.candidates.map((c) => [c.id, c.rank]));
  for (const [rank, id] of rows.slice(0, result.ranking.length))
    same(rank, String(rankOf.get(id)), `rank of ${id}`);
  await page.context().close();
});

await test('a weight moved on the page ranks as the program does with the same weights', async () => {
  const page = await open(file);
  const first = page.locator('aside fieldset').first().locator('input[type=range]').first();
  await slide(first, 0.1);
  await settled(page);
  const weights = await page.evaluate(() => [...tradeoff.session.state.weights[0]]);
  const ids = result.criteria.map((c) => c.id);
  const q = result.stakeholders[0].id;
  const other = run(
    scenario,
    '--set',
    `stakeholders.${q}.weights=${JSON.stringify(Object.fromEntries(ids.map((id, c) => [id, weights[c]])))}`,
  );
  const shown = await page.locator('table.ranking tbody .pick').allInnerTexts();
  same(shown.slice(0, other.ranking.length), other.ranking, 'order');
  const said = await page.locator('.headline').innerText();
  await page.locator('.reasons summary').click();
  const reasons = await page.locator('.reasons li').allInnerTexts();
  for (const t of other.recommendation.sentences)
    check(reasons.includes(t) || said.includes(t), `the page does not say: ${t}`);
  await page.context().close();
});

await test('undo and back to the start', async () => {
  const page = await open(file);
  const select = page.locator('aside select').first();
  await select.selectOption({ label: 'maximin' });
  await settled(page);
  same(
    await recommended(page),
    run(scenario, '--rule', 'maximin').recommendation.id,
    'under maximin',
  );
  await page.getByRole('button', { name: 'Back to the start' }).click();
  await settled(page);
  same(await recommended(page), result.recommendation.id, 'after going back');
  await page.locator('header').getByRole('button', { name: 'Undo' }).click();
  await settled(page);
  same(await recommended(page), run(scenario, '--rule', 'maximin').recommendation.id, 'after undo');
  await page.context().close();
});

await test('a button pressed while the answer changes is not lost', async () => {
  const page = await open(file);
  const rule = page.locator('aside select').first();
  await rule.selectOption({ label: 'borda' });
  await settled(page);
  await page.getByRole('button', { name: 'Back to the start' }).hover();
  await page.mouse.down();
  await rule.selectOption({ label: 'maximin' });
  await settled(page);
  await page.mouse.up();
  await settled(page);
  same(await recommended(page), result.recommendation.id, 'after the press');
  await page.context().close();
});

await test('a limit moved with the keyboard; the live region says what follows', async () => {
  const page = await open(file);
  const item = page
    .locator('.limits li')
    .filter({ has: page.locator('input[type=range]') })
    .first();
  const range = item.locator('input[type=range]').first();
  await range.focus();
  for (let k = 0; k < 12; k++) await page.keyboard.press('PageDown');
  await settled(page);
  const limit = await page.evaluate(
    () => tradeoff.session.now.limits.find((l) => l.max !== null || l.min !== null).text,
  );
  const count = await page.evaluate(() => tradeoff.session.now.count);
  check(count < result.counts.feasible, 'fewer are feasible');
  const other = run(
    scenario,
    '--limit',
    limit.replace(/^(\S+ [<>]= \S+).*/, '$1').replace(/ /g, ''),
  );
  same(count, other.counts.feasible, 'feasible');
  await until(
    page,
    (n) =>
      document.getElementById('live').textContent.includes(`${n} of`) ||
      document.getElementById('live').textContent.includes('Nothing'),
    count,
  );
  await page.context().close();
});

await test('nothing feasible: the clash, the nearest, a relaxation that helps', async () => {
  const page = await open(file);
  await page.evaluate(() => {
    const { session } = tradeoff;
    const c = session.problem.criteria.findIndex((k) => !k.levels.length);
    session.addLimit(c, { min: 1e6 });
  });
  await settled(page);
  const text = await page.locator('.headline').innerText();
  check(
    /Nothing is feasible/i.test(text) && text.includes('Nearest') && text.includes('Relax'),
    text,
  );
  await page.getByRole('button', { name: 'Relax' }).first().click();
  await settled(page);
  check((await page.evaluate(() => tradeoff.session.now.count)) > 0, 'somebody is let in');
  await page.context().close();
});

await test('a drag along an axis sets its range', async () => {
  const page = await open(file);
  await tab(page, 'All criteria');
  const box = await page.locator('.stage.parallel').boundingBox();
  await page.mouse.move(box.x + 46, box.y + 60);
  await page.mouse.down();
  await page.mouse.move(box.x + 46, box.y + box.height / 2, { steps: 4 });
  await page.mouse.up();
  await settled(page);
  const [from, to] = await page.evaluate(() => tradeoff.session.state.brush.get(0));
  const inputs = page.locator('table.axes tbody tr').first().locator('input');
  near(Number(await inputs.nth(0).inputValue()), from, 'from');
  near(Number(await inputs.nth(1).inputValue()), to, 'to');
  check(from < to, 'a range');
  await page.context().close();
});

await test('ranges: survivors, then limits', async () => {
  const page = await open(file);
  await tab(page, 'All criteria');
  const before = await page.locator('.view table').last().locator('tbody tr').count();
  const row = page.locator('table.axes tbody tr').first();
  const [min, max] = await row
    .locator('input')
    .first()
    .evaluate((i) => [Number(i.min), Number(i.max)]);
  await slide(row.locator('input').first(), min + 0.6 * (max - min));
  await settled(page);
  const after = await page.locator('.view table').last().locator('tbody tr').count();
  check(after > 0 && after < before, `${before} then ${after}`);
  await page.getByRole('button', { name: 'Turn the ranges into limits' }).click();
  await settled(page);
  same(
    await page.evaluate(() => tradeoff.session.now.count),
    after,
    'feasible under the new limit',
  );
  await page.context().close();
});

await test('why not this one: the words of the program', async () => {
  const page = await open(file);
  await page.locator('table.ranking tbody tr').nth(2).getByRole('button', { name: /^Why/ }).click();
  const said = await page.locator('tr.why li').allInnerTexts();
  const own = await page.evaluate(() =>
    tradeoff.session.engine.words('candidate', tradeoff.session.order[2]),
  );
  same(said, own, 'sentences');
  check(said.length > 2, 'it says something');
  await page.context().close();
});

await test('search, sort, filter', async () => {
  const page = await open(file);
  await page.getByRole('searchbox').fill('gbdt');
  const names = await page.locator('table.ranking tbody .pick').allInnerTexts();
  check(names.length > 0 && names.every((n) => n.includes('gbdt')), names.join());
  await page.getByRole('searchbox').fill('');
  await page.locator('table.ranking thead button').last().click();
  const id = result.criteria.at(-1).id;
  const measured = new Map(result.candidates.map((c) => [c.id, c.measured[id]]));
  const values = (await page.locator('table.ranking tbody .pick').allInnerTexts()).map((n) =>
    measured.get(n),
  );
  check(
    values.every((v, k) => k === 0 || v >= values[k - 1]) ||
      values.every((v, k) => k === 0 || v <= values[k - 1]),
    values.join(),
  );
  await page.context().close();
});

await test('keep the order while I move', async () => {
  const page = await open(file);
  await page.getByLabel('Keep the order while I move').check();
  const before = await page.locator('table.ranking tbody .pick').allInnerTexts();
  await page.locator('aside select').first().selectOption({ label: 'borda' });
  await settled(page);
  same(await page.locator('table.ranking tbody .pick').allInnerTexts(), before, 'order');
  await page.getByRole('button', { name: 'Re-rank now' }).click();
  await settled(page);
  const after = await page.locator('table.ranking tbody .pick').allInnerTexts();
  const borda = run(scenario, '--rule', 'borda').ranking;
  same(after.slice(0, borda.length), borda, 're-ranked');
  await page.context().close();
});

await test('every view is free of what axe finds, light and dark, wide and narrow', async () => {
  for (const [width, scheme] of [
    [1280, 'light'],
    [1280, 'dark'],
    [390, 'light'],
    [390, 'dark'],
  ]) {
    const page = await open(file, { width, scheme, bypassCSP: true });
    await page.addScriptTag({ path: axeSource });
    for (const v of VIEWS) {
      await tab(page, v);
      const found = await page.evaluate(async () =>
        (await axe.run(document, { resultTypes: ['violations'] })).violations.map(
          (x) =>
            `${x.id}: ${x.nodes
              .slice(0, 3)
              .map((n) => n.target.join(' ') + ' ' + n.failureSummary.slice(0, 200))
              .join(' | ')}`,
        ),
      );
      same(found, [], `${v} at ${width} ${scheme}`);
    }
    await page.context().close();
  }
});

await test('nothing is wider than the window, at 1280 and 390, also in large type', async () => {
  for (const width of [1280, 390]) {
    const page = await open(file, { width });
    for (const large of [false, true]) {
      await page.evaluate(
        (on) =>
          tradeoff.session.change('look', (s) => {
            s.large = on;
          }),
        large,
      );
      for (const v of VIEWS) {
        await tab(page, v);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth);
        check(wide <= width, `${v} is ${wide} wide at ${width}, large ${large}`);
      }
    }
    await page.context().close();
  }
});

await test('a table that is too wide says so, and keeps the name of the row in sight', async () => {
  const wide = makePage(run(join(scenarios, 'adult-income', 'scenario.json')));
  for (const width of [1280, 1300]) {
    const page = await open(wide, { width });
    const more = page.getByRole('button', { name: /^More columns: scroll/ });
    check(await more.isVisible(), `the hint at ${width}`);
    for (let k = 0; k < 20 && (await more.count()); k++) {
      await more.click();
      await settled(page);
    }
    check(await page.getByRole('button', { name: /scroll back/ }).isVisible(), 'the way back');
    const [last, name, box] = await page.evaluate(() =>
      ['thead th:last-child', 'tbody .candidate', '']
        .map((q) => document.querySelector(`.scroll ${q}`.trim()))
        .map((n) => n.getBoundingClientRect())
        .map((r) => [r.left, r.right]),
    );
    check(last[1] <= box[1] + 1, 'the last column is in sight');
    check(name[0] >= box[0] && name[1] < last[0], 'the name is in sight');
    await page.context().close();
  }
  const short = await open(makePage(run(join(scenarios, 'food-delivery', 'scenario.json'))), {
    width: 1600,
  });
  same(await short.locator('.more').first().isVisible(), false, 'no hint where all is in sight');
  await short.context().close();
});

await test('on a phone each candidate is a card with every criterion, and can be sorted', async () => {
  const page = await open(file, { width: 390 });
  const texts = await page.locator('table.ranking tbody tr').first().locator('td').all();
  for (const td of texts) {
    const box = await td.boundingBox();
    check(box.x >= 0 && box.x + box.width <= 390, 'in sight');
  }
  same(texts.length, 3 + result.criteria.length, 'cells');
  const id = result.criteria[0].id;
  await page.getByLabel('Sort by').selectOption({ index: 3 });
  const first = await page.locator('table.ranking tbody .pick').first().innerText();
  const best = Math.max(...result.candidates.map((c) => c.measured[id]));
  same(result.candidates.find((c) => c.id === first).measured[id], best, 'the best is first');
  await page.context().close();
});

await test('the keyboard alone: tabs, frontier walk, pins', async () => {
  const page = await open(file);
  await page.keyboard.press('Tab');
  same(await page.evaluate(() => document.activeElement.className), 'skip', 'first stop');
  await page.getByRole('tab', { selected: true }).focus();
  await page.keyboard.press('ArrowRight');
  await settled(page);
  same(await page.getByRole('tab', { selected: true }).innerText(), 'Frontier', 'next tab');
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await settled(page);
  same(
    await page.evaluate(() => tradeoff.session.id(tradeoff.session.state.selected)),
    result.frontier[1],
    'second of the frontier',
  );
  await page.keyboard.press('2');
  await page.keyboard.press('3');
  await settled(page);
  same(
    await page.evaluate(() => tradeoff.session.state.pins.map((i) => tradeoff.session.id(i))),
    result.ranking.slice(1, 3),
    'pins',
  );
  await tab(page, 'Compare');
  const text = await page.locator('.compare').innerText();
  for (const id of result.ranking.slice(1, 3)) check(text.includes(id), `${id} is compared`);
  await page.context().close();
});

mkdirSync(join(work, 'shown'), { recursive: true });
cpSync(file, join(work, 'shown', 'food-delivery.html'));
await close();
done();
