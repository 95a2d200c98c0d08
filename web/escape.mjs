// SPDX-License-Identifier: GPL-3.0-or-later

/** JSON text that is inert inside a script element. */
export const escapeJson = (s) =>
  s.replace(/[<>&\u2028\u2029]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
