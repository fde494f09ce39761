// Plots as files: SVG, and from it PNG; numbers as CSV. A figure looks as it does on the page, with its
// legend, in text that can still be edited.

import { bandLabel, HATCH, headRoom, ROW, uncertain, wordsOf } from './marks.js';
import { colour, dash, theme } from './palette.js';
import { clean, tick } from './format.js';
import { extent, padded, scale, ticks } from './ticks.js';

const LEGEND_ROW = 18;
const FONT = 'system-ui, sans-serif';

/** Hands a file to the reader. */
export function download(name, content, kind) {
  const url = URL.createObjectURL(new Blob([content], { type: kind }));
  const anchor = document.createElement('a');
  anchor.href = url;
  anchor.download = name.replace(/[^\w.-]+/g, '-');
  anchor.click();
  // The browser reads it after this call.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** An SVG of the page, or a text with one, as a PNG of twice its size. */
export async function savePng(name, text) {
  const picture = new Image();
  const url = URL.createObjectURL(new Blob([text], { type: 'image/svg+xml' }));
  try {
    picture.src = url;
    await picture.decode();
    const canvas = document.createElement('canvas');
    canvas.width = 2 * picture.naturalWidth;
    canvas.height = 2 * picture.naturalHeight;
    canvas.getContext('2d').drawImage(picture, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise((done) => canvas.toBlob(done, 'image/png'));
    download(name, blob, 'image/png');
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** Rows as CSV by RFC 4180; a cell that a spreadsheet would take for a formula is only text. */
export function csv(rows) {
  const cell = (content) => {
    const text = content === null || content === undefined ? '' : String(content);
    const safe = typeof content === 'string' && /^[=+\-@\t\r]/.test(text) ? "'" + text : text;
    return /[",\n\r]/.test(safe) ? '"' + safe.replaceAll('"', '""') + '"' : safe;
  };
  return rows.map((row) => row.map(cell).join(',') + '\r\n').join('');
}

/** An SVG element of the page as a file: its colours are attributes, its background is added. */
export function svgOfElement(element) {
  const copy = element.cloneNode(true);
  const { width, height } = element.viewBox.baseVal;
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copy.setAttribute('width', width);
  copy.setAttribute('height', height);
  copy.setAttribute('font-family', FONT);
  const page = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
  page.setAttribute('width', '100%');
  page.setAttribute('height', '100%');
  page.setAttribute('fill', theme.colour('page'));
  copy.prepend(page);
  return new XMLSerializer().serializeToString(copy);
}

/**
 * A plot as SVG.
 *
 * @param plot {title, xLabel, x: [low, high], xLog, yLog, yRange?, series: [{label, place, steps, values,
 *     low?, high?}], bands, marks}
 */
export function svgOfPlot(plot, width = 860, inner = 380) {
  const head = headRoom(plot.bands);
  const box = { left: 64, top: 34 + head, right: width - 16, bottom: inner - 26 + head };
  const entries = legend(plot.series, box, inner + 22 + head);
  const height = inner + 22 + head + LEGEND_ROW * entries.rows;
  const [low, high] = plot.x;
  const series = plot.series.map((each) => within(each, low, high));
  const all = extent(series.flatMap((each) => [each.values, each.low ?? [], each.high ?? []]), plot.yLog);
  const [least, most] = plot.yRange ?? padded(all ?? [plot.yLog ? 0.1 : 0, 1], plot.yLog);
  const x = scale(low, high, box.left, box.right, plot.xLog);
  const y = scale(least, most, box.bottom, box.top, plot.yLog);
  const parts = [
    tag('rect', { width, height, fill: theme.colour('page') }),
    text(plot.title, { x: box.left, y: 20, 'font-size': 14, 'font-weight': 600 }),
    ...axes(plot, box, x, y, [low, high], [least, most]),
    ...plot.bands.some(uncertain) ? [hatches(plot.bands)] : [],
    `<clipPath id="inside">${tag('rect', { x: box.left, y: box.top, width: box.right - box.left, height: box.bottom - box.top })}</clipPath>`,
    '<g clip-path="url(#inside)">',
    ...plot.bands.flatMap((band) => bandParts(band, x, box)),
    ...plot.marks.flatMap((mark) => markParts(mark, x, box)),
    ...series.flatMap((each) => lineParts(each, x, y, plot.yLog)),
    '</g>',
    ...bandWords(plot.bands, x, box),
    ...entries.parts,
  ];
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" ` +
    `viewBox="0 0 ${width} ${height}" font-family="${FONT}" font-size="11">\n${parts.join('\n')}\n</svg>\n`
  );
}

function within(series, low, high) {
  // One point more on each side, so that lines run to the edge.
  let from = series.steps.findIndex((step) => step >= low);
  from = from < 0 ? series.steps.length : Math.max(0, from - 1);
  let until = from;
  while (until < series.steps.length && series.steps[until] <= high) {
    until++;
  }
  const cut = (column) => column && Array.from(column).slice(from, until + 1);
  const { steps, values } = series;
  return { ...series, steps: cut(steps), values: cut(values), low: cut(series.low), high: cut(series.high) };
}

function axes(plot, box, x, y, [low, high], [least, most]) {
  const grid = { stroke: theme.colour('grid'), fill: 'none' };
  const soft = theme.colour('soft');
  return [
    ...ticks(least, most, plot.yLog, 6).flatMap((at) => [
      tag('path', { d: `M${box.left} ${round(y(at))}H${box.right}`, ...grid }),
      text(tick(at), { x: box.left - 6, y: round(y(at)) + 4, 'text-anchor': 'end', fill: soft }),
    ]),
    ...ticks(low, high, plot.xLog, 8).flatMap((at) => [
      tag('path', { d: `M${round(x(at))} ${box.top}V${box.bottom}`, ...grid }),
      text(tick(at), { x: round(x(at)), y: box.bottom + 16, 'text-anchor': 'middle', fill: soft }),
    ]),
    tag('path', { d: `M${box.left} ${box.top}V${box.bottom}H${box.right}`, stroke: soft, fill: 'none' }),
    text(plot.xLabel, { x: box.right, y: box.bottom + 30, 'text-anchor': 'end', fill: soft }),
  ];
}

function bandParts(band, x, box) {
  const from = round(x(Math.max(band.onset, 1e-9)));
  const until = round(x(Math.max(band.end, 1e-9)));
  const middle = round(x(Math.max(band.midpoint, 1e-9)));
  const height = box.bottom - box.top;
  const paint = colour(band.place);
  return [
    tag('rect', { x: from, y: box.top, width: Math.max(1, until - from), height, fill: paint, 'fill-opacity': 0.14 }),
    ...(uncertain(band) ? [tag('rect', { x: from, y: box.top, width: Math.max(1, until - from), height, fill: `url(#hatch-${band.place})` })] : []),
    tag('path', { d: `M${middle} ${box.top}V${box.bottom}`, stroke: paint, 'stroke-dasharray': '4 3' }),
  ];
}

/** A pattern for each line that has a band of which not all is certain, as on the page. */
function hatches(bands) {
  const places = [...new Set(bands.filter(uncertain).map((band) => band.place))];
  const patterns = places.map((place) =>
    tag('pattern', { id: 'hatch-' + place, width: HATCH, height: HATCH, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' }, tag('path', { d: `M0 0V${HATCH}`, stroke: colour(place), 'stroke-opacity': 0.6 })),
  );
  return `<defs>${patterns.join('')}</defs>`;
}

function bandWords(bands, x, box) {
  return wordsOf(bands, (step) => round(x(Math.max(step, 1e-9))), wide, box.left, box.right, 3).flatMap(({ band, middle, begin, row }) => {
    const foot = box.top - 3 - ROW * row;
    return [tag('path', { d: `M${middle} ${foot - 9}V${box.top}`, stroke: colour(band.place) }), text(bandLabel(band), { x: round(begin), y: foot })];
  });
}

/** Without measuring: a letter is about 6.2 wide at this size. */
function wide(label) {
  return 6.2 * label.length;
}

function markParts(mark, x, box) {
  const at = round(x(Math.max(mark.step, 1e-9)));
  const paint = theme.colour(mark.bad ? 'bad' : 'soft');
  return [
    tag('path', { d: `M${at} ${box.top}V${box.bottom}`, stroke: paint, 'stroke-dasharray': mark.bad ? 'none' : '1 3' }),
    text(mark.glyph, { x: at + 2, y: box.bottom - 4, fill: paint }),
  ];
}

function lineParts(series, x, y, yLog) {
  const paint = colour(series.place);
  const usable = (value) => Number.isFinite(value) && (!yLog || value > 0);
  const parts = [];
  if (series.low) {
    const places = series.steps.map((_, place) => place).filter((place) => usable(series.low[place]) && usable(series.high[place]));
    const there = places.map((place) => `${round(x(series.steps[place]))} ${round(y(series.high[place]))}`);
    const back = places.reverse().map((place) => `${round(x(series.steps[place]))} ${round(y(series.low[place]))}`);
    parts.push(tag('path', { d: `M${[...there, ...back].join('L')}Z`, fill: paint, 'fill-opacity': 0.16 }));
  }
  let d = '';
  let pen = 'M';
  series.steps.forEach((step, place) => {
    const value = series.values[place];
    if (value === undefined) {
      return;
    }
    if (!usable(value)) {
      pen = 'M';
      return;
    }
    d += `${pen}${round(x(step))} ${round(y(value))}`;
    pen = 'L';
  });
  const dashes = dash(series.place).join(' ');
  parts.push(tag('path', { d, stroke: paint, fill: 'none', 'stroke-width': 1.5, 'stroke-linejoin': 'round', ...(dashes && { 'stroke-dasharray': dashes }) }));
  return parts;
}

/** The legend from a line on, in as many rows as it needs. */
function legend(series, box, top) {
  const parts = [];
  let at = box.left;
  let row = 0;
  for (const each of series) {
    const width = 45 + wide(clean(each.label));
    if (at > box.left && at + width > box.right) {
      at = box.left;
      row++;
    }
    const y = top + LEGEND_ROW * row;
    const dashes = dash(each.place).join(' ');
    parts.push(
      tag('path', { d: `M${at} ${y - 4}h24`, stroke: colour(each.place), 'stroke-width': 2, ...(dashes && { 'stroke-dasharray': dashes }) }),
      text(each.label, { x: at + 29, y }),
    );
    at += width;
  }
  return { parts, rows: row + 1 };
}

function round(number) {
  return Math.round(number * 100) / 100;
}

function tag(name, attributes, content = '') {
  const all = Object.entries(attributes).map(([key, given]) => ` ${key}="${escape(String(given))}"`);
  return content === '' ? `<${name}${all.join('')}/>` : `<${name}${all.join('')}>${content}</${name}>`;
}

function text(content, attributes) {
  return tag('text', { fill: theme.colour('ink'), ...attributes }, escape(clean(content)));
}

function escape(content) {
  return content.replace(/[&<>"']/g, (sign) => '&#' + sign.codePointAt(0) + ';');
}
