// The jumps of a run as text: when, what kind, how sharp, how sure, and why.

import { h, Data } from '../dom.js';
import { value, whole, words } from '../format.js';

export function JumpsTable({ known, run }) {
  const { analysis, jumps, suspected, changePoints, withdrawn } = known;
  return h(
    'section',
    { class: 'panel', id: 'jumps' },
    h('h2', null, 'Jumps'),
    analysis === null
      ? h('p', { class: 'soft' }, jumps.length + suspected.length === 0 ? 'Not analysed yet.' : 'Seen while the run goes on; not analysed as a whole yet.')
      : h('p', { class: 'soft' }, `${words(analysis.detector)}, version ${analysis.version}, up to step ${whole(analysis.untilStep)}: ${jumps.length === 0 ? 'no jump.' : ''}`),
    jumps.length + suspected.length > 0 &&
      h(
        'div',
        { class: 'scroll', tabIndex: 0, role: 'region', 'aria-label': 'Jumps of ' + run },
        h(
          'table',
          { class: 'rows' },
          h('thead', null, h('tr', null, [['Jump', ''], ['Onset', 'number'], ['Midpoint', 'number'], ['End', 'number'], ['Before → after', 'number'], ['Decades', 'number'], ['Sharp', ''], ['p', 'number'], ['q', 'number']].map(([head, name]) => h('th', { scope: 'col', class: name, key: head }, head)))),
          h('tbody', null, [...jumps, ...suspected].map((jump, place) => h(Jump, { jump, key: place }))),
        ),
      ),
    changePoints.length > 0 &&
      h(
        'details',
        null,
        h('summary', null, changePoints.length === 1 ? '1 change that is no jump' : `${changePoints.length} changes that are no jumps`),
        h('ul', null, changePoints.map((each, place) => h('li', { key: place }, h(Data, null, each.metric), ` at step ${whole(Math.round(each.step))}: `, h(Data, null, each.reason)))),
      ),
    withdrawn.length > 0 &&
      h(
        'details',
        null,
        h('summary', null, withdrawn.length === 1 ? '1 suspicion that was withdrawn' : `${withdrawn.length} suspicions that were withdrawn`),
        h('ul', null, withdrawn.map((each, place) => h('li', { key: place }, h(Data, null, each.metric), ` at step ${whole(each.suspectedStep)}: `, h(Data, null, each.reason)))),
      ),
  );
}

function Jump({ jump }) {
  const interval = (at, ends) => [value(at), ends && h('span', { class: 'soft interval', key: 'i' }, `${value(ends[0])}–${value(ends[1])}`)];
  return [
    h(
      'tr',
      { key: 'facts', class: 'facts' },
      h('th', { scope: 'row' }, words(jump.kind) + (jump.suspected ? '? (suspected)' : ''), h('span', { class: 'soft small' }, h(Data, null, jump.metric))),
      h('td', { class: 'number' }, interval(jump.onset, jump.onsetInterval)),
      h('td', { class: 'number' }, interval(jump.midpoint, jump.midpointInterval)),
      h('td', { class: 'number' }, interval(jump.end, jump.endInterval)),
      h('td', { class: 'number' }, jump.suspected ? '' : value(jump.before) + ' → ' + value(jump.after)),
      h('td', { class: 'number' }, jump.suspected ? '' : value(jump.decades)),
      h('td', null, jump.suspected ? '' : jump.sharp === true ? 'yes' : jump.sharp === false ? 'no' : 'uncertain'),
      h('td', { class: 'number' }, value(jump.p)),
      h('td', { class: 'number' }, value(jump.q)),
    ),
    jump.evidence && h('tr', { key: 'evidence', class: 'below' }, h('td', { colSpan: 9 }, h(Data, null, jump.evidence))),
  ];
}
