// Several runs as the page of comparisons shows them.

import { Source } from './dom.js';
import { get, series as fetchSeries } from './api.js';
import { hub } from './hub.js';
import { SeriesSet } from './series.js';
import { Resource } from './store.js';
import { WALL } from './align.js';

const POINTS = 1500;
/** More lines than that are no picture. */
export const MOST = 40;

export class CompareModel extends Source {
  #ends = [];
  #sets = new Map();
  #abort = new AbortController();
  #metric = null;
  #timer = 0;
  shows = new Map();
  errors = new Map();

  constructor(runs) {
    super();
    this.runs = runs.slice(0, MOST);
    this.comparison = new Resource((signal) => get(['compare'], { run: this.runs }, signal));
    this.comparison.listen(() => this.changed());
  }

  open() {
    this.#ends = this.runs.map((run) => hub.watch('run:' + run, (name, event, offset) => this.#told(run, name, event, offset)));
    if (this.runs.length > 1) {
      this.comparison.fetch();
    }
    this.runs.forEach((run) => this.#read(run));
    return () => {
      this.#ends.forEach((end) => end());
      this.#abort.abort();
      clearTimeout(this.#timer);
      this.comparison.close();
    };
  }

  async #read(run) {
    try {
      this.shows.set(run, await get(['runs', run], {}, this.#abort.signal));
      this.errors.delete(run);
    } catch (error) {
      if (error.name !== 'AbortError') {
        this.errors.set(run, error);
      }
    }
    this.changed();
  }

  /** All metrics that any of the runs has. */
  get metrics() {
    return [...new Set([...this.shows.values()].flatMap((show) => Object.keys(show.metrics)))].sort();
  }

  /** Reads a metric of all runs, and the times of their steps. */
  async want(metric) {
    if (metric === this.#metric) {
      return;
    }
    this.#metric = metric;
    this.#sets = new Map();
    await Promise.all(
      this.runs.map(async (run) => {
        const own = Object.keys(this.shows.get(run)?.metrics ?? {});
        const wanted = [metric, WALL].filter((each) => own.includes(each));
        if (wanted.length === 0) {
          return;
        }
        const set = new SeriesSet(POINTS);
        set.expect();
        this.#sets.set(run, set);
        try {
          const read = await fetchSeries(run, { metric: [...new Set(wanted)], points: POINTS * wanted.length }, this.#abort.signal);
          set.overview(read.series, read.offset);
        } catch (error) {
          set.expectNothing();
          if (error.name !== 'AbortError') {
            this.errors.set(run, error);
          }
        }
        this.changed();
      }),
    );
  }

  /** The series of a run; null before it is read. */
  series(run, metric) {
    const found = this.#sets.get(run)?.get(metric);
    return found && found.steps.length > 0 ? found : null;
  }

  #told(run, name, { type, data, offset: own }, offset) {
    if (name === 'again') {
      this.#read(run);
    }
    if (name !== 'event') {
      return;
    }
    if (type === 'MetricsRecorded') {
      const wanted = data.frame.columns.filter((column) => column.metric === this.#metric || column.metric === WALL);
      this.#sets.get(run)?.told(offset ?? own, (set) => set.append({ columns: wanted }));
      this.changed();
      return;
    }
    if (type === 'HistoryRewound') {
      this.#sets.get(run)?.told(offset ?? own, (set) => set.cut(data.toStep));
    }
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#read(run);
      this.comparison.refresh(3000);
    }, 500);
  }
}
