// Places on axes.

const MOST = 100;

/** At most about `count` round places in [low, high]. */
export function linearTicks(low, high, count = 6) {
  const rough = (high - low) / Math.max(1, count);
  if (!(rough > 0) || !Number.isFinite(rough)) {
    return [low];
  }
  const power = 10 ** Math.floor(Math.log10(rough));
  return multiples([1, 2, 5, 10].map((factor) => factor * power).find((each) => each >= rough), low, high);
}

/** The multiples of a step in [low, high]. */
export function multiples(step, low, high) {
  const ticks = [];
  const first = Math.ceil(low / step - 1e-9);
  // Where numbers lie further apart than the step, a place would be its own successor.
  for (let next = 0; next < MOST && (first + next) * step <= high * (1 + 1e-12) + 1e-12 * step; next++) {
    // A product of whole numbers and powers of ten, free of the noise of repeated sums.
    ticks.push(Number(((first + next) * step).toPrecision(12)));
  }
  return [...new Set(ticks)];
}

/** Round steps of which one suits [low, high] at any size of the plot, the least first. */
export function roundSteps(low, high) {
  const power = Math.floor(Math.log10(high - low));
  if (!Number.isFinite(power)) {
    return [1];
  }
  return [power - 3, power - 2, power - 1, power, power + 1].flatMap((each) => [1, 2, 2.5, 5].map((factor) => Number(`${factor}e${each}`)));
}

/** Powers of ten in [low, high], with 2 and 5 between them where there are few. */
export function logTicks(low, high) {
  const first = Math.floor(Math.log10(low));
  const last = Math.ceil(Math.log10(high));
  const every = Math.max(1, Math.ceil((last - first) / 8));
  const factors = last - first <= 2 ? [1, 2, 5] : [1];
  const ticks = [];
  for (let power = first; power <= last; power += every) {
    for (const factor of factors) {
      const tick = Number((factor * 10 ** power).toPrecision(12));
      if (tick >= low * (1 - 1e-9) && tick <= high * (1 + 1e-9)) {
        ticks.push(tick);
      }
    }
  }
  return ticks.length > 1 ? ticks : linearTicks(low, high, 4);
}

export function ticks(low, high, log, count) {
  return log ? logTicks(low, high) : linearTicks(low, high, count);
}

/** From a value to a place between `begin` and `end`. */
export function scale(low, high, begin, end, log = false) {
  const forth = log ? (x) => Math.log10(Math.max(x, 1e-300)) : (x) => x;
  const from = forth(low);
  const width = forth(high) - from || 1;
  return (x) => begin + ((forth(x) - from) / width) * (end - begin);
}

/** The least and greatest finite number; on a logarithmic axis only what is above 0. Null without any. */
export function extent(columns, log = false) {
  let low = Infinity;
  let high = -Infinity;
  for (const column of columns) {
    for (const x of column) {
      if (Number.isFinite(x) && (!log || x > 0)) {
        low = Math.min(low, x);
        high = Math.max(high, x);
      }
    }
  }
  return low <= high ? [low, high] : null;
}

/** A little more than the extent, so that no line runs along the edge. */
export function padded([low, high], log = false) {
  if (log) {
    const factor = Math.max((high / low) ** 0.04, 1.05);
    return [low / factor, high * factor];
  }
  const pad = high > low ? (high - low) * 0.05 : Math.abs(high) * 0.05 || 0.5;
  return [low - pad, high + pad];
}
