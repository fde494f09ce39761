// Points in a plane, with the name of each: what a run took against what it was given.

import { h, Data, useChanges, useRef, useWidth } from '../dom.js';
import { extent, padded, scale, ticks } from '../ticks.js';
import { colour, theme } from '../palette.js';
import { clean, tick, value } from '../format.js';
import { SvgFiles } from './files.js';

const HEIGHT = 280;
const SHAPES = [
  (x, y) => `M${x - 4} ${y}a4 4 0 1 0 8 0a4 4 0 1 0 -8 0Z`,
  (x, y) => `M${x - 4} ${y - 4}h8v8h-8Z`,
  (x, y) => `M${x} ${y - 5}l5 9h-10Z`,
  (x, y) => `M${x} ${y - 5}l5 5l-5 5l-5 -5Z`,
  (x, y) => `M${x} ${y + 5}l5 -9h-10Z`,
];

/** A sign that differs in shape and colour. */
export function sign(place, x, y) {
  return SHAPES[place % SHAPES.length](x, y);
}

/** @param props {title, xLabel, yLabel, points: [{x, y, label, place, href?}], yLog?} */
export function Scatter({ title, xLabel, yLabel, points, yLog = false }) {
  const box = useRef(null);
  const picture = useRef(null);
  const width = useWidth(box);
  useChanges(theme);
  // Words have places of their own on the axis; numbers theirs.
  const numeric = points.every((point) => Number.isFinite(Number(point.x)));
  const names = [...new Set(points.map((point) => String(point.x)))];
  const across = (point) => (numeric ? Number(point.x) : names.indexOf(String(point.x)));
  const usable = points.filter((point) => Number.isFinite(point.y) && (!yLog || point.y > 0));
  const [low, high] = padded(extent([points.map(across)]) ?? [0, 1]);
  const [least, most] = padded(extent([usable.map((point) => point.y)]) ?? [0, 1], yLog);
  const x = scale(low, high, 62, Math.max(80, width - 14));
  const y = scale(least, most, HEIGHT - 38, 10, yLog);
  const soft = theme.colour('soft');
  return h(
    'figure',
    { class: 'plot', ref: box },
    h('figcaption', null, h('h3', null, title), h(SvgFiles, { name: title, element: picture, rows: () => [['label', xLabel, yLabel], ...points.map((point) => [point.label, point.x, point.y])] })),
    width > 0 &&
      h(
        'svg',
        { ref: picture, viewBox: `0 0 ${width} ${HEIGHT}`, height: HEIGHT, 'font-size': 11, role: 'img', 'aria-label': `${title}: ${usable.length} points, ${yLabel} against ${xLabel}.` },
        ticks(least, most, yLog, 5).map((at) => [h('path', { key: 'l' + at, d: `M62 ${y(at)}H${width - 14}`, stroke: theme.colour('grid') }), h('text', { key: at, x: 56, y: y(at) + 4, 'text-anchor': 'end', fill: soft }, tick(at))]),
        (numeric ? ticks(low, high, false, 6) : names.map((_, place) => place)).map((at) => h('text', { key: 'x' + at, x: x(at), y: HEIGHT - 22, 'text-anchor': 'middle', fill: soft }, numeric ? tick(at) : clean(names[at]))),
        h('path', { d: `M62 10V${HEIGHT - 38}H${width - 14}`, fill: 'none', stroke: soft }),
        h('text', { x: width - 14, y: HEIGHT - 6, 'text-anchor': 'end', fill: soft }, xLabel),
        usable.map((point, place) => h('path', { key: place, d: sign(point.place ?? 0, x(across(point)), y(point.y)), fill: colour(point.place ?? 0), 'fill-opacity': 0.85 }, h('title', null, `${point.label}: ${value(point.y)}`))),
      ),
    h(
      'details',
      { class: 'numbers' },
      h('summary', null, 'Numbers', h('span', { class: 'unseen' }, ' of ' + title)),
      h(
        'div',
        { class: 'scroll', tabIndex: 0, role: 'region', 'aria-label': 'Numbers of ' + title },
        h(
          'table',
          { class: 'rows' },
          h('thead', null, h('tr', null, h('th', { scope: 'col' }, 'Run'), h('th', { scope: 'col', class: 'number' }, xLabel), h('th', { scope: 'col', class: 'number' }, yLabel))),
          h('tbody', null, points.map((point, place) => h('tr', { key: place }, h('th', { scope: 'row' }, point.href ? h('a', { href: point.href }, h(Data, null, point.label)) : h(Data, null, point.label)), h('td', { class: 'number' }, h(Data, null, point.x)), h('td', { class: 'number' }, Number.isFinite(point.y) ? value(point.y) : 'never')))),
        ),
      ),
    ),
  );
}
