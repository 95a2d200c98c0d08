// SPDX-License-Identifier: GPL-3.0-or-later
// The desk: the answer on top, who gets what, four tabs, wishes and limits beside them.
import { Component, h, render } from 'preact';
import { Bar } from './bar.mjs';
import { Tools } from './candidates.mjs';
import { KEYS, bindKeys } from './keys.mjs';
import { Matrix } from './matrix.mjs';
import { Mine } from './mine.mjs';
import { Paper } from './paper.mjs';
import { noSet, setOf, setTitle } from './portfolio.mjs';
import { TABS } from './tabs.mjs';
import { Why } from './why.mjs';
import { Wishes } from './wishes.mjs';
import { Name } from './parts.mjs';
import { plural } from '../draw/format.mjs';
import { inWords } from '../state/changes.mjs';
import { later } from '../state/timing.mjs';

/** The limits that clash come first in the words; then who is nearest. */
function Nobody({ session }) {
  const { now } = session;
  const said = now.sentences ?? [];
  const more = now.nearest < 0 ? [] : session.engine.words('reasons', now.nearest).filter((t) => !said.some((s) => s.includes(t.replace(/\.$/, ''))));
  return h(
    'section',
    { class: 'pn who nobody', id: 'who', 'aria-labelledby': 'nobody-title' },
    h('div', { class: 'ph' }, h('h2', { id: 'nobody-title' }, 'What clashes')),
    h('div', { class: 'pc', tabindex: '0', role: 'region', 'aria-label': 'What clashes' }, said.map((t, k) => h('p', { key: k }, h('bdi', null, t))), h('ul', { class: 'bu' }, more.map((t, k) => h('li', { key: k }, h('bdi', null, t))))),
  );
}

/** Scrolls a part into sight and frames it for a moment. */
function pointOut(node) {
  const part = node?.closest('td') ?? node;
  part?.scrollIntoView({ block: 'nearest' });
  part?.animate?.([{ outline: '2px solid' }, { outline: '2px solid transparent' }], { duration: 2000, easing: 'ease-in' });
}

class App extends Component {
  constructor(props) {
    super(props);
    this.ui = { why: -1, query: '', filter: 'all', sort: { by: 'rank', down: false } };
    this.set = (patch) => {
      Object.assign(this.ui, patch);
      this.forceUpdate();
    };
    this.show = (view) => this.open(view);
    this.onWhy = (i, from) => {
      this.from = from ?? document.activeElement;
      const { session } = this.props;
      session.select(i);
      this.set({ why: this.ui.why === i ? -1 : i });
    };
    this.closeWhy = () => {
      this.set({ why: -1 });
      if (this.from?.isConnected) this.from.focus();
    };
    this.announce = later(() => this.say(), 1000);
  }

  componentDidMount() {
    const { session } = this.props;
    session.onChange((what) => {
      if (what.has('outcome')) this.announce();
      this.look();
      this.forceUpdate();
    });
    this.look();
    bindKeys(session, this);
    addEventListener('beforeprint', () => this.paper(true));
    addEventListener('afterprint', () => this.paper(false));
    session.settle();
  }

  /** The sheets are made when they are printed. */
  paper(on) {
    this.printing = on;
    this.forceUpdate();
  }

  look() {
    const { large, scheme } = this.props.session.state;
    const root = document.documentElement;
    root.classList.toggle('large', large);
    if (scheme === 'auto') delete root.dataset.scheme;
    else root.dataset.scheme = scheme;
  }

  /** A tab by its name ('who': what is above them), and after | a part to point out. */
  open(view) {
    const { session } = this.props;
    if (view === 'set') this.ui.filter = view;
    const [tab, place] = view.split('|');
    if (place) requestAnimationFrame(() => requestAnimationFrame(() => pointOut(document.querySelector(place))));
    if (tab === 'who') return;
    this.ui.why = -1;
    session.change('look', (s) => {
      s.view = tab === 'set' ? 'candidates' : tab;
    });
  }

  walk(e) {
    const all = TABS.map(([id]) => id);
    const at = all.indexOf(this.view);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: all.length - 1 }[e.key];
    if (to === undefined) return;
    e.preventDefault();
    const id = all[(to + all.length) % all.length];
    this.open(id);
    document.getElementById(`tab-${id}`).focus();
  }

  get view() {
    const { view } = this.props.session.state;
    return TABS.some(([id]) => id === view) ? view : 'candidates';
  }

  /** Only the new answer and why, at most once a second. */
  say() {
    const { session } = this.props;
    const { now, problem: p } = session;
    if (session.state.mine >= 0) return;
    const because = inWords(session.lastChange);
    const set = setOf(session);
    const answer = set ? `Choose ${setTitle(set)}` : (noSet(session)?.title ?? `Ship ${session.id(now.recommended)}`);
    this.live.textContent = now.count
      ? `${answer.slice(0, 85)}. ${now.count} of ${p.n} candidates are within all limits.${because ? ` Because ${because}.` : ''}`
      : `Nothing meets all limits.${because ? ` Because ${because}.` : ''}`;
  }

  region() {
    return h('div', { class: 'sr', 'aria-live': 'polite', role: 'status', id: 'live', key: 'live', ref: (x) => { this.live = x ?? this.live; } });
  }

  panel() {
    const { session } = this.props;
    const [, , View] = TABS.find(([id]) => id === this.view);
    return h(View, { session, ui: this.ui, set: this.set, onWhy: this.onWhy });
  }

  render({ session }) {
    const { view, ui } = this;
    const { problem: p, state, now } = session;
    if (state.mine >= 0) return [h(Mine, { session }), this.region()];
    const folded = state.folded || view !== 'candidates';
    const facts = p.inputs.find((x) => x.role === 'candidates')?.sha256;
    return [
      h('a', { class: 'skip', href: '#answer' }, 'Skip to the answer'),
      h('a', { class: 'skip', href: '#wish' }, 'Skip to the wishes'),
      h('a', { class: 'skip', href: '#tabs' }, 'Skip to the candidates'),
      h(Bar, { session, show: this.show }),
      h(
        'main',
        { class: 'gr', id: 'main' },
        now.count ? h(Matrix, { session, onWhy: this.onWhy, folded }) : h(Nobody, { session }),
        h(
          'section',
          { class: 'pn tb', id: 'tabs', tabindex: '-1', 'aria-label': 'Views' },
          h(
            'div',
            { class: 'tl' },
            h('div', { role: 'tablist', 'aria-label': 'Views', onKeyDown: (e) => this.walk(e) }, TABS.map(([id, title]) => h('button', { key: id, type: 'button', role: 'tab', id: `tab-${id}`, 'aria-selected': String(id === view), 'aria-controls': 'panel', tabindex: id === view ? '0' : '-1', onClick: () => this.open(id) }, title))),
            view === 'candidates' ? h(Tools, { session, ui, set: this.set }) : null,
          ),
          h('div', { role: 'tabpanel', id: 'panel', class: `tp ${view}`, 'aria-labelledby': `tab-${view}`, tabindex: view === 'candidates' ? undefined : '0' }, this.panel()),
          ui.why >= 0 ? h(Why, { session, i: ui.why, onClose: this.closeWhy }) : null,
        ),
        h(Wishes, { session }),
      ),
      h(
        'footer',
        { class: 'ft' },
        h('span', null, h(Name, { text: p.title, most: 90 }), ` · ${p.generator.name} ${p.generator.version}${facts ? ` · facts ${String(facts).slice(0, 8)}` : ''}${p.unlisted ? ` · ${p.n} of ${p.n + p.unlisted} candidates are in this file` : ''}${session.changed ? ' · changed from the scenario' : ''}`),
        h('details', { class: 'warns' }, h('summary', null, `${plural(session.warnings.length, 'warning')}, inputs, keys`), h('div', { class: 'pop' }, h('ul', null, session.warnings.map((t, k) => h('li', { key: k }, h('bdi', null, t)))), h('ul', null, p.inputs.map((x, k) => h('li', { key: k }, h(Name, { text: String(x.file), most: 60 }), h('code', null, ` ${x.sha256}`)))), h('dl', { class: 'keys' }, KEYS.map(([k, t]) => [h('dt', { key: k }, h('kbd', null, k)), h('dd', null, t)])), h('label', { class: 'check' }, h('input', { type: 'checkbox', checked: state.large, onChange: (e) => session.change('look', (s) => { s.large = e.currentTarget.checked; }) }), 'Large type'))),
      ),
      h('nav', { class: 'bn', 'aria-label': 'Jump' }, h('button', { type: 'button', 'aria-label': 'Undo the last change', disabled: !session.history.length, onClick: () => session.undo() }, '↶'), [['#who', 'Who gets'], ['#tabs', 'Candidates'], ['#wish', 'Wishes']].map(([to, t]) => h('a', { key: to, href: to }, t)), h('button', { type: 'button', onClick: () => { this.open('decision'); document.getElementById('tabs').scrollIntoView(); } }, 'Decide')),
      this.region(),
      this.printing ? h(Paper, { session }) : null,
    ];
  }
}

export function start(session, node) {
  node.replaceChildren();
  render(h(App, { session }), node);
}
