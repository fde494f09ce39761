// One stream per browser. HTTP/1.1 allows six connections to a server, and every open page would take one:
// so one of the pages of a browser holds the stream and tells the others over a channel. When it closes, the
// next takes over. Where the browser has no locks (pages that came over plain HTTP from another machine),
// each page has a stream of its own.

import { Source } from './dom.js';
import { hasToken, headers } from './api.js';
import { Connection } from './stream.js';

// The server refuses the whole stream for a topic that cannot be, such as a run typed wrongly.
const TOPIC = /^(runs|devices|(run|study):[a-z0-9][a-z0-9._-]{0,62})$/;
const CHANNEL = 'saltus-stream';
/** A stream of the server has so many topics at most. */
const MOST = 64;

class Hub extends Source {
  #here = crypto.randomUUID?.() ?? String(Math.random());
  #handlers = new Map();
  #others = new Map(); // of the pages that listen through this one: their topics
  #connection = null;
  #channel = null;
  #opened = '';
  #offset = null;
  /** connecting, open, lost or refused. */
  state = 'connecting';
  /** Counts how often everything must be read anew: the journal is another one, or events were missed. */
  generation = 0;

  /** Begins; all that was read later than `offset` holds at least what is up to it. */
  start(offset) {
    this.#offset = offset;
    if (navigator.locks === undefined || typeof BroadcastChannel === 'undefined') {
      this.#lead();
      return;
    }
    // Pages with different tokens may see different things: they share nothing.
    const group = CHANNEL + '-' + (hasToken() ? digest(headers().Authorization) : 'open');
    this.#join(group);
    addEventListener('pagehide', () => this.#say({ kind: 'gone' }));
    navigator.locks.request(group, () => {
      this.#join(group);
      this.#lead();
      // Held as long as the page lives.
      return new Promise(() => {});
    });
    this.#say({ kind: 'who' });
  }

  /**
   * Calls `handler(name, data, offset)` for what comes under a topic, until the returned function is called;
   * with the name `again` when all must be read again.
   */
  watch(topic, handler) {
    const entry = [topic, handler];
    this.#handlers.set(entry, entry);
    this.#want();
    return () => {
      this.#handlers.delete(entry);
      // The next page's topics usually follow at once.
      setTimeout(() => this.#want(), 50);
    };
  }

  /** Asks all who watch to read again. */
  again() {
    for (const [, handler] of [...this.#handlers.values()]) {
      handler('again', {}, null);
    }
  }

  #wanted() {
    return [...new Set([...this.#handlers.values()].map(([topic]) => topic).filter((topic) => TOPIC.test(topic)))];
  }

  /** Of all pages that listen here. */
  #topics() {
    const topics = new Set(this.#wanted());
    this.#others.forEach((each) => each.forEach((topic) => topics.add(topic)));
    return topics;
  }

  #join(group) {
    if (this.#channel === null) {
      this.#channel = new BroadcastChannel(group);
      this.#channel.onmessage = ({ data }) => this.#heard(data);
    }
  }

  #want() {
    if (this.#connection !== null) {
      this.#reopen(this.#offset);
    } else {
      this.#say({ kind: 'want', topics: this.#wanted(), offset: this.#offset });
    }
  }

  #lead() {
    this.#connection ??= new Connection({
      event: (name, data, offset) => {
        this.#tell(name, data, offset);
        this.#say({ kind: 'event', name, data, offset });
      },
      state: (state) => {
        this.#show(state);
        this.#say({ kind: 'state', state });
      },
      reset: () => {
        this.#renew();
        this.#say({ kind: 'reset' });
      },
    });
    this.#say({ kind: 'leader' });
    this.#reopen(this.#offset);
  }

  // From the least offset that a page knows: what comes twice is known by its offset and changes nothing.
  #reopen(offset) {
    const topics = this.#topics();
    const now = [...topics].sort().join(' ');
    if (topics.size > 0 && now !== this.#opened) {
      this.#opened = now;
      this.#connection.open(topics, offset);
    }
  }

  #heard(message) {
    const leads = this.#connection !== null;
    if (message.kind === 'want' && leads) {
      this.#others.set(message.from, message.topics);
      if (this.#topics().size > MOST) {
        this.#others.delete(message.from);
        this.#say({ kind: 'full', to: message.from });
      }
      this.#reopen(message.offset);
      this.#say({ kind: 'state', state: this.state });
    } else if (message.kind === 'full' && message.to === this.#here) {
      // All that the pages want does not fit into one stream: this one takes its own.
      this.#channel.close();
      this.#channel = null;
      this.#lead();
    } else if (message.kind === 'gone' && leads) {
      this.#others.delete(message.from);
      this.#reopen(this.#offset);
    } else if (message.kind === 'leader' && !leads) {
      this.#want();
    } else if (message.kind === 'who' && leads) {
      this.#say({ kind: 'leader' });
    } else if (message.kind === 'event' && !leads) {
      this.#tell(message.name, message.data, message.offset);
    } else if (message.kind === 'state' && !leads) {
      this.#show(message.state);
    } else if (message.kind === 'reset' && !leads) {
      this.#renew();
    }
  }

  #tell(name, data, offset) {
    if (offset !== null && offset > this.#offset) {
      this.#offset = offset;
    }
    for (const [topic, handler] of [...this.#handlers.values()]) {
      if (belongs(topic, name, data)) {
        handler(name, data, offset);
      }
    }
  }

  #show(state) {
    if (state !== this.state) {
      this.state = state;
      this.changed();
    }
  }

  #renew() {
    this.#offset = null;
    this.generation++;
    this.changed();
  }

  #say(message) {
    this.#channel?.postMessage({ ...message, from: this.#here });
  }
}

/** Whether what came is what a topic is about. */
function belongs(topic, name, data) {
  switch (name) {
    case 'event':
      return topic === 'run:' + data.run || topic === 'study:' + data.study;
    case 'summary':
    case 'deleted':
      return topic === 'runs' || topic === 'run:' + data.run;
    case 'devices':
      return topic === 'devices';
    case 'study':
      return topic === 'study:' + data.study;
    default:
      return false;
  }
}

// Only to name a channel: equal tokens meet, others do not. FNV-1a.
function digest(text) {
  let hash = 0x811c9dc5;
  for (const sign of text) {
    hash = Math.imul(hash ^ sign.codePointAt(0), 0x01000193) >>> 0;
  }
  return hash.toString(36);
}

export const hub = new Hub();
