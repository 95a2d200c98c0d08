// SPDX-License-Identifier: GPL-3.0-or-later
// What the page shows and does, in Chromium, against the program.
import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  VIEWS,
  axeSource,
  chooseRule,
  close,
  listedNames,
  makePage,
  open,
  reasons,
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
        tr.querySelector('.id').textContent,
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
  const first = page.locator('aside .wr input[type=range]').first();
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
  same((await listedNames(page)).slice(0, other.ranking.length), other.ranking, 'order');
  same(await reasons(page), other.recommendation.sentences, 'what the page says');
  await page.context().close();
});

await test('undo, redo and back to the start', async () => {
  const page = await open(file);
  await chooseRule(page, 'maximin');
  await settled(page);
  const under = run(scenario, '--rule', 'maximin').recommendation.id;
  same(await recommended(page), under, 'under maximin');
  await page.getByRole('button', { name: 'Back to the start' }).click();
  await settled(page);
  same(await recommended(page), result.recommendation.id, 'after going back');
  const undo = page.locator('header').getByRole('button', { name: /^Undo/ });
  check((await undo.getAttribute('aria-label')).includes('maximin'), 'undo says what');
  await undo.click();
  await settled(page);
  same(await recommended(page), under, 'after undo');
  await page.locator('header').getByRole('button', { name: /^Redo/ }).click();
  await settled(page);
  same(await recommended(page), result.recommendation.id, 'after redo');
  await page.keyboard.press('Control+z');
  await settled(page);
  same(await recommended(page), under, 'after Ctrl Z');
  await page.context().close();
});

await test('a button pressed while the answer changes is not lost', async () => {
  const page = await open(file);
  await chooseRule(page, 'borda');
  await settled(page);
  await page.getByRole('button', { name: 'Back to the start' }).hover();
  await page.mouse.down();
  await chooseRule(page, 'maximin');
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
      document.getElementById('live').textContent.includes('Nothing meets'),
    count,
  );
  await page.context().close();
});

await test('nothing feasible: the clash, the nearest, a relaxation that helps', async () => {
  const page = await open(file);
  await page.evaluate(() => {
    const { session } = tradeoff;
    const c = session.problem.criteria.findIndex((k) => !k.levels.length);
    session.controls.addLimit(c, { min: 1e6 });
  });
  await settled(page);
  const text = `${await page.locator('.bar').innerText()} ${await page.locator('main').innerText()}`;
  check(/Nothing meets all limits/.test(text) && text.includes('Nearest') && text.includes('Relax'), text);
  for (const gone of ['agree', 'flips it', 'pays most', 'Better than'])
    check(!(await page.locator('.bar').innerText()).includes(gone), `it still argues: ${gone}`);
  await page.getByRole('button', { name: 'Relax' }).first().click();
  await settled(page);
  check((await page.evaluate(() => tradeoff.session.now.count)) > 0, 'somebody is let in');
  await page.context().close();
});

const ranges = async (page) => {
  await page.getByText('Ranges and axes in numbers').click();
  return page.locator('table.axes tbody tr').first().locator('input');
};

await test('a drag along an axis sets its range', async () => {
  const page = await open(file);
  await tab(page, 'Trade-off');
  await page.locator('.stage.parallel').scrollIntoViewIfNeeded();
  const box = await page.locator('.stage.parallel').boundingBox();
  await page.mouse.move(box.x + 52, box.y + 60);
  await page.mouse.down();
  await page.mouse.move(box.x + 52, box.y + box.height / 2 + 20, { steps: 4 });
  await page.mouse.up();
  await settled(page);
  const [from, to] = await page.evaluate(() => tradeoff.session.state.brush.get(0));
  const inputs = await ranges(page);
  near(Number(await inputs.nth(0).inputValue()), from, 'from', 1e-5);
  near(Number(await inputs.nth(1).inputValue()), to, 'to', 1e-5);
  check(from < to, 'a range');
  await page.context().close();
});

await test('ranges: survivors, then limits', async () => {
  const page = await open(file);
  await tab(page, 'Trade-off');
  const inputs = await ranges(page);
  const [min, max] = [Number(await inputs.nth(0).inputValue()), Number(await inputs.nth(1).inputValue())];
  await inputs.nth(0).fill(String(min + 0.6 * (max - min)));
  await settled(page);
  const after = await page.locator('.survive li').count();
  check(after > 0 && after < result.counts.feasible, `${after} are left`);
  await page.getByRole('button', { name: 'Turn the ranges into limits' }).click();
  await settled(page);
  same(await page.evaluate(() => tradeoff.session.now.count), after, 'feasible under the new limit');
  await page.context().close();
});

await test('why not this one: the words of the program', async () => {
  const page = await open(file);
  await page.locator('table.ranking tbody tr').nth(2).locator('.pick').click();
  await settled(page);
  const said = await page.locator('.dr .said li').allInnerTexts();
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
  const names = await listedNames(page);
  check(names.length > 0 && names.every((n) => n.includes('gbdt')), names.join());
  await page.getByRole('searchbox').fill('');
  await page.locator('table.ranking thead button').last().click();
  const id = result.criteria.at(-1).id;
  const measured = new Map(result.candidates.map((c) => [c.id, c.measured[id]]));
  const values = (await listedNames(page)).map((n) =>
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
  await page.getByLabel('Keep the order').check();
  const before = await listedNames(page);
  await chooseRule(page, 'borda');
  await settled(page);
  same(await listedNames(page), before, 'order');
  await page.getByRole('button', { name: 'Re-rank now' }).click();
  await settled(page);
  const after = await listedNames(page);
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
  for (const width of [1280, 390]) {
    const page = await open(wide, { width });
    const more = page.getByRole('button', { name: /^More columns: scroll/ });
    check(await more.isVisible(), `the hint at ${width}`);
    for (let k = 0; k < 30 && (await more.count()); k++) {
      await more.click();
      await settled(page);
    }
    check(await page.getByRole('button', { name: /scroll back/ }).isVisible(), 'the way back');
    const [last, name, box] = await page.evaluate(() =>
      ['.ct thead th:last-child', '.ct tbody th', '.list']
        .map((q) => document.querySelector(q))
        .map((n) => n.getBoundingClientRect())
        .map((r) => [r.left, r.right]),
    );
    check(last[1] <= box[1] + 1, 'the last column is in sight');
    check(name[0] >= box[0] - 1 && name[1] <= last[0] + 1, 'the name is in sight');
    await page.context().close();
  }
});

await test('the keyboard alone: skip links, tabs, why not, pins', async () => {
  const page = await open(file);
  for (const to of ['answer', 'wishes', 'candidates']) {
    await page.keyboard.press('Tab');
    check((await page.evaluate(() => document.activeElement.textContent)).includes(to), `skip to the ${to}`);
  }
  await page.getByRole('tab', { selected: true }).focus();
  for (const [key, name] of [['ArrowRight', 'Trade-off'], ['End', 'Decision'], ['Home', 'Candidates']]) {
    await page.keyboard.press(key);
    await settled(page);
    same(await page.getByRole('tab', { selected: true }).innerText(), name, key);
  }
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press('3');
  await settled(page);
  same(await page.getByRole('tab', { selected: true }).innerText(), 'How sure', 'a letter key');
  const row = page.locator('.mx tbody .rw').nth(1);
  await row.focus();
  await page.keyboard.press('3'); // a control has the focus: nothing happens
  await page.keyboard.press('Enter');
  await settled(page);
  check(await page.locator('.dr').isVisible(), 'the drawer');
  await page.locator('.dr .pin').click();
  await page.keyboard.press('Escape');
  await settled(page);
  same(await page.locator('.dr').count(), 0, 'closed');
  same(await page.evaluate(() => document.activeElement.className), 'rw', 'the focus is back');
  same(
    await page.evaluate(() => tradeoff.session.state.pins.map((i) => tradeoff.session.id(i))),
    [result.recommendation.runner_up],
    'pins',
  );
  await page.context().close();
});

mkdirSync(join(work, 'shown'), { recursive: true });
cpSync(file, join(work, 'shown', 'food-delivery.html'));
await close();
done();
