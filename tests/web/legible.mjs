// SPDX-License-Identifier: GPL-3.0-or-later
// What a page shows can be read: no text over another, none cut, names that differ look different, and the page
// says what the terminal says.
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { close, makePage, open, program, run, scenarios, settled, slide, tab, until, work } from './browser.mjs';
import { check, done, same, test } from './tap.mjs';

const shipped = readdirSync(scenarios).filter((x) => existsSync(join(scenarios, x, 'scenario.json')));
const scenarioOf = (name) => join(scenarios, name, 'scenario.json');
const results = new Map(shipped.map((name) => [name, run(scenarioOf(name))]));
const files = new Map(shipped.map((name) => [name, makePage(results.get(name))]));

/** Pairs of boxes [left, top, right, bottom] of these texts that cover each other. */
const covering = (locator) =>
  locator.evaluateAll((all) => {
    const boxes = all.map((n) => [n.textContent, n.getBoundingClientRect()]);
    const out = [];
    boxes.forEach(([t, a], k) =>
      boxes.slice(k + 1).forEach(([s, b]) => {
        const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        if (wide > 1 && high > 3) out.push(`${t} | ${s}`);
      }),
    );
    return out;
  });

/** Texts of which a part is not to be seen in their own box. */
const cut = (locator) => locator.evaluateAll((all) => all.filter((n) => n.scrollWidth > n.clientWidth + 1 || n.scrollHeight > n.clientHeight + 2).map((n) => n.textContent));

for (const name of shipped)
  await test(`${name}: as many rules agree on the page as in the terminal, and it says who is tied`, async () => {
    const own = results.get(name);
    const page = await open(files.get(name));
    const said = spawnSync(program, ['run', scenarioOf(name)], { encoding: 'utf8' }).stdout;
    const all = /Rules +all (\d+) put it first/.exec(said);
    const some = /Rules +(\d+) of (\d+) put it first/.exec(said);
    const text = await page.locator('.st').innerText();
    if (some) check(text.includes(`${some[1]} of ${some[2]} agree`), `${some[0]}: ${text}`);
    const tied = /, (\d+) in a tie/.exec(said);
    if (tied) check(text.includes(`${tied[1]} in a tie`), `${tied[0]}: ${text}`);
    if (all) check(text.includes(`${all[1]} of ${all[1]} agree`), `${all[0]}: ${text}`);
    const { tie } = own.robustness ?? {};
    if (tie?.length > 1 && tie.includes(own.recommendation.id)) check(text.includes(`tied with ${tie.length - 1}`), text);
    const first = await page.locator('table.ranking tbody tr:not(.out) td:nth-child(3)').allInnerTexts();
    if (own.robustness?.candidates) check(!first.some((x) => x === '0' || x === '100'), `first of 100: ${first}`);
    await page.context().close();
  });

await test('a set that was asked for is named on the page, in the decision and on paper', async () => {
  const { ids, sums } = results.get('research-portfolio').portfolio;
  const page = await open(files.get('research-portfolio'), { width: 1280, height: 800 });
  same(await page.locator('.set-answer').innerText(), `a set of ${ids.length}`, 'the answer');
  check((await page.locator('.top').innerText()).includes(sums.cost.toLocaleString('en-US')), 'what it costs');
  await page.locator('.st button', { hasText: 'the set' }).click();
  await settled(page);
  same(await page.locator('table.ranking tbody tr').count(), ids.length, 'listed');
  await tab(page, 'Decision');
  same(await page.locator('.chosen-set li').allInnerTexts(), ids, 'in the decision');
  await page.getByRole('button', { name: 'Write the set into the reasons' }).click();
  await settled(page);
  const why = await page.locator('#why').inputValue();
  check(ids.every((id) => why.includes(id)), why);
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  await settled(page);
  same(await page.locator('.sheet .set li').evaluateAll((all) => all.map((x) => x.textContent)), ids, 'on paper');
  await page.context().close();
});

await test('names that differ look different, and heads too', async () => {
  for (const name of ['food-delivery', 'hiring-screen']) {
    const page = await open(files.get(name), { width: 1280, height: 800 });
    const heads = await page.locator('.ct thead bdi').allInnerTexts();
    same(new Set(heads).size, heads.length, `${name}: ${heads}`);
    same(await page.locator('.list').evaluate((n) => n.scrollWidth - n.clientWidth), 0, `${name}: columns out of sight`);
    await tab(page, 'How sure');
    for (const where of ['figure:first-of-type .ranks tbody th', '.rules thead th bdi']) {
      const shown = await page.locator(where).allInnerTexts();
      same(new Set(shown).size, shown.length, `${name}: ${shown}`);
    }
    same(await cut(page.locator('.ranks th')), [], `${name}: cut`);
    await page.context().close();
  }
});

await test('nothing in the bar is cut or covered, on a phone and beside the desk', async () => {
  for (const name of ['food-delivery', 'hiring-screen', 'research-portfolio'])
    for (const [width, height] of [[390, 844], [1280, 800]]) {
      const page = await open(files.get(name), { width, height });
      const short = page.locator('.st li:has(.nw) .v');
      same(await cut(width < 700 ? page.locator('.st .v') : short), [], `${name} at ${width}`);
      const [bar, who] = await page.evaluate(() => [Math.max(...[...document.querySelectorAll('.st .v')].map((n) => n.getBoundingClientRect().bottom)), document.getElementById('who').getBoundingClientRect().top]);
      check(bar <= who, `${name} at ${width}: the bar ends at ${bar}, the next panel begins at ${who}`);
      await page.context().close();
    }
});

await test('titles of axes and words on lines keep apart', async () => {
  for (const name of ['food-delivery', 'hiring-screen'])
    for (const width of [390, 1280]) {
      const page = await open(files.get(name), { width, height: 844 });
      await tab(page, 'Trade-off');
      same(await covering(page.locator('.stage.parallel .over text[font-weight="600"]')), [], `${name} at ${width}: axes`);
      const scatter = page.locator('.stage:not(.parallel)');
      same(await covering(scatter.locator('text[font-weight="600"]:not(.over *), .over text')), [], `${name} at ${width}: names and lines`);
      const inside = await scatter.evaluate((n) => {
        const box = n.getBoundingClientRect();
        return [...n.querySelectorAll('text')].filter((t) => t.getBoundingClientRect().left < box.left - 1 || t.getBoundingClientRect().right > box.right + 1).map((t) => t.textContent);
      });
      same(inside, [], `${name} at ${width}: beyond the picture`);
      await page.context().close();
    }
});

await test('keys work after a click, a moved limit stays its owner\'s, a rule that is not set up cannot be chosen', async () => {
  const page = await open(files.get('food-delivery'));
  await page.getByRole('tab', { name: 'Trade-off' }).click();
  await page.keyboard.press('4');
  await settled(page);
  same(await page.getByRole('tab', { selected: true }).innerText(), 'Decision', 'after a click on a tab');
  await page.keyboard.press('?');
  check(await page.locator('.warns .keys').isVisible(), 'the list of keys');
  await page.evaluate(() => {
    const { session } = tradeoff;
    session.controls.setLimit(session.state.limits.findIndex((l) => l.max !== null), { max: 40 });
  });
  await settled(page);
  check((await page.locator('.limits').innerText()).includes('Product, changed here'), 'whose it is');
  same(await page.locator('#rule option', { hasText: '(priorities)' }).evaluate((n) => n.disabled), true, 'priorities');
  await page.context().close();
});

await test('what stands in the bar leads to the part that it speaks of', async () => {
  const page = await open(files.get('food-delivery'), { width: 1280, height: 800 });
  for (const [chip, part] of [['weight that flips it', '#turns'], ['needs missed', '#who .rec .x'], ['pays most', '#who .most'], ['limits', '#limits-title']]) {
    await page.locator('.st li', { has: page.getByText(chip, { exact: true }) }).getByRole('button').click();
    await settled(page);
    const seen = await page.locator(part).first().evaluate(async (n) => {
      for (let k = 0; k < 100; k++) {
        const box = n.getBoundingClientRect();
        const at = document.elementFromPoint((box.left + box.right) / 2, (box.top + box.bottom) / 2);
        if (at && (n.contains(at) || at.contains(n)) && (n.closest('td') ?? n).getAnimations().length) return true;
        await new Promise((r) => setTimeout(r, 20));
      }
      return false;
    });
    check(seen, `${chip}: ${part} is in sight and framed`);
  }
  await page.context().close();
});

await test('both charts of the trade-off fit the first screen', async () => {
  for (const name of ['food-delivery', 'hiring-screen'])
    for (const [width, height] of [[1280, 800], [1920, 1080]]) {
      const page = await open(files.get(name), { width, height });
      await tab(page, 'Trade-off');
      const rest = await page.evaluate(() => document.querySelector('.stage.parallel').getBoundingClientRect().bottom - document.getElementById('panel').getBoundingClientRect().bottom);
      check(rest <= 1, `${name} at ${width}: ${rest} px out of sight`);
      await page.context().close();
    }
});

await test('a split says whose limits it keeps, in words and rounded', async () => {
  const page = await open(files.get('food-delivery'));
  await tab(page, 'Trade-off');
  const text = await page.locator('.mix').innerText();
  for (const x of ['Latency, p95 at most 60 ms', 'of the split alone', 'costs nothing']) check(text.includes(x), `${x}: ${text}`);
  for (const x of ['latency <=', 'One unit more of room', 'more than 0', '45.1644']) check(!text.includes(x), `${x}: ${text}`);
  await page.context().close();
});

/** A page of this CSV and the rest of a scenario; what its bar says. */
async function openOf(csv, rest) {
  writeFileSync(join(work, 'c.csv'), csv);
  const scenario = join(work, 's.json');
  writeFileSync(scenario, JSON.stringify({ tradeoff: 1, candidates: { file: 'c.csv', id: 'id' }, ...rest }));
  return open(makePage(run(scenario)));
}
const chipOf = (page, key) => page.locator('.st li', { has: page.getByText(key, { exact: true }) }).locator('.v').innerText();
const barOf = (page) => page.locator('.bar').innerText();
const BOTH = { a: { column: 'a', goal: 'max', range: [0, 1] }, b: { column: 'b', goal: 'max', range: [0, 1] } };
const known = async (page) => {
  await until(page, () => tradeoff.session.found.flipKnown);
  await settled(page);
};

await test('a wish that flips it at the end of its track is found', async () => {
  // B is first where a has more than 50 in 51; beyond what steps of five in a hundred ask.
  const end = ['id,a,b\nA,0.98,1\nB,1,0\n', { p: { weights: { a: 53, b: 47 }, needs: { a: { min: 0 } } } }];
  // Between the last whole percent and a say of everything.
  const last = ['id,a,b\nA,1,0.996\nB,0,1\n', { p: { weights: { a: 1 }, needs: { a: { min: 0 } } }, q: { weights: { b: 1 } } }];
  // Under needs-first, which is weighted where all needs are met, the page has to search.
  for (const [[csv, stakeholders], rule, words] of [
    [end, 'weighted', 'a for p above 98.1 %'],
    [end, 'needs-first', 'b for p below 1.9 %'],
    [last, 'weighted', 'the say of p below 0.3 %'],
    [last, 'needs-first', 'above 99.7 %'],
  ]) {
    const page = await openOf(csv, { criteria: BOTH, stakeholders, rule });
    await known(page);
    const said = await barOf(page);
    check(said.includes(words), said.replace(/\n+/g, ' | '));
    await page.context().close();
  }
});

await test('no single wish is said where none flips it, under a rule for which that is known', async () => {
  for (const [rule, words] of [['weighted', 'no single wish'], ['maximin', 'none found']]) {
    const page = await openOf('id,a,b\nA,1,1\nB,0,0.5\n', { criteria: BOTH, stakeholders: { p: { weights: { a: 1, b: 1 } } }, rule });
    await known(page);
    const said = await barOf(page);
    check(said.includes(words), `${rule}: ${said.replace(/\n+/g, ' | ')}`);
    await page.context().close();
  }
});

await test('a portfolio that nothing keeps is not answered by a candidate, and an empty one is said', async () => {
  const rest = { criteria: { a: { column: 'a', goal: 'max', range: [0, 10] } }, stakeholders: { p: { weights: { a: 1 } } } };
  const limits = [{ column: 'cost', sum_max: 50 }];
  for (const [portfolio, words] of [
    [{ limits, count: 2, together: [['A', 'B']], none: { a: 0 } }, 'No set keeps what is asked'],
    [{ limits, none: { a: 10 } }, 'Choose none of them'],
  ]) {
    const page = await openOf('id,a,cost\nA,10,60\nB,6,30\nC,5,30\n', { ...rest, portfolio });
    const title = await page.locator('.bar h1').innerText();
    check(title.includes(words), title);
    if (words.startsWith('No')) check((await barOf(page)).includes('sum of cost <= 50 and at least 2 candidates clash'), await barOf(page));
    check(!/Ship/.test(await barOf(page)), await barOf(page));
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
    await settled(page);
    check((await page.locator('.sheet h1').first().evaluate((n) => n.textContent)).includes(words), 'on paper');
    await page.context().close();
  }
});

await test('two in conflict are called what they are, and said no more once limits moved', async () => {
  const c = { column: 'c', levels: ['lo', 'mid', 'hi', 'top'] };
  const page = await openOf('id,a,b,c\nA,1,5,top\nB,2,2,hi\nC,3,4,mid\nD,4,3,lo\n', { criteria: { a: { column: 'a', goal: 'max' }, b: { column: 'b', goal: 'max' }, c }, stakeholders: { p: { weights: { a: 3, b: 2, c: 1 } } } });
  await tab(page, 'Trade-off');
  const text = () => page.locator('#panel .tools').first().innerText();
  check((await text()).includes('the two numbers that conflict most (correlation \u22120.40)'), await text());
  same(await page.locator('#panel .tools .mu').first().getAttribute('title'), 'a and c, of words, conflict more: correlation \u22121.00', 'the pair that does more');
  await page.evaluate(() => tradeoff.session.controls.addLimit(0, { min: 2 }));
  await settled(page);
  check(!(await text()).includes('conflict'), await text());
  await page.context().close();
});

await test('a limit that keeps out within noise who would be first is told as in the terminal, also once it moved', async () => {
  const a = { column: 'a', goal: 'max' };
  const page = await openOf('id,a,b,e\nx,1,40,2\ny,2,51,2\nz,0,30,2\n', { criteria: { a, b: { column: 'b', goal: 'min', se: { column: 'e' } } }, stakeholders: { p: { weights: { a: 3, b: 1 } } }, constraints: [{ criterion: 'b', max: 50 }] });
  const told = (label, ...more) => new RegExp(` *(${label}) +(.*)\n`).exec(spawnSync(program, ['run', join(work, 's.json'), ...more], { encoding: 'utf8', env: { ...process.env, COLUMNS: '1000' } }).stdout)?.slice(1) ?? ['', ''];
  for (const max of [50, 50.5, 45]) {
    await page.evaluate((to) => tradeoff.session.controls.setLimit(0, { max: to }), max);
    await settled(page);
    await known(page);
    await until(page, () => tradeoff.session.found.said && !tradeoff.session.repeats.drawing && tradeoff.session.found.repeats === tradeoff.session.repeats.now);
    await settled(page);
    const [, line] = told('Limits', '--limit', `b<=${max}`);
    same(line.includes('within noise'), max >= 50, `the terminal at ${max}: ${line}`);
    const said = await page.locator('.st').innerText();
    check(max >= 50 ? said.includes(line) : !said.includes('within noise'), `${max}: ${said} / ${line}`);
    const [word, text] = told('Sure|Unsure', '--limit', `b<=${max}`);
    same(word, max >= 50 ? 'Unsure' : 'Sure', `the terminal's word at ${max}`);
    same(await chipOf(page, 'how sure').then((x) => /^(Sure|Unsure)/.exec(x)?.[0]), word, `the word in the bar at ${max}`);
    await tab(page, 'How sure');
    const lead = await page.locator('#panel .lead').innerText();
    check(lead.startsWith(`${word}: `) && text.startsWith(lead.slice(word.length + 2)), `${max}: ${lead} / ${text}`);
  }
  await page.context().close();
});

await test('a limit that looks as if it were in another unit is doubted as in the terminal, also once it moved', async () => {
  const page = await openOf('id,a,b\nx,1,40\ny,2,51\nz,0,30\n', { criteria: { a: { column: 'a', goal: 'max' }, b: { column: 'b', goal: 'min' } }, stakeholders: { p: { weights: { a: 3, b: 1 } } }, constraints: [{ criterion: 'b', max: 50 }] });
  const doubt = () => page.locator('.limits .tn.w').allInnerTexts();
  const listed = () => page.locator('.warns').evaluate((n) => n.textContent);
  const record = () => page.evaluate(() => tradeoff.session.now.warned.filter((t) => t.startsWith('W_UNIT')));
  same(await doubt(), [], 'as it is');
  for (const max of [0.05, 50, 0.04]) {
    await page.evaluate((to) => tradeoff.session.controls.setLimit(0, { max: to }), max);
    await settled(page);
    const { stderr } = spawnSync(program, ['run', join(work, 's.json'), '--limit', `b<=${max}`], { encoding: 'utf8', env: { ...process.env, COLUMNS: '1000' } });
    const words = /limit "[^"]*": (all 3 candidates .*check the unit)/.exec(stderr)?.[1];
    same(words !== undefined, max < 1, `the terminal at ${max}: ${stderr}`);
    same(await doubt(), words ? [words] : [], `under the limit at ${max}`);
    same((await listed()).includes('W_UNIT'), max < 1, `in the list at ${max}`);
    same((await record()).length, max < 1 ? 1 : 0, `for the record at ${max}`);
  }
  await page.context().close();
});

await test('a slider of a limit stops at its other bound', async () => {
  const page = await openOf('id,a,b\nx,1,5.5\ny,2,12.7\nz,3,2.1\n', { criteria: { a: { column: 'a', goal: 'max' }, b: { column: 'b', goal: 'min' } }, stakeholders: { p: { weights: { a: 1 } } }, constraints: [{ criterion: 'b', min: 5, max: 12 }] });
  const most = page.locator('.limits input[type=range]').nth(1);
  for (const x of [4, 3]) await slide(most, x);
  await settled(page);
  same(await most.evaluate((n) => n.value), '5', 'where it stands');
  same(await page.evaluate(() => tradeoff.session.state.limits[0].max), 5, 'the bound');
  await page.context().close();
});

await close();
done();
