// SPDX-License-Identifier: GPL-3.0-or-later
// The page's JavaScript holds to the types that its comments and its own code give it, by TypeScript's checker; and the
// checker sees what is wrong.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync, appendFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { tmpdir } from 'node:os';
import { check, done, same, test } from './tap.mjs';

const web = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'web');
const checker = join(web, 'node_modules', 'typescript', 'bin', 'tsc');
const complaints = (folder) => spawnSync(process.execPath, [checker, '-p', join(folder, 'tsconfig.json')], { encoding: 'utf8', cwd: folder }).stdout;

await test('types agree', () => same(complaints(web), '', 'complaints'));

await test('a name that is not there, an argument too few and a text for a number are seen', () => {
  const copy = mkdtempSync(join(tmpdir(), 'types-'));
  try {
    cpSync(web, copy, { recursive: true, filter: (path) => !path.includes('node_modules') });
    symlinkSync(join(web, 'node_modules'), join(copy, 'node_modules'));
    appendFileSync(join(copy, 'draw', 'labels.mjs'), "export const a = overlap([1]);\nexport const b = widthOf('x', 'y') * 'z';\nexport const c = placeLabel;\n");
    const found = complaints(copy);
    for (const code of ['TS2554', 'TS2363', 'TS2552']) check(found.includes(code), `${code}: ${found}`);
  } finally {
    rmSync(copy, { recursive: true });
  }
});

done();
