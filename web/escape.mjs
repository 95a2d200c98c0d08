// SPDX-License-Identifier: GPL-3.0-or-later

/** JSON text that is inert inside a script element. */
export const escapeJson = (s) =>
  s.replace(/[<>&\u2028\u2029]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** The text that it was made of. */
export const unescapeJson = (s) =>
  s.replace(/\\(?:u(003[ce]|0026|202[89])|[^])/g, (all, hex) =>
    hex ? String.fromCharCode(parseInt(hex, 16)) : all,
  );
