// Studies: all of them, or one: its cells with intervals, bands over seeds, what was expected, and when its
// runs jumped.

import { h, Choice, Complaint, Data, useChanges, useEffect, useMemo, useState } from '../dom.js';
import { get, send } from '../api.js';
import { hub } from '../hub.js';
import { link, router } from '../router.js';
import { number, value, whole, words } from '../format.js';
import { Plot } from '../plot.js';
import { Range } from '../range.js';
import { attempt, Resource, server } from '../store.js';
import { theme } from '../palette.js';
import { JumpTimes } from '../parts/jump-times.js';
import { Status } from '../parts/status.js';
import { Sure } from '../parts/sure.js';

/** All studies, page by page. */
async function allStudies(signal) {
  const studies = new Map();
  let cursor = null;
  do {
    const page = await get(['studies'], { cursor }, signal);
    page.studies.forEach((each) => studies.set(each.study, each));
    cursor = page.next;
  } while (cursor);
  return { studies: [...studies.values()] };
}

export function StudiesPage() {
  const studies = useMemo(() => new Resource(allStudies), [hub.generation]);
  useChanges(studies);
  useEffect(() => {
    studies.fetch();
    const end = hub.watch('runs', () => studies.refresh(5000));
    return () => {
      end();
      studies.close();
    };
  }, [studies]);
  const all = studies.value?.studies ?? [];
  return h(
    'main',
    { class: 'page', id: 'main' },
    h('header', { class: 'page-head' }, h('h1', null, 'Studies')),
    h(Complaint, { error: studies.error, retry: () => studies.fetch() }),
    all.length === 0
      ? h('p', { class: 'empty' }, studies.loading ? 'Reading…' : 'No studies yet. saltus study grokking-weight-decay makes one.')
      : h(
          'div',
          { class: 'scroll', tabIndex: 0, role: 'region', 'aria-label': 'Studies' },
          h(
            'table',
            { class: 'rows' },
            h('thead', null, h('tr', null, ['Study', 'Status', 'Experiment', 'Runs', 'Done', 'Failed', 'Axes'].map((head) => h('th', { scope: 'col', key: head }, head)))),
            h(
              'tbody',
              null,
              all.map((each) =>
                h(
                  'tr',
                  { key: each.study },
                  h('th', { scope: 'row' }, h('a', { href: link(['study', each.study]) }, h(Data, null, each.study))),
                  h('td', null, h(Status, { status: each.status })),
                  h('td', null, h(Data, null, each.experiment)),
                  h('td', { class: 'number' }, whole(each.runs)),
                  h('td', { class: 'number' }, whole(each.done)),
                  h('td', { class: 'number' }, whole(each.failed)),
                  h('td', null, h(Data, null, axesOf(each).join(', '))),
                ),
              ),
            ),
          ),
        ),
  );
}

function axesOf({ axes }) {
  return Array.isArray(axes) ? axes : Object.keys(axes ?? {});
}

export function StudyPage({ study }) {
  const metric = router.get('metric');
  const facts = useMemo(() => new Resource((signal) => get(['studies', study], {}, signal)), [study, hub.generation]);
  const shown = metric ?? metricsOf(facts.value)[0] ?? null;
  const bands = useMemo(
    () => new Resource((signal) => (shown === null ? Promise.resolve(null) : get(['studies', study, 'bands'], { metric: shown, points: 600 }, signal))),
    [study, shown, hub.generation],
  );
  useChanges(facts, bands, server, router, theme);
  useEffect(() => {
    facts.fetch();
    const end = hub.watch('study:' + study, () => facts.refresh(2000));
    return () => {
      end();
      facts.close();
    };
  }, [facts]);
  useEffect(() => {
    bands.fetch();
    const end = hub.watch('study:' + study, () => bands.refresh(5000));
    return () => {
      end();
      bands.close();
    };
  }, [bands]);
  const { value: seen, error } = facts;
  if (!seen) {
    return h('main', { class: 'page', id: 'main' }, h('h1', null, h(Data, null, study)), error ? h(Complaint, { error, retry: () => facts.fetch() }) : h('p', { class: 'empty' }, 'Reading…'));
  }
  return h(
    'main',
    { class: 'page study', id: 'main' },
    h(Head, { seen, changed: () => facts.refresh(300) }),
    h(Expectations, { expectations: seen.expectations ?? [] }),
    h(Bands, { seen, bands, metric: shown }),
    h(Cells, { seen }),
    h(JumpTimes, { runs: seen.runs ?? [], axes: axesOf(seen) }),
    h(Runs, { runs: seen.runs ?? [] }),
  );
}

function metricsOf(seen) {
  const all = [...new Set((seen?.cells ?? []).flatMap((cell) => Object.keys(cell.metrics)))].sort();
  const first = ['validation.accuracy', 'validation.loss', 'train.loss'].find((each) => all.includes(each));
  return first ? [first, ...all.filter((each) => each !== first)] : all;
}

function Head({ seen, changed }) {
  const [sure, setSure] = useState(false);
  const act = async (verb, said) => {
    await attempt(() => send('POST', ['studies', seen.study, verb], {}), said);
    changed();
  };
  const runs = (seen.runs ?? []).map((each) => each.run).filter(Boolean);
  const active = seen.status === 'running' || seen.status === 'queued';
  const rests = seen.status === 'paused' || seen.status === 'interrupted';
  return h(
    'header',
    { class: 'page-head' },
    h('h1', null, h(Data, null, seen.study)),
    seen.status && h(Status, { status: seen.status }),
    h('span', { class: 'grow' }),
    runs.length > 1 && h('a', { class: 'button', href: link(['compare'], { run: runs.slice(0, 40) }) }, 'Compare its runs'),
    server.writable && active && h('button', { type: 'button', onClick: () => act('pause', 'Asked to pause.') }, 'Pause'),
    server.writable && rests && h('button', { type: 'button', onClick: () => act('resume', 'Asked to go on.') }, 'Resume'),
    server.writable && (active || rests) && h('button', { type: 'button', onClick: () => setSure(true) }, 'Cancel…'),
    h('p', { class: 'line soft' }, h(Data, null, seen.experiment), ` · ${whole((seen.runs ?? []).length)} runs`, axesOf(seen).length > 0 && ' · axes ', h(Data, null, axesOf(seen).join(', '))),
    sure && h(Sure, { title: 'Cancel this study?', words: 'Its runs that are not finished end for good; what they recorded stays.', verb: 'Cancel the study', onClose: () => setSure(false), act: () => send('POST', ['studies', seen.study, 'cancel'], {}), then: changed }),
  );
}

const VERDICTS = { ok: ['✓', 'holds', ''], undecided: ['◌', 'undecided', 'soft'], not: ['✕', 'does not hold', 'bad'] };

function Expectations({ expectations }) {
  if (expectations.length === 0) {
    return null;
  }
  return h(
    'section',
    { class: 'panel' },
    h('h2', null, 'Expected'),
    h(
      'ul',
      { class: 'verdicts' },
      expectations.map((each) => {
        const [glyph, said, name] = VERDICTS[each.outcome];
        return h(
          'li',
          { key: each.expect, class: name },
          h('span', { class: 'glyph', 'aria-hidden': true }, glyph),
          h('span', null, h('b', null, h(Data, null, each.title || words(each.expect)), ': ' + said), h('br'), h('span', { class: 'soft' }, h(Data, null, each.evidence))),
        );
      }),
    ),
  );
}

function Bands({ seen, bands, metric }) {
  const range = useMemo(() => new Range((next) => router.set({ from: next && next[0], until: next && next[1] })), [seen.study]);
  const hidden = useMemo(() => new Set(router.all('hide')), [router.all('hide').join('\n')]);
  const yLog = router.get('y') === 'log';
  const cells = bands.value?.cells ?? [];
  const lines = useMemo(
    () => cells.map((cell, place) => ({ label: labelOf(cell.axes) || 'all seeds', place, steps: cell.steps, values: cell.median.map(number), low: cell.low.map(number), high: cell.high.map(number), note: `n ${cell.n}` })),
    [bands.value],
  );
  const ends = lines.flatMap(({ steps }) => (steps.length > 0 ? [steps[0], steps[steps.length - 1]] : []));
  range.setLog(router.get('x') === 'log');
  range.setFull(ends.length > 0 ? [Math.min(...ends), Math.max(...ends)] : [0, 1]);
  const [from, until] = [router.get('from'), router.get('until')].map((each) => (each === null ? NaN : Number(each)));
  range.restore(until > from ? [from, until] : null);
  return h(
    'section',
    { class: 'charts', 'aria-label': 'Bands over seeds' },
    h('h2', { class: 'unseen' }, 'Bands over seeds'),
    h(
      'div',
      { class: 'charts-tools' },
      h('label', { class: 'inline' }, 'Metric ', h('select', { value: metric ?? '', onChange: (event) => router.set({ metric: event.currentTarget.value }) }, metricsOf(seen).map((each) => h('option', { key: each, value: each }, each)))),
      h(Choice, { label: 'Steps', value: range.log ? 'log' : 'linear', options: [['linear', 'linear'], ['log', 'log']], onChange: (next) => router.set({ x: next === 'log' ? 'log' : null, from: null, until: null }) }),
      range.shown !== null && h('button', { type: 'button', onClick: () => range.reset() }, 'All'),
      h('span', { class: 'soft small' }, 'Median over seeds, with the band of its seeds'),
    ),
    h(Complaint, { error: bands.error }),
    h(Plot, {
      title: metric ?? 'no metric',
      xLabel: 'step',
      series: lines,
      range,
      yLog,
      yRange: metric?.endsWith('accuracy') && !yLog ? [-0.03, 1.06] : undefined,
      bands: [],
      marks: [],
      hidden,
      sync: 'study',
      onLog: (on) => router.set({ y: on ? 'log' : null }),
      onToggle: (label) => {
        const next = new Set(hidden);
        next.has(label) ? next.delete(label) : next.add(label);
        router.set({ hide: [...next] });
      },
    }),
  );
}

/** A cell by its values: weight-decay 0.1, operation add. */
export function labelOf(axes) {
  return Object.entries(axes ?? {}).map(([path, each]) => path.split('.').pop() + ' ' + each).join(', ');
}

function Cells({ seen }) {
  const axes = axesOf(seen);
  const metrics = metricsOf(seen);
  return h(
    'section',
    { class: 'panel' },
    h('h2', null, 'Cells'),
    h('p', { class: 'soft small' }, 'Means of last values over seeds, with 95 % intervals.'),
    h(
      'div',
      { class: 'scroll', tabIndex: 0, role: 'region', 'aria-label': 'Cells' },
      h(
        'table',
        { class: 'rows' },
        h('thead', null, h('tr', null, axes.map((path) => h('th', { scope: 'col', key: path }, h(Data, null, path))), h('th', { scope: 'col', class: 'number' }, 'n'), h('th', { scope: 'col', class: 'number' }, 'failed'), metrics.map((metric) => h('th', { scope: 'col', class: 'number', key: metric }, h(Data, null, metric))))),
        h(
          'tbody',
          null,
          seen.cells.map((cell, place) =>
            h(
              'tr',
              { key: place },
              axes.map((path) => h('th', { scope: 'row', key: path }, h(Data, null, cell.axes[path] ?? '–'))),
              h('td', { class: 'number' }, whole(cell.n)),
              h('td', { class: 'number' }, whole(cell.failed)),
              metrics.map((metric) => h('td', { class: 'number', key: metric }, h(Estimate, { estimate: cell.metrics[metric] }))),
            ),
          ),
        ),
      ),
    ),
  );
}

function Estimate({ estimate }) {
  if (!estimate) {
    return '–';
  }
  const { mean, low, high } = estimate;
  return [value(mean), low !== null && low !== undefined && h('span', { class: 'soft interval', key: 'i' }, `${value(low)}–${value(high)}`)];
}

const RUN_HEADS = [['Run', ''], ['Cell', ''], ['Seed', 'number'], ['Status', ''], ['Step', 'number'], ['Jumps', '']];

function Runs({ runs }) {
  return h(
    'section',
    { class: 'panel' },
    h('h2', null, 'Runs'),
    h(
      'div',
      { class: 'scroll tall', tabIndex: 0, role: 'region', 'aria-label': 'Runs of the study' },
      h(
        'table',
        { class: 'rows' },
        h('thead', null, h('tr', null, RUN_HEADS.map(([head, kind]) => h('th', { scope: 'col', key: head, class: kind }, head)))),
        h(
          'tbody',
          null,
          runs.map((each, place) =>
            h(
              'tr',
              { key: each.run ?? place },
              h('th', { scope: 'row' }, each.run ? h('a', { href: link(['run', each.run]) }, h(Data, null, each.run)) : h('span', { class: 'soft' }, 'not begun')),
              h('td', null, h(Data, null, labelOf(each.axes))),
              h('td', { class: 'number' }, each.seed),
              h('td', null, each.status && h(Status, { status: each.status }), each.failure && h('span', { class: 'soft small' }, ' ', h(Data, null, each.failure))),
              h('td', { class: 'number' }, each.status && whole(each.step)),
              h('td', null, (each.jumps ?? []).map((jump) => words(jump.kind) + ' ' + whole(Math.round(jump.midpoint))).join(', ')),
            ),
          ),
        ),
      ),
    ),
  );
}
