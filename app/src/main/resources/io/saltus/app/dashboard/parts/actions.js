// What can be asked of a run, as far as its status allows it.

import { h, Complaint, Dialog, useMemo, useRef, useState } from '../dom.js';
import { send } from '../api.js';
import { attempt } from '../store.js';
import { link, router } from '../router.js';
import { Sure, useAct } from './sure.js';

const ALLOWED = {
  pause: ['running', 'queued'],
  resume: ['paused', 'interrupted'],
  cancel: ['running', 'queued', 'paused', 'interrupted'],
  extend: ['completed', 'paused'],
  analyse: ['completed', 'paused', 'cancelled', 'failed', 'interrupted', 'imported'],
  delete: ['completed', 'failed', 'cancelled', 'paused', 'interrupted', 'imported'],
};
const SAID = { pause: 'Asked to pause.', resume: 'Asked to go on.', cancel: 'Asked to end.', analyse: 'The analysis is asked for.' };

export function Actions({ show, onFork, changed, deleted }) {
  const [open, setOpen] = useState(null);
  const run = show.run;
  const may = (verb) => ALLOWED[verb].includes(show.status);
  const act = async (verb) => {
    await attempt(() => send('POST', ['runs', run, verb], {}), SAID[verb]);
    changed();
  };
  const button = (verb, words, onClick = () => act(verb)) => may(verb) && h('button', { type: 'button', key: verb, onClick }, words);
  const close = () => {
    setOpen(null);
    changed();
  };
  return h(
    'span',
    { class: 'actions', role: 'group', 'aria-label': 'Actions' },
    button('pause', 'Pause'),
    button('resume', 'Resume'),
    button('analyse', 'Analyse'),
    button('extend', 'Extend…', () => setOpen('extend')),
    show.status !== 'imported' && h('button', { type: 'button', onClick: onFork }, 'Fork…'),
    h('button', { type: 'button', onClick: () => setOpen('words') }, 'Edit…'),
    button('cancel', 'Cancel…', () => setOpen('cancel')),
    button('delete', 'Delete…', () => setOpen('delete')),
    open === 'extend' && h(ExtendDialog, { show, onClose: close }),
    open === 'words' && h(WordsDialog, { show, onClose: close }),
    open === 'cancel' && h(Sure, { title: 'Cancel this run?', words: 'It ends for good; what it recorded stays.', verb: 'Cancel the run', onClose: close, act: () => send('POST', ['runs', run, 'cancel'], {}) }),
    open === 'delete' && h(Sure, { title: 'Delete this run?', words: 'Its record goes. This cannot be undone.', verb: 'Delete the run', onClose: close, act: () => send('DELETE', ['runs', run]).then(deleted), then: () => router.go(link(['runs'])) }),
  );
}

function ExtendDialog({ show, onClose }) {
  const form = useRef(null);
  const [error, submit] = useAct(() => send('POST', ['runs', show.run, 'extend'], { steps: Number(form.current.elements.steps.value) }), onClose);
  return h(
    Dialog,
    { title: 'Extend this run', onClose },
    h(
      'form',
      { ref: form, class: 'fields', onSubmit: submit },
      h(Complaint, { error }),
      h('label', null, 'New last step', h('input', { name: 'steps', type: 'number', min: show.step + 1, defaultValue: 2 * show.steps, required: true })),
      h('p', { class: 'soft' }, 'What would end it sooner is set aside.'),
      h('footer', null, h('button', { type: 'button', onClick: onClose }, 'Back'), h('button', { type: 'submit', class: 'primary' }, 'Extend')),
    ),
  );
}

function WordsDialog({ show, onClose }) {
  const form = useRef(null);
  // As it was when this was opened: the page goes on underneath.
  const before = useMemo(() => ({ name: show.displayName ?? '', note: show.note ?? '', archived: show.archived, tags: show.tags }), []);
  const change = () => {
    const field = (name) => form.current.elements[name];
    const next = { name: field('name').value.trim(), note: field('note').value.trim(), archived: field('archived').checked };
    const tags = tagsOf(field('tags').value);
    // Only what was changed here: somebody else may have changed the rest meanwhile.
    const changes = Object.fromEntries(Object.entries(next).filter(([key, now]) => now !== before[key]));
    const changed = Object.entries(tags).filter(([key, text]) => before.tags[key] !== text);
    const gone = Object.keys(before.tags).filter((key) => !(key in tags)).map((key) => [key, null]);
    if (changed.length + gone.length > 0) {
      changes.tags = Object.fromEntries([...changed, ...gone]);
    }
    return Object.keys(changes).length === 0 ? Promise.resolve() : send('PATCH', ['runs', show.run], changes);
  };
  const [error, submit] = useAct(change, onClose);
  return h(
    Dialog,
    { title: 'Words about this run', onClose },
    h(
      'form',
      { ref: form, class: 'fields', onSubmit: submit },
      h(Complaint, { error }),
      h('label', null, 'Name', h('input', { name: 'name', defaultValue: before.name, placeholder: show.run })),
      h('label', null, 'Tags, one key=value a line', h('textarea', { name: 'tags', rows: 3, spellcheck: false, defaultValue: Object.entries(before.tags).map((pair) => pair.join('=')).join('\n') })),
      h('label', null, 'Note', h('textarea', { name: 'note', rows: 3, defaultValue: before.note })),
      h('label', { class: 'check' }, h('input', { name: 'archived', type: 'checkbox', defaultChecked: before.archived }), 'archived'),
      h('footer', null, h('button', { type: 'button', onClick: onClose }, 'Back'), h('button', { type: 'submit', class: 'primary' }, 'Save')),
    ),
  );
}

function tagsOf(text) {
  const tags = {};
  for (const line of text.split('\n').map((each) => each.trim()).filter((each) => each !== '')) {
    const cut = line.indexOf('=');
    if (cut < 1) {
      throw new Error(`'${line}' is no tag: write one key=value a line.`);
    }
    tags[line.slice(0, cut).trim()] = line.slice(cut + 1).trim();
  }
  return tags;
}
