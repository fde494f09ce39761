// Devices: who had which when, what is drained, and who waits.

import { h, Choice, Complaint, Data, useChanges, useEffect, useMemo, useRef, useState, useWidth } from '../dom.js';
import { bytes, duration, time, whole, words } from '../format.js';
import { colour, theme } from '../palette.js';
import { get } from '../api.js';
import { hub } from '../hub.js';
import { link, router } from '../router.js';
import { Resource } from '../store.js';
import { scale } from '../ticks.js';
import { SvgFiles } from '../parts/files.js';

const SPANS = [['600', '10 min'], ['3600', '1 h'], ['86400', '1 day'], ['604800', '1 week'], ['all', 'all']];
const LANE = 30;
const LEFT = 84;

export function DevicesPage() {
  const devices = useMemo(() => new Resource((signal) => get(['devices'], {}, signal)), [hub.generation]);
  const leases = useMemo(() => new Resource((signal) => get(['devices', 'leases'], { limit: 500 }, signal)), [hub.generation]);
  useChanges(devices, leases, router, theme);
  useEffect(() => {
    devices.fetch();
    leases.fetch();
    const end = hub.watch('devices', (name, data) => {
      if (name === 'again') {
        devices.fetch();
      } else {
        devices.value = data;
        devices.changed();
      }
      leases.refresh(1500);
    });
    return () => {
      end();
      devices.close();
      leases.close();
    };
  }, [devices, leases]);
  const seen = devices.value;
  return h(
    'main',
    { class: 'page devices', id: 'main' },
    h('header', { class: 'page-head' }, h('h1', null, 'Devices')),
    h(Complaint, { error: devices.error ?? leases.error, retry: () => { devices.fetch(); leases.fetch(); } }),
    seen && h(List, { devices: seen.devices }),
    h(Leases, { leases: leases.value?.leases ?? [], devices: seen?.devices ?? [] }),
    seen && h(Queue, { queue: seen.queue ?? [] }),
  );
}

function List({ devices }) {
  return h(
    'div',
    { class: 'scroll', tabIndex: 0, role: 'region', 'aria-label': 'Devices' },
    h(
      'table',
      { class: 'rows' },
      h('thead', null, h('tr', null, ['Device', 'Kind', 'Threads', 'Memory', 'State', 'Run'].map((head) => h('th', { scope: 'col', key: head }, head)))),
      h(
        'tbody',
        null,
        devices.map((each) =>
          h(
            'tr',
            { key: each.device },
            h('th', { scope: 'row' }, h(Data, null, each.device)),
            h('td', null, h(Data, null, each.kind)),
            h('td', { class: 'number' }, whole(each.threads)),
            h('td', { class: 'number' }, bytes(each.memoryBytes)),
            h('td', null, h(State, { device: each })),
            h('td', null, each.lease && h('a', { href: link(['run', each.lease.run]) }, h(Data, null, each.lease.run)), each.lease?.pid && h('span', { class: 'soft' }, ` process ${each.lease.pid}`)),
          ),
        ),
      ),
    ),
  );
}

function State({ device }) {
  const [glyph, said, name] = device.drained ? ['⊘', 'drained', 'bad'] : device.lease ? ['▶', 'leased', ''] : ['◌', 'free', 'soft'];
  const reason = device.drained && typeof device.drained === 'object' ? Object.values(device.drained).filter((each) => typeof each === 'string').join(', ') : '';
  return h('span', { class: 'status ' + name }, h('span', { class: 'glyph', 'aria-hidden': true }, glyph), ' ' + said, reason && [': ', h(Data, { key: 'r' }, reason)]);
}

function Leases({ leases, devices }) {
  const span = router.get('span') ?? '3600';
  const box = useRef(null);
  const picture = useRef(null);
  const width = useWidth(box);
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 2000);
    return () => clearInterval(timer);
  }, []);
  const names = [...new Set([...devices.map((each) => each.device), ...leases.map((each) => each.device)])].sort();
  const first = Math.min(now - 60_000, ...leases.map((each) => Date.parse(each.from)));
  const from = span === 'all' ? first : now - 1000 * Number(span);
  const x = scale(from, now, LEFT, Math.max(LEFT + 10, width - 10));
  const height = LANE * Math.max(1, names.length) + 26;
  const places = new Map([...new Set(leases.map((each) => each.run))].map((run, place) => [run, place]));
  const shown = leases.filter((each) => (each.until === null ? now : Date.parse(each.until)) >= from);
  return h(
    'section',
    { class: 'panel', ref: box },
    h(
      'div',
      { class: 'panel-head' },
      h('h2', null, 'Leases'),
      h(Choice, { label: 'Last', value: span, options: SPANS, onChange: (next) => router.set({ span: next === '3600' ? null : next }) }),
      h('span', { class: 'grow' }),
      h(SvgFiles, { name: 'leases', element: picture, rows: () => [['device', 'run', 'lease', 'from', 'until', 'end'], ...shown.map((each) => [each.device, each.run, each.lease, each.from, each.until, each.end])] }),
    ),
    width > 0 &&
      h(
        'svg',
        { ref: picture, viewBox: `0 0 ${width} ${height}`, height, 'font-size': 11, role: 'img', 'aria-label': `${shown.length} leases of ${names.length} devices; the table below lists them.` },
        hours(from, now, width < 600 ? 3 : 6).map((at) => [h('path', { key: 'g' + at, d: `M${x(at)} 2V${height - 22}`, stroke: theme.colour('grid') }), h('text', { key: at, x: x(at), y: height - 6, 'text-anchor': 'middle', fill: theme.colour('soft') }, clock(at, now - from))]),
        names.map((name, lane) => h('text', { key: name, x: 0, y: LANE * lane + 20, fill: theme.colour('ink') }, name)),
        shown.map((each, place) => {
          const begin = Math.max(x(Date.parse(each.from)), LEFT);
          const end = x(each.until === null ? now : Date.parse(each.until));
          const y = LANE * names.indexOf(each.device) + 5;
          const wide = Math.max(end - begin, 2);
          return h(
            'g',
            { key: place },
            h('title', null, `${each.run}, ${time(each.from)} to ${each.until === null ? 'now' : time(each.until)}${each.end ? ', ' + words(each.end) : ''}`),
            h('rect', { x: begin, y, width: wide, height: LANE - 10, rx: 2, fill: colour(places.get(each.run)), 'fill-opacity': each.until === null ? 0.55 : 0.28, stroke: colour(places.get(each.run)) }),
            wide > 60 && h('text', { x: begin + 5, y: y + 14, fill: theme.colour('ink') }, tail(each.run, Math.floor(wide / 6.5) - 2)),
          );
        }),
      ),
    h(
      'details',
      { class: 'numbers' },
      h('summary', null, 'Leases as a table'),
      h(
        'div',
        { class: 'scroll tall', tabIndex: 0, role: 'region', 'aria-label': 'Leases' },
        h(
          'table',
          { class: 'rows' },
          h('thead', null, h('tr', null, ['Device', 'Run', 'From', 'Lasted', 'Ended'].map((head) => h('th', { scope: 'col', key: head }, head)))),
          h('tbody', null, shown.map((each, place) => h('tr', { key: place }, h('td', null, h(Data, null, each.device)), h('th', { scope: 'row' }, h('a', { href: link(['run', each.run]) }, h(Data, null, each.run))), h('td', null, time(each.from)), h('td', { class: 'number' }, duration(((each.until === null ? now : Date.parse(each.until)) - Date.parse(each.from)) / 1000)), h('td', null, each.until === null ? 'held' : words(each.end ?? ''))))),
        ),
      ),
    ),
  );
}

/** Runs of a day differ at their ends. */
function tail(name, letters) {
  return name.length <= letters ? name : '…' + name.slice(name.length - letters);
}

function hours(from, until, count) {
  const steps = [10, 30, 60, 120, 300, 600, 1800, 3600, 7200, 21_600, 43_200, 86_400, 172_800, 604_800].map((each) => 1000 * each);
  const step = steps.find((each) => (until - from) / each <= count) ?? (until - from) / count;
  // In the reader's own day: midnight is midnight there.
  const offset = new Date(from).getTimezoneOffset() * 60_000;
  const all = [];
  for (let at = Math.ceil((from - offset) / step) * step + offset; at <= until; at += step) {
    all.push(at);
  }
  return all;
}

function clock(at, span) {
  const when = new Date(at);
  return span > 172_800_000 ? when.toLocaleDateString('en-GB', { day: 'numeric', month: 'short' }) : when.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit', ...(span < 1_200_000 && { second: '2-digit' }) });
}

function Queue({ queue }) {
  return h(
    'section',
    { class: 'panel' },
    h('h2', null, 'Queue'),
    queue.length === 0
      ? h('p', { class: 'soft' }, 'Nobody waits.')
      : h(
          'table',
          { class: 'rows' },
          h('thead', null, h('tr', null, ['Place', 'Run', 'Wishes', 'Priority'].map((head) => h('th', { scope: 'col', key: head }, head)))),
          h('tbody', null, queue.map((each) => h('tr', { key: each.run }, h('td', { class: 'number' }, whole(each.position)), h('th', { scope: 'row' }, h('a', { href: link(['run', each.run]) }, h(Data, null, each.run))), h('td', null, h(Data, null, each.wish)), h('td', { class: 'number' }, each.priority)))),
        ),
  );
}
