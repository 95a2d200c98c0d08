// SPDX-License-Identifier: GPL-3.0-or-later
// Elements from plain calls. Text goes in as text only; there is no way to pass markup.

const SVG = 'http://www.w3.org/2000/svg';

function fill(node, props, children) {
  for (const [k, v] of Object.entries(props ?? {})) {
    if (v === undefined || v === null || v === false) continue;
    if (k.startsWith('on')) node.addEventListener(k.slice(2), v);
    else if (k === 'vars')
      for (const [name, x] of Object.entries(v)) node.style.setProperty(name, x);
    else if (k in PROPERTIES) node[k] = v;
    else node.setAttribute(k, v === true ? '' : String(v));
  }
  node.append(...children.flat(3).filter((c) => c !== null && c !== undefined && c !== false));
  return node;
}

const PROPERTIES = { value: 1, checked: 1, disabled: 1, hidden: 1, open: 1, selected: 1 };

export const h = (name, props, ...children) => fill(document.createElement(name), props, children);
export const svg = (name, props, ...children) =>
  fill(document.createElementNS(SVG, name), props, children);

/** A name from the data, cut and kept apart from the direction of the text around it. */
export const name = (s, props) =>
  h('bdi', { ...props, title: s.length > 60 ? cut(s, 1000) : null }, cut(s, 120));

export function cut(s, length) {
  const letters = Array.from(s.slice(0, 2 * length + 2));
  return letters.length > length ? `${letters.slice(0, length - 1).join('')}…` : s;
}

/** Replaces what node holds. */
export function put(node, ...children) {
  node.replaceChildren(
    ...children.flat(3).filter((c) => c !== null && c !== undefined && c !== false),
  );
  return node;
}

export const say = (node, s) => {
  if (node.textContent !== s) node.textContent = s;
};

let serial = 0;
export const newId = (what) => `${what}-${++serial}`;
