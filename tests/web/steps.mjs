// SPDX-License-Identifier: GPL-3.0-or-later
// Steps that can be taken back, and those that the engine refuses.
import { join } from 'node:path';
import { chooseRule, close, makePage, open, recommended, run, scenarios, settled, slide } from './browser.mjs';
import { check, done, same, test } from './tap.mjs';

const scenario = join(scenarios, 'food-delivery', 'scenario.json');
const result = run(scenario);
const file = makePage(result);
const many = result.counts.feasible > 16;
const ruleNow = (page) => page.evaluate(() => tradeoff.session.state.rule);
const shut = async (page) => {
  same(page.complaints, [], 'complaints');
  await page.context().close();
};
const undo = async (page) => {
  await page.locator('header').getByRole('button', { name: /^Undo/ }).click();
  await settled(page);
};
const setRule = (page, ...rules) =>
  page.evaluate(async (list) => {
    for (const r of list) {
      tradeoff.session.controls.setRule(r);
      await new Promise((go) => requestAnimationFrame(() => setTimeout(go)));
    }
  }, rules);

check(many, 'food-delivery has more candidates than kemeny ranks');

await test('rules over their limit are disabled in the list, with the reason', async () => {
  const page = await open(file);
  const option = page.locator('#rule option').nth(8);
  check(await option.evaluate((o) => o.disabled), 'kemeny is disabled');
  same(
    await option.evaluate((o) => o.textContent),
    `Order that contradicts the stakeholders least (kemeny): decides among at most 16, ${result.counts.feasible} are feasible`,
    'reason',
  );
  await chooseRule(page, 'copeland');
  await page.locator('#rule').focus();
  await page.keyboard.press('ArrowDown');
  await settled(page);
  same(await ruleNow(page), 9, 'the keyboard passes over kemeny, to plurality');
  await page.evaluate(() => {
    const { session } = tradeoff;
    const c = session.problem.criteria.findIndex((k) => !k.levels.length);
    const sorted = [...session.problem.criteria[c].reading].sort((a, b) => b - a);
    session.controls.addLimit(c, { min: sorted[7] });
  });
  await settled(page);
  check((await page.evaluate(() => tradeoff.session.now.count)) <= 16, 'fewer');
  check(!(await option.evaluate((o) => o.disabled)), 'kemeny can be chosen');
  await shut(page);
});

await test('a refused rule takes back itself only, however fast it came', async () => {
  const copeland = run(scenario, '--rule', 'copeland');
  for (const together of [false, true]) {
    const page = await open(file);
    if (together)
      await page.evaluate(() => {
        tradeoff.session.controls.setRule(7);
        tradeoff.session.controls.setRule(8);
      });
    else await setRule(page, 7, 8);
    await settled(page);
    same(await ruleNow(page), 7, 'the rule before the refused one stays');
    same(await recommended(page), copeland.recommendation.id, 'recommended');
    check((await page.getByRole('alert').innerText()).includes('kemeny'), 'it names the rule');
    await undo(page);
    same(await ruleNow(page), 2, 'undo takes back copeland');
    same(await page.getByRole('alert').count(), 0, 'notice');
    check(
      await page.locator('header').getByRole('button', { name: /^Undo/ }).isDisabled(),
      'nothing is left to undo',
    );
    await shut(page);
  }
});

await test('of a drag only the part is taken back that the rule cannot bear', async () => {
  const page = await open(file);
  const [from, to] = await page.evaluate(() => {
    const { session } = tradeoff;
    const c = session.problem.criteria.findIndex((k) => !k.levels.length);
    const sorted = [...session.problem.criteria[c].reading].sort((a, b) => b - a);
    session.controls.addLimit(c, { min: sorted[5] });
    return [sorted[5], sorted[9]];
  });
  await settled(page);
  await setRule(page, 8);
  same(await ruleNow(page), 8, 'kemeny ranks');
  await page.evaluate(
    async ([a, b]) => {
      const { session } = tradeoff;
      for (const x of [a + (b - a) / 2, b, -1e6]) {
        session.controls.setLimit(session.state.limits.length - 1, { min: x });
        await new Promise((go) => requestAnimationFrame(() => setTimeout(go)));
      }
    },
    [from, to],
  );
  const bound = () => page.evaluate(() => tradeoff.session.state.limits.at(-1).min);
  same(await ruleNow(page), 8, 'the rule stays');
  same(await bound(), to, 'the last bound that kemeny could rank');
  check((await page.getByRole('alert').innerText()).includes('kemeny'), 'it names the rule');
  await undo(page);
  same(await bound(), from, 'undo takes back the drag');
  await shut(page);
});

await test('slider moves and rule changes are steps of their own; a drag is one', async () => {
  const page = await open(file);
  const sliders = page.locator('aside .wr input[type=range]');
  const weights = () => page.evaluate(() => [...tradeoff.session.state.weights[0]]);
  const at = [await weights()];
  for (const x of [0.2, 0.25, 0.3]) await slide(sliders.nth(0), x);
  await settled(page);
  at.push(await weights());
  await slide(sliders.nth(1), 0.4);
  await settled(page);
  at.push(await weights());
  await setRule(page, 1, 6);
  same(await ruleNow(page), 6, 'rule');
  await undo(page);
  same(await ruleNow(page), 1, 'rule before');
  await undo(page);
  same(await weights(), at[2], 'weights stay');
  same(await ruleNow(page), 2, 'first rule');
  await undo(page);
  same(await weights(), at[1], 'second slider');
  await undo(page);
  same(await weights(), at[0], 'the drag is one step');
  check(await page.locator('header').getByRole('button', { name: /^Undo/ }).isDisabled(), 'start');
  await shut(page);
});

await close();
done();
