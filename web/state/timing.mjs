// SPDX-License-Identifier: GPL-3.0-or-later
// Once per frame, and once all is quiet.

/** Runs f once per frame, however often it is asked for. */
export function perFrame(f) {
  let asked = false;
  return () => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => {
      asked = false;
      f();
    });
  };
}

export function later(f, ms) {
  let timer = 0;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(f, ms);
  };
}
