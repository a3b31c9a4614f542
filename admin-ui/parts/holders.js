import { h } from '../lib/preact.js';
import { duration, ms, NONE, time } from '../format.js';
import { Part, Table } from '../page.js';

/** Who holds connections here, and at the server. */
export function Holders({ connections, server, onAsk, onTerminate }) {
  const limit = connections?.threshold_ms;
  return h(
    Part,
    { id: 'holders', title: 'Who holds connections', json: 'connections', note: limit ? `too long is more than ${duration(limit)}` : null },
    h(Table, {
      caption: 'Connections that are held here, the oldest first',
      head: [{ text: 'Route' }, { text: 'Held for', number: true }, { text: 'Criticality' }, { text: 'Pid', number: true }, { text: 'Statement and stack' }],
      rows: [...(connections?.held ?? [])].sort((a, b) => b.age_ms - a.age_ms).map(held => h(Held, { key: held.pid, held })),
      empty: connections ? 'No connection is held.' : '…',
    }),
    h(
      'div',
      { class: 'server' },
      h('h3', null, 'At the server'),
      h('button', { type: 'button', disabled: server?.asking, onClick: onAsk }, server?.asking ? 'Asking …' : 'Ask the server'),
      h('p', { class: 'note', role: 'status' }, server?.failure ?? (server?.at ? `asked at ${time(server.at)} UTC` : 'pg_stat_activity is read only when you ask: that costs a statement, and wakes nobody.')),
    ),
    server?.sessions && h(Sessions, { sessions: server.sessions, onTerminate }),
  );
}

function Held({ held }) {
  return h(
    'tr',
    { 'data-late': held.too_long ? '' : null },
    h('th', { scope: 'row' }, h('code', null, held.route ?? '(no route)'), held.request_id && h('span', { class: 'sub' }, held.request_id)),
    h('td', { class: 'number' }, ms(held.age_ms), held.too_long && h('span', { class: 'tag bad' }, 'too long')),
    h('td', null, held.criticality),
    h('td', { class: 'number' }, held.pid),
    h(
      'td',
      null,
      held.sql ? h('code', { class: 'sql' }, held.sql) : NONE,
      held.stack.length > 0 && h('details', null, h('summary', null, `Stack of ${held.stack.length} frames`), h('pre', { tabindex: 0, 'aria-label': 'Stack' }, held.stack.join('\n'))),
    ),
  );
}

function Sessions({ sessions, onTerminate }) {
  const chains = blockers(sessions);
  return [
    chains.length > 0 &&
      h(
        'div',
        { class: 'chains' },
        h('h3', null, 'Who blocks whom'),
        h('ul', null, chains.map(chain => h(Chain, { key: chain.session.pid, chain }))),
      ),
    h(Table, {
      caption: 'Sessions at the server',
      head: [{ text: 'Session' }, { text: 'Pid', number: true }, { text: 'State' }, { text: 'For', number: true }, { text: 'Waits on' }, { text: 'Statement' }, { text: 'Action' }],
      rows: sessions.map(session => h(Session, { key: session.pid, session, onTerminate })),
      empty: 'No other session.',
    }),
  ];
}

function Session({ session, onTerminate }) {
  return h(
    'tr',
    { 'data-late': session.blocked_by.length > 0 ? '' : null },
    h('th', { scope: 'row' }, session.application || '(unnamed)', h('span', { class: 'sub' }, session.role, session.ours && ' · Lectern')),
    h('td', { class: 'number' }, session.pid),
    h('td', null, session.state ?? NONE),
    h('td', { class: 'number' }, session.state_for_ms == null ? NONE : duration(session.state_for_ms)),
    h('td', null, session.blocked_by.length > 0 ? `pid ${session.blocked_by.join(', ')}` : (session.waits_on ?? NONE)),
    h('td', null, session.sql ? h('code', { class: 'sql' }, session.sql) : NONE),
    h('td', null, h('button', { type: 'button', 'aria-label': `Terminate pid ${session.pid}`, onClick: () => onTerminate(session.pid) }, 'Terminate …')),
  );
}

function Chain({ chain }) {
  const { session, blocks } = chain;
  return h(
    'li',
    null,
    h('code', null, session.application || '(unnamed)'),
    ` pid ${session.pid}, ${session.state ?? 'state unknown'}`,
    session.state_for_ms != null && ` for ${duration(session.state_for_ms)}`,
    blocks.length > 0 && [' blocks', h('ul', null, blocks.map(each => h(Chain, { key: each.session.pid, chain: each })))],
  );
}

/** Those who wait for nobody and have others wait, each with these. */
function blockers(sessions) {
  const chain = (session, above) => ({
    session,
    blocks: sessions.filter(each => each.blocked_by.includes(session.pid) && !above.includes(each.pid)).map(each => chain(each, [...above, each.pid])),
  });
  return sessions.filter(session => session.blocked_by.length === 0).map(session => chain(session, [session.pid])).filter(root => root.blocks.length > 0);
}
