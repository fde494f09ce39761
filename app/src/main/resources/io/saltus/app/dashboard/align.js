// Series of several runs on one axis: by step, by time since they began, or by a jump of theirs.

import { lowerBound } from './series.js';

export const WALL = 'wall-seconds';

/** Steps of a series as seconds since the run began, from the times that were recorded at some of them. */
export function bySeconds({ steps, values }, wall) {
  if (!wall || wall.steps.length < 2) {
    return null;
  }
  return { steps: Array.from(steps, (step) => secondsAt(step, wall)), values };
}

/** The time at a step, between two recorded ones on a straight line. */
export function secondsAt(step, { steps, values }) {
  const after = Math.min(Math.max(lowerBound(steps, step), 1), steps.length - 1);
  const [left, right] = [after - 1, after];
  const part = (step - steps[left]) / (steps[right] - steps[left] || 1);
  // Never back in time before the first recorded moment.
  return Math.max(0, values[left] + part * (values[right] - values[left]));
}

/**
 * Steps relative to the midpoint of a jump: as a difference, or on a logarithmic axis as a ratio, because
 * there the same width means the same sharpness.
 */
export function byJump({ steps, values }, midpoint, log) {
  return { steps: Array.from(steps, (step) => (log ? step / midpoint : step - midpoint)), values };
}

/** The greatest jump of a metric: the one that a run is aligned by; null without one. */
export function mainJump(jumps, metric) {
  const own = (jumps ?? []).filter((jump) => jump.metric === metric && jump.midpoint > 0);
  return own.reduce((best, jump) => (best === null || Math.abs(jump.delta ?? 0) > Math.abs(best.delta ?? 0) ? jump : best), null);
}
