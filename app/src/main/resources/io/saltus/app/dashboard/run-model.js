// A run as the page shows it: read once, then kept up to date by its events; and the run as it was at an
// earlier step or event, read from the journal for that moment.

import { Source } from './dom.js';
import { get, series as fetchSeries } from './api.js';
import { hub } from './hub.js';
import { knownJumps } from './jumps.js';
import { framesOf, latest, MOST, merged, storyOf } from './run-events.js';
import { Past, POINTS } from './run-past.js';
import { SeriesSet } from './series.js';
import { Resource } from './store.js';
import { readWindow } from './windows.js';

export class RunModel extends Source {
  #end = () => {};
  #window = null;
  #closed = false;
  #metrics = undefined;
  #abort = new AbortController();
  #fineAbort = null;
  #begun = false;
  log = false;
  events = [];
  analyses = [];
  probes = [];
  audits = [];
  series = new SeriesSet(POINTS);
  past = null;
  seriesError = null;
  /** Whether the run was deleted: nothing of it can be read any more. */
  gone = false;
  /** Whether the series were read: before that nobody knows whether there are any. */
  seriesRead = false;

  constructor(run) {
    super();
    this.run = run;
    this.show = this.#resource((signal) => get(['runs', run], {}, signal));
    this.history = this.#resource((signal) => get(['runs', run, 'history'], {}, signal));
  }

  #resource(load) {
    const resource = new Resource(load);
    resource.listen(() => this.changed());
    return resource;
  }

  open() {
    this.#end = hub.watch('run:' + this.run, (name, data, offset) => this.#told(name, data, offset));
    this.load();
    return () => this.close();
  }

  close() {
    this.#closed = true;
    this.#end();
    this.#abort.abort();
    this.#fineAbort?.abort();
    this.show.close();
    this.history.close();
    this.past?.close();
  }

  /** The run was deleted: asking for it again would be answered by a refusal. */
  deleted() {
    if (!this.#closed) {
      this.gone = true;
      this.close();
      this.changed();
    }
  }

  /** Reads everything; first what plots wait for: browsers and the server do few things at once. */
  load() {
    const drawn = this.#overview();
    this.show.fetch();
    this.history.fetch();
    this.#merge('events', storyOf(this.run, {}));
    drawn.then(() => this.#closed || this.#merge('events', framesOf(this.run, {})));
    for (const [stream, field] of [['analysis', 'analyses'], ['probe', 'probes'], ['audit', 'audits']]) {
      this.#merge(field, get(['runs', this.run, 'events'], { stream, order: 'desc', limit: MOST }).then(({ events }) => events));
    }
  }

  // What came meanwhile is known by its number in the stream.
  async #merge(field, reading) {
    try {
      this[field] = merged(this[field], await reading);
      this.changed();
    } catch {
      // told by `show`, which fails as well
    }
  }

  async #overview() {
    this.#abort.abort();
    const abort = new AbortController();
    this.#abort = abort;
    this.series.expect();
    try {
      const read = await fetchSeries(this.run, { points: POINTS }, abort.signal);
      this.series.overview(read.series, read.offset);
      this.seriesRead = true;
      this.seriesError = null;
      this.#begun = false;
      this.#beginning();
      this.past?.clip(this);
      this.lookAgain();
    } catch (error) {
      if (this.#abort === abort) {
        this.series.expectNothing();
      }
      this.#failed(error);
    }
    this.changed();
  }

  /** Fetches what lies in the window again, of other series than before. */
  lookAgain() {
    if (this.#window) {
      this.look(...this.#window, this.#metrics);
    }
  }

  /** What was broken off did not fail. */
  #failed(error) {
    if (error.name !== 'AbortError') {
      this.seriesError = error;
    }
  }

  #told(name, data, offset) {
    if (name === 'again') {
      this.load();
    }
    if (name === 'deleted' || data.type === 'RunDeleted') {
      this.deleted();
      return;
    }
    if (name !== 'event') {
      return;
    }
    const at = offset ?? data.offset;
    const field = { run: 'events', analysis: 'analyses', probe: 'probes', audit: 'audits' }[data.stream ?? 'run'];
    if (field === 'events') {
      // By its offset alone: a frame that stands in the list of events already may be new to the series.
      this.#draw(data, at);
    }
    const known = this[field];
    if (known.length > 0 && data.sequence <= known[known.length - 1].sequence) {
      return; // told before: a stream that goes on may begin a little earlier
    }
    this[field] = latest([...known, data]);
    if (field === 'events') {
      this.#happened(data);
    }
    this.changed();
  }

  #draw({ type, data }, offset) {
    if (type === 'MetricsRecorded') {
      this.series.told(offset, (series) => series.append(data.frame));
    } else if (type === 'HistoryRewound') {
      this.series.told(offset, (series) => series.cut(data.toStep));
    }
  }

  #happened({ type }) {
    if (type === 'MetricsRecorded') {
      this.show.refresh(3000);
      this.history.refresh(8000);
      return;
    }
    this.show.refresh(400);
    this.history.refresh(400);
  }

  /** The last step, which frames bring sooner than the summary. */
  get step() {
    const shown = this.past?.show.value ?? this.show.value;
    const range = this.past ? null : this.series.range;
    return Math.max(shown?.step ?? 0, range ? range[1] : 0);
  }

  /** Over the latest frames of this attempt; null before there are two. */
  get stepsPerSecond() {
    const begun = this.events.findLastIndex((event) => event.type === 'AttemptStarted');
    const frames = this.events.slice(begun + 1).filter((event) => event.type === 'MetricsRecorded').slice(-20);
    if (frames.length < 2) {
      return null;
    }
    const seconds = (Date.parse(frames.at(-1).time) - Date.parse(frames[0].time)) / 1000;
    return seconds > 0 ? (frames.at(-1).data.frame.until - frames[0].data.frame.until) / seconds : null;
  }

  /** Whether steps are shown on a logarithmic axis, which needs more of the beginning. */
  async setLog(log) {
    if (log === this.log) {
      return;
    }
    this.log = log;
    this.lookAgain();
    await this.#beginning();
  }

  async #beginning() {
    const range = this.series.range;
    if (!this.log || range === null || !this.series.thinned || this.#begun) {
      return;
    }
    this.#begun = true;
    const until = Math.floor(range[1] / 16);
    try {
      const read = await readWindow(this.run, { from: 0, until, points: POINTS, log: true }, this.#abort.signal);
      this.series.begin(read.series, until);
      this.past?.clip(this);
      this.changed();
    } catch (error) {
      this.#begun = false;
      this.#failed(error);
      this.changed();
    }
  }

  /** Fetches what lies in a window as finely as it can be drawn, of some metrics or of all. */
  async look(from, until, metrics) {
    this.#window = [from, until];
    this.#metrics = metrics;
    this.#fineAbort?.abort();
    const target = this.past?.series ?? this.series;
    if (!target.thinned || this.#closed) {
      return;
    }
    const abort = new AbortController();
    this.#fineAbort = abort;
    const low = Math.max(0, Math.floor(from));
    const high = Math.max(low, Math.min(Math.ceil(until), this.past?.at.step ?? Infinity));
    try {
      const at = this.past?.sequence ? { 'at-sequence': this.past.sequence } : {};
      const read = await readWindow(this.run, { from: low, until: high, metric: metrics, points: POINTS, log: this.log, ...at }, abort.signal);
      target.fine(read.series, low, high);
      this.changed();
    } catch (error) {
      this.#failed(error);
      this.changed();
    }
  }

  /** A window, null for all, as the route of metrics takes it: of the moment that is shown. */
  bounds(window) {
    const last = this.past?.at.step ?? Infinity;
    const until = Math.min(window === null ? Infinity : Math.ceil(window[1]), last);
    return {
      from: window === null ? undefined : Math.max(0, Math.floor(window[0])),
      until: until === Infinity ? undefined : until,
      'at-sequence': this.past?.sequence ?? undefined,
    };
  }

  /** The overview alone. */
  lookAtAll() {
    this.#window = null;
    this.#fineAbort?.abort();
    (this.past?.series ?? this.series).coarse();
    this.changed();
  }

  /** Shows the run as it was: {step} of today's history, {sequence} as history was known then, null for now. */
  travel(at) {
    const key = at === null ? null : JSON.stringify(at);
    if (key === (this.past?.key ?? null) || this.#closed) {
      return;
    }
    const before = this.past;
    before?.close();
    this.past = at === null ? null : new Past(this, at, before, key);
    this.changed();
  }

  /** What the page shows. */
  get shown() {
    const past = this.past;
    if (past === null) {
      return { show: this.show.value, history: this.history.value, series: this.series, events: this.events, analyses: this.analyses, jumps: knownJumps(this.analyses), probes: this.probes, audits: this.audits, past: false };
    }
    const offset = past.offset;
    const then = (events) => events.filter((event) => event.offset <= offset);
    return { show: past.show.value, history: past.history.value ?? this.history.value, series: past.series, events: past.events.value ?? [], analyses: then(this.analyses), jumps: knownJumps(this.analyses, offset), probes: then(this.probes), audits: then(this.audits), past: true, loading: past.loading };
  }
}
