import { h } from '../lib/preact.js';
import { ms, number, share } from '../format.js';
import { Part, Table } from '../page.js';

const HEAD = [
  { text: 'Route' },
  { text: 'p95 against the target' },
  { text: 'p50', number: true },
  { text: 'p99', number: true },
  { text: 'Requests/s', number: true },
  { text: 'Late', number: true, title: 'The share that took longer than the target' },
  { text: 'Errors', number: true, title: 'The share of 5xx other than 503' },
  { text: 'Refused', number: true, title: 'The share of 429 and 503' },
  { text: 'Round trips', number: true, title: 'To the database, for each request' },
  { text: 'Hold', number: true, title: 'For how long each request held a connection' },
  { text: 'First text', number: true, title: 'The median from the arrival to the first text' },
  { text: 'LLM', number: true, title: 'The median that the language model took, which no other time here counts' },
];
const TAGS = { model: 'LLM', operator: 'operator' };

/** How each route fares, the worst on top. */
export function Routes({ routes }) {
  const target = routes?.target_ms ?? 200;
  return h(
    Part,
    { id: 'routes', title: 'Routes', json: 'routes', note: `the last ${routes?.window_s ?? 60} s, the worst on top; the language model’s time stands apart` },
    h(Table, {
      class: 'routes',
      caption: `Routes, the worst first, against ${target} ms`,
      head: HEAD,
      rows: (routes?.routes ?? []).map(route => h(Route, { key: `${route.method} ${route.route}`, route, target })),
      empty: routes ? 'No request in the last minute.' : '…',
    }),
  );
}

function Route({ route, target }) {
  return h(
    'tr',
    null,
    h('th', { scope: 'row' }, h('span', { class: 'method' }, route.method), ' ', h('code', null, route.route.replace(/^\/api\/v1/, '') || '/'), TAGS[route.kind] && h('span', { class: 'tag' }, TAGS[route.kind])),
    h('td', null, h(Meter, { value: route.p95_ms, target, promised: route.kind !== 'operator' })),
    h('td', { class: 'number' }, ms(route.p50_ms)),
    h('td', { class: 'number' }, ms(route.p99_ms)),
    h('td', { class: 'number' }, number(route.requests_per_s, 1)),
    h(Share, { value: route.over_target }),
    h(Share, { value: route.errors }),
    h(Share, { value: route.refusals }),
    h('td', { class: 'number' }, number(route.round_trips, 1)),
    h('td', { class: 'number' }, ms(route.hold_ms)),
    h('td', { class: 'number' }, ms(route.first_token_ms)),
    h('td', { class: 'number' }, ms(route.model_ms)),
  );
}

/** A bar whose middle is the target. */
function Meter({ value, target, promised }) {
  const part = value == null ? 0 : Math.min(1, value / (2 * target));
  return h(
    'span',
    { class: 'meter', 'data-late': promised && value > target ? '' : null },
    h('span', { class: 'rail', 'aria-hidden': true }, h('i', { style: { width: `${100 * part}%` } })),
    h('span', { class: 'value' }, ms(value)),
  );
}

function Share({ value }) {
  return h('td', { class: 'number', 'data-some': value > 0 ? '' : null }, value > 0 ? share(value) : '0');
}
