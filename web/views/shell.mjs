// SPDX-License-Identifier: GPL-3.0-or-later
// The frame around the views: header, answer, tabs, controls, live region, keys.
import { h, name, newId, put, say } from '../draw/dom.mjs';
import { plural } from '../draw/format.mjs';
import { Headline } from './headline.mjs';
import { Ranking } from './ranking.mjs';
import { Scatter } from './scatter.mjs';
import { Parallel } from './parallel.mjs';
import { Stakeholders } from './stakeholders.mjs';
import { Rules } from './rules.mjs';
import { Compare } from './compare.mjs';
import { Mix } from './mix.mjs';
import { Sure } from './sure.mjs';
import { Wishes } from './wishes.mjs';
import { Limits } from './limits.mjs';
import { Report } from './report.mjs';
import { PrintSheet } from './print.mjs';
import { bindKeys, KEYS } from './keys.mjs';

const VIEWS = [
  ['ranking', 'Ranking', Ranking],
  ['frontier', 'Frontier', Scatter],
  ['parallel', 'All criteria', Parallel],
  ['stakeholders', 'Stakeholders', Stakeholders],
  ['rules', 'Rules', Rules],
  ['compare', 'Compare', Compare],
];

export class Shell {
  constructor(session) {
    this.session = session;
    const r = session.problem.result;
    const views = [...VIEWS];
    if (r.mix) views.push(['mix', 'Mix', Mix]);
    if (r.choice || r.robustness) views.push(['sure', 'How sure', Sure]);
    views.push(['report', 'Take away', Report]);
    this.views = new Map(
      views.map(([id, title, View]) => [id, { id, title, View, view: null, stale: true }]),
    );
    if (!this.views.has(session.state.view)) session.state.view = 'ranking';
    this.headline = new Headline(session);
    this.wishes = new Wishes(session);
    this.limits = new Limits(session);
    this.sheet = new PrintSheet(session);
    this.live = h('div', { class: 'hidden', 'aria-live': 'polite', role: 'status', id: 'live' });
    this.node = h(
      'div',
      { class: 'page' },
      h('a', { class: 'skip', href: '#main' }, 'Skip to the views'),
      this.header(),
      h(
        'main',
        { id: 'main', tabindex: '-1' },
        this.headline.node,
        h('div', { class: 'work' }, this.panel(), this.controls()),
      ),
      this.footer(),
      this.live,
      this.sheet.node,
    );
    session.onChange((what) => this.update(what));
  }

  header() {
    const s = this.session;
    this.undo = h('button', { type: 'button', onclick: () => s.undo() }, '↶ Undo');
    this.large = h('input', {
      type: 'checkbox',
      onchange: () =>
        s.change('look', (x) => {
          x.large = this.large.checked;
        }),
    });
    this.scheme = h(
      'select',
      {
        'aria-label': 'Colours',
        onchange: () =>
          s.change('look', (x) => {
            x.scheme = this.scheme.value;
          }),
      },
      [
        ['auto', 'Colours: as the system'],
        ['light', 'Light'],
        ['dark', 'Dark'],
      ].map(([v, t]) => h('option', { value: v }, t)),
    );
    return h(
      'header',
      null,
      h('h1', null, name(s.problem.title)),
      h(
        'div',
        { class: 'tools' },
        this.undo,
        h('label', { class: 'check' }, this.large, ' Large type'),
        this.scheme,
        h('button', { type: 'button', onclick: () => print() }, 'Print'),
      ),
    );
  }

  panel() {
    const tabs = [...this.views.values()].map((v) => {
      v.tab = h(
        'button',
        {
          type: 'button',
          role: 'tab',
          id: newId('tab'),
          'aria-controls': 'panel',
          onclick: () => this.show(v.id),
        },
        v.title,
      );
      return v.tab;
    });
    const list = h(
      'div',
      { role: 'tablist', 'aria-label': 'Views', class: 'tabs', onkeydown: (e) => this.walk(e) },
      tabs,
    );
    this.place = h('div', { role: 'tabpanel', id: 'panel', class: 'panel' });
    return h('div', { class: 'views' }, list, this.place);
  }

  walk(e) {
    const all = [...this.views.keys()];
    const at = all.indexOf(this.session.state.view);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: all.length - 1 }[e.key];
    if (to === undefined) return;
    e.preventDefault();
    e.stopPropagation();
    const id = all[(to + all.length) % all.length];
    this.show(id);
    this.views.get(id).tab.focus();
  }

  controls() {
    const part = (title, node, open = true) =>
      h('details', { class: 'part', open }, h('summary', null, h('h2', null, title)), node);
    const narrow = matchMedia('(max-width: 899px)').matches;
    return h(
      'aside',
      { class: 'controls', 'aria-label': 'What people want' },
      part('Rule and wishes', this.wishes.node, !narrow),
      part('Limits', this.limits.node, !narrow),
    );
  }

  footer() {
    const p = this.session.problem;
    const g = p.generator;
    return h(
      'footer',
      null,
      p.warnings.length
        ? h(
            'details',
            null,
            h('summary', null, plural(p.warnings.length, 'warning')),
            h(
              'ul',
              null,
              p.warnings.map((w) =>
                h(
                  'li',
                  null,
                  h('code', null, String(w.code)),
                  ' ',
                  h('bdi', null, String(w.message)),
                ),
              ),
            ),
          )
        : null,
      h(
        'details',
        null,
        h('summary', null, 'Keys'),
        h(
          'dl',
          { class: 'keys' },
          KEYS.map(([k, t]) => [h('dt', null, h('kbd', null, k)), h('dd', null, t)]),
        ),
      ),
      h(
        'details',
        null,
        h(
          'summary',
          null,
          `Made by ${g.name} ${g.version} from ${plural(p.inputs.length, 'file')}`,
        ),
        h(
          'ul',
          { class: 'hashes' },
          p.inputs.map((x) =>
            h(
              'li',
              null,
              `${x.role}: `,
              name(String(x.file)),
              h('br'),
              h('code', null, `sha256 ${x.sha256}`),
            ),
          ),
        ),
      ),
      p.cut
        ? h(
            'p',
            { class: 'note' },
            `This file lists ${p.n} of ${p.n + p.unlisted} candidates (the frontier and the best). ` +
              'Ranks on this page are among the listed ones; observed ranges stay those of all.',
          )
        : null,
    );
  }

  start() {
    this.announce = false;
    this.update(new Set(['all']));
    this.announce = true;
    bindKeys(this.session, this);
    addEventListener('resize', () => this.drawn()?.resize?.());
    addEventListener('beforeprint', () => this.sheet.update());
    if (this.session.now.quick) setTimeout(() => this.session.settleNow(), 50);
  }

  drawn() {
    return this.views.get(this.session.state.view).view;
  }

  show(id) {
    this.session.change('view', (s) => {
      s.view = id;
    });
  }

  update(what) {
    const s = this.session;
    const decides = what.has('all') || what.has('outcome') || what.has('restore');
    if (what.has('all') || what.has('look')) this.look();
    const asks = decides || what.has('pending');
    if (asks || what.has('settled')) this.headline.update(what);
    if (asks) {
      this.wishes.update(what);
      this.limits.update(what);
    }
    for (const v of this.views.values()) v.stale = true;
    this.render(what);
    this.undo.disabled = !s.history.length;
    if (this.announce && (what.has('settled') || what.has('select') || what.has('pins')))
      this.speak(what);
  }

  render(what) {
    const id = this.session.state.view;
    for (const v of this.views.values()) {
      v.tab.setAttribute('aria-selected', String(v.id === id));
      v.tab.tabIndex = v.id === id ? 0 : -1;
    }
    const v = this.views.get(id);
    v.view ??= new v.View(this.session, this);
    this.place.setAttribute('aria-labelledby', v.tab.id);
    const first = this.place.firstChild !== v.view.node;
    if (first) put(this.place, v.view.node);
    v.view.update(first ? new Set(['all']) : what);
    v.stale = false;
  }

  look() {
    const { large, scheme } = this.session.state;
    const root = document.documentElement;
    root.classList.toggle('large', large);
    root.dataset.scheme = scheme;
    this.large.checked = large;
    this.scheme.value = scheme;
    if (this.drawn()) this.drawn().resize?.();
  }

  speak(what) {
    const s = this.session;
    if (what.has('select') && s.state.selected >= 0) {
      const i = s.state.selected;
      say(
        this.live,
        s.slot(i) < 0 ? `${s.id(i)} is out` : `${s.id(i)}, rank ${s.rank(i)} of ${s.now.count}`,
      );
    } else if (what.has('pins'))
      say(this.live, `${plural(s.state.pins.length, 'candidate')} pinned`);
    else if (s.now.count)
      say(
        this.live,
        `Recommended is now ${s.id(s.now.recommended)}; ${s.now.count} of ${s.problem.n} feasible`,
      );
    else say(this.live, `Nothing is feasible; 0 of ${s.problem.n}`);
  }
}
