import { h } from '../lib/preact.js';
import { moment, ms, NONE, number, time } from '../format.js';
import { Figure, Part, withNames } from '../page.js';

/** What warm-up does next and why, what it has spared readers, and what it costs. */
export function Warmup({ warmup, now }) {
  const ledger = warmup?.ledger;
  return h(
    Part,
    { id: 'warmup', title: 'Warm-up', json: 'warmup', note: warmup ? `policy: ${warmup.policy}${warmup.active ? '' : ', which does nothing here'}` : null },
    h('p', { class: 'plan' }, warmup ? plan(warmup, now) : '\u00a0'),
    h('div', { class: 'spent' },
    h(
      'dl',
      { class: 'figures' },
      h(Figure, { name: 'Wakes', value: ledger?.wakes ?? NONE, title: ledger && `${ledger.warm_wakes} of them by warm-up` }),
      h(Figure, { name: 'Wake p50', value: ms(ledger?.wake_p50_ms) }),
      h(Figure, { name: 'Wake p95', value: ms(ledger?.wake_p95_ms) }),
      h(Figure, { name: 'Cold requests', value: ledger?.cold_requests ?? NONE, title: ledger?.cold_mean_ms == null ? null : `They waited ${ms(ledger.cold_mean_ms)} on average` }),
      h(Figure, { name: 'Avoided', value: ledger?.avoided ?? NONE, title: 'Requests that would have met a compute asleep' }),
      h(Figure, { name: 'Pings', value: ledger?.touches ?? NONE, title: 'Statements that keep the compute awake' }),
    ),
    h(Cost, { warmup }),
    ),
    warmup?.neon_api && h('p', { class: 'note' }, neon(warmup.neon_api)),
  );
}

function plan({ halted, next, awake_until: awake, suspend_timeout_s: suspend }, now) {
  const words = [];
  const why = next.why.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, at => moment(at, now));
  if (halted) words.push(`Rests: ${halted}.`);
  words.push(next.at ? `Next ${next.touch ? 'ping' : 'look'} at ${moment(next.at, now)}: ${why}.` : `No ping is planned: ${why}.`);
  words.push(awake ? `Awake until ${time(awake)} UTC without another statement.` : suspend > 0 ? 'Asleep, or about to be.' : 'This compute never sleeps.');
  return withNames(words.join(' '));
}

function Cost({ warmup }) {
  if (!warmup) return h('div', { class: 'cost' });
  const { ledger, month, price_usd: price, compute_units: units } = warmup;
  const budget = month.budget_cu_hours;
  const part = budget ? Math.min(1, month.cu_hours / budget) : 0;
  return h(
    'div',
    { class: 'cost' },
    h('p', null, h('b', null, `${number(month.cu_hours, 3)} CU-hours`), ` on warmth this month, ${number(month.usd, 2)} USD`, budget ? ` of ${number(budget, 2)} CU-hours (${number(budget * price, 2)} USD)` : ', without a budget'),
    h('div', { class: 'track', role: 'img', 'aria-label': budget ? `${Math.round(100 * part)} % of the budget is spent` : 'There is no budget' }, part > 0 && h('span', { class: part < 0.9 ? 'active' : 'waiting', style: { width: `${100 * part}%` } })),
    h('p', { class: 'note' }, `${number(ledger.cu_hours, 3)} CU-hours since the start; ${units} CU at ${price} USD a CU-hour`),
  );
}

function neon({ state, asked_at: at, last_failure: failure }) {
  return `Neon’s API: ${state}${at ? `, asked at ${time(at)} UTC` : ''}${failure ? `; it did not answer the last time: ${failure}` : ''}.`;
}
