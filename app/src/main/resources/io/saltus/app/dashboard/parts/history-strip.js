// What happened to a run, under its plots and on the same axis: attempts as bars, checkpoints, rewinds and
// forks as signs. All of it is also a list.

import { h, Data, useChanges, useMemo, useRef, useWidth } from '../dom.js';
import { bytes, duration, short, tick, time, whole, words } from '../format.js';
import { link } from '../router.js';
import { scale, ticks } from '../ticks.js';
import { theme } from '../palette.js';

const LEFT = 58;
const LANE = 16;

export function HistoryStrip({ history, range, step }) {
  const box = useRef(null);
  const width = useWidth(box);
  useChanges(range, theme);
  // Sixty times a second while the range moves, and it has nothing to do with that.
  const list = useMemo(() => history && h(HistoryList, { history }), [history]);
  if (!history) {
    return h('div', { ref: box });
  }
  const [low, high] = range.now;
  const x = scale(low, high, LEFT, Math.max(LEFT + 10, width - 8), range.log);
  const inside = (place) => Math.min(Math.max(x(Math.max(place, range.log ? 1e-9 : 0)), LEFT - 4), width);
  const lanes = Math.min(4, Math.max(1, history.attempts.length));
  const height = LANE * (lanes + 3) + 4;
  return h(
    'div',
    { class: 'strip', ref: box },
    width > 0 &&
      h(
        'svg',
        { viewBox: `0 0 ${width} ${height}`, height, 'aria-hidden': true },
        h('text', { x: 0, y: 12, class: 'lane' }, 'attempts'),
        h('text', { x: 0, y: lanes * LANE + 14, class: 'lane' }, 'saved'),
        h('text', { x: 0, y: (lanes + 1) * LANE + 14, class: 'lane' }, 'events'),
        ticks(low, high, range.log, 8).map((at) => [h('path', { key: 'g' + at, d: `M${x(at)} 2V${height - 16}`, class: 'tick' }), h('text', { key: at, x: x(at), y: height - 4, 'text-anchor': 'middle' }, tick(at))]),
        history.attempts.map(({ attempt, from, until, cause }, place) => {
          const y = (place % lanes) * LANE + 3;
          const begin = inside(Math.max(0, from));
          const end = Math.max(inside(until ?? step), begin + 3);
          const bad = cause && !['completed', 'paused', 'cancelled', 'preempted'].includes(cause);
          return h(
            'g',
            { key: attempt },
            h('rect', { x: begin, y, width: end - begin, height: LANE - 6, rx: 2, class: cause ? (bad ? 'attempt bad' : 'attempt') : 'attempt open' }),
            h('title', null, `attempt ${attempt}: ${cause ? words(cause) : 'open'}`),
            h('text', { x: begin + 4, y: y + 9, class: 'attempt-word' }, String(attempt) + (bad ? ' ✕' : '')),
          );
        }),
        history.checkpoints.map(({ step: at, valid, sequence }) =>
          at >= low && at <= high && h('path', { key: 'c' + sequence, d: `M${inside(at)} ${lanes * LANE + 5}l4 4l-4 4l-4 -4Z`, class: valid ? 'checkpoint' : 'checkpoint gone' }),
        ),
        history.rewinds.map(({ to, sequence }) => to >= low && to <= high && h('text', { key: 'r' + sequence, x: inside(to) - 4, y: (lanes + 1) * LANE + 14, class: 'sign bad' }, '↶')),
        history.forks.map(({ run, step: at }) => at >= low && at <= high && h('text', { key: run, x: inside(at) - 4, y: (lanes + 1) * LANE + 14, class: 'sign' }, '↗')),
      ),
    list,
  );
}

function HistoryList({ history }) {
  const { attempts, checkpoints, rewinds, forks, parent } = history;
  return h(
    'details',
    { class: 'numbers' },
    h('summary', null, `${attempts.length} ${attempts.length === 1 ? 'attempt' : 'attempts'}, ${checkpoints.length} checkpoints saved, ${rewinds.length} rewinds, ${forks.length} forks`),
    parent && h('p', null, 'A fork of ', h('a', { href: link(['run', parent.run]) }, h(Data, null, parent.run)), ' at step ' + whole(parent.step) + '.'),
    attempts.length > 0 &&
      h(
        'div',
        { class: 'scroll', tabIndex: 0, role: 'region', 'aria-label': 'Attempts' },
        h(
          'table',
          null,
          h('thead', null, h('tr', null, ['Attempt', 'Device', 'From', 'Until', 'Began', 'Lasted', 'Ended'].map((head) => h('th', { scope: 'col', key: head }, head)))),
          h(
            'tbody',
            null,
            attempts.map((each) =>
              h(
                'tr',
                { key: each.attempt },
                h('th', { scope: 'row' }, each.attempt),
                h('td', null, h(Data, null, each.device)),
                h('td', { class: 'number' }, whole(Math.max(0, each.from))),
                h('td', { class: 'number' }, whole(each.until)),
                h('td', null, time(each.started)),
                h('td', { class: 'number' }, each.ended ? duration((new Date(each.ended) - new Date(each.started)) / 1000) : ''),
                h('td', null, each.cause ? words(each.cause) : 'open'),
              ),
            ),
          ),
        ),
      ),
    forks.length > 0 && h('p', null, 'Forks: ', forks.map(({ run, step }, place) => [place > 0 ? ', ' : '', h('a', { href: link(['run', run]) }, h(Data, null, run)), ' at ' + whole(step)])),
    rewinds.length > 0 && h('p', null, 'Rewound to: ' + rewinds.map(({ to }) => 'step ' + whole(to)).join(', ')),
    checkpoints.length > 0 &&
      h(
        'div',
        { class: 'scroll', tabIndex: 0, role: 'region', 'aria-label': 'Checkpoints' },
        h(
          'table',
          null,
          h('thead', null, h('tr', null, ['Step', 'Size', 'SHA-256', 'File'].map((head) => h('th', { scope: 'col', key: head }, head)))),
          h(
            'tbody',
            null,
            checkpoints.map((each) => h('tr', { key: each.sequence }, h('th', { scope: 'row', class: 'number' }, whole(each.step)), h('td', { class: 'number' }, bytes(each.bytes)), h('td', null, h('code', { title: each.sha256 }, short(each.sha256))), h('td', null, each.valid ? 'kept' : 'gone or bad'))),
          ),
        ),
      ),
  );
}
