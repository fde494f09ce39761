// A run's status: a shape and a word, so that colour only helps.

import { h } from '../dom.js';

const GLYPHS = {
  queued: '◌',
  running: '▶',
  paused: '‖',
  interrupted: '↯',
  completed: '✓',
  failed: '✕',
  cancelled: '⊘',
  imported: '⇣',
};

export function Status({ status, terse = false }) {
  return h(
    'span',
    { class: 'status status-' + (status in GLYPHS ? status : 'other') },
    h('span', { class: 'glyph', 'aria-hidden': true }, GLYPHS[status] ?? '·'),
    h('span', { class: terse ? 'status-word terse' : 'status-word' }, status),
  );
}

/** Steps done of steps planned, as a bar with words. */
export function Progress({ step, steps }) {
  const part = steps > 0 ? Math.min(1, step / steps) : 0;
  return h('span', { class: 'progress', 'aria-hidden': true }, h('span', { style: { width: (100 * part).toFixed(1) + '%' } }));
}
