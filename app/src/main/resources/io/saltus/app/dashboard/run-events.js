// The latest events of a run: what happened, and some of its frames.

import { get } from './api.js';

/** So many of the last of what happened, and as many frames, are kept. */
export const MOST = 300;
/** Frames hold all values: a few of the last are enough for histograms and the pace. */
const FRAMES = 60;

/** The latest events: frames, which come by the thousand, do not drive out what happened. */
export function latest(events) {
  const old = (known, most) => new Set(known.slice(0, Math.max(0, known.length - most)));
  const isFrame = (event) => event.type === 'MetricsRecorded';
  const gone = old(events.filter(isFrame), MOST);
  old(events.filter((event) => !isFrame(event)), MOST).forEach((event) => gone.add(event));
  return gone.size === 0 ? events : events.filter((event) => !gone.has(event));
}

const ask = async (run, parameters, signal) => (await get(['runs', run, 'events'], { ...parameters, order: 'desc' }, signal)).events;

/** The last of what happened in a run's own stream, without its frames, the latest first. */
export function storyOf(run, parameters, signal) {
  return ask(run, { ...parameters, frames: 'without', limit: MOST }, signal);
}

/** Its last events, most of them frames: large. */
export function framesOf(run, parameters, signal) {
  return ask(run, { ...parameters, limit: FRAMES }, signal);
}

/** Both, the oldest first. */
export async function latestOf(run, parameters, signal) {
  return merged(...(await Promise.all([storyOf(run, parameters, signal), framesOf(run, parameters, signal)])));
}

/** Events of both, each once, in the order of their numbers. */
export function merged(some, others) {
  const known = new Map(some.map((event) => [event.sequence, event]));
  others.forEach((event) => known.set(event.sequence, event));
  return latest([...known.values()].sort((a, b) => a.sequence - b.sequence));
}
