// Parallel coordinates: an upright axis for each thing in which runs differ or may be told apart, and a line
// for each run across all of them.

import { h, Data, useChanges, useRef, useWidth } from '../dom.js';
import { colour, dash, theme } from '../palette.js';
import { extent, padded, scale, ticks } from '../ticks.js';
import { clean, tick, value } from '../format.js';
import { SvgFiles } from './files.js';

const HEIGHT = 270;
const TOP = 40;
const BOTTOM = HEIGHT - 14;

/** @param props {axes: [{name, values: [one for each run]}], runs: [name], places} */
export function Parallel({ axes, runs, places }) {
  const box = useRef(null);
  const picture = useRef(null);
  const width = useWidth(box);
  useChanges(theme);
  if (axes.length < 2) {
    return h('p', { class: 'soft', ref: box }, 'These runs differ in too little for parallel coordinates.');
  }
  const scales = axes.map(scaleOf);
  const room = Math.max(1, axes.length - 1);
  const least = 90 * axes.length;
  const wide = Math.max(width, least);
  const x = (axis) => 60 + (axis * (wide - 130)) / room;
  const soft = theme.colour('soft');
  return h(
    'figure',
    { class: 'plot', ref: box },
    h('figcaption', null, h('h3', null, 'Parallel coordinates'), h(SvgFiles, { name: 'parallel coordinates', element: picture, rows: () => [['run', ...axes.map((axis) => axis.name)], ...runs.map((run, place) => [run, ...axes.map((axis) => axis.values[place])])] })),
    width > 0 &&
      h(
        'div',
        { class: 'scroll', tabIndex: 0, role: 'region', 'aria-label': 'Parallel coordinates' },
        h(
          'svg',
          { ref: picture, viewBox: `0 0 ${wide} ${HEIGHT}`, width: wide, height: HEIGHT, 'font-size': 11, role: 'img', 'aria-label': `${runs.length} runs over ${axes.map((axis) => axis.name).join(', ')}.` },
          axes.map((axis, place) => [
            h('path', { key: 'a' + place, d: `M${x(place)} ${TOP}V${BOTTOM}`, stroke: soft }),
            h('text', { key: 'n' + place, x: x(place), y: 14 + (place % 2) * 13, 'text-anchor': place === 0 ? 'start' : place === axes.length - 1 ? 'end' : 'middle', dx: place === 0 ? -56 : place === axes.length - 1 ? 66 : 0, fill: theme.colour('ink') }, clean(axis.name)),
            scales[place].ticks.map(([at, words]) => h('text', { key: 't' + place + words, x: x(place) + 5, y: at + 4, fill: soft }, clean(words))),
          ]),
          runs.map((run, place) => {
            const points = axes.map((axis, at) => [x(at), scales[at].y(axis.values[place])]).filter(([, y]) => Number.isFinite(y));
            return h('path', { key: run, d: points.map(([px, py], at) => `${at === 0 ? 'M' : 'L'}${px} ${py.toFixed(1)}`).join(''), fill: 'none', stroke: colour(places[place]), 'stroke-width': 1.75, 'stroke-dasharray': dash(places[place]).join(' ') || undefined }, h('title', null, run));
          }),
        ),
      ),
    h(
      'details',
      { class: 'numbers' },
      h('summary', null, 'Numbers of parallel coordinates'),
      h('div', { class: 'scroll', tabIndex: 0, role: 'region', 'aria-label': 'Numbers of parallel coordinates' }, h('table', { class: 'rows' }, h('thead', null, h('tr', null, h('th', { scope: 'col' }, 'Run'), axes.map((axis) => h('th', { scope: 'col', key: axis.name }, h(Data, null, axis.name))))), h('tbody', null, runs.map((run, place) => h('tr', { key: run }, h('th', { scope: 'row' }, h(Data, null, run)), axes.map((axis) => h('td', { class: 'number', key: axis.name }, h(Data, null, shownAs(axis.values[place]))))))))),
    ),
  );
}

function shownAs(given) {
  return typeof given === 'number' ? value(given) : (given ?? '–');
}

function scaleOf({ values }) {
  const there = values.filter((each) => each !== null && each !== undefined && each !== '');
  if (there.length > 0 && there.every((each) => Number.isFinite(Number(each)))) {
    const [low, high] = padded(extent([there.map(Number)]));
    const y = scale(low, high, BOTTOM, TOP);
    return { y: (given) => (given === null || given === undefined ? NaN : y(Number(given))), ticks: ticks(low, high, false, 5).map((at) => [y(at), tick(at)]) };
  }
  const names = [...new Set(there.map(String))].sort();
  const y = scale(0, Math.max(1, names.length - 1), BOTTOM - 8, TOP + 8);
  return { y: (given) => (names.includes(String(given)) ? y(names.indexOf(String(given))) : NaN), ticks: names.map((name, place) => [y(place), name]) };
}
