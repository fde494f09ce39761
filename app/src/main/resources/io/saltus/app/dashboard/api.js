// Calls of the HTTP API. The token lives in the session storage of this tab and travels in a header only.

const ROOT = '/api/v1';
const KEY = 'saltus-token';
const SERIES = 'application/vnd.saltus.series';

/** What the server refused, with the words that it gave. */
export class Refused extends Error {
  constructor(status, problem) {
    super(problem.detail ?? problem.title ?? 'the server answered ' + status);
    this.status = status;
    this.problem = problem;
  }
}

/** There was no answer. */
export class Unreachable extends Error {
  constructor() {
    super('no answer from the server');
  }
}

/** Takes the token out of the address, where it must not stay: addresses are shown, copied and kept. */
export function takeToken() {
  const found = /^#token=([^&]*)&?(.*)$/.exec(location.hash);
  if (found) {
    giveToken(decodeURIComponent(found[1]));
    history.replaceState(null, '', found[2].startsWith('/') ? '#' + found[2] : '#/runs');
  }
}

export function giveToken(token) {
  sessionStorage.setItem(KEY, token.trim());
}

export function dropToken() {
  sessionStorage.removeItem(KEY);
}

/** Called when the server knows the token no more: each start of a server makes a new one. */
export const forgotten = { told: () => {} };

/**
 * What to do with an answer that refuses the token: forget it, because whoever reads on the server's own machine
 * needs none. True when it is worth asking again.
 */
export function forgetToken(status) {
  if (status !== 401 || !hasToken()) {
    return false;
  }
  dropToken();
  forgotten.told();
  return true;
}

export function hasToken() {
  return sessionStorage.getItem(KEY) !== null;
}

/** The headers that every call has. */
export function headers(more = {}) {
  const token = sessionStorage.getItem(KEY);
  return token === null ? more : { Authorization: 'Bearer ' + token, ...more };
}

/** The address of a route below the API's root. */
export function address(path, parameters = {}) {
  const query = new URLSearchParams();
  for (const [name, given] of Object.entries(parameters)) {
    for (const each of Array.isArray(given) ? given : [given]) {
      if (each !== null && each !== undefined && each !== '') {
        query.append(name, String(each));
      }
    }
  }
  const text = query.toString();
  return ROOT + path.map((part) => '/' + encodeURIComponent(part)).join('') + (text ? '?' + text : '');
}

async function call(url, options) {
  let response;
  try {
    response = await fetch(url, { cache: 'no-cache', credentials: 'omit', ...options });
  } catch (error) {
    if (error.name === 'AbortError') {
      throw error;
    }
    throw new Unreachable();
  }
  if (!response.ok) {
    const { Authorization: token, ...others } = options.headers;
    if (response.status === 401 && token !== undefined && options.method === undefined) {
      forgetToken(401);
      return call(url, { ...options, headers: others });
    }
    throw new Refused(response.status, await problemOf(response));
  }
  return response;
}

/**
 * A call that only reads, made again until there is an answer: a server that is away comes back, and the
 * state of the stream says meanwhile that it is away.
 */
async function read(url, options) {
  for (let pause = 500; ; pause = Math.min(5000, 2 * pause)) {
    try {
      return await call(url, options);
    } catch (error) {
      if (!(error instanceof Unreachable) && error.status !== 503 && error.status !== 429) {
        throw error;
      }
    }
    await new Promise((done) => setTimeout(done, pause));
    options.signal?.throwIfAborted();
  }
}

/** What an answer that is no success says; an empty object where it says nothing readable. */
export async function problemOf(response) {
  try {
    return await response.json();
  } catch {
    return {};
  }
}

export async function get(path, parameters, signal) {
  const accept = headers({ Accept: 'application/json' });
  return (await read(address(path, parameters), { headers: accept, signal })).json();
}

/** The server's own facts; fails when it is away. */
export async function facts() {
  return (await call(ROOT, { headers: headers({ Accept: 'application/json' }) })).json();
}

/** As text of a kind, such as text/csv. */
export async function text(path, parameters, kind) {
  return (await call(address(path, parameters), { headers: headers({ Accept: kind }) })).text();
}

/** A change; the answer, or null where there is none. */
export async function send(method, path, body) {
  const response = await call(address(path), {
    method,
    headers: headers({ Accept: 'application/json', 'Content-Type': 'application/json' }),
    body: method === 'DELETE' && body === undefined ? undefined : JSON.stringify(body ?? {}),
  });
  const answer = await response.text();
  return answer === '' ? null : JSON.parse(answer);
}

/** Series of a run in the binary form: {run, offset, series: [{metric, total, thinned, steps, values}]}. */
export async function series(run, parameters, signal) {
  const url = address(['runs', run, 'metrics'], parameters);
  const response = await read(url, { headers: headers({ Accept: SERIES }), signal });
  return decode(await response.arrayBuffer());
}

/** The binary form read: `SLT1`, the length of a JSON header, the header, then pairs of float64 columns. */
export function decode(buffer) {
  const view = new DataView(buffer);
  const magic = String.fromCharCode(...new Uint8Array(buffer, 0, Math.min(4, buffer.byteLength)));
  if (magic !== 'SLT1') {
    throw new Error('the server sent series in a form that this page does not know: reload it');
  }
  const length = view.getUint32(4, true);
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 8, length)));
  let at = 8 + length;
  const column = (count) => {
    const numbers = new Float64Array(buffer, at, count);
    at += 8 * count;
    return numbers;
  };
  return {
    ...header,
    series: header.series.map((each) => ({
      ...each,
      steps: column(each.count),
      values: column(each.count),
    })),
  };
}
