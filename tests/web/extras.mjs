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

const rowsOf = (page, caption, where = '#panel table') =>
  page
    .locator(where)
    .filter({ hasText: caption })
    .locator('tbody tr')
    .evaluateAll((all) => all.map((tr) => [...tr.cells].map((c) => c.innerText.trim())));

await test('the mix: shares, who gains, averages, what limits cost', async () => {
  const result = asked({ limits: LIMITS });
  const m = result.mix;
  same(m.status, 'optimal', 'status');
  check(m.better && m.limits.every((l) => l.price > 0), 'a split that shows something');
  const page = await open(makePage(result));
  await tab(page, 'Trade-off');
  const text = await page.locator('#panel').innerText();
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
  // Measured to a tenth of a millisecond: an average has one digit more.
  same(averages.get('Latency, p95'), `${Number(m.readings.latency.toFixed(2))} ms`, 'latency');
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
  same(await page.locator('.mix .note').count(), 0, 'no note at the start');
  await page.evaluate(() => tradeoff.session.controls.setRule(1));
  await settled(page);
  check(await page.locator('.mix .note').isVisible(), 'once wishes changed, it says so');
  await page.context().close();
});

await test('the mix on paper, while it holds', async () => {
  const { mix, ...rest } = asked({ limits: LIMITS });
  const page = await open(makePage({ ...rest, mix }));
  const sheet = async () => {
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
    await settled(page);
    return page.locator('.sheet').evaluate((n) => n.textContent);
  };
  check((await sheet()).includes(mix.sentences[0]), 'the split in words');
  const pdf = await page.pdf({ preferCSSPageSize: true });
  same((pdf.toString('latin1').match(/\/Type\s*\/Page[^s]/g) ?? []).length, 2, 'pages');
  await page.evaluate(() => tradeoff.session.controls.setRule(1));
  await settled(page);
  check(!(await sheet()).includes(mix.sentences[0]), 'not under other wishes');
  await page.context().close();
});

await test('the mix: is well made, and whole with models that are counted', async () => {
  await isWellMade(makePage(asked({ limits: LIMITS })), 'Trade-off');
  const counted = asked({ max_models: 2, min_share: 0.2, limits: LIMITS });
  const page = await open(makePage(counted));
  await tab(page, 'Trade-off');
  const text = await page.locator('#panel').innerText();
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
  await tab(page, 'Trade-off');
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
  await isWellMade(file, 'Trade-off');
  const alone = asked({ rule: 'maximin', limits: [{ criterion: 'servers', max: 1.5 }] });
  const second = await open(makePage(alone));
  await tab(second, 'Trade-off');
  const text = await second.locator('.limit').first().innerText();
  const { to } = alone.mix.clash.relax[0];
  check(text.includes('Cannot be met at all') && text.includes(`Relaxing it to ${to}`), text);
  await second.context().close();
});

await test('an exported scenario keeps its mix', async () => {
  const result = asked({ limits: LIMITS });
  const page = await open(makePage(result));
  await tab(page, 'Decision');
  const saved = JSON.parse(readFileSync(await download(page, 'Scenario (JSON)'), 'utf8'));
  await page.context().close();
  const copy = join(work, 'with-mix');
  cpSync(folder, copy, { recursive: true });
  writeFileSync(join(copy, 'scenario.json'), JSON.stringify(saved));
  same(run(join(copy, 'scenario.json')).mix, result.mix, 'mix');
});

const result = run(scenario);
const percent = (x) => `${Number((100 * x).toPrecision(3))} %`;
/** The nearest percentage of three digits that lies in the interval with this end. */
const within = (x, up) => {
  const near = [-1, 0, 1].map((k) => {
    const size = 10 ** (Math.floor(Math.log10(100 * x)) - 2);
    return Number(((Math.round((100 * x) / size) + k) * size).toPrecision(3));
  });
  const inside = near.filter((y) => (up ? y >= 100 * x : y <= 100 * x));
  return `${up ? Math.min(...inside) : Math.max(...inside)} %`;
};

await test('how sure: how far weights may move, what flips it, who can be first, what they lack', async () => {
  const c = result.choice;
  const labelOf = (all, id) => all.find((x) => x.id === id).label;
  const page = await open(makePage(result));
  await tab(page, 'How sure');
  const text = await page.locator('#panel').innerText();
  for (const t of c.sentences) check(text.includes(t), `the page does not say: ${t}`);
  const holds = [...c.headline.weights, ...c.headline.powers];
  const some = holds.filter((w) => w.holds[0] > 0 || w.holds[1] < 1);
  check(some.length > 3 && some.length < holds.length, 'intervals that show something');
  same(
    await rowsOf(page, `stays first under ${result.recommendation.rule}`),
    some.map(({ stakeholder, criterion, now, holds: [low, high] }) => [
      labelOf(result.stakeholders, stakeholder),
      criterion ? labelOf(result.criteria, criterion) : 'their say',
      percent(now),
      (low <= 0
        ? `${criterion ? '' : 'above 0, '}up to ${within(high, false)}`
        : high >= 1
          ? `from ${within(low, true)} ${criterion ? 'on' : 'to below 100 %'}`
          : `${within(low, true)} to ${within(high, false)}`) +
        (Math.min(low <= 0 ? 1 : now - low, high >= 1 ? 1 : high - now) < 0.05 ? ' tight' : ''),
    ]),
    'intervals',
  );
  const flip = await rowsOf(page, 'The nearest group weights');
  const moved = flip.map((r) => Number(r[3].replace(/[^0-9.]/g, '')) / 100);
  check(
    Math.abs(moved.reduce((a, b) => a + b, 0) - c.flip.change) < 1e-3,
    `what moves adds up to ${c.flip.change}: ${moved}`,
  );
  const rows = await rowsOf(page, 'Who can be first');
  same(rows.length, result.ranking.length, 'candidates');
  rows.forEach((r, k) => {
    const id = result.ranking[k];
    const x = c.candidates[id];
    check(r[0].includes(id), `${r[0]} is not ${id}`);
    check(r[1].includes(x.choosable ? 'yes' : 'No weights choose it'), `${id}: ${r[1]}`);
    for (const q of x.beaten_by ?? []) check(r[1].includes(q.id), `${id} is beaten by ${r[1]}`);
    same(r[2], `${x.rank_range[0]} to ${x.rank_range[1]}`, `ranks of ${id}`);
    const lacks = c.headline.improve.find((y) => y.id === id);
    check(
      id === c.headline.first
        ? r[3] === 'is first'
        : lacks
          ? r[3].startsWith(`${labelOf(result.criteria, lacks.criterion)} `)
          : r[3] === 'no single measurement is enough',
      `${id} lacks: ${r[3]}`,
    );
  });
  await page.context().close();
});

await test('limits say where they would turn the choice, until wishes change', async () => {
  // Under nash gains count from the incumbent: there the curve begins where it comes in.
  const steady = run(scenario, '--rule', 'maximin');
  const page = await open(makePage(steady));
  const k = steady.constraints.find((x) => x.steps);
  const item = page.locator('.limits li').filter({ hasText: steady.scenario.criteria[k.criterion].label });
  const [bound, , id] = k.steps[0].best.at(-1);
  same(id, steady.recommendation.id, 'the last step is what is recommended');
  check((await item.innerText()).includes(`below ${bound} ms`), await item.innerText());
  await page.evaluate(() => tradeoff.session.controls.setRule(0));
  await settled(page);
  check(!(await item.innerText()).includes('below'), 'not once wishes changed');
  await page.context().close();
  const tight = run(scenario, '--limit', 'latency<=40', '--rule', 'maximin');
  const second = await open(makePage(tight));
  const steps = tight.constraints.find((x) => x.steps).steps[0].best;
  const next = steps.find(([x]) => x > 40);
  check(
    (await second.locator('aside').innerText()).includes(
      `at ${next[0]} ms: ${next[2]}`,
    ),
    'what relaxing it would do',
  );
  await second.context().close();
});

await test('whom no weights choose is marked in the ranking, until limits move', async () => {
  const page = await open(makePage(result));
  const marked = () =>
    page
      .locator('table.ranking tbody tr')
      .evaluateAll((all) =>
        all
          .filter((tr) => tr.innerText.includes('no weights choose it'))
          .map((tr) => tr.querySelector('.id').title || tr.querySelector('.id').textContent),
      );
  const none = result.ranking.filter(
    (id) => result.frontier.includes(id) && !result.choice.candidates[id].choosable,
  );
  check(none.length > 0, 'there are some');
  same(await marked(), none, 'marked');
  await page.evaluate(() => tradeoff.session.controls.addLimit(0, { min: 0.35 }));
  await settled(page);
  same(await marked(), [], 'once limits moved');
  await page.context().close();
});

await test('subgroups: each value, the worst-off one named', async () => {
  const hiring = run(join(scenarios, 'hiring-screen', 'scenario.json'));
  const best = hiring.candidates.find((c) => c.id === hiring.recommendation.id);
  const today = hiring.candidates.find((c) => c.id === hiring.scenario.candidates.incumbent);
  const worst = hiring.criteria.find((c) => c.groups?.take === 'worst');
  const file = makePage(hiring);
  const page = await open(file);
  const [lowest] = Object.entries(best.groups[worst.id]).sort((a, b) => a[1] - b[1])[0];
  const row = page.locator('table.ranking tbody tr').first();
  check((await row.innerHTML()).includes(`worst off: ${lowest}`), 'named in the list');
  await page.locator('.mx .rec .rw').click();
  await settled(page);
  for (const c of hiring.criteria.filter((k) => k.groups)) {
    const shown = await rowsOf(page, c.label.slice(0, 30), '.dr .groups').then((all) =>
      all.filter((r) => Object.hasOwn(best.groups[c.id], r[0])),
    );
    same(shown.length, Object.keys(best.groups[c.id]).length, `subgroups of ${c.id}`);
    for (const [group, ofBest, ofToday] of shown)
      for (const [who, cell] of [
        [today, ofToday],
        [best, ofBest],
      ]) {
        const value = who.groups[c.id][group];
        const all = Object.values(who.groups[c.id]);
        check(cell.startsWith(String(value)), `${group} of ${who.id}: ${cell}`);
        check(cell.includes(`of ${who.group_sizes[c.id][group].toLocaleString('en-US')}`), `how many: ${cell}`);
        same(cell.includes('lowest'), value === Math.min(...all), `lowest: ${cell}`);
        if (c.id === worst.id)
          same(cell.includes('worst off'), value === Math.min(...all), `worst off: ${cell}`);
      }
  }
  await page.context().close();
  for (const view of ['Candidates', 'Trade-off', 'How sure', 'Decision']) await isWellMade(file, view);
});

await close();
done();
