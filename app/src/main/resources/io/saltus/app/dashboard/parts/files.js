// Buttons that save a plot.

import { h } from '../dom.js';
import { attempt } from '../store.js';
import { csv, download, savePng, svgOfElement, svgOfPlot } from '../save.js';
import { join } from '../series.js';

/** Of a plot on a canvas; `props.current` are the properties of the plot. */
export function PlotFiles({ props }) {
  const svg = () => {
    const { title, xLabel, series, hidden, range, yLog, yRange, bands, marks } = props.current;
    const shown = series.filter((each) => !hidden.has(each.label));
    return svgOfPlot({ title, xLabel, x: range.now, xLog: range.log, yLog, yRange, bands, marks, series: shown });
  };
  const numbers = () => {
    const { csv: full, series, hidden, xLabel } = props.current;
    return full ? full() : table(series.filter((each) => !hidden.has(each.label)), xLabel);
  };
  return h(Files, { name: () => 'saltus ' + props.current.title, svg, numbers });
}

/** Of an SVG in the page; `rows` are its numbers. */
export function SvgFiles({ name, element, rows }) {
  return h(Files, { name: () => 'saltus ' + name, svg: () => svgOfElement(element.current), numbers: () => csv(rows()) });
}

function Files({ name, svg, numbers }) {
  const save = {
    SVG: async () => download(name() + '.svg', svg(), 'image/svg+xml'),
    PNG: () => savePng(name() + '.png', svg()),
    CSV: async () => download(name() + '.csv', await numbers(), 'text/csv'),
  };
  return h(
    'span',
    { class: 'files', role: 'group', 'aria-label': 'Save' },
    Object.entries(save).map(([kind, act]) =>
      h('button', { type: 'button', class: 'quiet', key: kind, title: 'Save as ' + kind, onClick: () => attempt(act) }, kind),
    ),
  );
}

function table(series, xLabel) {
  if (series.length === 0) {
    return csv([[xLabel]]);
  }
  const [steps, ...columns] = join(series);
  return csv([
    [xLabel, ...series.map((each) => each.label)],
    ...steps.map((step, row) => [step, ...columns.map((column) => column[row] ?? null)]),
  ]);
}
