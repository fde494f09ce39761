// Put into a page before its own scripts: what it drew, and when, in milliseconds since it was asked for. The page
// itself needs no hooks for that: lines of a plot are the only strokes of a path object there.
(() => {
  const seen = { drawn: [], first: null, frames: [], tasks: [], shown: [] };
  window.saltusSeen = seen;

  const stroke = CanvasRenderingContext2D.prototype.stroke;
  CanvasRenderingContext2D.prototype.stroke = function (...path) {
    if (path[0] instanceof Path2D) {
      seen.drawn.push(performance.now());
      // What is drawn now is on the screen when the next frame begins.
      seen.first ?? requestAnimationFrame(() => (seen.first ??= performance.now()));
    }
    return stroke.apply(this, path);
  };

  new PerformanceObserver((list) => list.getEntries().forEach((task) => seen.tasks.push(task.duration))).observe({ type: 'longtask', buffered: true });

  // The driver's own waiting evaluates texts, which the page's policy forbids.
  const until = (holds) =>
    new Promise((done, fail) => {
      const end = performance.now() + 120_000;
      const look = () => (holds() ? done() : performance.now() > end ? fail(new Error('waited in vain for ' + holds)) : setTimeout(look, 20));
      look();
    });
  const asked = () => performance.getEntriesByType('resource').filter((each) => each.name.includes('/metrics'));
  const lastAnswer = () => Math.max(...asked().map((each) => each.responseEnd));
  const drawnWith = () => seen.drawn.find((time) => time >= lastAnswer());

  seen.plotted = async () => {
    await until(() => seen.first !== null);
    return { sinceNavigation: seen.first, sinceAsked: seen.first - Math.min(...asked().map((each) => each.startTime)) };
  };

  seen.beforeZoom = () => {
    performance.clearResourceTimings();
    seen.drawn = [];
    addEventListener('mouseup', () => (seen.released = performance.now()), { once: true, capture: true });
  };
  // Whatever else is asked for has been asked half a second after the last answer.
  seen.zoomed = async () => {
    await until(() => asked().length > 0 && drawnWith() !== undefined && performance.now() > lastAnswer() + 500);
    return { asked: drawnWith() - Math.min(...asked().map((each) => each.startTime)), released: drawnWith() - seen.released };
  };

  // Frames that the browser makes, until it is told to stop.
  seen.watch = () => {
    seen.frames = [];
    seen.drawn = [];
    seen.tasks = [];
    seen.watching = true;
    const frame = (time) => {
      if (seen.watching) {
        seen.frames.push(time);
        requestAnimationFrame(frame);
      }
    };
    requestAnimationFrame(frame);
  };
  seen.stop = () => {
    seen.watching = false;
    const between = seen.frames.slice(1).map((time, place) => time - seen.frames[place]);
    const drawnIn = new Set(seen.drawn.map((time) => seen.frames.findIndex((frame) => frame >= time)));
    const seconds = (seen.frames.at(-1) - seen.frames[0]) / 1000;
    return { perSecond: between.length / seconds, drawnPerSecond: drawnIn.size / seconds, longest: Math.max(...between), tasks: seen.tasks.length };
  };

  // What the page says of steps: [run, step, time since 1970], noted in the frame after the one that changed it.
  const row = (tr) => [tr.querySelector('.name a')?.getAttribute('href').replace(/^.*\/run\/([^?]*).*$/, '$1'), tr.querySelector('.col-step span')?.firstChild?.textContent];
  const head = () => [location.hash.replace(/^.*\/run\/([^?]*).*$/, '$1'), document.querySelector('.page-head .number')?.textContent.replace(/^step ([0-9,]+).*$/, '$1')];
  seen.follow = () => {
    seen.shown = [];
    const known = new Map();
    let waiting = false;
    const look = () => {
      waiting = false;
      const now = performance.timeOrigin + performance.now();
      const rows = [...document.querySelectorAll('tbody tr[aria-rowindex]')].map(row);
      for (const [run, text] of rows.length > 0 ? rows : [head()]) {
        const step = Number((text ?? '').replaceAll(',', ''));
        if (run && text && known.get(run) !== step) {
          known.set(run, step);
          seen.shown.push([run, step, now]);
        }
      }
    };
    seen.followed?.disconnect();
    seen.followed = new MutationObserver(() => {
      if (!waiting) {
        waiting = true;
        requestAnimationFrame(look);
      }
    });
    seen.followed.observe(document.body, { subtree: true, childList: true, characterData: true });
    look();
  };
})();
