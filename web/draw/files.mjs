// SPDX-License-Identifier: GPL-3.0-or-later
// Files out of the page: made here, handed to the browser's own download.

export function save(fileName, type, data) {
  const blob = data instanceof Blob ? data : new Blob([data], { type });
  const a = document.createElement('a');
  a.href = URL.createObjectURL(blob);
  a.download = fileName;
  document.body.append(a);
  a.click();
  a.remove();
  setTimeout(() => URL.revokeObjectURL(a.href), 10000);
}

export const fileStem = (title) =>
  title
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 60) || 'decision';

const markup = (node) =>
  `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(node)}\n`;

/** view.drawing(width, height) gives the chart as one SVG. */
export async function saveChart(session, view, what, kind) {
  const [width, height] = [1000, 620];
  const node = view.drawing(width, height);
  const stem = `${fileStem(session.problem.title)}-${what}`;
  const text = markup(node);
  if (kind === 'svg') {
    save(`${stem}.svg`, 'image/svg+xml', text);
    return;
  }
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [2 * width, 2 * height];
  const c = canvas.getContext('2d');
  c.fillStyle = '#fff';
  c.fillRect(0, 0, canvas.width, canvas.height);
  c.drawImage(image, 0, 0, canvas.width, canvas.height);
  save(`${stem}.png`, 'image/png', await new Promise((done) => canvas.toBlob(done, 'image/png')));
}
