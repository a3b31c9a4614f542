// Server-sent events over fetch, since an EventSource can bear no token.

import { request, Refused } from './api.js';

/** The server says something each second; a stream that is silent for longer is dead. */
const SILENCE = 10_000;
const PAUSES = [500, 1000, 2000, 5000];

/**
 * Watches until `stop` is called on what it returns, and begins anew where the stream breaks.
 *
 * @param told `opened()`, `event(name, data, id)`, `broken(error)`, each as it happens, and `lastId()` to go on from
 */
export function watch(told) {
  let stopped = false;
  let current = new AbortController();

  async function run() {
    for (let failures = 0; !stopped; ) {
      current = new AbortController();
      try {
        await read(told, current, () => (failures = 0));
        throw new Error('The stream has ended.');
      } catch (error) {
        if (stopped) return;
        told.broken(error);
        if (error instanceof Refused && error.status === 401) return;
      }
      await pause(PAUSES[Math.min(failures++, PAUSES.length - 1)]);
    }
  }

  run();
  return {
    stop() {
      stopped = true;
      current.abort();
    },
  };
}

async function read(told, controller, heard) {
  let alarm = setTimeout(() => controller.abort(), SILENCE);
  try {
    const response = await request('/api/events', {
      headers: { Accept: 'text/event-stream', 'Last-Event-ID': String(told.lastId()) },
      signal: controller.signal,
    });
    told.opened();
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = '';
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      heard();
      clearTimeout(alarm);
      alarm = setTimeout(() => controller.abort(), SILENCE);
      const blocks = (rest + part.value).split('\n\n');
      rest = blocks.pop();
      blocks.forEach(block => tell(block, told));
    }
  } finally {
    clearTimeout(alarm);
    controller.abort();
  }
}

function tell(block, told) {
  const fields = {};
  for (const line of block.split('\n')) {
    const colon = line.indexOf(':');
    if (colon > 0) fields[line.slice(0, colon)] = line.slice(colon + 1).trimStart();
  }
  if (fields.event && fields.data) told.event(fields.event, JSON.parse(fields.data), fields.id);
}

function pause(millis) {
  return new Promise(resolve => setTimeout(resolve, millis));
}
