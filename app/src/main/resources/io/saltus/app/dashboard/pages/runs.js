// All runs: live, filtered by the language of `saltus runs --where`, sorted, and chosen for comparison.

import { h, Complaint, Data, useChanges, useEffect, useMedia, useMemo, useRef, useState } from '../dom.js';
import { server } from '../store.js';
import { duration, rate, time, value, whole, words } from '../format.js';
import { hub } from '../hub.js';
import { link, router } from '../router.js';
import { Progress, Status } from '../parts/status.js';
import { RunsModel } from '../runs-model.js';
import { Spark } from '../parts/spark.js';
import { SubmitDialog } from '../parts/submit.js';
import { VirtualTable } from '../table.js';

const NEWEST = '-submitted';
/** Where columns are left out, and rows have a second line for what stood there. */
const NARROW = '(max-width: 860px)';

export function RunsPage() {
  const model = useMemo(() => new RunsModel(), []);
  const [chosen, choose] = useState(new Set());
  const [submitting, submit] = useState(false);
  useChanges(model, server);
  const narrow = useMedia(NARROW);
  const where = router.get('where') ?? '';
  const sort = router.get('sort') ?? NEWEST;
  const archived = router.get('archived') === 'yes';

  useEffect(() => model.open(), []);
  useEffect(() => model.ask(fitting(where, archived), sort), [where, sort, archived, hub.generation]);

  const toggle = (id) => {
    const next = new Set(chosen);
    next.has(id) ? next.delete(id) : next.add(id);
    choose(next);
  };
  const { rows, total, loading, error } = model;
  return h(
    'main',
    { class: 'page runs', id: 'main' },
    h(
      'div',
      { class: 'page-head' },
      h('h1', null, 'Runs'),
      h('span', { class: 'soft', role: 'status' }, loading ? 'reading…' : rows.length < total ? `${whole(rows.length)} of ${whole(total)}` : whole(total)),
      h('span', { class: 'grow' }),
      chosen.size > 0 && h('button', { type: 'button', class: 'quiet', onClick: () => choose(new Set()) }, 'Choose none'),
      h('button', { type: 'button', disabled: chosen.size < 2, onClick: () => router.go(link(['compare'], { run: [...chosen] })) }, chosen.size < 2 ? 'Compare' : `Compare ${chosen.size}`),
      server.writable && h('button', { type: 'button', class: 'primary', onClick: () => submit(true) }, 'New run'),
    ),
    h(Filter, { where, archived, error: error?.status === 400 ? error : null }),
    error && error.status !== 400 && h(Complaint, { error, retry: () => model.load() }),
    h(VirtualTable, {
      label: 'Runs',
      rows,
      id: (row) => row.run,
      columns: columns(chosen, toggle, narrow),
      sort,
      onSort: (by) => router.set({ sort: by === NEWEST ? null : by }),
      height: narrow ? 56 : 40,
      chosen,
      onChoose: toggle,
      onOpen: (row) => router.go(link(['run', row.run])),
      empty: loading ? 'Reading…' : error ? '' : where === '' ? 'No runs yet. saltus run grokking makes one.' : 'No run fits this filter.',
    }),
    submitting && h(SubmitDialog, { onClose: () => submit(false) }),
  );
}

// Archived runs are left out as they are in lists of the command line.
function fitting(where, archived) {
  if (archived) {
    return where;
  }
  return where === '' ? 'NOT archived:true' : '(' + where + ') AND NOT archived:true';
}

function Filter({ where, archived, error }) {
  const [text, setText] = useState(where);
  const timer = useRef(0);
  const input = useRef(null);
  useEffect(() => setText(where), [where]);
  useEffect(() => {
    const slash = (event) => {
      if (event.key === '/' && !/^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName)) {
        event.preventDefault();
        input.current.focus();
      }
    };
    addEventListener('keydown', slash);
    return () => removeEventListener('keydown', slash);
  }, []);
  const apply = (now) => router.set({ where: now.trim() || null });
  const typed = (now) => {
    setText(now);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => apply(now), 350);
  };
  return h(
    'form',
    {
      class: 'filter',
      role: 'search',
      onSubmit: (event) => {
        event.preventDefault();
        clearTimeout(timer.current);
        apply(text);
      },
    },
    h('label', { for: 'where' }, 'Filter'),
    h('input', {
      id: 'where',
      ref: input,
      type: 'search',
      value: text,
      autocomplete: 'off',
      spellcheck: false,
      placeholder: 'experiment:grokking optimizer.weight-decay>0.1 status:running',
      'aria-invalid': error ? 'true' : undefined,
      'aria-describedby': error ? 'where-error' : 'where-help',
      onInput: (event) => typed(event.currentTarget.value),
    }),
    h('label', { class: 'check' }, h('input', { type: 'checkbox', checked: archived, onChange: () => router.set({ archived: archived ? null : 'yes' }) }), 'archived too'),
    error
      ? h('p', { id: 'where-error', class: 'field-error', role: 'alert' }, h(Data, null, error.message))
      : h('p', { id: 'where-help', class: 'soft help' }, 'key:value, key>number, AND, OR, NOT, parentheses; keys are those of specs, metrics and ', h('code', null, 'tag.NAME'), '. Press / to come here.'),
  );
}

function columns(chosen, toggle, narrow) {
  return [
    {
      key: 'choose',
      head: h('span', { class: 'unseen' }, 'Choose'),
      class: 'narrow',
      cell: (row) => h('input', { type: 'checkbox', tabIndex: -1, checked: chosen.has(row.run), 'aria-label': 'Choose ' + row.run, onChange: () => toggle(row.run) }),
    },
    { key: 'status', head: 'Status', sort: 'status', class: 'col-status', cell: (row) => h(Status, { status: row.status, terse: true }) },
    { key: 'run', head: 'Run', sort: 'run', class: 'col-run', cell: (row) => [h(Name, { key: 'n', row }), narrow && h(Below, { key: 'b', row })] },
    { key: 'experiment', head: 'Experiment', sort: 'experiment', class: 'wide col-experiment', cell: (row) => h(Data, null, row.experiment) },
    { key: 'step', head: 'Step', sort: 'step', class: 'number col-step', cell: (row) => [h('span', { key: 'n' }, whole(row.step), h('span', { class: 'soft of' }, ' / ' + whole(row.steps))), h(Progress, { key: 'p', step: row.step, steps: row.steps })] },
    { key: 'rate', head: 'Rate', class: 'number wide col-rate', cell: (row) => (row.status === 'running' ? rate(row.stepsPerSecond) : '') },
    { key: 'eta', head: 'Left', class: 'number wide col-left', cell: (row) => (row.status === 'running' ? duration(row.etaSeconds) : '') },
    { key: 'spark', head: 'Course', class: 'col-spark', cell: (row) => h(Course, { row }) },
    { key: 'jumps', head: 'Jumps', class: 'wide col-jumps', cell: (row) => h(Jumps, { jumps: row.jumps }) },
    { key: 'tags', head: 'Tags', class: 'wider', cell: (row) => Object.entries(row.tags ?? {}).map(([key, text]) => h('span', { class: 'tag', key }, h(Data, null, key + '=' + text))) },
    { key: 'submitted', head: 'Submitted', sort: 'submitted', class: 'wide nowrap col-submitted', cell: (row) => h('time', { datetime: row.submitted, title: row.submitted }, time(row.submitted)) },
  ];
}

function Name({ row }) {
  return h(
    'span',
    { class: 'name' },
    h('a', { href: link(['run', row.run]), tabIndex: -1 }, h(Data, null, row.name || row.run)),
    row.name && row.name !== row.run && h('span', { class: 'soft small' }, h(Data, null, row.run)),
    row.error && h('span', { class: 'bad small' }, h(Data, null, words(row.error.cause) + ': ' + row.error.message)),
  );
}

/** What has columns of its own where there is room. */
function Below({ row }) {
  const { experiment, status, stepsPerSecond, etaSeconds, jumps } = row;
  const jumped = (jumps ?? []).slice(0, 2).map((jump) => words(jump.kind) + ' ' + whole(Math.round(jump.midpoint)));
  const parts = status === 'running' ? [rate(stepsPerSecond), duration(etaSeconds) + ' left', ...jumped] : [experiment, ...jumped];
  return h('span', { class: 'below-name soft small' }, h(Data, null, parts.join(' · ')));
}

function Course({ row }) {
  const { spark } = row;
  const last = spark && row.metrics?.[spark.metric];
  return h(
    'span',
    { class: 'course', title: spark ? spark.metric : undefined },
    h(Spark, { spark }),
    last !== undefined && last !== null && h('span', { class: 'number' }, h('span', { class: 'unseen' }, spark.metric + ' '), value(last)),
  );
}

function Jumps({ jumps }) {
  if (jumps === null || jumps === undefined) {
    return h('span', { class: 'soft' }, '–');
  }
  if (jumps.length === 0) {
    return h('span', { class: 'soft' }, 'none');
  }
  return jumps.slice(0, 3).map((jump) =>
    h('span', { class: 'jump', key: jump.metric + jump.midpoint, title: jump.metric }, words(jump.kind), ' ', h('span', { class: 'soft number' }, whole(Math.round(jump.midpoint)) + (jump.sharp === true ? ' sharp' : ''))),
  );
}
