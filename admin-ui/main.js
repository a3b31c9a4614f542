// The operators' console: one page that says whether the connections to the database are well, and what to do now.

import { h, render } from './lib/preact.js';
import { bear, bearsToken, panel } from './api.js';
import { duration, time, word } from './format.js';
import { listen, set, start, state } from './store.js';
import { ActionDialog, Actions } from './parts/actions.js';
import { Configuration } from './parts/configuration.js';
import { Events } from './parts/events.js';
import { Holders } from './parts/holders.js';
import { Pool } from './parts/pool.js';
import { Routes } from './parts/routes.js';
import { Timeline } from './parts/timeline.js';
import { Times } from './parts/times.js';
import { Verdict } from './parts/verdict.js';
import { Warmup } from './parts/warmup.js';

const ANCHORS = [
  ['pool', 'Pool'],
  ['timeline', 'Timeline'],
  ['times', 'Times'],
  ['routes', 'Routes'],
  ['holders', 'Holders'],
  ['warmup', 'Warm-up'],
  ['events', 'Events'],
  ['actions', 'Actions'],
  ['configuration', 'Configuration'],
];

function Page() {
  const { snapshot } = state;
  return [
    h('a', { class: 'skip', href: '#verdict' }, 'Skip to the verdict'),
    h(Top),
    state.locked ? h('main', null, h(Token)) : h(
      'main',
      { 'data-stale': state.stale ? '' : null },
      h(Verdict, { snapshot }),
      h(Pool, { snapshot, fleet: state.fleet, capacity: state.capacity }),
      h(Timeline, { timeline: state.timeline }),
      h(Times, { times: state.times }),
      h(Routes, { routes: state.routes }),
      h(Holders, { connections: state.connections, server: state.server, onAsk: askServer, onTerminate: pid => open('terminate-backend', { pid }) }),
      h(Warmup, { warmup: state.warmup, now: snapshot?.at ?? new Date().toISOString() }),
      h(Events, { entries: state.entries }),
      h(Actions, { onOpen: open }),
      h(Configuration, { configuration: state.configuration, snapshot }),
    ),
    state.dialog && h(ActionDialog, { key: state.dialog.action, ...state.dialog, pool: snapshot?.pool, onClose: () => set({ dialog: null }) }),
  ];
}

function Top() {
  const database = state.snapshot?.database;
  return h(
    'header',
    { class: 'top' },
    h('p', { class: 'brand' }, h('strong', null, 'Lectern'), ' console'),
    h('p', { class: 'where' }, database ? `${database.name} at ${database.embedded ? 'the embedded database' : database.host}${database.pooled ? ', pooled' : ''}` : '\u00a0'),
    h('nav', { 'aria-label': 'Parts' }, ANCHORS.map(([id, name]) => h('a', { href: `#${id}` }, name))),
    h(Live),
  );
}

function Live() {
  if (state.stale) {
    return h('p', { class: 'live', 'data-stale': '', role: 'status' }, `Stale since ${duration(Math.floor((Date.now() - state.heard) / 1000) * 1000)}`);
  }
  return h('p', { class: 'live' }, state.snapshot ? `${time(state.snapshot.at)} UTC` : 'Connecting …');
}

function Token() {
  const submit = event => {
    event.preventDefault();
    bear(event.target.elements.token.value.trim());
    listen();
  };
  return h(
    'section',
    { class: 'part token', id: 'verdict', 'aria-labelledby': 'token-title' },
    h('h1', { id: 'token-title' }, 'The admin port wants its token'),
    h('p', { class: 'note' }, 'It is LECTERN_ADMIN_TOKEN, and is kept only until this tab is closed.'),
    bearsToken() && h('p', { role: 'alert' }, 'That token was refused.'),
    h('form', { onSubmit: submit }, h('label', null, 'Token', h('input', { type: 'password', name: 'token', required: true, autocomplete: 'current-password' })), h('button', { type: 'submit', class: 'primary' }, 'Open the console')),
  );
}

function open(action, given) {
  set({ dialog: { action, given } });
}

async function askServer() {
  set({ server: { ...state.server, asking: true } });
  try {
    const { server } = await panel('connections?server=true');
    set({ server });
  } catch (refused) {
    set({ server: { failure: refused.message } });
  }
}

function draw() {
  render(h(Page), document.getElementById('page'));
  const { snapshot } = state;
  const level = state.stale ? 'stale' : snapshot?.verdict.level;
  document.title = snapshot ? `${state.stale ? 'Stale' : word(snapshot.database.status)} · Lectern` : 'Lectern console';
  paintIcon(level);
}

let painted = null;

/** The tab tells the level, too. */
function paintIcon(level) {
  if (!level || level === painted) return;
  painted = level;
  const ink = getComputedStyle(document.documentElement).getPropertyValue(`--level-${level}`).trim();
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><circle cx="8" cy="8" r="6" fill="${ink}"/></svg>`;
  document.getElementById('icon').href = `data:image/svg+xml,${encodeURIComponent(svg)}`;
}

start(draw);
