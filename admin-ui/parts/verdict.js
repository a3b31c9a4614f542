import { h } from '../lib/preact.js';
import { count, duration, ms, NONE, number, share, word } from '../format.js';
import { Figure, withNames } from '../page.js';

/** How the connection layer is, in a sentence, and what to do now. */
export function Verdict({ snapshot }) {
  if (!snapshot) {
    return h(
      'section',
      { class: 'verdict', id: 'verdict' },
      h('div', { class: 'said' }, h('h1', null, h('span', { class: 'chip' }, '…'), ' ', h('span', null, 'Looking at the connections …'))),
      h(Figures, { snapshot }),
    );
  }
  const { level, next } = snapshot.verdict;
  const { status, sentence } = parts(snapshot.verdict.sentence);
  return h(
    'section',
    { class: 'verdict', id: 'verdict', 'data-level': level },
    h(
      'div',
      { class: 'said' },
      h('h1', null, h('span', { class: 'chip' }, status), h('span', { class: 'unseen' }, ': '), h('span', null, withNames(sentence))),
      h('p', { class: 'next' }, next ? [h('span', { 'aria-hidden': true, class: 'arrow' }, '→ '), withNames(next)] : 'Nothing to do.'),
    ),
    // Rates change each second: only another state or level is worth an announcement.
    h('p', { class: 'unseen', role: 'status', 'aria-live': 'polite' }, `${status}, ${level}. ${next ?? ''}`),
    h(Figures, { snapshot }),
  );
}

function Figures({ snapshot }) {
  const rates = snapshot?.rates;
  const readers = snapshot?.readers;
  const since = snapshot && duration(Date.parse(snapshot.at) - Date.parse(snapshot.database.since));
  const late = readers?.p95_ms != null && readers.p95_ms > readers.target_ms;
  return h(
    'dl',
    { class: 'figures' },
    h(Figure, { name: 'For', value: since ?? NONE, title: snapshot && `${word(snapshot.database.status)} since ${snapshot.database.since}` }),
    h(Figure, { name: 'Served', value: number(rates?.served, 1), unit: '/s', title: 'Pieces of work on the database, a second' }),
    h(Figure, { name: 'Refused', value: number(rates?.refused, 1), unit: '/s', level: rates?.refused > 0 ? 'bad' : null }),
    h(Figure, { name: 'Timeouts', value: number(rates?.timeouts, 1), unit: '/s', level: rates?.timeouts > 0 ? 'bad' : null }),
    h(Figure, { name: 'Failed', value: number(rates?.failed, 1), unit: '/s', level: rates?.failed > 0 ? 'bad' : null }),
    h(Figure, {
      name: 'Readers’ p95',
      value: ms(readers?.p95_ms),
      unit: readers && `of ${readers.target_ms} ms`,
      level: late ? 'bad' : null,
      title: readers && `${count(readers.requests, 'request')} in ${readers.window_s} s, without language models`,
    }),
    h(Figure, {
      name: 'Late',
      value: share(readers?.over_target),
      unit: 'of readers',
      level: readers?.burn_rate_5m > 1 ? 'bad' : null,
      title: readers && `Over the target, refused or failed. The objective burns ${number(readers.burn_rate_5m, 1)} times as fast as it may (5 min), ${number(readers.burn_rate_1h, 1)} (1 h)`,
    }),
  );
}

/** The sentence begins with the state, which is shown as a chip: `READY: …` or `READY, but …`. */
function parts(said) {
  const [, status, mark, rest] = /^([A-Z-]+)([:,]) ([^]*)$/.exec(said) ?? [null, '', '', said];
  return { status, sentence: mark === ':' ? rest.charAt(0).toUpperCase() + rest.slice(1) : rest };
}
