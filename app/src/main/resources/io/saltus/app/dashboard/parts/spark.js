// A line without axes, as large as a word.

import { h } from '../dom.js';
import { number } from '../format.js';
import { extent } from '../ticks.js';

const WIDTH = 96;
const HEIGHT = 22;

export function Spark({ spark }) {
  if (!spark || spark.values.length === 0) {
    return h('span', { class: 'soft', 'aria-hidden': true }, '–');
  }
  const values = spark.values.map(number);
  const ends = extent([values]);
  if (ends === null) {
    return h('span', { class: 'soft' }, 'NaN');
  }
  const [low, high] = ends;
  const x = (place) => 2 + (place * (WIDTH - 4)) / Math.max(1, values.length - 1);
  const y = (value) => HEIGHT - 3 - ((value - low) / (high - low || 1)) * (HEIGHT - 6);
  let pen = 'M';
  let d = '';
  values.forEach((value, place) => {
    if (Number.isFinite(value)) {
      d += pen + x(place).toFixed(1) + ' ' + y(value).toFixed(1);
      pen = 'L';
    } else {
      pen = 'M';
    }
  });
  const last = values.findLastIndex(Number.isFinite);
  return h(
    'svg',
    { class: 'spark', viewBox: `0 0 ${WIDTH} ${HEIGHT}`, 'aria-hidden': true },
    h('path', { d, fill: 'none', stroke: 'currentColor', 'stroke-width': 1.25 }),
    h('circle', { cx: x(last), cy: y(values[last]), r: 1.8, fill: 'currentColor' }),
  );
}
