// What the parts of the page have in common.

import { h } from './lib/preact.js';
import { bearsToken, save } from './api.js';

/** A part of the page: a heading, what it says of itself, and a link to the same as JSON. */
export function Part({ id, title, note, json, children }) {
  return h(
    'section',
    { class: 'part', id, 'aria-labelledby': `${id}-title` },
    h(
      'header',
      null,
      h('h2', { id: `${id}-title` }, title),
      note && h('p', { class: 'note' }, note),
      json && h(FileLink, { path: `/api/${json}`, name: `${json}.json`, label: `${title} as JSON` }, 'JSON'),
    ),
    children,
  );
}

/** A link to something of the admin port. With a token it is saved, since a link could not bear that. */
export function FileLink({ path, name, label, download, children }) {
  const fetched = event => {
    event.preventDefault();
    save(path, name).catch(() => {});
  };
  return h(
    'a',
    { class: 'file', href: path, 'aria-label': label, download: download && name, onClick: bearsToken() ? fetched : null },
    children,
  );
}

/** A table that scrolls in a box of its own where the page is narrow. */
export function Table({ caption, head, rows, empty, class: kind }) {
  return h(
    'div',
    { class: `scroll ${kind ?? ''}`, tabindex: 0, role: 'region', 'aria-label': caption },
    h(
      'table',
      null,
      h('caption', { class: 'unseen' }, caption),
      h(
        'thead',
        null,
        h('tr', null, head.map(cell => h('th', { scope: 'col', class: cell.number ? 'number' : null, title: cell.title }, cell.text))),
      ),
      h('tbody', null, rows.length > 0 ? rows : h('tr', null, h('td', { class: 'empty', colspan: head.length }, empty))),
    ),
  );
}

/** Text in which something between backticks is a name. */
export function withNames(text) {
  return text.split('`').map((part, i) => (i % 2 === 1 ? h('code', null, part) : part));
}

/** A figure with what it is. */
export function Figure({ name, value, unit, title, level }) {
  return h(
    'div',
    { class: 'figure', 'data-level': level, title },
    h('dt', null, name),
    h('dd', null, value, unit && h('span', { class: 'unit' }, ` ${unit}`)),
  );
}
