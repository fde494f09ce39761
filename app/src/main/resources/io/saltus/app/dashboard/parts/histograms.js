// Histograms over steps as a map: a column for each step, a row for each bin, darker where more fell.

import { h, Data, useChanges, useRef, useWidth } from '../dom.js';
import { number, tick, value, whole } from '../format.js';
import { scale, ticks } from '../ticks.js';
import { SvgFiles } from './files.js';
import { router } from '../router.js';
import { theme } from '../palette.js';

const COLUMNS = 120;
const HEIGHT = 260;
const LEFT = 64;
const LEVELS = 8;

/** Histogram columns of frames: metric → {edges, steps, counts}; later frames continue earlier ones. */
export function histogramsOf(events) {
  const all = new Map();
  for (const { data } of events) {
    for (const column of data.frame?.columns ?? []) {
      if (column.kind === 'histogram') {
        const key = column.metric + ' ' + column.edges.length;
        const known = all.get(key) ?? { metric: column.metric, edges: column.edges.map(number), steps: [], counts: [] };
        column.steps.forEach((step, place) => {
          if (known.steps.length === 0 || step > known.steps.at(-1)) {
            known.steps.push(step);
            known.counts.push(column.values[place]);
          }
        });
        all.set(key, known);
      }
    }
  }
  return [...all.values()].sort((a, b) => (a.metric < b.metric ? -1 : 1));
}

export function Histograms({ events }) {
  const all = histogramsOf(events);
  useChanges(theme);
  if (all.length === 0) {
    return null;
  }
  const shown = all.find((each) => each.metric === router.get('histogram')) ?? all[0];
  return h(
    'section',
    { class: 'panel', id: 'histograms' },
    h(
      'div',
      { class: 'panel-head' },
      h('h2', null, 'Histograms'),
      h('label', { class: 'inline' }, 'Metric ', h('select', { value: shown.metric, onChange: (event) => router.set({ histogram: event.currentTarget.value }) }, all.map((each) => h('option', { key: each.metric, value: each.metric }, each.metric)))),
    ),
    h(Picture, { histogram: shown }),
  );
}

function Picture({ histogram }) {
  const { metric, edges, steps, counts } = histogram;
  const box = useRef(null);
  const picture = useRef(null);
  const width = useWidth(box);
  const every = Math.max(1, Math.ceil(steps.length / COLUMNS));
  const places = steps.map((_, place) => place).filter((place) => place % every === 0 || place === steps.length - 1);
  const finite = edges.map((edge, place) => (Number.isFinite(edge) ? edge : place === 0 ? edges[1] : edges[edges.length - 2]));
  const x = scale(0, places.length, LEFT, Math.max(LEFT + 1, width - 10));
  const y = scale(finite[0], finite.at(-1), HEIGHT - 30, 8);
  const rows = () => [
    ['step', ...edges.slice(0, -1).map((edge, bin) => `${edge}..${edges[bin + 1]}`)],
    ...steps.map((step, place) => [step, ...counts[place]]),
  ];
  return h(
    'figure',
    { class: 'plot', ref: box },
    h('figcaption', null, h('h3', null, h(Data, null, metric)), h(SvgFiles, { name: metric, element: picture, rows })),
    width > 0 &&
      h(
        'svg',
        { ref: picture, viewBox: `0 0 ${width} ${HEIGHT}`, height: HEIGHT, role: 'img', 'aria-label': `Histograms of ${metric} at ${steps.length} steps, ${whole(steps[0])} to ${whole(steps.at(-1))}; values from ${value(finite[0])} to ${value(finite.at(-1))}.`, 'font-size': 11 },
        cells(places, counts, finite, x, y).map((d, level) => d !== '' && h('path', { key: level, d, fill: theme.colour('heat'), 'fill-opacity': (level + 1) / LEVELS })),
        ticks(finite[0], finite.at(-1), false, 6).map((at) => h('text', { key: at, x: LEFT - 6, y: y(at) + 4, 'text-anchor': 'end', fill: theme.colour('soft') }, tick(at))),
        spaced(places, 8).map((at) => h('text', { key: 's' + at, x: (x(at) + x(at + 1)) / 2, y: HEIGHT - 12, 'text-anchor': 'middle', fill: theme.colour('soft') }, whole(steps[places[at]]))),
      ),
    h('p', { class: 'soft small' }, `Share of each step's values, in ${LEVELS} shades; the darkest are above ${value(share(places, counts) * ((LEVELS - 1) / LEVELS))}.`),
  );
}

function spaced(places, count) {
  const every = Math.max(1, Math.ceil(places.length / count));
  return places.map((_, at) => at).filter((at) => at % every === 0);
}

/** The greatest share that a bin has of a step. */
function share(places, counts) {
  return Math.max(1e-12, ...places.map((place) => Math.max(...counts[place]) / (sum(counts[place]) || 1)));
}

function sum(row) {
  return row.reduce((total, each) => total + each, 0);
}

// One path for each shade: a map of thousands of cells stays a picture of eight shapes.
function cells(places, counts, edges, x, y) {
  const paths = Array.from({ length: LEVELS }, () => '');
  const most = share(places, counts);
  places.forEach((place, at) => {
    const total = sum(counts[place]) || 1;
    counts[place].forEach((count, bin) => {
      if (count > 0 && edges[bin + 1] > edges[bin]) {
        const level = Math.min(LEVELS - 1, Math.floor((count / total / most) * LEVELS));
        const left = x(at).toFixed(1);
        const right = x(at + 1).toFixed(1);
        paths[level] += `M${left} ${y(edges[bin]).toFixed(1)}H${right}V${y(edges[bin + 1]).toFixed(1)}H${left}Z`;
      }
    });
  });
  return paths;
}
