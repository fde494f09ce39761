// A plot: uPlot on a canvas, with a legend that is a table of values, keys for whoever has no mouse, its
// numbers as a table for whoever sees no picture, and files of it.

import uPlot from 'uplot';
import { h, cls, Data, useEffect, useLayoutEffect, useMemo, useNear, useRef, useState, useWidth } from './dom.js';
import { colour, dash, theme } from './palette.js';
import { tick, value } from './format.js';
import { drawMarks, headRoom, under } from './marks.js';
import { extent, multiples, padded, roundSteps } from './ticks.js';
import { join } from './series.js';
import { key, panning, pans, touchable, wheel } from './plot-input.js';
import { Hover, Hovered } from './parts/hover.js';
import { PlotFiles } from './parts/files.js';
import { PlotTable } from './parts/plot-table.js';

const HEIGHT = 230;
/** Room for half a label of an axis. */
const TOP = 10;
const joined = uPlot.paths.linear();
const KEYS = 'Arrow keys move the cursor; Shift with them pans; plus, minus and 0 zoom.';

/**
 * @param props {title, xLabel, series: [{label, place, steps, values, low?, high?, note?}], range, yLog,
 *     yRange?, bands, marks, grain?, hidden: Set, onToggle(label), onLog(on), csv?(), sync}; places choose colour
 *     and dashes, `range` is shared by the plots beside each other
 */
export function Plot(props) {
  const box = useRef(null);
  const frame = useRef(null);
  const near = useNear(frame, 0);
  const soon = useNear(frame, 150);
  const seen = useRef(false);
  seen.current ||= soon;
  const attentive = useRef(false);
  attentive.current = near;
  const width = useWidth(box);
  const drawing = useRef(null);
  const hovered = useMemo(() => new Hovered(), []);
  const [spoken, speak] = useState('');
  const legend = useRef([]);
  const latest = useRef(props);
  latest.current = props;
  const { series, range, yLog, bands, marks, hidden } = props;
  const shown = series.filter((each) => !hidden.has(each.label));
  // What makes uPlot begin anew; everything else it can be told.
  const shape = JSON.stringify([
    shown.map((each) => [each.label, each.place, Boolean(each.low)]), range.log, yLog, props.xLabel, theme.dark, seen.current && width > 0,
  ]);

  useLayoutEffect(() => {
    if (!seen.current || width === 0) {
      return undefined;
    }
    const u = create(box.current, width, latest, { hovered, speak, legend, attentive });
    drawing.current = u;
    return () => {
      hovered.set(null);
      u.destroy();
      drawing.current = null;
    };
  }, [shape]);

  // A plot out of sight is brought up to date when it comes near.
  useEffect(() => {
    if (!near) {
      drawing.current?.setCursor({ left: -10, top: -10 });
      return undefined;
    }
    const moved = () => drawing.current?.setScale('x', ends(latest.current.range));
    moved();
    return range.listen(moved);
  }, [near, range]);

  useEffect(() => {
    drawing.current?.setSize({ width, height: HEIGHT });
  }, [width]);

  useEffect(() => {
    const u = drawing.current;
    if (u !== null && near) {
      u.setData(columns(latest.current), false);
      u.setScale('x', ends(range));
    }
  }, [series, bands, marks, hidden, shape, near]);

  return h(
    'figure',
    { class: 'plot', ref: frame },
    h(
      'figcaption',
      null,
      h('h3', null, h(Data, null, props.title)),
      props.grain && h('span', { class: 'grain', title: 'Of each stretch of steps the first, least, greatest and last value are drawn. Closer there is more.' }, props.grain),
      h(
        'span',
        { class: 'plot-tools' },
        props.onLog &&
          h(
            'button',
            { type: 'button', class: 'quiet', 'aria-pressed': String(yLog), onClick: () => props.onLog(!yLog), title: 'Logarithmic values' },
            'log',
          ),
        h(PlotFiles, { props: latest }),
      ),
    ),
    h(
      'ul',
      { class: 'legend' },
      series.map((each, place) =>
        h(LegendEntry, { key: each.label, each, off: hidden.has(each.label), onToggle: props.onToggle, cell: (element) => (legend.current[place] = element) }),
      ),
    ),
    h(
      'div',
      {
        class: 'canvas',
        ref: box,
        tabIndex: 0,
        role: 'application',
        'aria-roledescription': 'plot',
        'aria-label': summary(props, shown) + ' ' + KEYS,
        onKeyDown: (event) => key(event, drawing.current, range, speak),
        onBlur: () => hovered.set(null),
      },
      h(Hover, { hovered }),
    ),
    h('div', { class: 'unseen', 'aria-live': 'polite' }, spoken),
    h(PlotTable, { props }),
  );
}

function LegendEntry({ each, off, onToggle, cell }) {
  return h(
    'li',
    null,
    h(
      'button',
      { type: 'button', class: cls('quiet', off && 'off'), 'aria-pressed': String(!off), onClick: () => onToggle?.(each.label) },
      h(Stroke, { place: each.place }),
      h(Data, null, each.label),
    ),
    // No output element: readers of the screen would be told sixty times a second.
    h('span', { ref: cell, class: 'number' }, last(each)),
    each.note && h('span', { class: 'soft' }, each.note),
  );
}

/** A piece of a line as it is drawn. */
export function Stroke({ place }) {
  return h(
    'svg',
    { class: 'stroke', viewBox: '0 0 26 8', 'aria-hidden': true },
    h('path', { d: 'M0 4H26', stroke: colour(place), 'stroke-width': 2, 'stroke-dasharray': dash(place).join(' ') || undefined }),
  );
}

function last(series) {
  return series.values.length === 0 ? '' : value(series.values[series.values.length - 1]);
}

function summary({ title, xLabel, range, bands }, shown) {
  const lines = shown.map((each) => `${each.label}, now ${last(each) || 'without values'}`);
  const jumps = bands.map((band) => `${band.kind} of ${band.metric} at ${xLabel} ${value(band.midpoint)}`);
  const [low, high] = range.now;
  return `${title} over ${xLabel} ${value(low)} to ${value(high)}: ${[...lines, ...jumps].join('; ')}.`;
}

function ends(range) {
  const [min, max] = range.now;
  return { min, max };
}

function columns({ series, hidden, range, yLog }) {
  const shown = series.filter((each) => !hidden.has(each.label));
  const usable = (x) => (yLog && !(x > 0) ? NaN : x);
  const all = shown.flatMap((each) =>
    [each.values, ...(each.low ? [each.low, each.high] : [])].map((values) => ({
      steps: range.log ? Array.from(each.steps).filter((step) => step > 0) : each.steps,
      values: (range.log ? Array.from(values).filter((_, place) => each.steps[place] > 0) : Array.from(values)).map(usable),
    })),
  );
  return all.length === 0 ? [[], []] : join(all);
}

function create(element, width, latest, tell) {
  const { range, yLog, yRange, series, hidden, sync, xLabel } = latest.current;
  const shown = series.filter((each) => !hidden.has(each.label));
  const lines = [];
  const areas = [];
  for (const each of shown) {
    lines.push(lineOf(each));
    if (each.low) {
      areas.push({ series: [lines.length + 2, lines.length + 1], fill: colour(each.place) + '2b' });
      lines.push({ ...lineOf(each), width: 0, points: { show: false } }, { ...lineOf(each), width: 0, points: { show: false } });
    }
  }
  const axis = { stroke: theme.colour('soft'), grid: { stroke: theme.colour('grid'), width: 1 }, ticks: { stroke: theme.colour('grid'), width: 1, size: 4 }, font: '11px system-ui, sans-serif' };
  const u = new uPlot(
    {
      width,
      height: HEIGHT,
      padding: [() => Math.max(TOP, headRoom(latest.current.bands)), null, null, null],
      legend: { show: false },
      scales: {
        // Left alone, a logarithmic axis would be widened to whole decades.
        x: { time: false, distr: range.log ? 3 : 1, range: (_, low, high) => [low, high] },
        y: { distr: yLog ? 3 : 1, range: (_, low, high) => yEnds(low, high, yLog, yRange) },
      },
      axes: [
        { ...axis, size: 28, ...named(xLabel), values: (_, places) => places.map(tick) },
        { ...axis, size: 58, ...(yLog ? {} : LINEAR), values: (_, places) => places.map(tick) },
      ],
      series: [{}, ...(lines.length === 0 ? [{ show: false }] : lines)],
      bands: areas,
      cursor: {
        // Plots out of sight need not follow the pointer.
        sync: { key: sync, setSeries: false, filters: { pub: () => true, sub: () => tell.attentive.current } },
        drag: { x: true, y: false, setScale: false, dist: 4 },
        points: { size: 7, width: 2 },
        dataIdx: (self, place, at) => nearest(self.data[place], self.data[0], at),
        bind: { mousedown: panning(range), dblclick: () => () => range.reset() },
      },
      hooks: {
        drawAxes: [(self) => drawMarks(self, latest.current)],
        setCursor: [(self) => pointed(self, latest.current, tell)],
        setSelect: [(self) => selected(self, range)],
      },
    },
    columns(latest.current),
    element,
  );
  u.setScale('x', ends(range));
  touchable(u, range);
  // The library listens passively; the middle button would begin to scroll the page.
  u.over.addEventListener('mousedown', (event) => pans(event) && event.preventDefault());
  u.over.addEventListener('wheel', (event) => wheel(event, u, range, element), { passive: false });
  return u;
}

// The library's own steps end at 10^16.
const LINEAR = {
  incrs: (_, axis, low, high) => roundSteps(low, high),
  splits: (_, axis, low, high, step) => multiples(step, low, high),
};

// Steps need no name; what is none says so.
function named(xLabel) {
  return xLabel === 'step' ? {} : { label: xLabel, labelSize: 18, labelFont: '11px system-ui, sans-serif' };
}

function lineOf(each) {
  return { label: each.label, stroke: colour(each.place), width: 1.5, dash: dash(each.place), points: { size: 4 }, paths };
}

/**
 * Where points lie closer than two pixels, lines are one pixel of the screen wide. They look no thinner there, and
 * whoever draws without a graphics card draws such a line up to thirty times as fast: 60 frames a second, not 8.
 */
function paths(u, line, first, last) {
  const made = joined(u, line, first, last);
  return made !== null && (last - first) * 2 * devicePixelRatio > u.bbox.width ? { ...made, _width: 1 / devicePixelRatio } : made;
}

function yEnds(low, high, yLog, yRange) {
  if (yRange) {
    return yRange;
  }
  const all = low === null || high === null ? null : extent([[low, high]], yLog);
  return padded(all ?? (yLog ? [0.1, 1] : [0, 1]), yLog);
}

// The nearest place with a value: series are recorded at different steps.
function nearest(column, steps, at) {
  for (let distance = 0; distance < column.length; distance++) {
    const before = column[at - distance];
    const after = column[at + distance];
    if (before !== null && before !== undefined) {
      const closer = after !== null && after !== undefined && steps[at + distance] - steps[at] < steps[at] - steps[at - distance];
      return closer ? at + distance : at - distance;
    }
    if (after !== null && after !== undefined) {
      return at + distance;
    }
  }
  return at;
}

function pointed(u, props, { hovered, legend }) {
  const shown = props.series.filter((each) => !props.hidden.has(each.label));
  const away = u.cursor.left === undefined || u.cursor.left < 0;
  let line = 0;
  for (const each of shown) {
    line++;
    const at = away ? null : u.cursor.idxs[line];
    // Sixty times a second: past Preact, straight into the cell.
    const cell = legend.current[props.series.indexOf(each)];
    const text = at === null || at === undefined ? last(each) : value(u.data[line][at]);
    if (cell && cell.textContent !== text) {
      cell.textContent = text;
    }
    line += each.low ? 2 : 0;
  }
  // Only the plot under the pointer, or with the keyboard in it, tells what lies there.
  const here = !away && (u.cursor.event || u.root.parentElement === document.activeElement);
  if (!here) {
    hovered.set(null);
    return;
  }
  const step = u.posToVal(u.cursor.left, 'x');
  const distance = Math.abs(u.posToVal(u.cursor.left + 5, 'x') - step);
  const found = under(props, step, distance);
  hovered.set({ step: u.cursor.idx === null ? step : u.data[0][u.cursor.idx], left: u.cursor.left + u.bbox.left / devicePixelRatio, width: u.width, xLabel: props.xLabel, ...found });
}

function selected(u, range) {
  const { left, width } = u.select;
  if (width > 4) {
    range.set(u.posToVal(left, 'x'), u.posToVal(left + width, 'x'));
  }
  u.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
}
