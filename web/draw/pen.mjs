// SPDX-License-Identifier: GPL-3.0-or-later
// One way to draw, two papers: a canvas for the mass of marks, SVG for what is selected, exported
// or printed. Shapes differ as well as colours.
import { svg } from './dom.mjs';

const HAND = Math.PI * 2;

const star = (x, y, r) =>
  Array.from({ length: 10 }, (_, k) => {
    const a = -Math.PI / 2 + (k * Math.PI) / 5;
    const q = k % 2 ? 0.45 * r : r;
    return [x + q * Math.cos(a), y + q * Math.sin(a)];
  });
const diamond = (x, y, r) => [
  [x, y - r],
  [x + r, y],
  [x, y + r],
  [x - r, y],
];
const triangle = (x, y, r) => [
  [x, y - r],
  [x + r, y + 0.8 * r],
  [x - r, y + 0.8 * r],
];
const square = (x, y, r) => [
  [x - r, y - r],
  [x + r, y - r],
  [x + r, y + r],
  [x - r, y + r],
];
const SHAPES = {
  triangle,
  square,
  star: (x, y, r) => star(x, y, 1.5 * r),
  diamond: (x, y, r) => diamond(x, y, 1.25 * r),
};

export class CanvasPen {
  constructor(context) {
    this.c = context;
  }
  mark(shape, x, y, r, { fill, stroke, width = 1 }) {
    const { c } = this;
    c.beginPath();
    if (shape === 'cross') {
      c.moveTo(x - r, y - r);
      c.lineTo(x + r, y + r);
      c.moveTo(x + r, y - r);
      c.lineTo(x - r, y + r);
    } else if (shape === 'circle') c.arc(x, y, r, 0, HAND);
    else {
      SHAPES[shape](x, y, r).forEach(([a, b], k) => (k ? c.lineTo(a, b) : c.moveTo(a, b)));
      c.closePath();
    }
    if (fill) {
      c.fillStyle = fill;
      c.fill();
    }
    if (stroke) {
      c.strokeStyle = stroke;
      c.lineWidth = width;
      c.stroke();
    }
  }
  /** A square of a density. */
  cell(x, y, size, fill, opacity) {
    this.c.globalAlpha = opacity;
    this.c.fillStyle = fill;
    this.c.fillRect(x, y, size, size);
    this.c.globalAlpha = 1;
  }
  line(points, { stroke, width = 1 }) {
    const { c } = this;
    c.beginPath();
    points.forEach(([x, y], k) => (k ? c.lineTo(x, y) : c.moveTo(x, y)));
    c.strokeStyle = stroke;
    c.lineWidth = width;
    c.stroke();
  }
}

export class SvgPen {
  constructor(node, zoom = 1) {
    this.node = node;
    this.zoom = zoom;
  }
  mark(shape, x, y, r, { fill = 'none', stroke = 'none', width = 1, title }) {
    const paint = { fill, stroke, 'stroke-width': width };
    const node =
      shape === 'circle'
        ? svg('circle', { cx: x.toFixed(2), cy: y.toFixed(2), r, ...paint })
        : shape === 'cross'
          ? svg('path', {
              d: `M${x - r} ${y - r}L${x + r} ${y + r}M${x + r} ${y - r}L${x - r} ${y + r}`,
              ...paint,
            })
          : svg('polygon', {
              points: SHAPES[shape](x, y, r)
                .map((q) => q.map((v) => v.toFixed(2)).join(','))
                .join(' '),
              ...paint,
            });
    if (title) node.append(svg('title', null, title));
    this.node.append(node);
    return node;
  }
  line(points, { stroke, width = 1, dash }) {
    const node = svg('polyline', {
      points: points.map(([x, y]) => `${x.toFixed(2)},${y.toFixed(2)}`).join(' '),
      fill: 'none',
      stroke,
      'stroke-width': width,
      'stroke-dasharray': dash,
    });
    this.node.append(node);
    return node;
  }
  rect(x, y, width, height, { fill, stroke = 'none', opacity }) {
    const node = svg('rect', { x: x.toFixed(2), y: y.toFixed(2), width: Math.max(0, width).toFixed(2), height: Math.max(0, height).toFixed(2), fill, stroke, 'fill-opacity': opacity });
    this.node.append(node);
    return node;
  }
  text(s, x, y, { fill, size = 11, anchor = 'start', weight, halo }) {
    const node = svg(
      'text',
      {
        x: x.toFixed(1),
        y: y.toFixed(1),
        fill,
        'font-size': size * this.zoom,
        'text-anchor': anchor,
        'font-weight': weight,
        'font-family': 'Liberation Sans, Arial, sans-serif',
      },
      s,
    );
    if (halo)
      for (const [k, v] of [
        ['paint-order', 'stroke'],
        ['stroke', halo],
        ['stroke-width', 4],
        ['stroke-linejoin', 'round'],
      ])
        node.setAttribute(k, v);
    this.node.append(node);
    return node;
  }
}

/** How much larger than usual the letters of the page are. */
export const zoomOf = () =>
  parseFloat(getComputedStyle(document.documentElement).fontSize) / 16 || 1;

const TOKENS = ['ink', 'ink2', 'ink3', 'line', 'line2', 'bar', 'panel', 'hl', 'warn'];
/** The colours in force, from the style sheet. */
export function palette() {
  const css = getComputedStyle(document.documentElement);
  return Object.fromEntries(TOKENS.map((k) => [k, css.getPropertyValue(`--${k}`).trim()]));
}

export const PRINT = {
  ink: '#000000',
  ink2: '#333333',
  ink3: '#555555',
  line: '#dddddd',
  line2: '#888888',
  bar: '#b9bfc8',
  panel: '#ffffff',
  hl: '#f1f2f4',
  warn: '#a3123a',
};

/** A canvas of that size in CSS pixels, cleared, sharp on dense screens; its context. */
export function fitCanvas(canvas, width, height) {
  const ratio = Math.min(2, devicePixelRatio || 1);
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  const context = canvas.getContext('2d');
  context.scale(ratio, ratio);
  return context;
}
