// SPDX-License-Identifier: GPL-3.0-or-later
// What build.mjs puts into the page's script, and the page into the window, for tests.
declare const STYLE: string;
declare const VERSION: string;
