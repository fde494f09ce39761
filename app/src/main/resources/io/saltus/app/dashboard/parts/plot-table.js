// The numbers behind a plot as a table, made when it is asked for.

import { h, Data, useState } from '../dom.js';
import { value, whole } from '../format.js';
import { join, thin } from '../series.js';

const ROWS = 60;

export function PlotTable({ props }) {
  const [open, setOpen] = useState(false);
  return h(
    'details',
    { class: 'numbers', onToggle: (event) => setOpen(event.currentTarget.open) },
    h('summary', null, 'Numbers', h('span', { class: 'unseen' }, ' of ' + props.title)),
    open && h(Rows, props),
  );
}

function Rows({ series, hidden, range, xLabel, title }) {
  const [low, high] = range.now;
  const shown = series.filter((each) => !hidden.has(each.label));
  if (shown.length === 0) {
    return h('p', { class: 'soft' }, 'Nothing is chosen.');
  }
  const cut = shown.map((each) => inside(each, low, high));
  const [steps, ...columns] = join(cut.map((each) => thin(each.steps, each.values, Math.max(8, Math.floor(ROWS / shown.length)))));
  return h(
    'div',
    { class: 'scroll', tabIndex: 0, role: 'region', 'aria-label': 'Numbers of ' + title },
    h(
      'table',
      null,
      h('caption', null, 'First, least, greatest and last of each stretch of what is shown.'),
      h('thead', null, h('tr', null, [h('th', { scope: 'col', class: 'number', key: 'x' }, xLabel), shown.map((each) => h('th', { scope: 'col', class: 'number', key: each.label }, h(Data, null, each.label)))])),
      h(
        'tbody',
        null,
        steps.map((step, row) =>
          h('tr', { key: step }, [
            h('th', { scope: 'row', class: 'number', key: 'x' }, Number.isInteger(step) ? whole(step) : value(step)),
            columns.map((column, place) => h('td', { class: 'number', key: place }, column[row] === undefined ? '' : value(column[row]))),
          ]),
        ),
      ),
    ),
  );
}

function inside({ steps, values }, low, high) {
  const places = [];
  for (let place = 0; place < steps.length; place++) {
    if (steps[place] >= low && steps[place] <= high) {
      places.push(place);
    }
  }
  return { steps: places.map((place) => steps[place]), values: places.map((place) => values[place]) };
}
