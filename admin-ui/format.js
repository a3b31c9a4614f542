// Quantities as people read them. Times of day are UTC, as in the verdict and in the logs.

export const NONE = '–';

/** Such as `0.4 ms`, `12 ms` and `3.2 s`. */
export function ms(value) {
  if (value == null) return NONE;
  if (value < 10) return `${round(value, 1)} ms`;
  if (value < 1000) return `${Math.round(value)} ms`;
  return `${round(value / 1000, value < 10_000 ? 1 : 0)} s`;
}

/** Such as `340 ms`, `12 s`, `3 min 20 s` and `2 h 5 min`. */
export function duration(millis) {
  if (millis < 60_000) return ms(Math.max(0, millis));
  const minutes = Math.floor(millis / 60_000);
  if (minutes < 60) return `${minutes} min${rest(Math.floor(millis / 1000) % 60, 's')}`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h${rest(minutes % 60, 'min')}` : `${Math.floor(hours / 24)} days`;
}

/** Such as `12 %`, of a share from 0 to 1. */
export function share(value) {
  if (value == null) return NONE;
  const percent = 100 * value;
  return `${percent === 0 || percent >= 10 ? Math.round(percent) : round(percent, 1)} %`;
}

export function number(value, digits = 0) {
  return value == null ? NONE : round(value, digits);
}

/** Such as `22:31:04`, of an instant or of seconds since 1970. */
export function time(at) {
  return at == null ? NONE : date(at).toISOString().slice(11, 19);
}

/** Such as `22:31:04`, or `2026-11-29 06:00` on another day than the page's. */
export function moment(at, now) {
  if (at == null) return NONE;
  const text = date(at).toISOString();
  return text.slice(0, 10) === date(now).toISOString().slice(0, 10)
    ? text.slice(11, 19)
    : `${text.slice(0, 10)} ${text.slice(11, 16)}`;
}

/** Such as `1 connection` and `2 connections`. */
export function count(many, one) {
  return `${many} ${one}${many === 1 ? '' : 's'}`;
}

/** Whole words of a name that a machine uses: `READ-ONLY` of `read-only`. */
export function word(name) {
  return (name ?? '').toUpperCase();
}

function date(at) {
  return new Date(typeof at === 'number' ? at * 1000 : at);
}

function round(value, digits) {
  return value.toFixed(digits);
}

function rest(part, unit) {
  return part === 0 ? '' : ` ${part} ${unit}`;
}
