// SPDX-License-Identifier: GPL-3.0-or-later
// Bytes as text in 91 characters, two for 13 bits (base64 has two for 12): the engine is half of the page. No "<", which
// could end the element that holds it.

const DIGITS =
  '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?_~,()[]{}@%$#&>;|`"';
const BITS = 13;

/** Zeros fill the last pair; the text begins with the number of whole bytes that they are (0 or 1). */
export function pack(bytes) {
  let [out, held, bits] = ['', 0, 0];
  const put = (x) => (out += DIGITS[Math.floor(x / 91)] + DIGITS[x % 91]);
  for (const byte of bytes) {
    held = (held << 8) | byte;
    bits += 8;
    if (bits < BITS) continue;
    bits -= BITS;
    put(held >> bits);
    held &= (1 << bits) - 1;
  }
  if (bits > 0) put(held << (BITS - bits));
  return (bits > 0 && BITS - bits >= 8 ? '1' : '0') + out;
}

export function unpack(text) {
  const at = new Uint8Array(128);
  for (let k = 0; k < 91; k++) at[DIGITS.charCodeAt(k)] = k;
  const out = new Uint8Array(Math.floor((((text.length - 1) / 2) * BITS) / 8));
  let [to, held, bits] = [0, 0, 0];
  for (let i = 1; i < text.length; i += 2) {
    held = (held << BITS) | (91 * at[text.charCodeAt(i)] + at[text.charCodeAt(i + 1)]);
    for (bits += BITS; bits >= 8; ) {
      bits -= 8;
      out[to++] = held >> bits;
      held &= (1 << bits) - 1;
    }
  }
  return out.subarray(0, out.length - Number(text[0]));
}
