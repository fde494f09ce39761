// What hands do with a plot: the mouse, keys, and fingers.

import { hoverText } from './parts/hover.js';

/** Whether a press of the mouse begins to move the picture. */
export function pans(event) {
  return event.shiftKey || event.button === 1;
}

// With Shift or the middle button the mouse takes the picture along.
export function panning(range) {
  return (u, target, handler) => (event) => {
    if (!pans(event)) {
      return handler(event);
    }
    let from = event.clientX;
    const move = (next) => {
      range.pan(((from - next.clientX) * devicePixelRatio) / u.bbox.width);
      from = next.clientX;
    };
    const end = () => {
      removeEventListener('mousemove', move);
      removeEventListener('mouseup', end);
    };
    addEventListener('mousemove', move);
    addEventListener('mouseup', end);
    return null;
  };
}

export function wheel(event, u, range, element) {
  // The wheel scrolls the page unless the plot was chosen.
  if (!event.ctrlKey && !event.metaKey && document.activeElement !== element) {
    return;
  }
  event.preventDefault();
  if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
    range.pan((event.deltaX || event.deltaY) / 800);
  } else {
    range.zoom(Math.exp(-event.deltaY / 300), u.posToVal(event.offsetX, 'x'));
  }
}

export function key(event, u, range, speak) {
  if (u === null || event.ctrlKey || event.metaKey || event.altKey) {
    return;
  }
  const acts = {
    '+': () => range.zoom(1.6, cursorStep(u)),
    '=': () => range.zoom(1.6, cursorStep(u)),
    '-': () => range.zoom(1 / 1.6, cursorStep(u)),
    0: () => range.reset(),
    Home: () => move(u, -Infinity, speak),
    End: () => move(u, Infinity, speak),
    ArrowLeft: () => (event.shiftKey ? range.pan(-0.2) : move(u, -8, speak)),
    ArrowRight: () => (event.shiftKey ? range.pan(0.2) : move(u, 8, speak)),
  };
  const act = acts[event.key];
  if (act) {
    event.preventDefault();
    act();
  }
}

function cursorStep(u) {
  return u.cursor.left >= 0 ? u.posToVal(u.cursor.left, 'x') : null;
}

function move(u, by, speak) {
  const width = u.over.clientWidth;
  const from = u.cursor.left >= 0 ? u.cursor.left : width / 2;
  u.setCursor({ left: Math.min(Math.max(from + by, 0), width - 1), top: u.over.clientHeight / 2 });
  speak(hoverText(u));
}

// Fingers on a plot: one takes the picture along, two widen it. Up and down they scroll the page, as the style sheet
// tells the browser.

export function touchable(u, range) {
  const { over } = u;
  const fingers = new Map();
  const place = ({ clientX }) => clientX - over.getBoundingClientRect().left;
  over.addEventListener('pointerdown', (event) => {
    if (event.pointerType === 'touch') {
      fingers.set(event.pointerId, place(event));
    }
  });
  over.addEventListener('pointermove', (event) => {
    if (!fingers.has(event.pointerId)) {
      return;
    }
    const before = [...fingers.values()];
    fingers.set(event.pointerId, place(event));
    const now = [...fingers.values()];
    if (now.length === 1) {
      range.pan((before[0] - now[0]) / over.clientWidth);
    } else {
      const [was, is] = [before, now].map(([a, b]) => Math.max(8, Math.abs(a - b)));
      range.zoom(is / was, u.posToVal((now[0] + now[1]) / 2, 'x'));
    }
  });
  // A finger that begins to scroll the page is cancelled, not lifted.
  const end = (event) => fingers.delete(event.pointerId);
  ['pointerup', 'pointercancel', 'pointerleave'].forEach((name) => over.addEventListener(name, end));
}
