// SPDX-License-Identifier: GPL-3.0-or-later
// node web/build.mjs --wasm ENGINE.wasm --out viewer.html [--result RESULT.json]
// One file with everything inside; with a result, the page shows it, else it asks for one.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { escapeJson } from './escape.mjs';
import { pack } from './pack.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const { values: args } = parseArgs({
  options: { wasm: { type: 'string' }, out: { type: 'string' }, result: { type: 'string' } },
});
if (!args.wasm || !args.out) {
  console.error(
    'usage: node web/build.mjs --wasm ENGINE.wasm --out viewer.html [--result RESULT.json]',
  );
  process.exit(2);
}

let esbuild;
try {
  esbuild = await import('esbuild');
  import.meta.resolve('preact');
} catch {
  console.error('esbuild or preact is missing: run "npm ci" in web/');
  process.exit(1);
}

const { version } = JSON.parse(readFileSync(join(here, 'package.json'), 'utf8'));
const bundle = async (entry, options) =>
  (
    await esbuild.build({
      entryPoints: [join(here, entry)],
      bundle: true,
      write: false,
      minify: true,
      legalComments: 'none',
      charset: 'utf8',
      ...options,
    })
  ).outputFiles[0].text.trim();

const style = await bundle('style.css', { loader: { '.css': 'css' } });
const first = await bundle('first.css', { loader: { '.css': 'css' } });
const script = { format: 'iife', target: ['es2022'], define: { VERSION: JSON.stringify(version), STYLE: JSON.stringify(style) } };
// The renderer's licence travels with it.
const licence = readFileSync(join(here, 'node_modules', 'preact', 'LICENSE'), 'utf8').trim();
const program = `/* preact: ${licence.replaceAll('*/', '')} */\n${await bundle('main.mjs', script)}`;
const start = await bundle('start.mjs', script);
for (const [what, text] of [
  ['script', start],
  ['style', style],
  ['style', first],
])
  if (new RegExp(`</${what}|<!--`, 'i').test(text)) throw new Error(`the ${what} would end itself`);

const hash = (text) => `'sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}'`;
const csp = [
  "default-src 'none'",
  `script-src ${hash(start)} ${hash(program)} 'wasm-unsafe-eval'`,
  `style-src ${hash(first)} ${hash(style)}`,
  'img-src data: blob:',
  'worker-src blob:',
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

// zopfli saves a twentieth over gzip, and writes neither time nor name: the same input gives the same page.
function packed(bytes) {
  const name = `${args.out}.part`;
  writeFileSync(name, bytes);
  const { status, stdout, stderr, error } = spawnSync('zopfli', ['-c', name], { maxBuffer: 1 << 24 });
  rmSync(name);
  if (status !== 0) throw new Error(`zopfli: ${error?.message ?? stderr}`);
  return pack(stdout);
}
const engine = packed(readFileSync(args.wasm));
const parts = { csp, version, first, engine, start, program: packed(program) };
let page = readFileSync(join(here, 'index.html'), 'utf8').replace(
  /\{\{(\w+)\}\}/g,
  (_, k) => parts[k],
);
const slot = '<script type="application/json" id="result">null</script>';
if (page.split(slot).length !== 2) throw new Error('the page must have one place for a result');
if (args.result)
  page = page.replace(slot, () =>
    slot.replace('null', () => escapeJson(readFileSync(args.result, 'utf8'))),
  );
writeFileSync(args.out, page);
