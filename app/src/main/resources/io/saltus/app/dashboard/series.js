// Series in the browser: an overview of the whole, finer pieces where somebody looks closer, and what comes
// as it happens.

import { number } from './format.js';

/**
 * First, least, greatest and last of each stretch of steps, in the order of steps: at most `points` of them.
 * A spike of a single step stays at every width, which a choice of typical points would not promise.
 */
export function thin(steps, values, points) {
  const count = steps.length;
  if (count <= points) {
    return { steps: [...steps], values: [...values] };
  }
  const buckets = Math.max(1, Math.floor(points / 4));
  const first = steps[0];
  const width = (steps[count - 1] - first) / buckets || 1;
  const kept = [];
  let at = 0;
  for (let bucket = 0; bucket < buckets && at < count; bucket++) {
    const end = bucket === buckets - 1 ? Infinity : first + width * (bucket + 1);
    const begin = at;
    let least = at;
    let greatest = at;
    for (; at < count && steps[at] < end; at++) {
      // Comparisons with NaN are false, so that a NaN never hides an extreme; as the first it is replaced.
      if (values[at] < values[least] || Number.isNaN(values[least])) {
        least = at;
      }
      if (values[at] > values[greatest] || Number.isNaN(values[greatest])) {
        greatest = at;
      }
    }
    if (at > begin) {
      kept.push(...new Set([begin, least, greatest, at - 1].sort((a, b) => a - b)));
    }
  }
  return { steps: kept.map((place) => steps[place]), values: kept.map((place) => values[place]) };
}

/** A series with its beginning, up to a step, replaced by finer points. */
export function withBeginning(outer, inner, until) {
  const rest = lowerBound(outer.steps, until + 1);
  return {
    ...outer,
    steps: [...inner.steps, ...outer.steps.slice(rest)],
    values: [...inner.values, ...outer.values.slice(rest)],
  };
}

/** The first place whose step is at least `step`. */
export function lowerBound(steps, step) {
  let low = 0;
  let high = steps.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (steps[middle] < step) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

/** A metric of a run: overview, and a finer piece of it. */
class Series {
  steps = [];
  values = [];
  fine = null;
  total = 0;
  thinned = false;
  /** Grows with each change, for whoever keeps what was made of it. */
  version = 0;

  constructor(metric) {
    this.metric = metric;
  }

  overview({ steps, values, total, thinned }) {
    this.steps = [...steps];
    this.values = [...values];
    this.total = total;
    this.thinned = thinned;
    this.refine(null);
  }

  /** A finer piece, {from, until, steps, values}, or none. */
  refine(fine) {
    this.fine = fine;
    this.version++;
  }

  /** Values of later steps; true when there were any. */
  append(steps, values, limit) {
    const last = this.steps.length === 0 ? -1 : this.steps[this.steps.length - 1];
    let from = 0;
    while (from < steps.length && steps[from] <= last) {
      from++;
    }
    for (let place = from; place < steps.length; place++) {
      this.steps.push(steps[place]);
      this.values.push(number(values[place]));
      if (this.fine !== null && steps[place] <= this.fine.until) {
        this.fine.steps.push(steps[place]);
        this.fine.values.push(number(values[place]));
      }
    }
    this.total += steps.length - from;
    if (this.steps.length > 2 * limit) {
      // The beginning stays as it is: a logarithmic axis shows it large.
      const half = limit / 2;
      const rest = thin(this.steps.slice(half), this.values.slice(half), half);
      this.steps = [...this.steps.slice(0, half), ...rest.steps];
      this.values = [...this.values.slice(0, half), ...rest.values];
      this.thinned = true;
    }
    this.version++;
    return from < steps.length;
  }

  /** Forgets what lies behind a step. */
  cut(step) {
    const end = lowerBound(this.steps, step + 1);
    this.total -= this.steps.length - end;
    this.steps.length = end;
    this.values.length = end;
    this.refine(null);
  }

  /** What is drawn: the finer piece in its window, the overview around it. */
  get drawn() {
    if (this.fine === null) {
      return this;
    }
    const { from, until, steps, values } = this.fine;
    const low = lowerBound(this.steps, from);
    const high = lowerBound(this.steps, until + 1);
    return {
      steps: [...this.steps.slice(0, low), ...steps, ...this.steps.slice(high)],
      values: [...this.values.slice(0, low), ...values, ...this.values.slice(high)],
    };
  }
}

/** The series of a run. */
export class SeriesSet {
  #all = new Map();
  #offset = 0;
  #late = null;

  /** @param limit points that an overview of a metric has at most */
  constructor(limit) {
    this.limit = limit;
  }

  get metrics() {
    return [...this.#all.keys()].sort();
  }

  get(metric) {
    return this.#all.get(metric) ?? new Series(metric);
  }

  /** The least and greatest step; null without any. */
  get range() {
    let low = Infinity;
    let high = -Infinity;
    for (const { steps } of this.#all.values()) {
      if (steps.length > 0) {
        low = Math.min(low, steps[0]);
        high = Math.max(high, steps[steps.length - 1]);
      }
    }
    return low <= high ? [low, high] : null;
  }

  /**
   * Everything, as it was read up to an offset of the journal; what was told since it was asked for, and is not in it,
   * comes after it.
   */
  overview(given, offset = 0) {
    this.#all = new Map();
    for (const each of given) {
      this.#at(each.metric).overview(each);
    }
    this.#offset = offset;
    const late = this.#late ?? [];
    this.#late = null;
    late.forEach(([at, change]) => this.told(at, change));
  }

  /** An overview is on its way: what is told meanwhile is kept for it. */
  expect() {
    this.#late = [];
  }

  /** None comes. */
  expectNothing() {
    this.#late = null;
  }

  /**
   * What an event does to the set, true where that changed anything. One whose offset is known changes nothing, and
   * none is missed between an overview and what is told after it.
   */
  told(offset, change) {
    this.#late?.push([offset, change]);
    if (offset <= this.#offset) {
      return false;
    }
    this.#offset = offset;
    return change(this);
  }

  fine(given, from, until) {
    for (const { metric, steps, values, thinned } of given) {
      this.#at(metric).refine({ from, until, steps: [...steps], values: [...values], thinned });
    }
  }

  /** Finer beginnings of what is there. */
  begin(given, until) {
    for (const each of given) {
      const known = this.#at(each.metric);
      const { steps, values } = withBeginning(known, each, until);
      Object.assign(known, { steps, values });
      known.version++;
    }
  }

  coarse() {
    this.#all.forEach((series) => series.refine(null));
  }

  /** Whether anything in a window was left out of the overview. */
  get thinned() {
    return [...this.#all.values()].some((series) => series.thinned);
  }

  /** A frame as it stands in an event; true when it brought anything. */
  append(frame) {
    let changed = false;
    for (const { metric, kind, steps, values } of frame.columns) {
      if (kind === 'f32') {
        // Events write the shortest text of a single; as a double it would be another value than the series has.
        changed = this.#at(metric).append(steps, values.map((each) => Math.fround(number(each))), this.limit) || changed;
      } else if (kind === 'f64' || kind === 'i64') {
        changed = this.#at(metric).append(steps, values, this.limit) || changed;
      }
    }
    return changed;
  }

  cut(step) {
    this.#all.forEach((series) => series.cut(step));
    return true;
  }

  #at(metric) {
    let series = this.#all.get(metric);
    if (!series) {
      series = new Series(metric);
      this.#all.set(metric, series);
    }
    return series;
  }
}

/**
 * Several series over the union of their steps, as uPlot wants them: null is a gap, undefined means that
 * this series has no value there and its line goes on.
 */
export function join(all) {
  const steps = [...new Set(all.flatMap((each) => Array.from(each.steps)))].sort((a, b) => a - b);
  const places = new Map(steps.map((step, place) => [step, place]));
  return [
    steps,
    ...all.map((each) => {
      const column = new Array(steps.length);
      for (let place = 0; place < each.steps.length; place++) {
        const value = each.values[place];
        column[places.get(each.steps[place])] = Number.isFinite(value) ? value : null;
      }
      return column;
    }),
  ];
}
