// Which metrics share a plot, and what is drawn around their lines.

import { whole, words } from './format.js';

/** Endings of names that belong together: the same quantity of different sets. */
const SHARED = ['accuracy', 'loss'];
/** How an attempt ends in good order. */
const GOOD = new Set(['completed', 'paused', 'cancelled', 'preempted']);

/** Plots in the order of the page: {title, metrics}. */
export function chartsOf(metrics) {
  const shared = SHARED.map((ending) => ({
    title: ending,
    metrics: metrics.filter((metric) => metric === ending || metric.endsWith('.' + ending)),
  })).filter((chart) => chart.metrics.length > 0);
  const taken = new Set(shared.flatMap((chart) => chart.metrics));
  return [...shared, ...metrics.filter((metric) => !taken.has(metric)).map((metric) => ({ title: metric, metrics: [metric] }))];
}

/** Accuracies have a scale of their own. */
export function yRangeOf(chart, yLog) {
  return chart.title === 'accuracy' && !yLog ? [-0.03, 1.06] : undefined;
}

/** The jumps of some metrics as bands, in the colours of their lines. */
export function bandsOf(metrics, { jumps, suspected }) {
  const place = new Map(metrics.map((metric, at) => [metric, at]));
  return [...jumps, ...suspected].filter((jump) => place.has(jump.metric)).map((jump) => ({ ...jump, place: place.get(jump.metric) }));
}

/** What happened to a run, on the axis of steps: {step, glyph, words, bad}. */
export function marksOf(history) {
  if (!history) {
    return [];
  }
  const marks = [];
  for (const { attempt, from, until, cause } of history.attempts) {
    if (attempt > 1) {
      marks.push({ step: Math.max(0, from), glyph: '▸' + attempt, words: `attempt ${attempt} begins at step ${whole(Math.max(0, from))}`, bad: false });
    }
    if (cause && !GOOD.has(cause)) {
      const step = until ?? from;
      marks.push({ step, glyph: '✕', words: `attempt ${attempt} ended: ${words(cause)}, at step ${whole(step)}`, bad: true });
    }
  }
  history.rewinds.forEach(({ to }) => marks.push({ step: to, glyph: '↶', words: `history rewound to step ${whole(to)}`, bad: true }));
  history.forks.forEach(({ run, step }) => marks.push({ step, glyph: '↗', words: `${run} was forked at step ${whole(step)}`, bad: false }));
  if (history.parent) {
    const { run, step } = history.parent;
    marks.push({ step, glyph: '↗', words: `begins as a fork of ${run} at step ${whole(step)}`, bad: false });
  }
  return marks;
}

/** Series of a set in the shape of plots. */
export function linesOf(set, metrics) {
  return metrics.map((metric, place) => {
    const series = set.get(metric);
    const { steps, values } = series.drawn;
    const missing = values.reduce((count, value) => count + (Number.isFinite(value) ? 0 : 1), 0);
    return { label: metric, place, steps, values, note: missing > 0 ? `${whole(missing)} not finite` : undefined };
  });
}

/** How finely the series of a plot are drawn, in words; nothing where every value is. */
export function grainOf(set, metrics) {
  const all = metrics.map((metric) => set.get(metric));
  if (all.some((each) => each.fine?.thinned)) {
    return 'closer, thinned';
  }
  const thinned = all.filter((each) => each.thinned && each.fine === null);
  if (thinned.length === 0) {
    return all.some((each) => each.thinned) ? 'every value' : undefined;
  }
  const sum = (of) => thinned.reduce((total, each) => total + of(each), 0);
  return `${whole(sum((each) => each.steps.length))} of ${whole(sum((each) => each.total))} values`;
}
