// What is known of a run's jumps at some moment: folded from the stream of analyses, so that the page as it
// was then shows only what was known then.

import { number } from './format.js';

/** @param events of the stream `analysis`, in their order; @param untilOffset what was known up to there */
export function knownJumps(events, untilOffset = Infinity) {
  let analysis = null;
  const remarks = new Map();
  for (const { type, data, offset } of events) {
    if (offset > untilOffset) {
      break;
    }
    if (type === 'AnalysisCompleted') {
      analysis = data;
    } else if (type === 'JumpSuspected') {
      remarks.set(data.metric + ' ' + data.step, { ...data, state: 'suspected' });
    } else if (type === 'JumpDetected' || type === 'JumpWithdrawn') {
      const state = type === 'JumpDetected' ? 'detected' : 'withdrawn';
      const first = remarks.get(data.metric + ' ' + data.suspectedStep);
      remarks.set(data.metric + ' ' + data.suspectedStep, { ...first, ...data, state });
    }
  }
  const monitor = [...remarks.values()];
  // An analysis of everything says more than the monitor did on the way there.
  const open = monitor.filter((each) => analysis === null || each.step > analysis.untilStep);
  return {
    analysis,
    jumps: analysis === null ? open.filter((each) => each.state === 'detected').map((each) => jump(each.jump)) : analysis.jumps.map(jump),
    changePoints: analysis === null ? [] : analysis.changePoints,
    suspected: open.filter((each) => each.state === 'suspected').map(suspicion),
    withdrawn: monitor.filter((each) => each.state === 'withdrawn'),
  };
}

function jump(given) {
  const sharp = { yes: true, no: false }[given.sharp] ?? given.sharp;
  return {
    ...given,
    sharp,
    p: orNull(given.p),
    q: orNull(given.q),
    delay: orNull(given.delay),
    onsetInterval: ends(given.onsetInterval),
    midpointInterval: ends(given.midpointInterval),
    endInterval: ends(given.endInterval),
  };
}

function suspicion({ metric, changeStep, step, rise }) {
  return { metric, kind: rise ? 'rise' : 'fall', onset: changeStep, midpoint: changeStep, end: step, suspected: true, p: null, q: null, evidence: `Seen at step ${step}; not decided yet.` };
}

function orNull(given) {
  const x = number(given);
  return Number.isNaN(x) ? null : x;
}

function ends(interval) {
  if (!interval) {
    return null;
  }
  const [low, high] = Array.isArray(interval) ? interval : [interval.low, interval.high];
  return Number.isNaN(number(low)) || Number.isNaN(number(high)) ? null : [number(low), number(high)];
}
