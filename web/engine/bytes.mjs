// SPDX-License-Identifier: GPL-3.0-or-later
// Writes what read.c reads: u32 and f64 little-endian, texts and lists with their counts.

const utf8 = new TextEncoder();
const NONE = 0xffffffff;

class Bytes {
  constructor(room = 4096) {
    this.bytes = new Uint8Array(room);
    this.view = new DataView(this.bytes.buffer);
    this.length = 0;
  }
  need(n) {
    if (this.length + n <= this.bytes.length) return;
    const more = new Uint8Array(Math.max(2 * this.bytes.length, this.length + n));
    more.set(this.bytes.subarray(0, this.length));
    this.bytes = more;
    this.view = new DataView(more.buffer);
  }
  u32(x) {
    this.need(4);
    this.view.setUint32(this.length, x, true);
    this.length += 4;
  }
  flag(x) {
    this.u32(x ? 1 : 0);
  }
  index(x) {
    this.u32(x < 0 ? NONE : x);
  }
  f64(x) {
    this.need(8);
    this.view.setFloat64(this.length, x, true);
    this.length += 8;
  }
  raw(bytes) {
    this.need(bytes.length);
    this.bytes.set(bytes, this.length);
    this.length += bytes.length;
  }
  array(typed) {
    this.raw(new Uint8Array(typed.buffer, typed.byteOffset, typed.byteLength));
  }
  text(s) {
    const b = utf8.encode(s);
    this.u32(b.length);
    this.raw(b);
  }
  list(items, write) {
    this.u32(items.length);
    for (const x of items) write(x);
  }
  done() {
    return this.bytes.subarray(0, this.length);
  }
}

function criterion(b, c, n) {
  b.text(c.id);
  b.text(c.label);
  b.text(c.unit);
  b.u32(['max', 'min', 'target'].indexOf(c.goal));
  b.f64(c.target);
  b.flag(c.fixed);
  b.f64(c.fixed ? c.worst : NaN);
  b.f64(c.fixed ? c.best : NaN);
  b.flag(c.indifference !== null);
  b.f64(c.indifference ?? 0);
  b.list(c.levels, (l) => b.text(l));
  b.u32(c.value.length);
  for (const [x] of c.value) b.f64(x);
  for (const [, v] of c.value) b.f64(v);
  b.array(c.reading);
  b.flag(c.beyond);
  if (c.beyond) b.array(c.beyond);
  b.flag(c.se);
  if (c.se) b.array(c.se);
  b.flag(c.error === 'normal');
  b.f64(c.correlation);
  b.flag(c.covariance);
  if (c.covariance) b.array(c.covariance);
}

/** The values of subgroups, those of a candidate together. */
function groups(b, g) {
  b.flag(g);
  if (!g) return;
  b.u32(g.take);
  b.text(g.size);
  b.list(g.names, (s) => b.text(s));
  b.u32(g.group.length);
  b.array(g.start);
  b.array(g.group);
  b.array(g.value);
  b.flag(g.sizes);
  if (g.sizes) b.array(g.sizes);
}

function stakeholder(b, h) {
  b.text(h.id);
  b.text(h.label);
  b.list(h.needs, (q) => {
    b.u32(q.criterion);
    b.flag(q.min !== null);
    b.f64(q.min ?? 0);
    b.flag(q.max !== null);
    b.f64(q.max ?? 0);
    b.flag(q.veto);
  });
}

/** Everything but the limits. */
export function encodeProblem(p) {
  const b = new Bytes(64 * p.n * (p.criteria.length + 2) + 4096);
  b.u32(6);
  b.u32(p.n);
  b.u32(p.criteria.length);
  b.u32(p.stakeholders.length);
  b.u32(p.columns.length);
  b.index(p.simpler.criterion);
  b.f64(p.simpler.within);
  b.f64(p.simpler.level);
  b.flag(p.simpler.plain);
  b.list(p.ruleOptions.weights, (x) => b.f64(x));
  b.flag(p.ruleOptions.stage);
  if (p.ruleOptions.stage) for (const k of p.ruleOptions.stage) b.index(k);
  b.f64(p.ruleOptions.slack);
  for (const id of p.ids) b.text(id);
  b.array(p.lines);
  b.array(p.dropped);
  b.flag(p.imputed);
  if (p.imputed) b.array(p.imputed);
  b.u32(p.rows);
  b.u32(p.whereDropped);
  b.index(p.incumbent);
  for (const c of p.criteria) criterion(b, c, p.n);
  for (const c of p.criteria) groups(b, c.groups);
  for (const h of p.stakeholders) stakeholder(b, h);
  for (const k of p.columns) {
    b.text(k.name);
    b.flag(k.number);
    if (k.number) b.array(k.number);
    b.flag(k.beyond);
    if (k.beyond) b.array(k.beyond);
    b.list(k.words, (w) => b.text(w));
    if (k.words.length) b.array(k.word);
  }
  leads(b, p);
  return b.done();
}

/** How sure the program's leads are, which it sampled, and what they are for: they hold for nothing else. */
function leads(b, p) {
  const { over, top } = p.simpler;
  b.index(over.length ? top : -1);
  b.u32(p.rule);
  for (const h of p.stakeholders) b.array(Float64Array.from(h.weights));
  b.array(Float64Array.from(p.stakeholders, (h) => h.power));
  b.array(p.feasible);
  b.list(over, ([i]) => b.index(i));
  b.array(Float64Array.from(over, ([, holds]) => holds));
}

function match(b, x) {
  b.text(String(x));
  b.flag(typeof x === 'number');
  b.f64(typeof x === 'number' ? x : 0);
}

/** How sure a limit is: what the file says of it, or of the criterion that it is on. */
function judged(b, l) {
  const { shown, judged: by, than } = l;
  b.flag(than);
  b.f64(than?.by ?? 0);
  b.flag(than?.percent);
  b.f64(shown?.level ?? 0);
  b.flag(shown?.overAll);
  b.flag(by);
  if (!by) return;
  b.f64(by.level);
  for (const k of ['se', 'holds', 'min', 'max']) b.array(by[k]);
}

/** What is sampled: see readSampling of state/sampling.mjs. */
export function encodeSampling(p) {
  const b = new Bytes();
  const { seed, level, samples, until, errors } = p.sampling;
  const correlation = (x) => {
    b.flag(x !== null);
    b.f64(x ?? 0);
  };
  for (const x of [seed, level, samples ?? -1, until ?? 0]) b.f64(x);
  b.list(errors, (e) => {
    b.text(e.column);
    correlation(e.correlation);
    b.array(e.se);
  });
  for (const c of p.criteria) {
    b.flag(c.linear);
    b.flag(c.ownError);
    correlation(c.stated);
    b.list(c.terms, (t) => {
      b.text(t.column);
      b.f64(t.coefficient);
    });
  }
  return b.done();
}

/** The limits in force, in the order of the scenario. */
export function encodeLimits(limits) {
  const b = new Bytes();
  b.list(limits, (l) => {
    b.index(l.criterion);
    b.index(l.column);
    b.text(l.text);
    b.text(l.owner);
    b.text(l.why);
    b.index(l.stakeholder);
    b.flag(l.min !== null);
    b.f64(l.min ?? 0);
    b.flag(l.max !== null);
    b.f64(l.max ?? 0);
    b.list(l.equals === null ? [] : [l.equals], (x) => match(b, x));
    b.list(l.in, (x) => match(b, x));
    b.list(l.notIn, (x) => match(b, x));
    judged(b, l);
  });
  return b.done();
}

function files(b, p) {
  const of = (role) => p.inputs.filter((x) => x.role === role);
  const named = (x) => {
    b.text(String(x?.file ?? ''));
    b.text(String(x?.sha256 ?? ''));
  };
  b.text(p.writtenTitle);
  named(of('scenario')[0]);
  named(of('candidates')[0]);
  b.list(of('join'), named);
  b.list(of('groups'), named);
}

/** What a decision record says beside the decision, and the cells behind the readings.
 * warnings: [{ code, message }]; said: of each stakeholder { statements, only, vague, objections }. */
export function encodeAbout(p, warnings, said) {
  const b = new Bytes(16 * p.n + 4096);
  files(b, p);
  b.list(warnings, (w) => {
    b.text(String(w.code));
    b.text(String(w.message));
  });
  b.u32(p.averaged);
  b.list(p.keyColumns, (t) => b.text(t));
  b.list(p.cells, (x) => {
    b.flag(x);
    if (x) b.array(x);
  });
  for (const c of p.criteria) {
    b.flag(c.linear);
    b.flag(c.mixes === 'worst');
    b.flag(c.zeroIsMissing);
    b.flag(c.ofCells);
    b.list(c.terms, (t) => {
      b.text(t.column);
      b.f64(t.coefficient);
      b.index(t.cell);
    });
    b.flag(c.groups);
    if (!c.groups) continue;
    b.text(c.groups.file);
    b.text(c.groups.group_column);
    b.text(c.groups.value_column);
  }
  for (const x of said) {
    b.list(x.statements, (t) => b.text(t));
    b.flag(x.only);
    b.f64(x.vague);
    b.list(x.objections, (o) => {
      b.flag(o.candidate !== null);
      if (o.candidate !== null) b.text(o.candidate);
      b.flag(o.by !== null);
      if (o.by !== null) b.text(o.by);
      b.text(o.words);
    });
  }
  return b.done();
}

/** What linear programs of the program found: { regions, leastRegret, ranked, of }. */
export function encodeKnown(known, d) {
  const b = new Bytes();
  b.flag(known.regions);
  b.index(known.leastRegret);
  b.flag(known.ranked);
  b.list(known.of, (x) => {
    b.index(x.candidate);
    b.flag(x.choosable !== null);
    b.flag(x.choosable);
    b.flag(x.weights);
    if (x.weights) b.array(Float64Array.from({ length: d }, (_, c) => x.weights[c]));
    b.list(x.beatenBy, (q) => {
      b.index(q.candidate);
      b.f64(q.share);
    });
    if (!known.ranked) return;
    b.flag(x.asked);
    b.flag(x.range);
    b.u32(x.range?.[0] ?? 0);
    b.u32(x.range?.[1] ?? 0);
  });
  return b.done();
}

/** Of samples: is anything uncertain, how often each is first (together: the recommended one where errors that are not
 * said to be independent go together; NaN: they are said to), and which candidates are tied. */
export function encodeRepeats({ level, uncertain, firsts, together, tie }) {
  const b = new Bytes();
  b.f64(level);
  b.flag(uncertain);
  b.f64(together);
  b.list(firsts, ([i, first]) => {
    b.index(i);
    b.f64(first);
  });
  b.list(tie, (i) => b.index(i));
  return b.done();
}

export function encodeDecision(d) {
  const b = new Bytes(d.result.length + 4096);
  const texts = (list) => b.list(list, (t) => b.text(t));
  b.text(d.chosen);
  b.text(d.because);
  texts(d.decidedBy);
  texts(d.dissent);
  texts(d.accepted);
  b.text(d.date);
  b.text(d.scenarioFile);
  texts(d.set);
  b.text(d.rule);
  texts(d.repeats);
  texts(d.portfolio);
  b.u32(d.inSet);
  b.text(d.twin);
  b.text(d.scenario);
  b.text(d.result);
  return b.done();
}
