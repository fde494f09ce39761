// The rows of the page of runs: read in pages, patched by what the stream tells.

import { Source } from './dom.js';
import { get } from './api.js';
import { hub } from './hub.js';

const FIRST = 200;
const FURTHER = 1000;
/** More than anybody scrolls through; a filter finds the rest. */
const MOST = 20_000;
const PAUSE = 2000;
const SLOW = 4 * PAUSE;
/** How often pictures of rows are asked for again. */
const PICTURES = 5;

export class RunsModel extends Source {
  #query = null;
  #abort = null;
  #end = () => {};
  #timer = 0;
  #places = new Map();
  #waits = 0;
  #outside = new Map();
  rows = [];
  total = 0;
  loading = true;
  error = null;

  open() {
    this.#end = hub.watch('runs', (name, data) => this.#told(name, data));
    return () => {
      this.#end();
      this.#abort?.abort();
      clearTimeout(this.#timer);
    };
  }

  /** Reads what fits a filter, in an order. */
  ask(where, sort) {
    this.#query = { where: where || undefined, sort: sort || undefined };
    this.loading = true;
    this.#waits = 0;
    this.#outside = new Map();
    this.load();
  }

  /** Reads again; what is shown stays until the answer is there. */
  async load() {
    if (this.#query === null) {
      return;
    }
    clearTimeout(this.#timer);
    this.#timer = 0;
    this.#abort?.abort();
    const abort = new AbortController();
    this.#abort = abort;
    const kept = new Map(this.rows.map((row) => [row.run, row.spark]));
    try {
      let read = [];
      let cursor;
      do {
        const limit = read.length === 0 ? FIRST : FURTHER;
        const page = await get(['runs'], { ...this.#query, limit, cursor }, abort.signal);
        page.runs.forEach((row) => (row.spark ??= kept.get(row.run) ?? null));
        read = read.concat(page.runs.map((row) => this.#newer(row)));
        cursor = page.next;
        this.total = page.total;
        // The first rows at once; later ones only when they make the table longer.
        if (read.length >= this.rows.length || cursor === null || read.length <= FIRST) {
          this.#show(read);
        }
      } while (cursor !== null && cursor !== undefined && read.length < MOST);
      this.error = null;
    } catch (error) {
      if (error.name === 'AbortError') {
        return;
      }
      this.error = error;
    }
    this.loading = false;
    this.changed();
    // A server that has much to read sends rows before their pictures.
    if (this.rows.some((row) => row.spark === null && row.step > 0) && this.#waits++ < PICTURES) {
      this.#later(3 * PAUSE);
    }
  }

  #show(rows) {
    this.rows = rows;
    this.#places = new Map(rows.map((row, place) => [row.run, place]));
    this.loading = false;
    this.changed();
  }

  /** What the stream told of a row while an answer was on its way. */
  #newer(row) {
    const known = this.rows[this.#places.get(row.run)];
    return known !== undefined && known.lastOffset > row.lastOffset ? { ...row, ...known } : row;
  }

  #told(name, data) {
    if (name === 'again') {
      this.load();
      return;
    }
    const place = this.#places.get(data.run);
    if (name === 'deleted') {
      if (place !== undefined) {
        this.#show(this.rows.filter((row) => row.run !== data.run));
        this.total--;
      }
      return;
    }
    if (place === undefined) {
      this.#elsewhere(data);
      return;
    }
    const before = this.rows[place];
    if (data.lastOffset < before.lastOffset) {
      return; // read meanwhile, and newer
    }
    // A new list, so that whoever compares lists sees that it changed.
    this.rows = this.rows.with(place, { ...before, ...data, spark: longer(before.spark, data) });
    this.changed();
    if (this.#query.where !== undefined) {
      // It may not fit the filter any more; whether it is a number that decides, only the server knows.
      this.#later(signature(before) === signature(data) ? SLOW : PAUSE / 4);
    }
  }

  // A run that is not in the table: a new one, or one that the filter left out, and perhaps still does.
  #elsewhere(data) {
    const now = signature(data);
    const known = this.#outside.get(data.run) === now;
    this.#outside.set(data.run, now);
    if (!known) {
      this.#later();
    } else if (this.#query.where !== undefined) {
      this.#later(SLOW);
    }
  }

  // Whether a run fits, and where it stands, only the server knows.
  #later(pause = PAUSE / 4) {
    if (this.#timer === 0) {
      this.#timer = setTimeout(() => this.load(), this.rows.length > 2000 ? Math.max(SLOW, pause) : pause);
    }
  }
}

/** What changes by a decision, not with every step. */
function signature({ status, archived, tags, name, error, jumps }) {
  return JSON.stringify([status, archived, tags, name, error, jumps]);
}

const SPARK = 64;

// Summaries of the stream have no spark: its metric's last value continues the line.
function longer(spark, { metrics }) {
  const value = spark === null || spark === undefined ? undefined : metrics?.[spark.metric];
  if (value === undefined || value === spark.values.at(-1)) {
    return spark ?? null;
  }
  const values = [...spark.values, value];
  return { ...spark, values: values.length > SPARK ? values.filter((_, place) => place % 2 === 1) : values };
}
