// The admin port's JSON. Where it wants a token, that is asked for once and kept for as long as the tab is open.

const KEPT = 'lectern-admin-token';
const PATIENCE = 10_000;
let token = sessionStorage.getItem(KEPT);

/** What the server refused to do, and why. */
export class Refused extends Error {
  constructor(status, problem) {
    super(problem?.detail ?? problem?.title ?? `The admin port answered ${status}.`);
    this.status = status;
    this.errors = problem?.errors ?? [];
  }
}

export function bear(given) {
  token = given;
  sessionStorage.setItem(KEPT, given);
}

export function bearsToken() {
  return token !== null;
}

/** Sends a request with the token, and throws `Refused` where it is not granted. */
export async function request(path, { headers = {}, ...options } = {}) {
  const sent = token === null ? headers : { ...headers, Authorization: `Bearer ${token}` };
  const response = await fetch(path, { ...options, headers: sent, cache: 'no-store' });
  if (!response.ok) {
    throw new Refused(response.status, await response.json().catch(() => null));
  }
  return response;
}

/** What a panel shows. One that does not come is given up, so that it is asked for again. */
export async function panel(name) {
  return (await request(`/api/${name}`, { signal: AbortSignal.timeout(PATIENCE) })).json();
}

/** Acts, or says what that would do. */
export async function act(action, body) {
  const response = await request(`/api/actions/${action}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-Lectern-Action': '1' },
    body: JSON.stringify(body),
  });
  return response.json();
}

/** Saves what a link alone could not fetch, since links bear no token. */
export async function save(path, name) {
  const url = URL.createObjectURL(await (await request(path)).blob());
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
