// Runs over each other: aligned by step, by time or by the jump itself; and in what they differ.

import { h, Choice, Complaint, Data, useChanges, useEffect, useMemo } from '../dom.js';
import { byJump, bySeconds, mainJump, WALL } from '../align.js';
import { CompareModel, MOST } from '../compare-model.js';
import { value, whole, words } from '../format.js';
import { hub } from '../hub.js';
import { link, router } from '../router.js';
import { Plot, Stroke } from '../plot.js';
import { Range } from '../range.js';
import { theme } from '../palette.js';
import { Parallel } from '../parts/parallel.js';
import { Scatter } from '../parts/scatter.js';
import { Status } from '../parts/status.js';

const FIRST = ['validation.accuracy', 'validation.loss', 'train.loss'];
const LEVELS = [0.5, 0.9, 0.99];

export function ComparePage() {
  const runs = router.all('run');
  const key = runs.join('\n');
  const model = useMemo(() => new CompareModel([...new Set(runs)]), [key, hub.generation]);
  const range = useMemo(() => new Range((next) => router.set({ from: next && next[0], until: next && next[1] })), [model]);
  useEffect(() => model.open(), [model]);
  useChanges(model, router, theme);
  const { metrics } = model;
  const metric = router.get('metric') ?? FIRST.find((each) => metrics.includes(each)) ?? metrics[0] ?? null;
  useEffect(() => {
    metric !== null && model.shows.size === model.runs.length - model.errors.size && model.want(metric);
  }, [model, metric, model.shows.size]);
  if (runs.length === 0) {
    return h('main', { class: 'page', id: 'main' }, h('h1', null, 'Compare'), h('p', { class: 'empty' }, 'Choose runs in the list of ', h('a', { href: link(['runs']) }, 'runs'), ' and press Compare.'));
  }
  return h(
    'main',
    { class: 'page compare', id: 'main' },
    h('header', { class: 'page-head' }, h('h1', null, `${model.runs.length} runs beside each other`), runs.length > MOST && h('span', { class: 'soft' }, `the first ${MOST} of ${runs.length}`)),
    [...model.errors.values()].slice(0, 3).map((error, place) => h(Complaint, { key: place, error })),
    h(Overlay, { model, metric, range }),
    h(RunList, { model }),
    h(Relations, { model, metric }),
    h(Differences, { model }),
  );
}

function Overlay({ model, metric, range }) {
  const align = router.get('align') ?? 'step';
  const log = align !== 'wall' && router.get('x') === 'log';
  const yLog = router.get('y') === 'log';
  const hidden = useMemo(() => new Set(router.all('hide')), [router.all('hide').join('\n')]);
  const { lines, missing } = linesOf(model, metric, align, log);
  const ends = lines.flatMap(({ steps }) => (steps.length > 0 ? [steps[0], steps[steps.length - 1]] : []));
  // By jump the steps are logarithms already.
  range.setLog(log && align === 'step');
  range.setFull(ends.length > 0 ? [Math.min(...ends), Math.max(...ends)] : [0, 1]);
  const [from, until] = [router.get('from'), router.get('until')].map((each) => (each === null ? NaN : Number(each)));
  range.restore(until > from ? [from, until] : null);
  const xLabel = { step: 'step', wall: 'seconds since the beginning', jump: log ? 'log10(step / midpoint of the jump)' : 'steps from the midpoint of the jump' }[align];
  const bands = align === 'jump' ? [] : model.runs.flatMap((run, place) => bandOf(model, run, metric, place, align));
  return h(
    'section',
    { class: 'charts', 'aria-label': 'Overlay' },
    h('h2', { class: 'unseen' }, 'Overlay'),
    h(
      'div',
      { class: 'charts-tools' },
      h('label', { class: 'inline' }, 'Metric ', h('select', { value: metric ?? '', onChange: (event) => router.set({ metric: event.currentTarget.value }) }, model.metrics.map((each) => h('option', { key: each, value: each }, each)))),
      h(Choice, { label: 'Align', value: align, options: [['step', 'step'], ['wall', 'wall time'], ['jump', 'jump']], onChange: (next) => router.set({ align: next === 'step' ? null : next, from: null, until: null }) }),
      align !== 'wall' && h(Choice, { label: 'Axis', value: log ? 'log' : 'linear', options: [['linear', 'linear'], ['log', 'log']], onChange: (next) => router.set({ x: next === 'linear' ? null : next, from: null, until: null }) }),
      range.shown !== null && h('button', { type: 'button', onClick: () => range.reset() }, 'All'),
    ),
    missing.length > 0 && h('p', { class: 'soft small' }, align === 'wall' ? 'Without recorded times: ' : align === 'jump' ? `Without a jump of ${metric}: ` : `Without ${metric}: `, h(Data, null, missing.join(', '))),
    h(Plot, {
      title: metric ?? 'no metric',
      xLabel,
      series: lines,
      range,
      yLog,
      yRange: metric?.endsWith('accuracy') && !yLog ? [-0.03, 1.06] : undefined,
      bands: bands.slice(0, 6),
      marks: [],
      hidden,
      sync: 'compare',
      onLog: (on) => router.set({ y: on ? 'log' : null }),
      onToggle: (label) => {
        const next = new Set(hidden);
        next.has(label) ? next.delete(label) : next.add(label);
        router.set({ hide: [...next] });
      },
    }),
  );
}

function linesOf(model, metric, align, log) {
  const lines = [];
  const missing = [];
  model.runs.forEach((run, place) => {
    const series = metric === null ? null : model.series(run, metric);
    const moved = series && aligned(model, run, metric, series, align, log);
    moved ? lines.push({ label: run, place, ...moved }) : missing.push(run);
  });
  return { lines, missing: model.shows.size === 0 ? [] : missing };
}

function aligned(model, run, metric, series, align, log) {
  if (align === 'wall') {
    return bySeconds(series, model.series(run, WALL));
  }
  if (align === 'jump') {
    const jump = mainJump(model.shows.get(run)?.jumps, metric);
    if (jump === null) {
      return null;
    }
    const moved = byJump(series, jump.midpoint, log);
    return log ? logarithms(moved) : moved;
  }
  return { steps: series.steps, values: series.values };
}

// A ratio of 0 has no logarithm: step 0 is left out.
function logarithms({ steps, values }) {
  const places = steps.map((_, place) => place).filter((place) => steps[place] > 0);
  return { steps: places.map((place) => Math.log10(steps[place])), values: places.map((place) => values[place]) };
}

function bandOf(model, run, metric, place, align) {
  const jump = align === 'step' ? mainJump(model.shows.get(run)?.jumps, metric) : null;
  return jump === null ? [] : [{ ...jump, place }];
}

function RunList({ model }) {
  return h(
    'div',
    { class: 'scroll', tabIndex: 0, role: 'region', 'aria-label': 'Runs compared' },
    h(
      'table',
      { class: 'rows' },
      h('thead', null, h('tr', null, ['', 'Run', 'Status', 'Step', 'Jumps', ''].map((head, place) => h('th', { scope: 'col', key: place }, head || h('span', { class: 'unseen' }, place === 0 ? 'Line' : 'Take out'))))),
      h(
        'tbody',
        null,
        model.runs.map((run, place) => {
          const show = model.shows.get(run);
          return h(
            'tr',
            { key: run },
            h('td', null, h(Stroke, { place })),
            h('th', { scope: 'row' }, h('a', { href: link(['run', run]) }, h(Data, null, run))),
            h('td', null, show && h(Status, { status: show.status })),
            h('td', { class: 'number' }, show && whole(show.step)),
            h('td', null, show && (show.jumps === null ? 'not analysed' : show.jumps.map((jump) => words(jump.kind) + ' ' + whole(Math.round(jump.midpoint))).join(', ') || 'none')),
            h('td', null, h('button', { type: 'button', class: 'quiet', 'aria-label': 'Take out ' + run, onClick: () => router.set({ run: model.runs.filter((each) => each !== run) }, { keep: true }) }, '✕')),
          );
        }),
      ),
    ),
  );
}

function Relations({ model, metric }) {
  const comparison = model.comparison.value;
  const level = Number(router.get('level') ?? 0.9);
  const axes = comparison?.spec.map((each) => each.path) ?? [];
  const axis = router.get('axis') ?? axes.find((path) => !path.startsWith('seeds')) ?? axes[0] ?? null;
  if (!comparison || axes.length === 0) {
    return null;
  }
  const levelMetric = comparison.crossings.some((each) => each.metric === metric) ? metric : (comparison.crossings[0]?.metric ?? null);
  const reached = comparison.crossings.find((each) => each.metric === levelMetric && each.level === level);
  const row = comparison.spec.find((each) => each.path === axis);
  const points = comparison.runs.map((run, place) => ({ x: row?.values[place] ?? '–', y: reached?.steps[place] ?? NaN, label: run, place, href: link(['run', run]) }));
  const coordinates = [
    ...comparison.spec.map((each) => ({ name: each.path, values: each.values })),
    ...comparison.crossings.filter((each) => each.metric === levelMetric).map((each) => ({ name: '≥ ' + each.level, values: each.steps })),
    ...(metric === null ? [] : [{ name: 'last ' + metric, values: comparison.runs.map((run) => model.shows.get(run)?.metrics[metric]?.last ?? null) }]),
  ];
  return h(
    'section',
    { class: 'panel' },
    h(
      'div',
      { class: 'panel-head' },
      h('h2', null, 'What it took'),
      h('label', { class: 'inline' }, 'Against ', h('select', { value: axis, onChange: (event) => router.set({ axis: event.currentTarget.value }) }, axes.map((path) => h('option', { key: path, value: path }, path)))),
      h(Choice, { label: 'Level', value: String(level), options: LEVELS.map((each) => [String(each), String(each)]), onChange: (next) => router.set({ level: next }) }),
    ),
    levelMetric !== null && h(Scatter, { title: `First step of ${levelMetric} at or above ${level}`, xLabel: axis, yLabel: 'step', points }),
    h(Parallel, { axes: coordinates, runs: comparison.runs, places: comparison.runs.map((_, place) => place) }),
  );
}

function Differences({ model }) {
  const comparison = model.comparison.value;
  if (!comparison) {
    return h(Complaint, { error: model.comparison.error });
  }
  const { runs } = comparison;
  return h(
    'section',
    { class: 'panel' },
    h('h2', null, 'Differences'),
    h(SideBySide, { title: 'Spec', runs, rows: comparison.spec.map((each) => [each.path, each.values]), none: 'The specs are equal.' }),
    h(SideBySide, { title: 'Inputs', runs, rows: comparison.inputs.map((each) => [each.path, each.values]), none: 'The inputs are equal.' }),
    h(SideBySide, { title: 'Environment', runs, rows: comparison.environment.map((each) => [each.path, each.values]), none: 'The numeric environments are equal.' }),
    h(SideBySide, { title: 'First step at or above', runs, rows: comparison.crossings.map((each) => [each.metric + ' ≥ ' + each.level, each.steps.map((step) => (step === null ? null : whole(step)))]), none: 'No level was reached.' }),
    h(
      'ul',
      null,
      comparison.differences.map((each) =>
        h('li', { key: each.run }, h(Data, null, each.run), each.firstDifferingStep === null ? ` is equal to ${runs[0]} in every step that both recorded.` : ` differs from ${runs[0]} from step ${whole(each.firstDifferingStep)} on: ${each.metric} is ${value(each.first)} and ${value(each.other)}.`),
      ),
    ),
  );
}

function SideBySide({ title, runs, rows, none }) {
  if (rows.length === 0) {
    return h('p', { class: 'soft' }, none);
  }
  return h(
    'div',
    { class: 'scroll', tabIndex: 0, role: 'region', 'aria-label': title },
    h(
      'table',
      { class: 'rows' },
      h('thead', null, h('tr', null, h('th', { scope: 'col' }, title), runs.map((run) => h('th', { scope: 'col', key: run }, h(Data, null, run))))),
      h('tbody', null, rows.map(([key, values]) => h('tr', { key }, h('th', { scope: 'row' }, h(Data, null, key)), values.map((each, place) => h('td', { key: place, title: each ?? '' }, h(Data, { class: 'cut' }, each ?? '–')))))),
    ),
  );
}
