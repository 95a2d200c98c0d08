// SPDX-License-Identifier: GPL-3.0-or-later
// What leaves the meeting: copies, addresses, scenarios, records, tables, pictures, paper.
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  chooseRule,
  close,
  download,
  makePage,
  open,
  program,
  recommended,
  run,
  runText,
  scenarios,
  settled,
  slide,
  tab,
  work,
} from './browser.mjs';
import { check, done, same, skip, test } from './tap.mjs';

const folder = join(scenarios, 'food-delivery');
const result = run(join(folder, 'scenario.json'));
const file = makePage(result);

/** A meeting: another rule, a weight, a limit, a pin, notes. */
async function meet(page) {
  await chooseRule(page, 'kalai-smorodinsky');
  await page.locator('.seg button').nth(1).click();
  await slide(page.locator('aside .wr input[type=range]').first(), 0.35);
  await page.evaluate(() => {
    const { session } = tradeoff;
    const c = session.problem.criteria.findIndex((k) => k.goal === 'min' && !k.levels.length);
    const sorted = [...session.problem.criteria[c].reading].sort((a, b) => a - b);
    session.controls.addLimit(c, { max: sorted[Math.floor(0.8 * sorted.length)] });
  });
  await page.locator('table.ranking tbody .pick').nth(3).click();
  await page.locator('.dr .pin').click();
  await page.keyboard.press('Escape');
  await tab(page, 'Decision');
  await page
    .getByLabel('Why we decided so')
    .fill('Because of the <b>launch</b> & "us"</script><!--');
  await page.getByLabel('Further dissent').fill('Sales: not happy.');
  await settled(page);
}

const shown = (page) =>
  page.evaluate(() => {
    const { session } = tradeoff;
    return {
      order: session.order.map((i) => session.id(i)),
      limits: session.now.limits.map((l) => l.text),
      pins: session.state.pins.map((i) => session.id(i)),
      rule: session.state.rule,
      notes: session.state.notes,
    };
  });

await test('save a copy, open it: the same decision, weights, limits, pins and notes', async () => {
  const page = await open(file);
  await meet(page);
  const before = await shown(page);
  const copy = await download(page, 'Save a copy of this page');
  await page.context().close();
  const again = await open(copy);
  same(await shown(again), before, 'state');
  same(again.complaints, [], 'complaints');
  check(await again.getByRole('button', { name: 'Changes 3' }).isVisible(), 'it says that it was changed');
  await tab(again, 'Decision');
  const second = await download(again, 'Save a copy of this page');
  same(
    readFileSync(second, 'utf8') === readFileSync(copy, 'utf8'),
    true,
    'a copy of the copy is the same file',
  );
  await again.context().close();
});

await test('the state is in the address', async () => {
  const page = await open(file);
  await meet(page);
  const before = await shown(page);
  await new Promise((r) => setTimeout(r, 500));
  const hash = await page.evaluate(() => location.hash);
  await page.context().close();
  const again = await open(file, { hash });
  same(await shown(again), before, 'state');
  await again.context().close();
  const odd = await open(file, { hash: '#s=bm90IGpzb24' });
  same(
    await recommended(odd),
    result.recommendation.id,
    'an address that is no state is left aside',
  );
  await odd.context().close();
});

await test('the exported scenario, run by the program, gives what is on the screen', async () => {
  const page = await open(file);
  await meet(page);
  const before = await shown(page);
  const saved = await download(page, 'Scenario (JSON)');
  const copy = join(work, 'exported');
  cpSync(folder, copy, { recursive: true });
  writeFileSync(join(copy, 'scenario.json'), readFileSync(saved));
  const other = run(join(copy, 'scenario.json'));
  same(before.order, other.ranking, 'ranking');
  same(await recommended(page), other.recommendation.id, 'recommended');
  await page.context().close();
});

await test('decision record: the one that the program writes, for one that breaks a limit', async () => {
  const folder = join(work, 'recorded');
  cpSync(join(scenarios, 'food-delivery'), folder, { recursive: true });
  const scenario = join(folder, 'scenario.json');
  const page = await open(makePage(runText(scenario)));
  await tab(page, 'Decision');
  const save = page.getByRole('button', { name: 'Decision record (JSON)' });
  await save.click();
  check(await page.getByText('Say first why.').isVisible(), 'it asks why');
  const out = result.candidates.find((c) => c.status === 'infeasible');
  await page.getByLabel('Any candidate').selectOption({ label: `${out.id} (out)` });
  await settled(page);

  const fields = page.getByLabel(/^It breaks/);
  check((await fields.count()) > 0, 'a field for each limit that it breaks');
  const accepted = [];
  for (let k = 0; k < (await fields.count()); k++) {
    await fields.nth(k).pressSequentially(`fine <until> May & ${k}`); // it keeps the focus
    const limit = await fields.nth(k).getAttribute('title'); // as the program calls it; the label has it in words
    accepted.push(`${limit}: fine <until> May & ${k}`);
  }
  await page.getByLabel('Why we decided so').fill('Because of "us" </script><!-- & <b>');
  await page.getByLabel('Further dissent').fill('Sales: not happy\nLegal: nor we');
  await page.getByLabel('Decided by').fill('Ana\nBo');
  await page.getByLabel('Date', { exact: true }).fill('2026-11-28');
  const saved = [];
  for (const kind of ['Markdown', 'JSON'])
    saved.push(await download(page, `Decision record (${kind})`));
  const name = await page.evaluate(() => tradeoff.session.problem.title);
  const stem = JSON.parse(readFileSync(saved[1], 'utf8')).format && saved[0].match(/\d+-(.*)\.md$/)[1];
  const each = (option, list) => list.flatMap((x) => [option, x]);
  execFileSync(program, ['record', scenario, '--force', '-o', join(folder, `${stem}.md`), '--choose', out.id,
    '--because', 'Because of "us" </script><!-- & <b>', '--date', '2026-11-28',
    ...each('--decided-by', ['Ana', 'Bo']), ...each('--accept', accepted),
    ...each('--dissent', ['Sales: not happy', 'Legal: nor we'])]);
  for (const [k, ending] of ['md', 'json'].entries())
    check(
      readFileSync(saved[k], 'utf8') === readFileSync(join(folder, `${stem}.${ending}`), 'utf8'),
      `${name}: another ${ending}`,
    );
  const again = execFileSync(program, ['recheck', join(folder, `${stem}.json`)], { encoding: 'utf8' });
  check(again.length > 0, 'the program takes it back');
  await page.context().close();
});

await test('tables and pictures', async () => {
  const page = await open(file);
  await tab(page, 'Decision');
  const csv = readFileSync(await download(page, 'Frontier (CSV)'), 'utf8')
    .trim()
    .split('\r\n');
  same(
    csv.slice(1).map((l) => l.split(',')[0]),
    result.frontier,
    'frontier',
  );
  await tab(page, 'Trade-off');
  for (const view of ['scatter', 'criteria']) {
    const svg = readFileSync(await download(page, `${view}: SVG`), 'utf8');
    check(
      svg.startsWith('<?xml') &&
        svg.includes('<polyline') &&
        !svg.includes('NaN') &&
        svg.includes(result.inputs[1].sha256.slice(0, 12)),
      `SVG of ${view}`,
    );
    const png = readFileSync(await download(page, `${view}: PNG`));
    same([...png.subarray(0, 8)], [137, 80, 78, 71, 13, 10, 26, 10], `PNG of ${view}`);
    same([png.readUInt32BE(16), png.readUInt32BE(20)], [2000, 1240], 'pixels');
  }
  same(page.complaints, [], 'complaints');
  await page.context().close();
});

await test('paper: two A4 pages with the recommendation, the people and the hashes', async () => {
  const page = await open(file);
  await meet(page);
  const pdf = join(work, 'sheet.pdf');
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  await settled(page);
  const text = await page.locator('.sheet').evaluate((n) => n.textContent);
  await page.pdf({ path: pdf, preferCSSPageSize: true });
  check(
    text.includes(await recommended(page)),
    'recommendation',
  );
  for (const q of result.stakeholders) check(text.includes(q.label), q.label);
  for (const x of result.inputs) check(text.includes(x.sha256), 'hash');
  same((readFileSync(pdf, 'latin1').match(/\/Type\s*\/Page[^s]/g) ?? []).length, 2, 'pages');
  try {
    execFileSync('pdftotext', [pdf, `${pdf}.txt`]);
    check(readFileSync(`${pdf}.txt`, 'utf8').includes('Ship'), 'text on paper');
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
    skip('the words of the PDF', 'pdftotext is missing');
  }
  await page.context().close();
});

await test('paper: two pages for more criteria and candidates too, nothing left out', async () => {
  const page = await open(makePage(run(join(scenarios, 'adult-income', 'scenario.json'))));
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  await settled(page);
  const text = await page.locator('.sheet').evaluate((n) => n.textContent);
  const data = await page.evaluate(() => tradeoff.session.problem.criteria.map((c) => c.label));
  for (const label of data) check(text.includes(label), `no criterion ${label}`);
  const pdf = await page.pdf({ preferCSSPageSize: true });
  same((pdf.toString('latin1').match(/\/Type\s*\/Page[^s]/g) ?? []).length, 2, 'pages');
  await page.context().close();
});

await test('the bare viewer takes a dropped result, and says what is wrong with another file', async () => {
  const page = await open(makePage(null));
  const wrong = join(work, 'wrong.json');
  for (const [text, says] of [
    ['{"a":', 'no JSON'],
    ['{"format":"other"}', 'no result'],
    ['[]', 'no result'],
  ]) {
    writeFileSync(wrong, text);
    await page.locator('input[type=file]').setInputFiles(wrong);
    await settled(page);
    await new Promise((r) => setTimeout(r, 100));
    check(
      (await page.locator('.drop-status').innerText()).includes(says),
      `${text}: ${await page.locator('.drop-status').innerText()}`,
    );
  }
  await page.locator('input[type=file]').setInputFiles(`${file}.json`);
  for (let k = 0; k < 100 && !(await page.locator('.answer').count()); k++)
    await new Promise((r) => setTimeout(r, 20));
  same(await recommended(page), result.recommendation.id, 'recommended');
  await tab(page, 'Decision');
  const copy = await download(page, 'Save a copy of this page');
  await page.context().close();
  const again = await open(copy);
  same(await recommended(again), result.recommendation.id, 'in a copy of the bare viewer');
  await again.context().close();
});

const written = join(work, 'report.html');
const wrote = spawnSync(
  program,
  ['run', join(folder, 'scenario.json'), '-o', join(work, 'report.json'), '--html', written],
  { encoding: 'utf8' },
);
if (/has no viewer/.test(wrote.stderr))
  skip('run --html', 'the program was built without the page');
else
  await test('run --html and view write the page that is tested here', async () => {
    same(wrote.status, 0, 'status of run');
    const page = await open(written);
    same(await recommended(page), result.recommendation.id, 'recommended');
    same(page.complaints, [], 'complaints');
    await page.context().close();
    const other = join(work, 'view.html');
    same(spawnSync(program, ['view', join(work, 'report.json'), '-o', other]).status, 0, 'view');
    same(readFileSync(other).equals(readFileSync(written)), true, 'the same bytes');
  });

await close();
done();
