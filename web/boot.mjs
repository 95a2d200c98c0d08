// SPDX-License-Identifier: GPL-3.0-or-later
// Opens the result inside the page, or asks for one.
import { Engine } from './engine/engine.mjs';
import { readProblem } from './state/data.mjs';
import { fromFragment, unpackState } from './state/state.mjs';
import { Session } from './state/session.mjs';
import { Settler } from './state/settler.mjs';
import { start } from './views/app.mjs';
import { h, put } from './draw/dom.mjs';
import { escapeJson, unescapeJson } from './escape.mjs';
import { heldBytes, heldText } from './held.mjs';

const held = (id) => document.getElementById(id).textContent;
const app = () => document.getElementById('app');

/** text: of the result; saved: the state inside the page, or null. */
async function open(text, saved) {
  const [problem, bytes] = [readProblem(JSON.parse(text), text), await heldBytes('engine')];
  const engine = await Engine.start(bytes.slice());
  const state = unpackState(problem, fromFragment(location.hash) ?? saved);
  const settler = new Settler(await heldText('program'), bytes, problem);
  const session = new Session(problem, engine, state, settler);
  document.title = `${problem.title} – tradeoff`;
  start(session, app());
  globalThis.tradeoff = { session, ready: true, drawn: 0 }; // for the page's own tests
  requestAnimationFrame(() =>
    setTimeout(() => {
      globalThis.tradeoff.drawn = performance.now();
    }),
  );
}

const explain = (error) =>
  error instanceof SyntaxError ? `this is no JSON: ${error.message}` : error.message;

async function take(file, status) {
  status.textContent = 'Reading …';
  try {
    const text = await file.text();
    await open(text, null);
    document.getElementById('result').textContent = escapeJson(text);
  } catch (error) {
    status.textContent = `“${file.name}” cannot be shown: ${explain(error)}`;
  }
}

function askForResult(message) {
  const status = h('p', { role: 'status', class: 'drop-status' }, message);
  const input = h('input', {
    type: 'file',
    accept: '.json,application/json',
    id: 'file',
    onchange: () => {
      if (input.files[0]) take(input.files[0], status);
      input.value = ''; // so that the same file, mended, can be chosen again
    },
  });
  const zone = h(
    'main',
    { class: 'drop' },
    h('h1', null, 'tradeoff'),
    h(
      'p',
      null,
      'Drop a result file here (made with ',
      h('code', null, 'tradeoff run … -o result.json'),
      '), or choose one. Nothing leaves this computer.',
    ),
    h('label', { for: 'file', class: 'file' }, 'Result file ', input),
    status,
  );
  put(app(), zone);
  const over = (on) => (e) => {
    e.preventDefault();
    zone.classList.toggle('over', on);
  };
  document.body.ondragover = over(true);
  document.body.ondragleave = over(false);
  document.body.ondrop = (e) => {
    over(false)(e);
    if (e.dataTransfer.files[0]) take(e.dataTransfer.files[0], status);
  };
}

export async function boot() {
  try {
    const text = unescapeJson(held('result'));
    if (text === 'null') askForResult('');
    else await open(text, JSON.parse(held('state')));
  } catch (error) {
    askForResult(`The result inside this page cannot be shown: ${explain(error)}`);
  }
}
