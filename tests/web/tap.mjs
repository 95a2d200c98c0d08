// SPDX-License-Identifier: GPL-3.0-or-later
// Just enough TAP: tests run one after the other, a failure shows what was thrown.
let count = 0;
let failed = 0;

export async function test(name, run) {
  count++;
  try {
    await run();
    console.log(`ok ${count} - ${name}`);
  } catch (error) {
    failed++;
    console.log(`not ok ${count} - ${name}`);
    for (const line of String(error?.stack ?? error)
      .split('\n')
      .slice(0, 12))
      console.log(`# ${line}`);
  }
}

export function skip(name, why) {
  count++;
  console.log(`ok ${count} - ${name} # SKIP ${why}`);
}

export function done() {
  console.log(`1..${count}`);
  process.exitCode = failed ? 1 : 0;
}

export function same(a, b, what = 'value') {
  const [x, y] = [JSON.stringify(a), JSON.stringify(b)];
  if (x !== y)
    throw new Error(`${what}: page has ${x?.slice(0, 600)}, expected ${y?.slice(0, 600)}`);
}

export function check(ok, what) {
  if (!ok) throw new Error(what);
}

export function near(a, b, what, within = 1e-12) {
  if (!(Math.abs(a - b) <= within * Math.max(1, Math.abs(b))))
    throw new Error(`${what}: ${a} instead of ${b}`);
}
