// Preact under the short names that all pages use, and the pieces of markup that come everywhere.

import { h, render, Fragment, Component } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useReducer, useRef, useState } from 'preact/hooks';
import { clean } from './format.js';

export { h, render, Fragment, Component };
export { useEffect, useLayoutEffect, useMemo, useReducer, useRef, useState };

/** Joins class names, leaving out what is false. */
export function cls(...names) {
  return names.filter(Boolean).join(' ');
}

/** Text that came from outside: isolated, so that its writing direction stays its own, and made visible. */
export function Data({ children, class: name }) {
  return h('bdi', { class: name }, clean(children));
}

/** Draws again whenever one of the sources says that it changed; at most once a frame. */
export function useChanges(...sources) {
  const [, redraw] = useReducer((count) => count + 1, 0);
  useEffect(() => {
    let frame = 0;
    const changed = () => {
      if (frame === 0) {
        frame = requestAnimationFrame(() => {
          frame = 0;
          redraw();
        });
      }
    };
    const ends = sources.map((source) => source.listen(changed));
    // What changed between drawing and listening.
    changed();
    return () => {
      cancelAnimationFrame(frame);
      ends.forEach((end) => end());
    };
  }, sources);
}

/** What people listen to: the observable that models are. */
export class Source {
  #listeners = new Set();

  /** Calls `listener` on each change, until the returned function is called. */
  listen(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  changed() {
    for (const listener of [...this.#listeners]) {
      listener();
    }
  }
}

/** The width of an element, following it; zero before it is known. */
export function useWidth(reference) {
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const element = reference.current;
    setWidth(Math.floor(element.clientWidth));
    const observer = new ResizeObserver(() => setWidth(Math.floor(element.clientWidth)));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return width;
}

/** Whether a media query holds, following it. */
export function useMedia(query) {
  const media = useMemo(() => matchMedia(query), [query]);
  const [holds, setHolds] = useState(media.matches);
  useEffect(() => {
    const changed = () => setHolds(media.matches);
    media.addEventListener('change', changed);
    return () => media.removeEventListener('change', changed);
  }, [media]);
  return holds;
}

/** Whether an element is in the window, or not more than some pixels from it: what is far need not be drawn. */
export function useNear(reference, pixels) {
  const [near, setNear] = useState(false);
  useEffect(() => {
    const observer = new IntersectionObserver((entries) => setNear(entries.at(-1).isIntersecting), { rootMargin: pixels + 'px' });
    observer.observe(reference.current);
    return () => observer.disconnect();
  }, []);
  return near;
}

/** A box that the browser keeps in front of everything, closed by Escape. */
export function Dialog({ title, onClose, children }) {
  const box = useRef(null);
  useEffect(() => {
    const before = document.activeElement;
    const dialog = box.current;
    dialog.showModal();
    return () => {
      // While it is open nothing outside of it takes the focus.
      dialog.close();
      before?.focus?.();
    };
  }, []);
  return h(
    'dialog',
    { ref: box, class: 'dialog', 'aria-labelledby': 'dialog-title', onClose, onCancel: onClose },
    h(
      'header',
      null,
      h('h2', { id: 'dialog-title' }, title),
      h('button', { type: 'button', class: 'quiet', 'aria-label': 'Close', onClick: onClose }, '✕'),
    ),
    children,
  );
}

/** An error, said at once by screen readers. */
export function Complaint({ error, retry }) {
  if (!error) {
    return null;
  }
  return h(
    'div',
    { class: 'complaint', role: 'alert' },
    h('span', { class: 'glyph', 'aria-hidden': true }, '▲'),
    h('span', null, clean(error.message ?? String(error))),
    retry && h('button', { type: 'button', onClick: retry }, 'Try again'),
  );
}

/** One of a few choices, as buttons beside each other. */
export function Choice({ label, value, options, onChange }) {
  return h(
    'span',
    { class: 'choice', role: 'group', 'aria-label': label },
    h('span', { class: 'choice-label', 'aria-hidden': true }, label),
    options.map(([key, text]) =>
      h(
        'button',
        { type: 'button', key, 'aria-pressed': String(key === value), onClick: () => onChange(key) },
        text,
      ),
    ),
  );
}
