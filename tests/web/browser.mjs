// SPDX-License-Identifier: GPL-3.0-or-later
// A page with a result inside, opened from file:// in headless Chromium; every request it makes and
// every complaint of its console is kept.
import { execFileSync, spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const web = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'web');
const { chromium } = createRequire(join(web, 'package.json'))('playwright-core');
export const axeSource = createRequire(join(web, 'package.json')).resolve('axe-core/axe.min.js');
export const [wasm, program, scenarios, executable, work] = process.argv.slice(2);

/** The tabs. */
export const VIEWS = ['Candidates', 'Trade-off', 'How sure', 'Decision'];

let made = 0;

export function runText(scenario, ...args) {
  const got = spawnSync(program, ['run', scenario, '-o', '-', '--format', 'json', ...args], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (got.status !== 0 && got.status !== 1)
    throw new Error(`the program ended with ${got.status}: ${got.stderr}`);
  return got.stdout;
}

export const run = (scenario, ...args) => JSON.parse(runText(scenario, ...args));

/** The file of a page; result: parsed, or its text; null for the bare viewer. */
export function makePage(result) {
  const file = join(work, `page-${++made}.html`);
  const args = [join(web, 'build.mjs'), '--wasm', wasm, '--out', file];
  if (result) {
    writeFileSync(`${file}.json`, typeof result === 'string' ? result : JSON.stringify(result));
    args.push('--result', `${file}.json`);
  }
  execFileSync(process.execPath, args);
  return file;
}

let browser = null;

export async function launch() {
  browser ??= await chromium.launch({
    executablePath: executable,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  return browser;
}

export async function close() {
  await browser?.close();
}

/** options: width, height, scheme, hash. Complaints and requests are in page.complaints, page.asked. */
export async function open(
  file,
  { width = 1280, height = 900, scheme = 'light', hash = '', ...more } = {},
) {
  const context = await (
    await launch()
  ).newContext({
    viewport: { width, height },
    colorScheme: scheme,
    acceptDownloads: true,
    ...more,
  });
  const page = await context.newPage();
  page.complaints = [];
  page.asked = [];
  page.on(
    'console',
    (m) => ['error', 'warning'].includes(m.type()) && page.complaints.push(m.text()),
  );
  page.on('pageerror', (e) => page.complaints.push(String(e)));
  page.on('dialog', (d) => {
    page.complaints.push('a dialog');
    d.dismiss();
  });
  page.on('request', (r) => page.asked.push(r.url()));
  await page.goto(pathToFileURL(file).href + hash);
  await until(page, () => Boolean(globalThis.tradeoff?.ready || document.querySelector('.drop')));
  return page;
}

/** Until f, in the page, is true: two minutes at most, for a machine that is busy with other things
 * (playwright's own waiting needs eval, which the page forbids). */
export async function until(page, f, arg) {
  for (let k = 0; k < 4800; k++) {
    if (await page.evaluate(f, arg)) return;
    await new Promise((r) => setTimeout(r, 25));
  }
  throw new Error(`waited in vain for ${f}`);
}

/** After the frame in which a change is drawn. */
export const settled = (page) =>
  page.evaluate(
    () =>
      new Promise((done) => {
        requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 0)));
      }),
  );

export const recommended = (page) => page.locator('.answer').innerText();

export async function tab(page, name) {
  await page.getByRole('tab', { name, exact: true }).click();
  await settled(page);
}

/** Saves what a click downloads; gives its text. */
export async function download(page, name) {
  const [got] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name, exact: true }).click(),
  ]);
  const file = join(work, `${++made}-${got.suggestedFilename()}`);
  await got.saveAs(file);
  return file;
}

/** Chooses a group rule by its name. */
export const chooseRule = async (page, name) => {
  const value = await page.locator('#rule option').evaluateAll((all, n) => all.find((o) => o.textContent.includes(`(${n})`)).value, name);
  await page.locator('#rule').selectOption(value);
};

/** Names in the list of candidates, in its order. */
export const listedNames = (page) => page.locator('table.ranking tbody .id').evaluateAll((all) => all.map((x) => x.title || x.textContent));

/** Opens "Why X?" of the recommended one and gives what it says. */
export async function reasons(page) {
  await page.locator('.mx .rec .rw').click();
  await settled(page);
  const said = await page.locator('.dr .said li').allInnerTexts();
  await page.keyboard.press('Escape');
  return said;
}

/** Sets a range input as a hand would: the value, then an input event. */
export const slide = (locator, to) =>
  locator.evaluate((node, x) => {
    node.value = String(x);
    node.dispatchEvent(new Event('input', { bubbles: true }));
  }, to);
