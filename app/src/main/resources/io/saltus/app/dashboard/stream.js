// The stream of server-sent events, read by fetch: only so can the token travel in a header.

import { address, forgetToken, headers, problemOf } from './api.js';

const FIRST_PAUSE = 300;
const LONGEST_PAUSE = 5000;
// The server says something every ten seconds; silence for longer is a dead connection.
const SILENCE = 25_000;

/**
 * Cuts bytes of an event stream into events. Lines may end in the middle of a piece, and pieces in the
 * middle of a letter.
 */
export class EventCutter {
  #decoder = new TextDecoder();
  #rest = '';
  #event = { event: 'message', id: null, data: [] };

  /** The events that are whole after another piece. */
  cut(bytes) {
    const lines = (this.#rest + this.#decoder.decode(bytes, { stream: true })).split(/\r\n|\n/);
    this.#rest = lines.pop();
    const whole = [];
    for (const line of lines) {
      if (line === '') {
        if (this.#event.data.length > 0) {
          whole.push({ ...this.#event, data: this.#event.data.join('\n') });
        }
        this.#event = { event: 'message', id: null, data: [] };
      } else {
        this.#field(line);
      }
    }
    return whole;
  }

  #field(line) {
    const colon = line.indexOf(':');
    if (colon === 0) {
      return;
    }
    const name = colon < 0 ? line : line.slice(0, colon);
    const text = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (name === 'data') {
      this.#event.data.push(text);
    } else if (name === 'event') {
      this.#event.event = text;
    } else if (name === 'id') {
      this.#event.id = Number(text);
    }
  }
}

/**
 * One connection that always tries to be there. It goes on after the last offset that it told; with other
 * topics it opens anew, after the same offset. Told are: `event(name, data, offset)`, `state(word)` with
 * connecting, open, lost or refused, and `reset()` when the journal behind the server is another one.
 */
export class Connection {
  #told;
  #topics = [];
  #offset = null;
  #abort = null;
  #pause = FIRST_PAUSE;
  #timer = 0;

  constructor(told) {
    this.#told = told;
  }

  /** Up to where everything was told; null before the first answer. */
  get offset() {
    return this.#offset;
  }

  /** What to listen to, from an offset that is known already or from now on. */
  open(topics, offset = null) {
    this.#topics = [...topics].sort();
    if (this.#offset === null || (offset !== null && offset < this.#offset)) {
      this.#offset = offset;
    }
    this.#pause = FIRST_PAUSE;
    this.#again(0);
  }

  close() {
    clearTimeout(this.#timer);
    this.#abort?.abort();
    this.#abort = null;
  }

  #again(pause) {
    this.close();
    this.#timer = setTimeout(() => this.#connect(), pause);
  }

  async #connect() {
    const abort = new AbortController();
    this.#abort = abort;
    this.#told.state('connecting');
    let pause = null;
    try {
      pause = await this.#read(abort);
    } catch {
      // A broken connection is told by the state; the reason is the network's.
    }
    if (this.#abort !== abort) {
      return; // replaced by a newer one
    }
    if (pause === 'refused') {
      return;
    }
    this.#told.state('lost');
    this.#again(pause ?? this.#pause * (0.75 + Math.random() / 2));
    this.#pause = Math.min(2 * this.#pause, LONGEST_PAUSE);
  }

  async #read(abort) {
    const known = this.#offset === null ? {} : { 'Last-Event-ID': String(this.#offset) };
    const response = await fetch(address(['stream'], { topic: this.#topics }), {
      headers: headers({ Accept: 'text/event-stream', ...known }),
      cache: 'no-store',
      credentials: 'omit',
      signal: abort.signal,
    });
    if (!response.ok) {
      if (forgetToken(response.status)) {
        return 0;
      }
      const final = response.status >= 400 && response.status < 500 && response.status !== 429;
      this.#told.state(final ? 'refused' : 'lost', await problemOf(response));
      return final ? 'refused' : null;
    }
    const reader = response.body.getReader();
    const cutter = new EventCutter();
    let silence = 0;
    const listen = () => {
      clearTimeout(silence);
      silence = setTimeout(() => abort.abort(), SILENCE);
    };
    try {
      listen();
      for (;;) {
        const { done, value } = await reader.read();
        if (done) {
          return null;
        }
        listen();
        for (const event of cutter.cut(value)) {
          if (event.event === 'lagging') {
            return 0;
          }
          if (this.#tell(event) === 'again') {
            return 0;
          }
        }
      }
    } finally {
      clearTimeout(silence);
      // Ended by us or not: nobody reads on.
      reader.cancel().catch(() => {});
    }
  }

  #tell({ event, id, data }) {
    const content = JSON.parse(data);
    if (event === 'hello') {
      this.#pause = FIRST_PAUSE;
      this.#told.state('open');
      if (this.#offset === null) {
        this.#offset = content.offset;
      } else if (content.offset < this.#offset) {
        // Less than was told already: this is another journal, or an older copy of it.
        this.#offset = content.offset;
        this.#told.reset();
        return 'again';
      }
      return null;
    }
    this.#told.event(event, content, id);
    if (id !== null && id > this.#offset) {
      this.#offset = id;
    }
    return null;
  }
}
