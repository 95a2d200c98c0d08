// SPDX-License-Identifier: GPL-3.0-or-later
// What may be wider than its place scrolls by itself, and says so: a shade and a button.
import { h, say } from './dom.mjs';

export function scrollBox(label, ...content) {
  const box = h(
    'div',
    { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': label },
    content,
  );
  const more = h('button', {
    type: 'button',
    class: 'more',
    hidden: true,
    onclick: () => box.scrollBy({ left: (atEnd() ? -1 : 0.8) * box.clientWidth }),
  });
  const node = h('div', { class: 'scroll-place' }, more, box);
  const atEnd = () => box.scrollLeft + box.clientWidth > box.scrollWidth - 2;
  const look = () => {
    const [left, right] = [box.scrollLeft > 1, !atEnd()];
    node.classList.toggle('more-left', left);
    node.classList.toggle('more-right', right);
    more.hidden = !left && !right;
    say(more, right ? 'More columns: scroll →' : '← More columns: scroll back');
  };
  box.addEventListener('scroll', look, { passive: true });
  const watch = new ResizeObserver(look);
  for (const x of [box, ...box.children]) watch.observe(x);
  return node;
}
