// A run as it was at an earlier step or event, read from the journal for that moment.

import { get, series as fetchSeries } from './api.js';
import { latestOf } from './run-events.js';
import { lowerBound, SeriesSet } from './series.js';
import { Resource } from './store.js';

/** Points of a metric in an overview: about two for each pixel of a wide plot. */
export const POINTS = 2000;
// Dragging a slider asks for many moments; only where it stays for a moment is the journal read.
const STAY = 90;

/** A run at an earlier moment. */
export class Past {
  #timer = 0;
  #stayed = false;
  #reading = false;
  #exact = false;
  #abort = new AbortController();

  constructor(model, at, before, key) {
    const { run } = model;
    this.key = key;
    this.at = at;
    this.sequence = at.sequence ?? null;
    const then = at.sequence === undefined ? { 'at-step': at.step } : { 'at-sequence': at.sequence };
    const changed = (resource) => {
      resource.listen(() => model.changed());
      return resource;
    };
    this.show = changed(new Resource((signal) => get(['runs', run], then, signal)));
    this.history = changed(new Resource((signal) => get(['runs', run, 'history'], then, signal)));
    this.events = changed(new Resource((signal) => latestOf(run, at.sequence === undefined ? then : { 'until-seq': at.sequence }, signal)));
    // What is there at once: the last moment's state, and today's series up to the step.
    this.show.value = before?.show.value ?? model.show.value;
    this.history.value = before?.history.value ?? null;
    this.events.value = before?.events.value ?? model.events;
    this.series = before?.series ?? model.series;
    this.clip(model);
    this.#timer = setTimeout(() => {
      this.show.fetch();
      this.history.fetch();
      this.events.fetch();
      this.#stayed = true;
      this.#closer(model);
    }, STAY);
  }

  /** Of today's history the steps up to this one, until they are read more finely. */
  clip(model) {
    if (this.at.step !== undefined && !this.#exact) {
      this.series = clipped(model.series, this.at.step);
      this.#closer(model);
    }
  }

  /** Today's overview, once it is there, may have left out the steps just before this one. */
  #closer(model) {
    if (this.#stayed && !this.#reading && (this.sequence !== null || model.series.thinned)) {
      this.#reading = true;
      this.#read(model, model.run);
    }
  }

  get loading() {
    return this.show.loading || this.history.loading;
  }

  /** Up to where the journal was written then. */
  get offset() {
    return this.events.value?.at(-1)?.offset ?? this.show.value?.lastOffset ?? Infinity;
  }

  async #read(model, run) {
    try {
      const moment = this.sequence === null ? { until: this.at.step } : { 'at-sequence': this.sequence };
      const read = await fetchSeries(run, { points: POINTS, ...moment }, this.#abort.signal);
      if (model.past === this) {
        this.#exact = true;
        this.series = new SeriesSet(POINTS);
        this.series.overview(read.series);
        model.lookAgain();
        model.changed();
      }
    } catch (error) {
      if (error.name !== 'AbortError') {
        model.seriesError = error;
        model.changed();
      }
    }
  }

  close() {
    clearTimeout(this.#timer);
    this.#abort.abort();
    [this.show, this.history, this.events].forEach((resource) => resource.close());
  }
}

/** Today's series up to a step. */
function clipped(series, step) {
  const copy = new SeriesSet(POINTS);
  copy.overview(
    series.metrics.map((metric) => {
      const each = series.get(metric);
      const end = lowerBound(each.steps, step + 1);
      return { metric, steps: each.steps.slice(0, end), values: each.values.slice(0, end), total: end, thinned: each.thinned };
    }),
  );
  return copy;
}
