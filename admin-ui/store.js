// All that the page shows, in one object; a change of it draws the page anew, at most once a frame.

import { panel, Refused } from './api.js';
import { watch } from './stream.js';

const MOST_ENTRIES = 1000;
const MOST_SECONDS = 3600;
/** In seconds of the stream: what changes slowly is asked for less often. None of these asks the database. */
const EVERY = { times: 2, routes: 2, connections: 2, warmup: 5, fleet: 5, capacity: 10 };
const COLUMNS = ['at', 'active', 'idle', 'waiting', 'maximum', 'served', 'refused', 'timeouts', 'failed', 'wakes'];

export const state = {
  snapshot: null,
  timeline: null,
  times: null,
  routes: null,
  connections: null,
  warmup: null,
  fleet: null,
  capacity: null,
  configuration: null,
  entries: [],
  /** When something was heard last, on this browser's clock; and whether that is too long ago. */
  heard: null,
  stale: false,
  locked: false,
  dialog: null,
};

let draw = () => {};
let due = false;
let stream = null;
let seconds = 0;
let reloadAt = 0;
const asked = new Set();

/** Changes what is shown. */
export function set(change) {
  Object.assign(state, change);
  if (due) return;
  due = true;
  // A page in the background gets no frames, and its title is to go on telling the state.
  if (document.hidden) setTimeout(flush, 250);
  else requestAnimationFrame(flush);
}

function flush() {
  due = false;
  draw();
}

/** Begins to watch. */
export function start(onChange) {
  draw = onChange;
  listen();
  // A page that the browser keeps for going back would keep its stream, of which it has six for all its tabs.
  addEventListener('pagehide', () => stream?.stop());
  addEventListener('pageshow', event => event.persisted && listen());
  setInterval(() => {
    if (state.heard !== null && Date.now() - state.heard > 3000) set({ stale: true });
  }, 1000);
}

/** Begins anew, as with a token. */
export function listen() {
  stream?.stop();
  set({ locked: false });
  stream = watch({
    lastId: () => state.entries.at(-1)?.id ?? 0,
    opened() {
      load('timeline');
      Object.keys(EVERY).forEach(name => load(name));
    },
    event: heard,
    broken(error) {
      if (error instanceof Refused && error.status === 401) set({ locked: true });
      else set({ heard: state.heard ?? Date.now(), stale: true });
    },
  });
}

/** Asks for a panel, unless its answer is still awaited. */
export async function load(name, path = name) {
  if (asked.has(name)) return;
  asked.add(name);
  try {
    set({ [name]: await panel(path) });
  } catch {
    // The stream tells that the server is gone; until then the panel shows what it had.
  } finally {
    asked.delete(name);
  }
}

const HEARD = {
  snapshot(snapshot) {
    const before = state.snapshot;
    if (before && before.process.started_at !== snapshot.process.started_at) {
      // Another process: its log begins anew, and its configuration may be another.
      set({ entries: [], configuration: null, timeline: null });
      listen();
      return;
    }
    set({ snapshot, heard: Date.now(), stale: false });
    seconds++;
    for (const [name, every] of Object.entries(EVERY)) {
      if (seconds % every === 0 && !document.hidden) load(name);
    }
    // What is asked for once is asked for again where that failed.
    if (state.timeline === null) load('timeline');
    if (state.configuration === null) load('configuration', 'config');
    note(snapshot.database);
  },
  point(point) {
    const known = state.timeline;
    if (known === null || point.at === known.at.at(-1)) return;
    if (known.at.length > 0 && point.at !== known.at.at(-1) + 1) {
      load('timeline');
      return;
    }
    const next = { ...known };
    for (const column of COLUMNS) next[column] = [...known[column], point[column]].slice(-MOST_SECONDS);
    set({ timeline: next });
  },
  entry(entry) {
    const last = state.entries.at(-1)?.id ?? 0;
    if (entry.id > last) set({ entries: [...state.entries, entry].slice(-MOST_ENTRIES) });
  },
};

function heard(name, data) {
  HEARD[name]?.(data);
}

/** A new state is shown at once; what lay between two seconds is in the timeline, which is asked for soon. */
function note(database) {
  const known = state.timeline;
  const last = known?.states.at(-1);
  if (!last || last.from === database.since || Date.parse(database.since) < Date.parse(last.from)) return;
  const states = [
    ...known.states.slice(0, -1),
    { ...last, to: last.to ?? database.since },
    { from: database.since, to: null, status: database.status, cause: database.cause?.message ?? null },
  ];
  set({ timeline: { ...known, states } });
  if (Date.now() < reloadAt) return;
  reloadAt = Date.now() + 5000;
  setTimeout(() => load('timeline'), 1500);
}
