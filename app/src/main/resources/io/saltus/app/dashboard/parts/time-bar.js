// The slider through time: over steps of today's history, or over events as history was known then. The
// whole page follows it.

import { h, Choice, useEffect, useRef, useState } from '../dom.js';
import { whole } from '../format.js';

/** @param props {model, at, onTravel(at), onFork(step), writable}; `at` is null, {step} or {sequence} */
export function TimeBar({ model, at, onTravel, onFork, writable }) {
  const [mode, setMode] = useState(at?.sequence === undefined ? 'step' : 'sequence');
  const show = model.show.value;
  const history = model.history.value;
  const label = useRef(null);
  useEffect(() => {
    if (at !== null) {
      setMode(at.sequence === undefined ? 'step' : 'sequence');
    }
  }, [at?.sequence === undefined]);
  if (!show || !history) {
    return null;
  }
  const last = mode === 'step' ? model.show.value.step : show.lastSequence;
  const least = mode === 'step' ? 0 : 1;
  const now = at === null ? last : (at.step ?? at.sequence);
  const place = Math.min(Math.max(now, least), Math.max(last, least));
  const travel = (to) => onTravel(mode === 'step' ? { step: to } : { sequence: to });
  const change = (event) => {
    const to = Number(event.currentTarget.value);
    // The right end is now, which goes on.
    to >= last ? onTravel(null) : travel(to);
  };
  const shown = model.shown;
  const words = at === null ? 'now' : mode === 'step' ? `after step ${whole(place)}` : `after event ${whole(place)}` + (shown.show ? `, step ${whole(shown.show.step)}` : '');
  return h(
    'section',
    { class: at === null ? 'time-bar' : 'time-bar past', 'aria-label': 'Time travel' },
    h(Choice, { label: 'Time', value: mode, options: [['step', 'steps'], ['sequence', 'events']], onChange: (next) => { setMode(next); onTravel(null); } }),
    h('input', {
      type: 'range',
      min: least,
      max: Math.max(last, least + 1),
      step: 1,
      value: place,
      'aria-label': mode === 'step' ? 'Show the page as it was after a step' : 'Show the page as it was after an event',
      'aria-valuetext': words,
      onInput: change,
    }),
    h('output', { ref: label, class: 'time-words' }, at === null ? 'now' : words),
    at !== null && h('button', { type: 'button', onClick: () => onTravel(null) }, 'Back to now'),
    at !== null && writable && show.status !== 'imported' && h('button', { type: 'button', class: 'primary', disabled: at.step === undefined && shown.loading, onClick: () => onFork(at.step ?? shown.show.step) }, 'Fork here'),
  );
}
