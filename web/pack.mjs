// SPDX-License-Identifier: GPL-3.0-or-later
// Bytes as text in 85 characters, five for four bytes (base64 has four for three): the engine is
// half of the page. No "<", which could end the element that holds it.

const DIGITS =
  '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?_~,()[]{}@%$#';

/** The text begins with the number of zeros that were added to make whole fours. */
export function pack(bytes) {
  const added = (4 - (bytes.length % 4)) % 4;
  let out = String(added);
  for (let i = 0; i < bytes.length; i += 4) {
    let x = 0;
    for (let k = 0; k < 4; k++) x = x * 256 + (bytes[i + k] ?? 0);
    let five = '';
    for (let k = 0; k < 5; k++, x = Math.floor(x / 85)) five = DIGITS[x % 85] + five;
    out += five;
  }
  return out;
}

export function unpack(text) {
  const at = new Uint8Array(128);
  for (let k = 0; k < 85; k++) at[DIGITS.charCodeAt(k)] = k;
  const out = new Uint8Array(((text.length - 1) / 5) * 4);
  for (let i = 1, to = 0; i < text.length; i += 5, to += 4) {
    let x = 0;
    for (let k = 0; k < 5; k++) x = x * 85 + at[text.charCodeAt(i + k)];
    for (let k = 3; k >= 0; k--, x = Math.floor(x / 256)) out[to + k] = x % 256;
  }
  return out.subarray(0, out.length - Number(text[0]));
}
