// A table of very many rows, of which only those in sight are in the page. It is one stop of the tab key;
// arrow keys go through the rows, as in a list.

import { h, cls, useEffect, useRef, useState } from './dom.js';

const BEYOND = 12;

/**
 * @param props {label, rows, id(row), columns: [{key, head, cell(row), class?, sort?}], sort, onSort(key),
 *     height: of a row in pixels, chosen: Set of ids, onChoose(id), onOpen(row), empty}
 */
export function VirtualTable(props) {
  const { label, rows, columns, height, chosen, empty } = props;
  const box = useRef(null);
  const [view, setView] = useState([0, 40]);
  const [active, setActive] = useState(0);
  const focus = useRef(false);

  const measure = () => {
    const { scrollTop, clientHeight } = box.current;
    const from = Math.max(0, Math.floor(scrollTop / height) - BEYOND);
    const until = Math.ceil((scrollTop + clientHeight) / height) + BEYOND;
    // Half of what lies beyond may pass before anything is drawn again.
    setView((before) => (Math.abs(before[0] - from) < BEYOND / 2 && Math.abs(before[1] - until) < BEYOND / 2 ? before : [from, until]));
  };

  useEffect(() => {
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(box.current);
    return () => observer.disconnect();
  }, [height]);

  useEffect(() => {
    if (focus.current) {
      focus.current = false;
      box.current.querySelector('tr[tabindex="0"]')?.focus({ preventScroll: true });
    }
  });

  const go = (place) => {
    const next = Math.min(Math.max(place, 0), rows.length - 1);
    const { scrollTop, clientHeight } = box.current;
    const head = box.current.querySelector('thead').clientHeight;
    if (next * height < scrollTop) {
      box.current.scrollTop = next * height;
    } else if ((next + 1) * height + head > scrollTop + clientHeight) {
      box.current.scrollTop = (next + 1) * height + head - clientHeight;
    }
    focus.current = true;
    setActive(next);
    measure();
  };

  const key = (event) => {
    if (event.target.tagName !== 'TR') {
      return;
    }
    const page = Math.max(1, Math.floor(box.current.clientHeight / height) - 2);
    const acts = {
      ArrowDown: () => go(active + 1),
      ArrowUp: () => go(active - 1),
      PageDown: () => go(active + page),
      PageUp: () => go(active - page),
      Home: () => go(0),
      End: () => go(rows.length - 1),
      Enter: () => props.onOpen(rows[active]),
      ' ': () => props.onChoose(props.id(rows[active])),
    };
    if (acts[event.key] && rows.length > 0) {
      event.preventDefault();
      acts[event.key]();
    }
  };

  const current = Math.min(active, rows.length - 1);
  const from = Math.min(view[0], Math.max(0, rows.length - 1));
  const until = Math.min(rows.length, view[1]);
  return h(
    'div',
    { class: 'virtual', ref: box, onScroll: measure, onKeyDown: key, role: 'region', 'aria-label': label, tabIndex: rows.length === 0 ? 0 : -1 },
    h(
      'table',
      { 'aria-rowcount': rows.length + 1, 'aria-label': label },
      h('thead', null, h('tr', { 'aria-rowindex': 1 }, columns.map((column) => h(Head, { key: column.key, column, ...props })))),
      h(
        'tbody',
        null,
        from > 0 && h('tr', { key: 'above', 'aria-hidden': true, class: 'spacer' }, h('td', { style: { height: from * height + 'px' } })),
        rows.slice(from, until).map((row, at) => {
          const id = props.id(row);
          const place = from + at;
          return h(
            'tr',
            {
              key: id,
              'aria-rowindex': place + 2,
              'aria-selected': chosen ? String(chosen.has(id)) : undefined,
              tabIndex: place === current ? 0 : -1,
              class: cls(chosen?.has(id) && 'chosen'),
              onFocus: (event) => event.target.tagName === 'TR' && setActive(place),
              onClick: (event) => !event.target.closest('a,button,input,label') && props.onOpen(row),
            },
            columns.map((column) => h('td', { key: column.key, class: column.class }, column.cell(row))),
          );
        }),
        until < rows.length && h('tr', { key: 'below', 'aria-hidden': true, class: 'spacer' }, h('td', { style: { height: (rows.length - until) * height + 'px' } })),
      ),
    ),
    rows.length === 0 && h('p', { class: 'empty' }, empty),
  );
}

function Head({ column, sort, onSort }) {
  const { key, head, class: name, sort: by } = column;
  if (!by) {
    return h('th', { scope: 'col', class: name }, head);
  }
  const down = sort === '-' + by;
  const up = sort === by;
  return h(
    'th',
    { scope: 'col', class: name, 'aria-sort': up ? 'ascending' : down ? 'descending' : 'none' },
    h('button', { type: 'button', class: 'quiet sort', onClick: () => onSort(down ? by : '-' + by), key }, head, h('span', { 'aria-hidden': true }, up ? ' ↑' : down ? ' ↓' : '')),
  );
}
