// SPDX-License-Identifier: GPL-3.0-or-later
// The page starts here; the same script is the worker of settler.mjs, where there is no document.
import { boot } from './boot.mjs';
import { serve } from './state/settler.mjs';

/* global STYLE: build.mjs puts the style here. */

/** The page's policy names its hash. */
function dress() {
  const style = document.createElement('style');
  style.id = 'style';
  style.textContent = STYLE;
  document.getElementById('style')?.remove(); // of a browser's own copy
  document.head.append(style);
}

if (typeof document === 'undefined') serve(globalThis);
else {
  dress();
  boot();
}
