// The address is the view: what stands behind '#/' is all that a page shows, so that a link is a figure.

import { Source } from './dom.js';

/** A view: a path such as ['run', 'ID'], and parameters in their order, names possibly several times. */
export function parse(hash) {
  const text = hash.replace(/^#?\/?/, '');
  const cut = text.indexOf('?');
  const path = cut < 0 ? text : text.slice(0, cut);
  const parts = path.split('/').filter((part) => part !== '').map(decode);
  return {
    path: parts.length === 0 ? ['runs'] : parts,
    parameters: new URLSearchParams(cut < 0 ? '' : text.slice(cut + 1)),
  };
}

// A broken escape in a link typed by hand is shown as it stands.
function decode(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** The link to a view. Parameters that are null, undefined or empty are left out; lists come several times. */
export function link(path, parameters = {}) {
  const query = new URLSearchParams();
  for (const [name, given] of Object.entries(parameters)) {
    for (const each of Array.isArray(given) ? given : [given]) {
      if (each !== null && each !== undefined && each !== '') {
        query.append(name, String(each));
      }
    }
  }
  const text = query.toString();
  return '#/' + path.map(encodeURIComponent).join('/') + (text === '' ? '' : '?' + text);
}

// Browsers take no more than some two hundred addresses in ten seconds, some fewer, and leave out the rest or throw.
const APART = 150;

class Router extends Source {
  #there = null;
  #timer = 0;

  constructor() {
    super();
    this.view = parse(location.hash);
    addEventListener('hashchange', () => this.read());
    addEventListener('popstate', () => this.read());
    addEventListener('pagehide', () => this.#write());
  }

  /** Takes the view from the address. */
  read() {
    this.#there = null;
    this.view = parse(location.hash);
    this.changed();
  }

  // What follows a hand's movement is shown at once, and stands in the address a little later.
  #write() {
    clearTimeout(this.#timer);
    this.#timer = 0;
    if (this.#there !== null) {
      history.replaceState(null, '', this.#there);
      this.#there = null;
    }
  }

  get(name) {
    return this.view.parameters.get(name);
  }

  all(name) {
    return this.view.parameters.getAll(name);
  }

  /** Changes parameters of the page that is shown. What follows a hand's movement makes no history. */
  set(changes, { keep = false } = {}) {
    const all = {};
    for (const name of new Set(this.view.parameters.keys())) {
      all[name] = this.view.parameters.getAll(name);
    }
    const there = link(this.view.path, { ...all, ...changes });
    if (there === (this.#there ?? location.hash)) {
      return;
    }
    if (keep) {
      this.#write();
      history.pushState(null, '', there);
    } else {
      this.#there = there;
      this.#timer ||= setTimeout(() => this.#write(), APART);
    }
    this.view = parse(there);
    this.changed();
  }

  /** Another page. */
  go(there) {
    this.#write();
    location.hash = there;
  }
}

export const router = new Router();
