// What every page needs to know of the server, and what is said to the reader.

import { Source } from './dom.js';
import { facts, hasToken } from './api.js';

/** The server: its version, whether this page may change anything, and what went wrong. */
class Server extends Source {
  facts = null;
  error = null;

  /** Asks again; the offset up to which whatever is read from now on is complete, null without an answer. */
  async ask() {
    try {
      this.facts = await facts();
      this.error = null;
    } catch (error) {
      this.error = error;
    }
    this.changed();
    return this.facts?.offset ?? null;
  }

  /** Whether changes can be asked for: the server takes them, and this tab has a token. */
  get writable() {
    return Boolean(this.facts?.writable) && hasToken();
  }
}

export const server = new Server();

/** Short words at the edge of the page, which go by themselves; screen readers say them. */
class Notices extends Source {
  #next = 0;
  all = [];

  say(text, kind = 'fine') {
    const notice = { id: this.#next++, text, kind };
    this.all = [...this.all, notice];
    this.changed();
    setTimeout(() => this.drop(notice), kind === 'fine' ? 6000 : 15_000);
  }

  drop(notice) {
    this.all = this.all.filter((each) => each !== notice);
    this.changed();
  }
}

export const notices = new Notices();

/** Does something that can fail, and says how it went. */
export async function attempt(action, done) {
  try {
    const result = await action();
    if (done) {
      notices.say(done);
    }
    return result;
  } catch (error) {
    notices.say(error.message, 'bad');
    return null;
  }
}

/**
 * What is fetched for a key and fetched again when asked: the newest answer wins, whatever the order in
 * which answers come.
 */
export class Resource extends Source {
  #load;
  #abort = null;
  #again = false;
  #timer = 0;
  #closed = false;
  value = null;
  error = null;
  loading = false;

  constructor(load) {
    super();
    this.#load = load;
  }

  async fetch() {
    if (this.#closed) {
      return;
    }
    this.#abort?.abort();
    const abort = new AbortController();
    this.#abort = abort;
    this.loading = true;
    this.changed();
    try {
      const value = await this.#load(abort.signal);
      if (this.#abort === abort) {
        this.value = value;
        this.error = null;
      }
    } catch (error) {
      if (this.#abort === abort) {
        this.error = error;
      }
    }
    if (this.#abort === abort) {
      this.loading = false;
      this.changed();
    }
  }

  /** Fetches soon, however often it is asked for: at most once in `pause` milliseconds. */
  refresh(pause = 1000) {
    if (this.#closed) {
      return;
    }
    if (this.#timer !== 0) {
      this.#again = true;
      return;
    }
    this.#timer = setTimeout(() => {
      this.#timer = 0;
      if (this.#again) {
        this.#again = false;
        this.refresh(pause);
      }
    }, pause);
    this.fetch();
  }

  /** For good: what is asked for after this is not fetched. */
  close() {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#abort?.abort();
    this.#abort = null;
  }
}
