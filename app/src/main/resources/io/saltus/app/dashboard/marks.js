// What is drawn on a plot besides its lines: jumps as bands from onset to end, and what happened to the run
// as upright lines. On uPlot's canvas here, in SVG when the plot is saved.

import { colour, theme } from './palette.js';
import { words as spaced } from './format.js';

export const HATCH = 6;
/** Rows that the words of bands take above a plot at most. */
const ROWS = 3;
/** The height of one, in pixels. */
export const ROW = 13;

/** Draws bands and marks behind the lines; a hook of uPlot. */
export function drawMarks(u, { bands, marks }) {
  const { ctx } = u;
  const { left, top, width, height } = u.bbox;
  const ratio = devicePixelRatio;
  ctx.save();
  ctx.beginPath();
  ctx.rect(left, top, width, height);
  ctx.clip();
  bands.forEach((band) => drawBand(u, band, ratio));
  marks.forEach((mark) => drawMark(u, mark, ratio));
  ctx.restore();
  drawWords(u, bands, ratio);
}

/** The room above a plot for the words of its bands: nothing lies over its lines. */
export function headRoom(bands) {
  return bands.length === 0 ? 0 : ROW * Math.min(ROWS, bands.length) + 4;
}

/**
 * Where the words of bands stand: [{band, middle, begin, row}], row 0 next to the plot; only of bands whose middle lies
 * between `left` and `right`.
 *
 * @param place gives the place of a step
 * @param wide gives the width of a text, in the same unit
 */
export function wordsOf(bands, place, wide, left, right, gap) {
  const ends = new Array(Math.min(ROWS, bands.length)).fill(-Infinity);
  return bands
    .map((band) => ({ band, middle: place(band.midpoint) }))
    .filter(({ middle }) => middle >= left && middle <= right)
    .map((each) => {
      const width = wide(bandLabel(each.band));
      // To the left of its line where there is no room on the right.
      return { ...each, width, begin: each.middle + gap + width > right ? each.middle - gap - width : each.middle + gap };
    })
    .sort((a, b) => a.begin - b.begin)
    .map(({ width, ...each }) => {
      const free = ends.findIndex((end) => end + 2 * gap <= each.begin);
      const row = free >= 0 ? free : ends.indexOf(Math.min(...ends));
      ends[row] = each.begin + width;
      return { ...each, row };
    });
}

function drawWords(u, bands, ratio) {
  const { ctx } = u;
  const { left, top, width } = u.bbox;
  ctx.save();
  ctx.font = font(ratio);
  const placed = wordsOf(bands, (step) => place(u, step), (text) => ctx.measureText(text).width, left, left + width, 3 * ratio);
  ctx.lineWidth = ratio;
  for (const { band, middle, begin, row } of placed) {
    const foot = top - (3 + ROW * row) * ratio;
    ctx.strokeStyle = colour(band.place);
    line(ctx, middle, foot - 9 * ratio, top - foot + 9 * ratio);
    label(ctx, bandLabel(band), begin, foot, ratio);
  }
  ctx.restore();
}

function drawBand(u, band, ratio) {
  const { ctx } = u;
  const { top, height } = u.bbox;
  const from = place(u, band.onset);
  const until = Math.max(place(u, band.end), from + ratio);
  ctx.globalAlpha = band.withdrawn ? 0.05 : 0.14;
  ctx.fillStyle = colour(band.place);
  ctx.fillRect(from, top, until - from, height);
  ctx.globalAlpha = 0.8;
  ctx.strokeStyle = colour(band.place);
  ctx.lineWidth = ratio;
  // Hatched where the width is not certain: not told by shade alone.
  if (uncertain(band)) {
    ctx.globalAlpha = 0.35;
    ctx.beginPath();
    for (let x = from - height; x < until; x += HATCH * ratio) {
      ctx.moveTo(x, top + height);
      ctx.lineTo(x + height, top);
    }
    ctx.save();
    ctx.clip(boxed(from, top, until - from, height));
    ctx.stroke();
    ctx.restore();
    ctx.globalAlpha = 0.8;
  }
  ctx.setLineDash([4 * ratio, 3 * ratio]);
  line(ctx, place(u, band.midpoint), top, height);
  ctx.setLineDash([]);
  ctx.globalAlpha = 1;
}

/** Whether its width, or that it is one at all, is not certain. */
export function uncertain(band) {
  return band.sharp === 'uncertain' || Boolean(band.suspected);
}

/** What stands beside a band. */
export function bandLabel(band) {
  return spaced(band.kind) + (band.suspected ? '?' : '');
}

function boxed(x, y, width, height) {
  const path = new Path2D();
  path.rect(x, y, width, height);
  return path;
}

function drawMark(u, mark, ratio) {
  const { ctx } = u;
  const { top, height } = u.bbox;
  const x = place(u, mark.step);
  ctx.strokeStyle = theme.colour(mark.bad ? 'bad' : 'soft');
  ctx.lineWidth = ratio;
  ctx.setLineDash(mark.bad ? [] : [ratio, 3 * ratio]);
  line(ctx, x, top, height);
  ctx.setLineDash([]);
  label(ctx, mark.glyph, x + 2 * ratio, top + height - 4 * ratio, ratio, mark.bad ? 'bad' : 'soft');
}

function line(ctx, x, top, height) {
  ctx.beginPath();
  ctx.moveTo(x, top);
  ctx.lineTo(x, top + height);
  ctx.stroke();
}

function font(ratio) {
  return 11 * ratio + 'px system-ui, sans-serif';
}

function label(ctx, text, x, y, ratio, tone = 'ink') {
  ctx.font = font(ratio);
  ctx.textAlign = 'left';
  ctx.textBaseline = 'alphabetic';
  // A halo in the colour of the page keeps it legible over lines.
  ctx.lineJoin = 'round';
  ctx.lineWidth = 3 * ratio;
  ctx.strokeStyle = theme.colour('page');
  ctx.strokeText(text, x, y);
  ctx.fillStyle = theme.colour(tone);
  ctx.fillText(text, x, y);
}

function place(u, step) {
  // A logarithmic axis has no place for what is not above 0.
  const least = u.scales.x.distr === 3 ? Math.max(step, 1e-9) : step;
  return Math.round(u.valToPos(least, 'x', true));
}

/** The bands that hold a step, and the marks within a distance of it. */
export function under({ bands, marks }, step, distance) {
  return {
    bands: bands.filter((band) => band.onset - distance <= step && step <= band.end + distance),
    marks: marks.filter((mark) => Math.abs(mark.step - step) <= distance),
  };
}
