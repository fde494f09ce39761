// What lies under the cursor of a plot: jumps with their evidence, and what happened to the run.

import { h, Data, Source, useChanges } from '../dom.js';
import { value, whole, words } from '../format.js';

/** What is under the cursor now, or null: a source of its own, because it changes sixty times a second. */
export class Hovered extends Source {
  now = null;

  set(next) {
    if (next !== this.now) {
      this.now = next;
      this.changed();
    }
  }
}

export function Hover({ hovered }) {
  useChanges(hovered);
  const hover = hovered.now;
  if (hover === null) {
    return null;
  }
  const { bands, marks, step, xLabel } = hover;
  const right = hover.left > hover.width / 2;
  return h(
    'div',
    { class: 'hover', style: right ? { right: hover.width - hover.left + 12 + 'px' } : { left: hover.left + 12 + 'px' } },
    h('p', { class: 'soft' }, xLabel + ' ' + (Number.isInteger(step) ? whole(step) : value(step))),
    bands.map((band) => h(Band, { key: band.metric + band.midpoint, band })),
    marks.map((mark) =>
      h('p', { key: mark.words + mark.step }, h('span', { 'aria-hidden': true }, mark.glyph + ' '), h(Data, null, mark.words)),
    ),
  );
}

function Band({ band }) {
  return h(
    'div',
    { class: 'hover-band' },
    h('p', null, h('b', null, words(band.kind) + (band.suspected ? ' (suspected)' : '')), ' of ', h(Data, null, band.metric)),
    h('p', null, value(band.onset) + ' → ', h('b', null, value(band.midpoint)), ' → ' + value(band.end)),
    band.p !== null && band.p !== undefined && h('p', null, 'p ' + value(band.p) + ', q ' + value(band.q)),
    band.evidence && h('p', { class: 'evidence' }, h(Data, null, band.evidence)),
  );
}

/** The values under the cursor, to be spoken. */
export function hoverText(u) {
  if (u.cursor.idx === null || u.cursor.idx === undefined) {
    return '';
  }
  const values = u.series.slice(1).map((each, place) => {
    const at = u.cursor.idxs[place + 1];
    return at === null || at === undefined || each.width === 0 ? null : each.label + ' ' + value(u.data[place + 1][at]);
  });
  return 'step ' + whole(u.data[0][u.cursor.idx]) + ': ' + values.filter(Boolean).join(', ');
}
