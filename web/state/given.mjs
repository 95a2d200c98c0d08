// SPDX-License-Identifier: GPL-3.0-or-later
// What a file gives, whatever stands there: a value of the wrong kind is none.

export const own = (o, key) => (o && typeof o === 'object' && Object.hasOwn(o, key) ? o[key] : undefined);
export const list = (x) => (Array.isArray(x) ? x : []);
export const text = (x) => (typeof x === 'string' ? x : '');
export const number = (x) => (typeof x === 'number' && Number.isFinite(x) ? x : null);
