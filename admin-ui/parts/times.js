import { h } from '../lib/preact.js';
import { count, ms } from '../format.js';
import { Part } from '../page.js';

const KINDS = [
  { key: 'wait', name: 'Wait', what: 'for a permit' },
  { key: 'create', name: 'Create', what: 'a connection' },
  { key: 'use', name: 'Use', what: 'of a connection' },
];

/** How long work waits, connections take to be made, and are held. */
export function Times({ times }) {
  return h(
    Part,
    { id: 'times', title: 'Times', json: 'times', note: `the last ${times?.window_s ?? 60} s` },
    h('div', { class: 'times' }, KINDS.map(kind => h(Time, { key: kind.key, ...kind, report: times?.[kind.key] }))),
  );
}

function Time({ name, what, report }) {
  const buckets = report?.buckets ?? [];
  const most = Math.max(1, ...buckets.map(bucket => bucket.count));
  return h(
    'div',
    { class: 'time' },
    h('h3', null, name, h('span', { class: 'whole' }, ` ${what}`)),
    h(
      'dl',
      { class: 'percentiles' },
      [['p50', report?.p50_ms], ['p95', report?.p95_ms], ['p99', report?.p99_ms], ['most', report?.max_ms]].map(([term, value]) => h('div', null, h('dt', null, term), h('dd', null, ms(value)))),
    ),
    h(
      'div',
      { class: 'histogram', role: 'img', 'aria-label': `${name}: ${described(buckets)}` },
      buckets.map((bucket, i) =>
        h('span', { title: `${upTo(buckets, i)}: ${bucket.count}` }, h('i', { 'data-some': bucket.count > 0 ? '' : null, style: { height: `${(100 * bucket.count) / most}%` } })),
      ),
    ),
    h('p', { class: 'scale', 'aria-hidden': true }, h('span', null, '1 ms'), h('span', null, '25'), h('span', null, '200'), h('span', null, '1 s'), h('span', null, '> 10 s')),
    h('p', { class: 'note' }, report ? count(report.count, 'time') : '\u00a0'),
  );
}

function described(buckets) {
  const some = buckets.map((bucket, i) => (bucket.count > 0 ? `${bucket.count} ${upTo(buckets, i)}` : null)).filter(text => text !== null);
  return some.length > 0 ? some.join(', ') : 'nothing yet';
}

function upTo(buckets, i) {
  const most = buckets[i].le_ms;
  return most === null ? `longer than ${ms(buckets[i - 1].le_ms)}` : `up to ${ms(most)}`;
}
