// SPDX-License-Identifier: GPL-3.0-or-later
// What the page holds packed: the engine and the program.
import { unpack } from './pack.mjs';

const stream = (id) =>
  new Blob([unpack(document.getElementById(id).textContent)])
    .stream()
    .pipeThrough(new DecompressionStream('gzip'));

export const heldText = (id) => new Response(stream(id)).text();
export const heldBytes = async (id) => new Uint8Array(await new Response(stream(id)).arrayBuffer());
