// SPDX-License-Identifier: GPL-3.0-or-later
// Names from the data are hostile text: every view with names that end scripts, turn the direction,
// call formulas or are keys that objects have already.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { VIEWS, close, download, makePage, open, run, settled, tab, work } from './browser.mjs';
import { check, done, same, test } from './tap.mjs';

const NAMES = [
  '</script><script>alert(1)</script>',
  '<!--<script>',
  '<img src=x onerror=alert(1)>',
  '" onmouseover="alert(1)',
  '\u2028line\u2029para',
  '{{constructor.constructor("alert(1)")()}}',
  '\u202eright to left',
  'zero\u200bwidth',
  '=1+1',
  '+1',
  '-1',
  '@SUM(A1)',
  '\uff1d1',
  'e\u0301 and \u00e9',
  '\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67',
  '__proto__',
  'constructor',
  'hasOwnProperty',
  'toString',
  'x'.repeat(5000),
  '${alert(1)}',
  '#s=abc',
  '%3Cb%3E',
  '&lt;b&gt;',
  '| pipe | `code` [link](javascript:alert(1))',
];
const quote = (s) => `"${s.replaceAll('"', '""')}"`;

/** A scenario whose every name is hostile. */
function scenarioOf(names, folder) {
  mkdirSync(folder, { recursive: true });
  const word = (k) => quote(names[(k + 1) % names.length].slice(0, 200));
  const rowOf = (n, k) => `${quote(n)},${k},${(k * 7) % names.length},${word(k)}`;
  writeFileSync(join(folder, 'c.csv'), `id,a,b,w\n${names.map(rowOf).join('\n')}\n`);
  const evil = names[0].slice(0, 60);
  const scenario = {
    tradeoff: 1,
    title: evil,
    candidates: { file: 'c.csv', id: 'id', incumbent: names[0] },
    criteria: {
      a: {
        column: 'a',
        goal: 'max',
        label: names[Math.min(2, names.length - 1)].slice(0, 60),
        unit: evil,
      },
      constructor: { column: 'b', goal: 'min', label: evil },
    },
    stakeholders: {
      toString: { label: evil, weights: { a: 1 }, needs: { a: { min: 1 } } },
      valueOf: { label: names.at(-1).slice(0, 60), weights: { constructor: 2, a: 1 } },
    },
    constraints: [
      { criterion: 'a', min: 0, owner: evil, why: evil },
      { column: 'w', not_in: [evil], owner: evil },
    ],
    rule: 'nash',
  };
  writeFileSync(join(folder, 'scenario.json'), JSON.stringify(scenario));
  return join(folder, 'scenario.json');
}

async function visit(file) {
  const page = await open(file);
  for (const v of VIEWS) {
    await tab(page, v);
    await page.evaluate(() => {
      tradeoff.session.select(0);
      tradeoff.session.pin(0);
    });
    await settled(page);
  }
  await page.evaluate(() => tradeoff.session.controls.setRule(3));
  await settled(page);
  const found = await page.evaluate(() => ({
    scripts: document.scripts.length,
    images: document.images.length,
    links: document.querySelectorAll('a[href^="javascript"]').length,
  }));
  same(found, { scripts: 5, images: 0, links: 0 }, 'elements');
  same(page.complaints, [], 'complaints');
  same(
    page.asked.filter((u) => !/^(file|blob|data):/.test(u)),
    [],
    'requests',
  );
  return page;
}

await test('hostile names in every place', async () => {
  const result = run(scenarioOf(NAMES, join(work, 'hostile')));
  const page = await visit(makePage(result));
  const shown = await page.evaluate(() => tradeoff.session.problem.ids);
  same(new Set(shown).size, NAMES.length, 'candidates');
  await tab(page, 'Decision');
  const copy = await download(page, 'Save a copy of this page');
  const csv = readFileSync(await download(page, 'All candidates (CSV)'), 'utf8');
  for (const start of ['=1', '+1', '-1', '@SUM'])
    check(!new RegExp(`(^|\\n)"?\\${start[0]}`).test(csv), `a cell starts with ${start}`);
  await page.getByLabel('Why we decided so').fill('</script><!-- <b> [link](javascript:1)');
  const record = readFileSync(await download(page, 'Decision record (Markdown)'), 'utf8');
  check(
    !/[^\\]\[link\]\(javascript/.test(record) &&
      !/<(script|img)/i.test(record) &&
      !record.includes('\u202e'),
    'the record is inert',
  );
  const scenario = JSON.parse(readFileSync(await download(page, 'Scenario (JSON)'), 'utf8'));
  same(Object.keys(scenario.stakeholders), ['toString', 'valueOf'], 'stakeholders of the scenario');
  await page.context().close();
  const again = await visit(copy);
  await again.context().close();
});

await test('results that are odd: a message or a page, never a page that hangs', async () => {
  const good = run(scenarioOf(NAMES.slice(0, 8), join(work, 'odd')));
  const breaks = [
    (r) => {
      r.stakeholders[0].weights = {};
    },
    (r) => {
      r.stakeholders[0].weights.a = -1;
    },
    (r) => {
      r.stakeholders[0].power = 'x';
    },
    (r) => {
      r.stakeholders.forEach((q) => {
        q.power = 0;
      });
    },
    (r) => {
      r.candidates[1].id = r.candidates[0].id;
    },
    (r) => {
      r.criteria = [];
    },
    (r) => {
      r.criteria[0].levels = ['a'];
    },
    (r) => {
      r.criteria[0].value = [
        [2, 0],
        [1, 1],
      ];
    },
    (r) => {
      r.candidates = null;
    },
    (r) => {
      r.candidates[0].measured = {};
    },
    (r) => {
      delete r.scenario;
    },
    (r) => {
      r.constraints[1].in = 'x';
    },
    (r) => {
      r.criteria[0].goal = {};
    },
    (r) => {
      r.recommendation = null;
    },
    (r) => {
      r.inputs = 3;
    },
    (r) => {
      r.candidates.forEach((c) => {
        c.status = 'dropped';
      });
    },
  ];
  for (const [k, f] of breaks.entries()) {
    const odd = structuredClone(good);
    f(odd);
    const page = await open(makePage(odd));
    const said = await page.locator('.answer, .drop-status').innerText();
    check(said.length > 0, `break ${k} says nothing`);
    same(page.complaints, [], `complaints of break ${k}`);
    await page.context().close();
  }
});

// The hostile names of tests/badinput, those that are read.
const BYTES = { n: '\n', r: '\r', t: '\t', '\\': '\\' };
const decode = (text) =>
  Buffer.from(
    text.replace(/\\(x..|.)/g, (_, c) => BYTES[c] ?? String.fromCharCode(parseInt(c.slice(1), 16))),
    'latin1',
  );
const given = readFileSync(new URL('../badinput/csv.tsv', import.meta.url), 'utf8')
  .split('\n')
  .map((line) => line.split('\t'))
  .filter(([name, verdict]) => name.startsWith('name_') && verdict === 'read');
check(given.length > 20, 'the list of hostile names is short');
for (const [name, , bytes] of given)
  await test(`stored name: ${name}`, async () => {
    const folder = join(work, name);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'c.csv'), decode(bytes));
    writeFileSync(
      join(folder, 'scenario.json'),
      JSON.stringify({
        tradeoff: 1,
        candidates: { file: 'c.csv', id: 'id' },
        criteria: { a: { column: 'cost', goal: 'max' } },
        stakeholders: { x: { weights: { a: 1 } } },
      }),
    );
    await (await visit(makePage(run(join(folder, 'scenario.json'))))).context().close();
  });

await close();
done();
