// When the runs of a study jumped: a row for each cell, a sign for each run at the midpoint of its jump, on
// a logarithmic axis, with the median as a line.

import { h, Choice, Data, useChanges, useRef, useWidth } from '../dom.js';
import { colour, theme } from '../palette.js';
import { extent, padded, scale, ticks } from '../ticks.js';
import { clean, tick, value, whole, words } from '../format.js';
import { router } from '../router.js';
import { SvgFiles } from './files.js';
import { sign } from './scatter.js';

const ROW = 30;

export function JumpTimes({ runs }) {
  const box = useRef(null);
  const picture = useRef(null);
  const width = useWidth(box);
  useChanges(theme);
  const all = runs.flatMap((run) => (run.jumps ?? []).map((jump) => ({ ...jump, run: run.run, cell: cellOf(run.axes) })));
  const kinds = [...new Set(all.map((jump) => jump.kind + ' of ' + jump.metric))].sort();
  if (kinds.length === 0) {
    return h('section', { class: 'panel', ref: box }, h('h2', null, 'When they jumped'), h('p', { class: 'soft' }, 'No jumps are known.'));
  }
  const kind = kinds.includes(router.get('jump')) ? router.get('jump') : (kinds.find((each) => each.startsWith('grokking')) ?? kinds[0]);
  const jumps = all.filter((jump) => jump.kind + ' of ' + jump.metric === kind && jump.midpoint > 0);
  const cells = [...new Set(runs.map((run) => cellOf(run.axes)))];
  const [low, high] = padded(extent([jumps.map((jump) => jump.midpoint)], true) ?? [1, 10], true);
  const left = Math.min(220, Math.max(70, ...cells.map((cell) => 6.4 * cell.length + 12)));
  const x = scale(low, high, left, Math.max(left + 10, width - 14), true);
  const height = ROW * cells.length + 34;
  const soft = theme.colour('soft');
  const median = (cell) => middle(jumps.filter((jump) => jump.cell === cell).map((jump) => jump.midpoint));
  return h(
    'section',
    { class: 'panel', ref: box },
    h(
      'div',
      { class: 'panel-head' },
      h('h2', null, 'When they jumped'),
      kinds.length > 1 && h(Choice, { label: 'Jump', value: kind, options: kinds.map((each) => [each, words(each)]), onChange: (next) => router.set({ jump: next }) }),
      h('span', { class: 'grow' }),
      h(SvgFiles, { name: 'jump times', element: picture, rows: () => [['run', 'cell', 'jump', 'onset', 'midpoint', 'end'], ...jumps.map((jump) => [jump.run, jump.cell, kind, jump.onset ?? null, jump.midpoint, jump.end ?? null])] }),
    ),
    width > 0 &&
      h(
        'svg',
        { ref: picture, viewBox: `0 0 ${width} ${height}`, height, 'font-size': 11, role: 'img', 'aria-label': `${words(kind)}: ${jumps.length} of ${runs.length} runs; ` + cells.map((cell) => `${cell}: median ${value(median(cell))}`).join('; ') },
        ticks(low, high, true).map((at) => [h('path', { key: 'g' + at, d: `M${x(at)} 4V${height - 26}`, stroke: theme.colour('grid') }), h('text', { key: at, x: x(at), y: height - 10, 'text-anchor': 'middle', fill: soft }, tick(at))]),
        cells.map((cell, row) => {
          const y = ROW * row + ROW / 2 + 4;
          const at = median(cell);
          return [
            h('text', { key: 'n' + cell, x: left - 10, y: y + 4, 'text-anchor': 'end', fill: theme.colour('ink') }, clean(cell)),
            h('path', { key: 'l' + cell, d: `M${left} ${y}H${width - 14}`, stroke: theme.colour('grid') }),
            at !== null && h('path', { key: 'm' + cell, d: `M${x(at)} ${y - 10}v20`, stroke: theme.colour('ink'), 'stroke-width': 2 }),
            jumps.filter((jump) => jump.cell === cell).map((jump) => h('path', { key: jump.run, d: sign(row, x(jump.midpoint), y), fill: colour(row), 'fill-opacity': 0.75 }, h('title', null, `${jump.run}: ${value(jump.midpoint)}`))),
          ];
        }),
      ),
    h('ul', { class: 'soft small' }, cells.map((cell) => h('li', { key: cell }, h(Data, null, cell), `: ${whole(jumps.filter((jump) => jump.cell === cell).length)} of ${whole(runs.filter((run) => cellOf(run.axes) === cell).length)} runs jumped, median ${value(median(cell))}`))),
  );
}

function cellOf(axes) {
  return Object.entries(axes ?? {}).map(([path, each]) => path.split('.').pop() + ' ' + each).join(', ') || 'all';
}

function middle(values) {
  if (values.length === 0) {
    return null;
  }
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}
