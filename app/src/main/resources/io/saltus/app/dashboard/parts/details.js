// What a run is: metrics in numbers, exactness, digest, spec and provenance.

import { h, Data } from '../dom.js';
import { number, value, whole, words } from '../format.js';

export function Details({ show }) {
  return h(
    'div',
    { class: 'columns' },
    h('section', { class: 'panel' }, h('h2', null, 'In numbers'), h(MetricTable, { show }), h(Crossings, { crossings: show.crossings })),
    h('section', { class: 'panel' }, h('h2', null, 'Exactness and provenance'), h(Exactness, { show }), h(Provenance, { provenance: show.provenance })),
    show.spec && h('section', { class: 'panel' }, h('h2', null, 'Spec'), h(Tree, { label: 'Spec', given: show.spec })),
  );
}

function MetricTable({ show }) {
  const metrics = Object.entries(show.metrics).sort(([a], [b]) => (a < b ? -1 : 1));
  return h(
    'div',
    { class: 'scroll', tabIndex: 0, role: 'region', 'aria-label': 'Metrics in numbers' },
    h(
      'table',
      { class: 'rows' },
      h('thead', null, h('tr', null, h('th', { scope: 'col' }, 'Metric'), ['first', 'last', 'min', 'max', 'count'].map((head) => h('th', { scope: 'col', class: 'number', key: head }, head)))),
      h(
        'tbody',
        null,
        metrics.map(([metric, { first, last, min, max, count }]) =>
          h('tr', { key: metric }, h('th', { scope: 'row' }, h(Data, null, metric)), [first, last, min, max].map((each, place) => h('td', { class: 'number', key: place }, value(number(each)))), h('td', { class: 'number' }, whole(count))),
        ),
      ),
    ),
  );
}

function Crossings({ crossings }) {
  const levels = [...new Set(crossings.map((each) => each.level))].sort((a, b) => a - b);
  if (levels.length === 0) {
    return null;
  }
  const metrics = [...new Set(crossings.map((each) => each.metric))].sort();
  const step = (metric, level) => crossings.find((each) => each.metric === metric && each.level === level)?.step;
  return h(
    'table',
    { class: 'rows' },
    h('thead', null, h('tr', null, h('th', { scope: 'col' }, 'First step at or above'), levels.map((level) => h('th', { scope: 'col', class: 'number', key: level }, String(level))))),
    h('tbody', null, metrics.map((metric) => h('tr', { key: metric }, h('th', { scope: 'row' }, h(Data, null, metric)), levels.map((level) => h('td', { class: 'number', key: level }, whole(step(metric, level))))))),
  );
}

function Exactness({ show }) {
  const word = { true: 'exact', false: 'not exact' }[String(show.exact)] ?? 'not proved';
  return h(
    'dl',
    { class: 'facts' },
    h('dt', null, 'Exactness'),
    h('dd', null, h('b', { class: show.exact === false ? 'bad' : '' }, word), show.exactReason && [': ', h(Data, { key: 'why' }, show.exactReason)]),
    h('dt', null, 'Digest of its series'),
    h('dd', null, show.digest ? h('code', { class: 'digest' }, show.digest) : '–'),
    h('dt', null, 'Events'),
    h('dd', null, whole(show.events)),
    show.error && [h('dt', { key: 'e' }, 'Error'), h('dd', { key: 'f', class: 'bad' }, words(show.error.cause), ', step ' + whole(show.error.step) + ': ', h(Data, null, show.error.message))],
    show.note && [h('dt', { key: 'n' }, 'Note'), h('dd', { key: 'm' }, h(Data, null, show.note))],
  );
}

function Provenance({ provenance }) {
  return provenance ? h(Tree, { label: 'Provenance', given: provenance }) : null;
}

/** Nested values as a table of paths, as `--set` writes them. */
function Tree({ label, given }) {
  return h(
    'div',
    { class: 'scroll tall', tabIndex: 0, role: 'region', 'aria-label': label },
    h('table', { class: 'rows tree' }, h('tbody', null, paths(given, '').map(([path, each]) => h('tr', { key: path }, h('th', { scope: 'row' }, h(Data, null, path)), h('td', null, h(Data, null, each)))))),
  );
}

function paths(given, prefix) {
  return Object.entries(given).flatMap(([key, each]) => {
    const path = prefix === '' ? key : prefix + '.' + key;
    if (each === null || each === undefined || each.length === 0) {
      return [];
    }
    if (typeof each === 'object' && !Array.isArray(each)) {
      return paths(each, path);
    }
    if (Array.isArray(each) && each.some((item) => item !== null && typeof item === 'object')) {
      return each.flatMap((item, place) => (item !== null && typeof item === 'object' ? paths(item, path + '[' + place + ']') : [[path + '[' + place + ']', String(item)]]));
    }
    return [[path, Array.isArray(each) ? each.join(', ') : String(each)]];
  });
}
