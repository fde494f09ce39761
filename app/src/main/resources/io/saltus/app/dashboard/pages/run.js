// One run: its metrics, what happened to it, its jumps, and all of it as it was at any step or event.

import { h, Choice, Complaint, Data, useChanges, useEffect, useMemo, useState } from '../dom.js';
import { bandsOf, chartsOf, grainOf, linesOf, marksOf, yRangeOf } from '../charts.js';
import { duration, rate, whole } from '../format.js';
import { text } from '../api.js';
import { hub } from '../hub.js';
import { link, router } from '../router.js';
import { Plot } from '../plot.js';
import { Range } from '../range.js';
import { RunModel } from '../run-model.js';
import { server } from '../store.js';
import { theme } from '../palette.js';
import { Actions } from '../parts/actions.js';
import { Details } from '../parts/details.js';
import { Events } from '../parts/events.js';
import { ForkDialog } from '../parts/submit.js';
import { Histograms } from '../parts/histograms.js';
import { HistoryStrip } from '../parts/history-strip.js';
import { JumpsTable } from '../parts/jumps-table.js';
import { Progress, Status } from '../parts/status.js';
import { TimeBar } from '../parts/time-bar.js';

export function RunPage({ run }) {
  const model = useMemo(() => new RunModel(run), [run, hub.generation]);
  const range = useMemo(() => new Range((shown) => moved(shown)), [model]);
  useEffect(() => model.open(), [model]);
  useChanges(model, router, server, theme);
  const [forkAt, setForkAt] = useState(null);

  const at = atOf(router.get('at'), router.get('event'));
  const asked = JSON.stringify(at);
  useEffect(() => model.travel(at), [model, asked]);
  const only = router.get('metrics') ?? '';
  const window = windowOf();
  // The address decides, whoever wrote it: a hand that came to rest, a link, or the way back.
  useEffect(() => looked(), [model, model.past, model.series.thinned, only, String(window)]);

  const shown = model.shown;
  const { show, history, series } = shown;
  const log = (router.get('x') ?? (show?.spec?.plot?.['log-steps'] ? 'log' : 'linear')) === 'log';
  useEffect(() => void model.setLog(log), [model, log]);
  range.setLog(log);
  range.setFull(model.series.range ?? [0, Math.max(1, show?.steps ?? 1)]);
  range.restore(window);

  function looked() {
    window ? model.look(...window, finer()) : model.lookAtAll();
  }

  /** The metrics that are shown, of which alone finer data are fetched; nothing means all. */
  function finer() {
    const name = router.get('metrics') ?? '';
    return name === '' ? undefined : model.shown.series.metrics.filter((metric) => metric.includes(name));
  }

  function moved(next) {
    router.set({ from: next && round(next[0]), until: next && round(next[1]) });
  }

  if (model.gone) {
    return h('main', { class: 'page', id: 'main' }, h('h1', null, h(Data, null, show?.name || run)), h('p', null, 'This run was deleted. ', h('a', { href: link(['runs']) }, 'All runs')));
  }
  const travel = (to) => router.set({ at: to?.step ?? null, event: to?.sequence ?? null });
  if (model.show.error && !show) {
    return h('main', { class: 'page', id: 'main' }, h('h1', null, h(Data, null, run)), h(Complaint, { error: model.show.error, retry: () => model.load() }));
  }
  return h(
    'main',
    { class: shown.past ? 'page run past' : 'page run', id: 'main' },
    show ? h(Head, { show, model, shown, onFork: () => setForkAt(show.step) }) : h('h1', null, h(Data, null, run)),
    h(TimeBar, { model, at, onTravel: travel, onFork: setForkAt, writable: server.writable }),
    h(Complaint, { error: model.seriesError, retry: () => model.load() }),
    h(Charts, { model, shown, range, log, history, series }),
    h(HistoryStrip, { history, range, step: model.step }),
    show && h(JumpsTable, { known: shown.jumps, run }),
    h(Events, { ...shown, loading: shown.loading }),
    h(Histograms, { events: [...shown.probes, ...shown.events] }),
    show && h(Details, { show }),
    forkAt !== null && h(ForkDialog, { run, step: forkAt, steps: show?.steps, onClose: () => setForkAt(null) }),
  );
}

function Head({ show, model, shown, onFork }) {
  const running = show.status === 'running' && !shown.past;
  return h(
    'header',
    { class: 'page-head' },
    h('h1', null, h(Data, null, show.name || show.run)),
    h(Status, { status: show.status }),
    h('span', { class: 'number' }, `step ${whole(shown.past ? show.step : model.step)} of ${whole(show.steps)}`),
    h(Progress, { step: shown.past ? show.step : model.step, steps: show.steps }),
    running && h('span', { class: 'number soft' }, pace(model.stepsPerSecond, show.steps - model.step)),
    h('span', { class: 'grow' }),
    server.writable && !shown.past && h(Actions, { show, onFork, changed: () => model.show.refresh(300), deleted: () => model.deleted() }),
    h(
      'p',
      { class: 'line soft' },
      show.name && show.name !== show.run && [h(Data, { key: 'id' }, show.run), ' · '],
      h('a', { href: link(['runs'], { where: 'experiment:' + JSON.stringify(show.experiment) }) }, h(Data, null, show.experiment)),
      ` · seed ${show.seed} · `,
      h(Data, null, show.device),
      show.study && [' · study ', h('a', { key: 's', href: link(['study', show.study]) }, h(Data, null, show.study))],
      show.parent && [' · fork of ', h('a', { key: 'p', href: link(['run', show.parent.run]) }, h(Data, null, show.parent.run)), ' at ' + whole(show.parent.step)],
      show.archived && ' · archived',
      Object.entries(show.tags).map(([key, text_]) => h('span', { class: 'tag', key }, h(Data, null, key + '=' + text_))),
    ),
  );
}

function pace(perSecond, left) {
  return perSecond === null ? '' : rate(perSecond) + ', ' + duration(left / perSecond) + ' left';
}

function Charts({ model, shown, range, log, history, series }) {
  const only = router.get('metrics') ?? '';
  const hidden = useMemo(() => new Set(router.all('hide')), [router.all('hide').join('\n')]);
  const logs = new Set(router.all('log'));
  const marks = useMemo(() => marksOf(history), [history]);
  const metrics = series.metrics.filter((metric) => metric.includes(only));
  const charts = chartsOf(metrics);
  const toggle = (set, name) => {
    const next = new Set(set);
    next.has(name) ? next.delete(name) : next.add(name);
    return [...next];
  };
  const [low, high] = range.now;
  return h(
    'section',
    { class: 'charts', 'aria-label': 'Metrics' },
    h('h2', { class: 'unseen' }, 'Metrics'),
    h(
      'div',
      { class: 'charts-tools' },
      h(Choice, { label: 'Steps', value: log ? 'log' : 'linear', options: [['linear', 'linear'], ['log', 'log']], onChange: (x) => router.set({ x }) }),
      h(
        'span',
        { class: 'choice', role: 'group', 'aria-label': 'Window' },
        h('button', { type: 'button', 'aria-label': 'Earlier', onClick: () => range.pan(-0.3), disabled: range.shown === null }, '←'),
        h('button', { type: 'button', 'aria-label': 'Closer', onClick: () => range.zoom(2) }, '+'),
        h('button', { type: 'button', 'aria-label': 'Farther', onClick: () => range.zoom(0.5), disabled: range.shown === null }, '−'),
        h('button', { type: 'button', 'aria-label': 'Later', onClick: () => range.pan(0.3), disabled: range.shown === null }, '→'),
        h('button', { type: 'button', onClick: () => range.reset(), disabled: range.shown === null }, 'All'),
      ),
      h('label', { class: 'inline' }, 'Metrics ', h('input', { type: 'search', class: 'short', value: only, placeholder: 'all', onInput: (event) => router.set({ metrics: event.currentTarget.value }) })),
      h('span', { class: 'soft small' }, `steps ${whole(Math.floor(low))} to ${whole(Math.ceil(high))}; drag to zoom, Shift-drag to pan, double-click for all`),
    ),
    h(
      'div',
      { class: 'grid' },
      charts.map((chart) => {
        const yLog = logs.has(chart.title);
        return h(Chart, {
          key: chart.title,
          chart,
          set: series,
          yLog,
          range,
          hidden,
          marks,
          known: shown.jumps,
          onToggle: (label) => router.set({ hide: toggle(hidden, label) }),
          onLog: () => router.set({ log: toggle(logs, chart.title) }),
          csv: () => text(['runs', model.run, 'metrics'], { metric: chart.metrics.filter((metric) => !hidden.has(metric)), ...model.bounds(range.shown) }, 'text/csv'),
        });
      }),
    ),
    charts.length === 0 && h('p', { class: 'empty' }, !model.seriesRead ? 'Reading…' : only === '' ? 'No metrics yet.' : 'No metric has this in its name.'),
  );
}

function Chart({ chart, set, yLog, known, ...rest }) {
  const versions = chart.metrics.map((metric) => metric + ' ' + set.get(metric).version).join(' ');
  const lines = useMemo(() => linesOf(set, chart.metrics), [set, versions]);
  const bands = useMemo(() => bandsOf(chart.metrics, known), [known.analysis, known.jumps.length, known.suspected.length, chart.metrics.join(' ')]);
  return h(Plot, { title: chart.title, xLabel: 'step', series: lines, yLog, yRange: yRangeOf(chart, yLog), bands, grain: grainOf(set, chart.metrics), sync: 'run', ...rest });
}

function atOf(step, sequence) {
  if (sequence !== null && /^\d{1,15}$/.test(sequence)) {
    return { sequence: Number(sequence) };
  }
  return step !== null && /^\d{1,15}$/.test(step) ? { step: Number(step) } : null;
}

function windowOf() {
  const [from, until] = [router.get('from'), router.get('until')].map((each) => (each === null ? NaN : Number(each)));
  return until > from ? [from, until] : null;
}

function round(step) {
  return Math.round(step * 10) / 10;
}
