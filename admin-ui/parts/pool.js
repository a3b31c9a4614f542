import { h } from '../lib/preact.js';
import { count, ms, number } from '../format.js';
import { FileLink, Part } from '../page.js';

/** Who has how many connections: this process of its own maximum, and everybody of the server's limit. */
export function Pool({ snapshot, fleet, capacity }) {
  const pool = snapshot?.pool;
  return h(
    Part,
    { id: 'pool', title: 'Pool', json: 'fleet', note: pool && pool.maximum < pool.configured ? `asks for ${pool.configured}, and its share is ${pool.maximum}` : null },
    h('div', { class: 'bars' },
    h(Bar, { title: 'This process', whole: pool?.maximum, wholeName: 'maximum', pieces: pool ? own(pool) : [] }),
    h(Bar, {
      title: 'Server',
      whole: pool?.server_limit,
      wholeName: 'limit, less its reserved slots',
      pieces: pool?.server_limit ? server(pool, fleet) : [],
      absent: pool && !pool.server_limit ? 'Its limit was not asked for yet: that is done on the next connection.' : null,
    }),
    ),
    h('p', { class: 'note shares' }, fleet ? shares(fleet) : '\u00a0'),
    h('p', { class: 'note advice' }, capacity ? advice(capacity) : '\u00a0', ' ', h(FileLink, { path: '/api/capacity', name: 'capacity.json', label: 'Capacity as JSON' }, 'JSON')),
  );
}

/** How many connections the busiest minute needed, and whether the model that says so is right about this pool. */
function advice({ busiest, advice, present, pool }) {
  if (!busiest) return 'No work was done in this hour that tells how many connections are needed.';
  const needed = advice.pool
    ? `${count(advice.pool.connections, 'connection')} would have kept waiting and holding within ${ms(advice.allowance_ms)} for 95 of 100.`
    : advice.sentence;
  const expected = present.wait_and_hold_p95_ms == null ? 'more than it can do' : `${ms(present.wait_and_hold_p95_ms)} expected`;
  return `In the busiest minute of this hour (${number(busiest.arrivals_per_s, 1)}/s, held for ${ms(busiest.hold.mean_ms)}): ${needed} The pool has ${pool} (${expected}, ${ms(busiest.wait_and_hold_p95_ms)} measured).`;
}

function own(pool) {
  return [
    { kind: 'active', name: 'in use', many: pool.active },
    { kind: 'idle', name: 'idle', many: pool.idle },
    { kind: 'free', name: 'not open', many: Math.max(0, pool.maximum - pool.active - pool.idle) },
    { kind: 'waiting', name: 'waiting', many: pool.waiting, outside: true },
  ];
}

function server(pool, fleet) {
  const others = fleet?.others ?? [];
  const taken = others.reduce((sum, other) => sum + other.connections, pool.active + pool.idle);
  return [
    { kind: 'active', name: 'this process', many: pool.active + pool.idle },
    ...others.map((other, i) => ({
      kind: `other other-${i % 4}`,
      name: other.role && other.role !== other.application ? `${other.application} (${other.role})` : other.application,
      many: other.connections,
    })),
    // Others are counted only where the server has refused a connection.
    { kind: 'free', name: others.length > 0 ? 'free' : 'free or not counted', many: Math.max(0, pool.server_limit - taken) },
  ];
}

function shares(fleet) {
  const reserved = fleet.reserved == null ? '' : ` ${count(fleet.reserved, 'slot')} more are reserved for superusers.`;
  const room = ` A head-room of ${fleet.head_room} is left to people, migrations and other programs.`;
  return fleet.replicas === 1
    ? `One replica, whose share is ${fleet.share}.${room}${reserved}`
    : `${fleet.replicas} replicas; the share of each is ${fleet.share}.${room}${reserved}`;
}

function Bar({ title, whole, wholeName, pieces, absent }) {
  const inside = pieces.filter(piece => !piece.outside && piece.many > 0);
  const sum = Math.max(whole ?? 0, inside.reduce((all, piece) => all + piece.many, 0), 1);
  const words = pieces.filter(piece => piece.many > 0 || piece.outside || piece.kind === 'active');
  return h(
    'div',
    { class: 'bar' },
    h('h3', null, title, h('span', { class: 'whole' }, whole == null ? '' : ` ${whole} ${wholeName}`)),
    h(
      'div',
      { class: 'track', role: 'img', 'aria-label': `${title}: ${words.map(piece => `${piece.many} ${piece.name}`).join(', ')}` },
      inside.map(piece => h('span', { key: piece.name, class: piece.kind, style: { width: `${(100 * piece.many) / sum}%` } })),
    ),
    h(
      'ul',
      { class: 'legend' },
      absent ? h('li', null, absent) : words.map(piece => h('li', { key: piece.name, class: piece.kind, 'data-some': piece.outside && piece.many > 0 ? '' : null }, h('b', null, piece.many), ` ${piece.name}`)),
    ),
  );
}
