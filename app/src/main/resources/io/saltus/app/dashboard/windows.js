// Series of a window of steps, as fine as can be drawn. The server thins by stretches of equal length; a
// logarithmic axis shows the first of them as wide as all others together, so its beginning is asked for again,
// finer, and the beginning of that.

import { series } from './api.js';
import { withBeginning } from './series.js';

/** How much of a window its finer beginning is. */
const PART = 16;

/**
 * @param window {from, until, points, log} and whatever else the route takes
 * @returns as the route answers
 */
export async function readWindow(run, { from, until, points, log, ...more }, signal) {
  const beginnings = [];
  if (log) {
    for (let width = (until - from) / PART; width > points / PART; width /= PART) {
      beginnings.push(Math.floor(from + width));
    }
  }
  const answers = await Promise.all(
    [until, ...beginnings].map((end) => series(run, { from, until: end, points, ...more }, signal)),
  );
  const [whole, ...finer] = answers;
  // From the widest to the narrowest: each replaces the beginning of what is there.
  for (const [place, answer] of finer.entries()) {
    const inner = new Map(answer.series.map((each) => [each.metric, each]));
    whole.series = whole.series.map((each) => (inner.has(each.metric) ? withBeginning(each, inner.get(each.metric), beginnings[place]) : each));
  }
  return whole;
}
