// SPDX-License-Identifier: GPL-3.0-or-later
// What the desk must hold: the answer in sight, eight candidates on the first screen, where the
// answer would turn, numbers in any order, equal bars for equal values, taps as clicks.
import { cpSync, existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { axeSource, chooseRule, close, download, makePage, open, program, recommended, run, scenarios, settled, slide, tab, until, work } from './browser.mjs';
import { check, done, near, same, test } from './tap.mjs';

const shipped = readdirSync(scenarios).filter((x) => existsSync(join(scenarios, x, 'scenario.json')));
const folder = join(scenarios, 'food-delivery');
const result = run(join(folder, 'scenario.json'));
const file = makePage(result);

/** Rows of the list that are whole on the screen. */
const wholeRows = (page) =>
  page.locator('table.ranking tbody tr:not(.gap)').evaluateAll((all) => {
    const box = document.querySelector('.list').getBoundingClientRect();
    const head = document.querySelector('.ct thead').getBoundingClientRect().bottom;
    return all.filter((tr) => {
      const r = tr.getBoundingClientRect();
      return r.top >= head - 1 && r.bottom <= Math.min(box.bottom, innerHeight) + 1;
    }).length;
  });

for (const name of shipped)
  await test(`${name}: the first screen has the answer, who loses, and eight candidates`, async () => {
    const own = run(join(scenarios, name, 'scenario.json'));
    const page = await open(makePage(own), { width: 1280, height: 800 });
    same(await recommended(page), own.recommendation.id, 'recommended');
    const bar = await page.locator('.bar').boundingBox();
    check(bar.y === 0 && bar.height <= 96, `the bar is ${bar.height} high`);
    const most = Object.entries(own.recommendation.stakeholders).sort((a, b) => b[1].regret - a[1].regret)[0];
    const loser = own.stakeholders.find((q) => q.id === most[0]);
    check((await page.locator('.st').innerText()).includes(loser.label.slice(0, 20)), `who loses: ${loser.label}`);
    same(await page.evaluate(() => document.documentElement.scrollHeight <= innerHeight), true, 'no page scroll');
    const rows = await wholeRows(page);
    check(rows >= Math.min(8, own.counts.feasible), `${rows} candidates`);
    for (const r of await page.locator('table.ranking tbody tr:not(.gap)').evaluateAll((all) => all.map((tr) => tr.getBoundingClientRect().height)))
      same(r, 28, 'height of a row');
    same(page.complaints, [], 'complaints');
    await page.context().close();
  });

await test('the answer is in sight while any control moves', async () => {
  for (const [width, height] of [[1280, 800], [1920, 1080], [390, 844]]) {
    const page = await open(file, { width, height });
    for (const control of await page.locator('aside input, aside select').all()) {
      await control.scrollIntoViewIfNeeded().catch(() => {});
      const [top, bottom] = await page.locator('.answer').evaluate((n) => [n.getBoundingClientRect().top, n.getBoundingClientRect().bottom]);
      check(top >= 0 && bottom <= height, `at ${width} the answer is at ${top} to ${bottom}`);
    }
    await page.context().close();
  }
});

await test('where the answer turns is what the program says, and who takes over is who is first there', async () => {
  // Without "simpler": the program's stretches are of the first one, the page's of the recommended.
  const plain = join(work, 'plain');
  cpSync(folder, plain, { recursive: true });
  const scenario = JSON.parse(readFileSync(join(plain, 'scenario.json'), 'utf8'));
  delete scenario.simpler;
  writeFileSync(join(plain, 'scenario.json'), JSON.stringify(scenario));
  const result = run(join(plain, 'scenario.json'));
  const page = await open(makePage(result));
  await until(page, () => tradeoff.session.found.flip && tradeoff.session.found.tracks.get(0));
  const { weights, powers } = result.choice.headline;
  for (const [h, q] of result.stakeholders.entries()) {
    await page.locator('.seg button').nth(h).click();
    await until(page, (n) => Boolean(tradeoff.session.found.tracks.get(n)), h);
    const found = await page.evaluate((n) => tradeoff.session.found.tracks.get(n), h);
    for (const [c, k] of result.criteria.entries()) {
      const [low, high] = weights.find((w) => w.stakeholder === q.id && w.criterion === k.id).holds;
      near(found.weights[c].low?.at ?? 0, low, `${q.id} ${k.id} from`, 2e-4);
      near(found.weights[c].high?.at ?? 1, high, `${q.id} ${k.id} to`, 2e-4);
    }
    const [low, high] = powers.find((w) => w.stakeholder === q.id).holds;
    near(found.power.low?.at ?? 0, low, `say of ${q.id} from`, 2e-4);
    near(found.power.high?.at ?? 1, high, `say of ${q.id} to`, 2e-4);
  }
  const flip = await page.evaluate(() => ({ ...tradeoff.session.found.flip, to: tradeoff.session.id(tradeoff.session.found.flip.to) }));
  const q = result.stakeholders[flip.h];
  const said = /(above|below) ([\d.]+) %/.exec(await page.locator('.st').innerText());
  const t = Number(said[2]) / 100 + (said[1] === 'above' ? 1e-6 : -1e-6);
  const rest = 1 - q.weights[result.criteria[flip.c].id];
  const moved = Object.fromEntries(result.criteria.map((c, k) => [c.id, k === flip.c ? t : (q.weights[c.id] / rest) * (1 - t)]));
  same(run(join(plain, 'scenario.json'), '--set', `stakeholders.${q.id}.weights=${JSON.stringify(moved)}`).recommendation.id, flip.to, 'a run of the program beyond the number on the page');
  await page.context().close();
});

await test('40, 30 and 30 typed in any order are 40, 30 and 30', async () => {
  const orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];
  const ids = [0, 1, 2];
  const page = await open(file);
  for (const order of orders) {
    await page.evaluate(() => tradeoff.session.reset());
    await settled(page);
    await page.evaluate(() => tradeoff.session.controls.setWeight(0, 2, 0.1));
    await settled(page);
    const fields = page.locator('aside .wr .nf input');
    for (const k of order) {
      await fields.nth(k).fill(String([40, 30, 30][k]));
      await settled(page);
    }
    await fields.nth(order[2]).blur();
    await settled(page);
    const weights = await page.evaluate(() => [...tradeoff.session.state.weights[0]]);
    ids.forEach((k) => near(weights[k], [0.4, 0.3, 0.3][k], `${order}: weight ${k}`));
    same(await fields.evaluateAll((all) => all.slice(0, 3).map((x) => x.value)), ['40', '30', '30'], `${order}: shown`);
  }
  await page.context().close();
});

await test('a locked weight stays while others move', async () => {
  const page = await open(file);
  await page.evaluate(() => tradeoff.session.controls.setWeight(0, 2, 0.2));
  await settled(page);
  const before = await page.evaluate(() => tradeoff.session.state.weights[0][1]);
  await page.locator('aside .lk').nth(1).click();
  await slide(page.locator('aside .wr input[type=range]').first(), 0.5);
  await settled(page);
  const after = await page.evaluate(() => [...tradeoff.session.state.weights[0]]);
  near(after[1], before, 'the locked one');
  near(after[0], 0.5, 'the moved one');
  near(after.reduce((a, b) => a + b, 0), 1, 'sum');
  await page.context().close();
});

await test('after a change: what moved, until it is dismissed; the dots of before; hold and swap', async () => {
  const page = await open(file);
  await chooseRule(page, 'maximin');
  await settled(page);
  const moved = await page.locator('.moved').innerText();
  check(moved.includes(result.recommendation.id) && moved.includes('nash → maximin'), moved);
  check((await page.getByRole('button', { name: /^Undo/ }).first().getAttribute('aria-label')).includes('nash → maximin'), 'undo names it');
  await page.getByRole('button', { name: 'Dismiss what moved' }).click();
  await settled(page);
  same(await page.locator('.moved').count(), 0, 'dismissed');
  await page.getByRole('button', { name: 'Hold this' }).click();
  await settled(page);
  await page.evaluate(() => tradeoff.session.controls.setWeight(0, 0, 0.2));
  await settled(page);
  check((await page.locator('.t .o').count()) > 0, 'dots of the held answer');
  const held = await page.evaluate(() => tradeoff.session.id(tradeoff.session.held.outcome.recommended));
  await page.getByRole('button', { name: 'Swap' }).click();
  await settled(page);
  same(await recommended(page), held, 'the held one is back');
  await page.context().close();
});

await test('equal values are equal lengths, in every column', async () => {
  const page = await open(file, { width: 1920, height: 1080 });
  const tracks = await page.locator('.mx tbody .t').evaluateAll((all) => all.map((x) => x.getBoundingClientRect().width));
  for (const w of tracks) near(w, tracks[0], 'width of a track', 1e-3);
  const bars = await page.locator('td.val').evaluateAll((all) => all.map((td) => getComputedStyle(td, '::after').width));
  same(new Set(bars).size, 1, 'widths of the bars in cells');
  const places = await page.locator('.mx tbody .t').evaluateAll((all) =>
    all.map((t) => {
      const box = t.getBoundingClientRect();
      const dot = t.querySelector('.d').getBoundingClientRect();
      return [parseFloat(t.style.getPropertyValue('--u')) / 100, (dot.left + dot.width / 2 - box.left) / box.width];
    }),
  );
  for (const [u, at] of places) near(at, u, 'the place of a dot on its track', 5e-3);
  await page.context().close();
});

await test('a tap is a click: on the chart, in the matrix, in the list', async () => {
  const page = await open(file, { width: 390, height: 844, hasTouch: true });
  await tab(page, 'Trade-off');
  await page.locator('.stage').first().scrollIntoViewIfNeeded();
  const id = result.ranking[1];
  const [x, y] = await page.evaluate((name) => {
    const { session } = tradeoff;
    const mark = [...document.querySelectorAll('.stage .over title')].find((t) => t.textContent === name).parentNode;
    const box = mark.getBoundingClientRect();
    return [box.left + box.width / 2, box.top + box.height / 2];
  }, id);
  await page.touchscreen.tap(x, y);
  await settled(page);
  check((await page.locator('.dr h2').innerText()).includes(id), 'the drawer of the tapped one');
  await page.context().close();
});

await test('every cell that was not measured is marked, in the list and on paper', async () => {
  const assumed = run(join(scenarios, 'research-portfolio', 'scenario.json'));
  const cells = assumed.candidates.flatMap((c) => Object.keys(c.assumed ?? {}).map((k) => [c.id, k]));
  if (!cells.length) return;
  const page = await open(makePage(assumed), { width: 1920, height: 1080 });
  same(await page.locator('td.nmd').count(), cells.length, 'marked cells');
  check((await page.locator('.st').innerText()).includes(`${cells.length} of`), 'counted in the answer');
  await page.context().close();
});

await test('12 stakeholders, 12 criteria; one candidate', async () => {
  const columns = Array.from({ length: 12 }, (_, k) => `c${k}`);
  const rows = Array.from({ length: 30 }, (_, i) => `model-${i},${columns.map((_, k) => ((i * 37 + k * 61) % 101) / 100).join(',')}`);
  writeFileSync(join(work, 'twelve.csv'), `id,${columns.join(',')}\n${rows.join('\n')}\n`);
  writeFileSync(join(work, 'one.csv'), `id,${columns.join(',')}\n${rows[0]}\n`);
  for (const csv of ['twelve.csv', 'one.csv']) {
    const scenario = join(work, `${csv}.json`);
    writeFileSync(scenario, JSON.stringify({
      tradeoff: 1,
      title: 'Twelve of each',
      candidates: { file: csv, id: 'id' },
      criteria: Object.fromEntries(columns.map((c, k) => [c, { column: c, goal: k % 2 ? 'min' : 'max', label: `Criterion number ${k}`, range: k % 2 ? [1, 0] : [0, 1] }])),
      stakeholders: Object.fromEntries(columns.map((c, k) => [`s${k}`, { label: `Stakeholder ${k}`, weights: { [c]: 2, [columns[(k + 5) % 12]]: 1 } }])),
    }));
    const own = run(scenario);
    const page = makePage(own);
    for (const [width, height] of [[1280, 800], [390, 844]]) {
      const opened = await open(page, { width, height });
      same(await recommended(opened), own.recommendation.id, 'recommended');
      for (const v of ['Trade-off', 'How sure', 'Decision', 'Candidates']) {
        await tab(opened, v);
        check((await opened.evaluate(() => document.documentElement.scrollWidth)) <= width, `${v} is wider than ${width}`);
      }
      const patterns = await opened.locator('.mx thead .sw').evaluateAll((all) => new Set(all.map((x) => x.className)).size);
      same(patterns, 12, 'stakeholders that look different');
      same(opened.complaints, [], 'complaints');
      await opened.context().close();
    }
  }
});

await test('a ballot made on one copy is taken in on another, and what several say is merged', async () => {
  const mine = await open(file, { hash: '#me=ml', bypassCSP: true });
  check(!(await mine.locator('#app').innerText()).includes('Infrastructure'), 'nothing of the others');
  await mine.addScriptTag({ path: axeSource });
  same(await mine.evaluate(async () => (await axe.run()).violations.map((x) => `${x.id} ${x.nodes[0].target}`)), [], 'axe');
  const texts = [];
  for (const [share, who] of [[60, 'Ana'], [30, 'Bo']]) {
    const field = mine.locator('.mine .nf input').first();
    await field.fill(String(share));
    await field.blur();
    await mine.getByLabel('Your name').fill(who);
    await mine.getByLabel('What must not happen').fill('Not <slower>.');
    await settled(mine);
    texts.push(readFileSync(await download(mine, 'Save my ballot'), 'utf8'));
  }
  await mine.context().close();
  const desk = await open(file);
  await desk.getByRole('button', { name: 'Paste one' }).click();
  const other = JSON.parse(texts[0]);
  other.inputs.find((x) => x.role === 'candidates').sha256 = 'f'.repeat(64);
  for (const t of [...texts, JSON.stringify(other)]) {
    await desk.getByLabel('A ballot as text').fill(t);
    await settled(desk);
  }
  check((await desk.locator('.bals').innerText()).includes('was refused: it was made for other candidates'), 'a ballot for other facts is refused');
  check((await desk.locator('.bals').innerText()).includes('2 for ML engineers, 30 points apart'), 'how far apart');
  same(await desk.locator('aside .wr').first().locator('.bl').count(), 2, 'dots on the track');
  await desk.getByRole('button', { name: 'Mean' }).click();
  await settled(desk);
  const weights = await desk.evaluate(() => [...tradeoff.session.state.weights[0]]);
  near(weights[0], 0.45, 'the mean');
  near(weights[1], 0.55, 'the mean of the other');
  const merged = JSON.parse(readFileSync(await tab(desk, 'Decision').then(() => download(desk, 'Scenario (JSON)')), 'utf8'));
  const gathered = join(work, 'gathered');
  cpSync(folder, gathered, { recursive: true });
  const names = texts.map((t, k) => {
    const name = join(gathered, `ballot-${k}.json`);
    writeFileSync(name, t);
    return name;
  });
  const got = spawnSync(program, ['gather', join(gathered, 'scenario.json'), ...names, '--merge', 'mean', '-o', join(gathered, 'new.json')], { encoding: 'utf8' });
  same(got.status, 0, got.stderr);
  writeFileSync(join(gathered, 'page.json'), JSON.stringify(merged));
  const [a, b] = ['new.json', 'page.json'].map((x) => run(join(gathered, x)));
  same(b.ranking, a.ranking, 'the ranking of tradeoff gather');
  same(b.stakeholders.map((q) => q.weights), a.stakeholders.map((q) => q.weights), 'its weights');
  await desk.context().close();
});

await test('wishes by questions: two cards without names, answers by keyboard, a ballot that tradeoff gather takes', async () => {
  const mine = await open(file, { hash: '#me=ml', width: 390, height: 844, bypassCSP: true });
  await mine.getByRole('button', { name: 'By questions' }).click();
  const cards = mine.locator('.qc');
  same(await cards.count(), 2, 'cards');
  const ids = result.ranking.map((r) => r.id);
  const said = await mine.locator('.qs').innerText();
  same(ids.filter((id) => said.includes(id)), [], 'names on the cards');
  await mine.addScriptTag({ path: axeSource });
  same(await mine.evaluate(async () => (await axe.run()).violations.map((x) => `${x.id} ${x.nodes[0].target}`)), [], 'axe');
  check((await mine.evaluate(() => document.documentElement.scrollWidth)) <= 390, 'wider than the window');
  const undo = mine.getByRole('button', { name: 'Last answer back' });
  check(await undo.isDisabled(), 'nothing to take back yet');
  check((await mine.locator('.mine').innerText()).includes('No answer yet: the ballot takes the shares'), 'what the ballot takes');
  const answer = async () => {
    const first = await cards.first().locator('.qr > span').first().innerText();
    await cards.nth(first.includes('better') ? 0 : 1).focus(); // what is listed first counts most
    await mine.keyboard.press('Enter');
  };
  for (let k = 0; k < 30 && (await cards.count()); k++) await answer();
  check((await mine.locator('.mine').innerText()).includes('If every answer is right, nothing is'), 'how sure');
  const answers = await mine.evaluate(() => document.querySelector('.mine').innerText.match(/the (\d+) answers/)?.[1]);
  await undo.click();
  same(await cards.count(), 2, 'the last question again');
  await answer();
  const ballot = JSON.parse(readFileSync(await download(mine, 'Save my ballot'), 'utf8'));
  same([ballot.prefers.length, ballot.weights ?? null], [Number(answers), null], 'answers in the place of weights');
  await mine.context().close();
  const given = join(work, 'asked.json');
  writeFileSync(given, JSON.stringify(ballot));
  const got = spawnSync(program, ['gather', join(folder, 'scenario.json'), given, '--merge', 'each', '-o', '-'], { encoding: 'utf8' });
  same(got.status, 0, got.stderr);
  check(ballot.prefers.every((x) => got.stdout.includes(x)), 'gathered');
});

await test('at 200 % zoom and in large type nothing is wider than the window', async () => {
  const page = await open(file, { width: 640, height: 400 });
  for (const v of ['Candidates', 'Trade-off', 'How sure', 'Decision']) {
    await tab(page, v);
    check((await page.evaluate(() => document.documentElement.scrollWidth)) <= 640, `${v} is too wide`);
  }
  await page.context().close();
});

await close();
done();
