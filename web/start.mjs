// SPDX-License-Identifier: GPL-3.0-or-later
// The only script that stands in the page as it runs: it unpacks the program, whose hash the page's
// policy names, and starts it.
import { heldText } from './held.mjs';

heldText('program').then((text) => {
  const script = document.createElement('script');
  script.textContent = text;
  document.body.append(script);
  script.remove(); // it has run: a saved copy holds it once
});
