// Events of a run as they happen, newest first.

import { h, Choice, cls, Data, useState } from '../dom.js';
import { time, value, whole, words } from '../format.js';
import { router } from '../router.js';

const SHOWN = 60;
const BAD = /^(RunFailed|Diverged|NonFiniteObserved|CheckpointRejected|HistoryRewound)$/;

export function Events({ events, analyses, audits, loading }) {
  const kind = router.get('events') ?? 'story';
  const [more, setMore] = useState(1);
  const all = [...events, ...(kind === 'frames' ? [] : [...analyses, ...audits])].sort((a, b) => b.offset - a.offset);
  const chosen = all.filter((event) => (kind === 'frames' ? event.type === 'MetricsRecorded' : kind === 'all' || event.type !== 'MetricsRecorded'));
  const shown = chosen.slice(0, SHOWN * more);
  return h(
    'section',
    { class: 'panel', id: 'events' },
    h('div', { class: 'panel-head' }, h('h2', null, 'Events'), h(Choice, { label: 'Show', value: kind, options: [['story', 'what happened'], ['frames', 'frames'], ['all', 'all']], onChange: (next) => router.set({ events: next === 'story' ? null : next }) })),
    h(
      'div',
      { class: 'scroll tall', tabIndex: 0, role: 'region', 'aria-label': 'Events, newest first' },
      h(
        'ol',
        { class: 'events', 'aria-busy': String(Boolean(loading)) },
        shown.map((event) => h(Event, { key: (event.stream ?? 'run') + event.sequence, event })),
      ),
    ),
    chosen.length > shown.length && h('button', { type: 'button', onClick: () => setMore(more + 1) }, 'More'),
    chosen.length === 0 && h('p', { class: 'soft' }, 'None among the latest.'),
  );
}

function Event({ event }) {
  const beside = event.stream && event.stream !== 'run' ? event.stream : '';
  return h(
    'li',
    { class: cls(BAD.test(event.type) && 'bad') },
    h('span', { class: 'number soft seq', title: 'sequence' + (beside ? ' in ' + beside : '') }, (beside ? beside[0] : '') + whole(event.sequence)),
    h('time', { datetime: event.time, title: event.time, class: 'soft' }, time(event.time)),
    h('span', null, h('b', null, spaced(event.type)), ' ', h(Data, null, said(event))),
  );
}

/** MetricsRecorded → metrics recorded. */
function spaced(type) {
  return type.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
}

/** What an event says, in a line. */
function said({ type, data, attempt }) {
  switch (type) {
    case 'MetricsRecorded':
      return `steps ${whole(data.frame.from)} to ${whole(data.frame.until)}, ${data.frame.columns.length} metrics`;
    case 'AttemptStarted':
      return `attempt ${data.attempt} on ${data.devices.join(', ')}, from step ${whole(Math.max(0, data.fromStep))}`;
    case 'AttemptEnded':
      return `attempt ${data.attempt}: ${words(data.cause)}${data.message ? ', ' + data.message : ''}`;
    case 'CheckpointSaved':
      return `step ${whole(data.step)}, ${data.sha256.slice(0, 12)}`;
    case 'CatchUpVerified':
      return `steps ${whole(data.fromStep)} to ${whole(data.untilStep)} executed again: every bit is the same`;
    case 'Diverged':
      return `step ${whole(data.step)}, ${data.subject}: recorded ${data.recorded}, recomputed ${data.recomputed}`;
    case 'AnalysisCompleted':
      return `${data.jumps.length} ${data.jumps.length === 1 ? 'jump' : 'jumps'} up to step ${whole(data.untilStep)}`;
    case 'JumpDetected':
      return `${words(data.jump.kind)} of ${data.metric} at step ${whole(Math.round(data.jump.midpoint))}`;
    case 'JumpSuspected':
      return `${data.metric} at step ${whole(data.changeStep)}`;
    case 'JumpWithdrawn':
      return `${data.metric} at step ${whole(data.suspectedStep)}: ${data.reason}`;
    case 'RunSubmitted':
      return `${data.spec.experiment}, ${whole(data.spec.steps)} steps`;
    case 'RunVerified':
      return `steps ${whole(data.fromStep)} to ${whole(data.untilStep)}: ${data.identical ? 'identical' : 'different'}`;
    default:
      return plain(data, attempt);
  }
}

function plain(data) {
  return Object.entries(data)
    .filter(([, each]) => each !== null && typeof each !== 'object')
    .map(([key, each]) => `${key} ${typeof each === 'number' ? value(each) : each}`)
    .join(', ');
}
