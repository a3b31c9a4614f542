import { h } from '../lib/preact.js';
import { FileLink, Part, Table } from '../page.js';

/** What is in force and where it comes from, and what to send to whoever is to find out what happened. */
export function Configuration({ configuration, snapshot }) {
  const values = configuration?.values ?? [];
  const set = values.filter(value => value.source !== 'default').length;
  const process = snapshot?.process;
  return h(
    Part,
    { id: 'configuration', title: 'Configuration', json: 'config', note: configuration ? `${set} of ${values.length} values are not defaults; secrets are masked` : null },
    h(
      'p',
      { class: 'files' },
      h(FileLink, { path: '/api/threads', name: 'lectern-threads.txt', download: true }, 'Thread dump'),
      h(FileLink, { path: '/api/bundle', name: 'lectern-diagnosis.zip', download: true }, 'Diagnostic bundle'),
      h('span', { class: 'note' }, process ? `Lectern ${process.version}, ${process.heap_used_mb} of ${process.heap_max_mb} MB of heap, ${process.threads} threads` : '\u00a0'),
    ),
    h(
      'details',
      null,
      h('summary', null, 'Values in force'),
      h(Table, {
        class: 'tall',
        caption: 'Configuration in force',
        head: [{ text: 'Key' }, { text: 'Value' }, { text: 'Source' }, { text: 'Variable' }],
        rows: values.map(value => h(Value, { key: value.key, value })),
        empty: '…',
      }),
    ),
  );
}

function Value({ value: { key, value, source, variable } }) {
  return h(
    'tr',
    { 'data-source': source },
    h('th', { scope: 'row' }, h('code', null, key)),
    h('td', null, value === '' ? h('span', { class: 'sub' }, 'empty') : h('code', null, value)),
    h('td', null, source),
    h('td', null, variable && h('code', null, variable)),
  );
}
