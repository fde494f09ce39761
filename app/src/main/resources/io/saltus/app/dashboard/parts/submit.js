// Forms that ask for a new run: of a shipped spec, or from a step of another run.

import { h, Complaint, Data, Dialog, useEffect, useRef, useState } from '../dom.js';
import { get, send } from '../api.js';
import { link, router } from '../router.js';
import { notices } from '../store.js';
import { whole } from '../format.js';

/** Lines `path=value` as the object that the API takes; numbers, truths and null as such, the rest as text. */
export function assignments(text) {
  const set = {};
  for (const line of text.split('\n').map((each) => each.trim())) {
    if (line === '') {
      continue;
    }
    const cut = line.indexOf('=');
    if (cut < 1) {
      throw new Error(`'${line}' is no assignment: write one path=value a line.`);
    }
    set[line.slice(0, cut).trim()] = plain(line.slice(cut + 1).trim());
  }
  return set;
}

function plain(text) {
  if (text === 'true' || text === 'false') {
    return text === 'true';
  }
  if (text === 'null') {
    return null;
  }
  return text !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
}

function given(text) {
  return text === '' ? undefined : Number(text);
}

export function SubmitDialog({ onClose }) {
  const [specs, setSpecs] = useState(null);
  const [error, setError] = useState(null);
  const form = useRef(null);
  const [chosen, choose] = useState('');
  useEffect(() => {
    get(['specs']).then(
      (answer) => {
        setSpecs(answer.specs);
        choose(answer.specs.find((each) => each.spec === 'grokking')?.spec ?? answer.specs[0]?.spec ?? '');
      },
      setError,
    );
  }, []);
  const spec = specs?.find((each) => each.spec === chosen);
  const submit = async (event) => {
    event.preventDefault();
    const field = (name) => form.current.elements[name]?.value.trim() ?? '';
    try {
      const body = { spec: chosen, set: assignments(field('set')), name: field('name') || undefined };
      const made = spec?.study
        ? await send('POST', ['studies'], { ...body, parallel: given(field('parallel')) })
        : await send('POST', ['runs'], { ...body, seed: given(field('seed')), note: field('note') || undefined });
      onClose();
      notices.say(spec?.study ? 'The study is submitted.' : 'The run is submitted.');
      router.go(spec?.study ? link(['study', made.study]) : link(['run', made.run]));
    } catch (refused) {
      setError(refused);
    }
  };
  return h(
    Dialog,
    { title: 'New run', onClose },
    h(
      'form',
      { ref: form, class: 'fields', onSubmit: submit },
      h(Complaint, { error }),
      h(
        'label',
        null,
        'Spec',
        h('select', { name: 'spec', value: chosen, onChange: (event) => choose(event.currentTarget.value) }, specs?.map((each) => h('option', { key: each.spec, value: each.spec }, each.spec + (each.study ? ' (study)' : '')))),
      ),
      spec && h('p', { class: 'soft' }, h(Data, null, spec.title)),
      h('label', null, 'Changes, one path=value a line', h('textarea', { name: 'set', rows: 3, spellcheck: false, placeholder: 'steps=4000\noptimizer.weight-decay=0.5' })),
      h('div', { class: 'pair' }, spec?.study ? h('label', null, 'At once', h('input', { name: 'parallel', type: 'number', min: 1 })) : h('label', null, 'Seed', h('input', { name: 'seed', type: 'number', min: 0 })), h('label', null, 'Id', h('input', { name: 'name', pattern: '[a-z0-9][a-z0-9._\\-]{0,62}', spellcheck: false, placeholder: 'chosen for you' }))),
      !spec?.study && h('label', null, 'Note', h('input', { name: 'note' })),
      h('footer', null, h('button', { type: 'button', onClick: onClose }, 'Back'), h('button', { type: 'submit', class: 'primary', disabled: chosen === '' }, 'Submit')),
    ),
  );
}

export function ForkDialog({ run, step, steps, onClose }) {
  const [error, setError] = useState(null);
  const [busy, setBusy] = useState(false);
  const form = useRef(null);
  const submit = async (event) => {
    event.preventDefault();
    const field = (name) => form.current.elements[name].value.trim();
    setBusy(true);
    try {
      const made = await send('POST', ['runs', run, 'fork'], {
        step: Number(field('step')),
        set: assignments(field('set')),
        seed: given(field('seed')),
        steps: given(field('steps')),
        name: field('name') || undefined,
      });
      onClose();
      notices.say('The fork is submitted.');
      router.go(link(['run', made.run]));
    } catch (refused) {
      setError(refused);
      setBusy(false);
    }
  };
  return h(
    Dialog,
    { title: 'Fork at step ' + whole(step), onClose },
    h(
      'form',
      { ref: form, class: 'fields', onSubmit: submit },
      h(Complaint, { error }),
      h('p', { class: 'soft' }, 'A new run with the state of ', h('b', null, h(Data, null, run)), ' after this step: the same past, another future.'),
      h('div', { class: 'pair' }, h('label', null, 'Step', h('input', { name: 'step', type: 'number', min: 0, defaultValue: step, required: true })), h('label', null, 'Last step', h('input', { name: 'steps', type: 'number', min: 1, placeholder: String(steps ?? '') }))),
      h('label', null, 'Changes, one path=value a line', h('textarea', { name: 'set', rows: 3, spellcheck: false, placeholder: 'optimizer.weight-decay=0' })),
      h('div', { class: 'pair' }, h('label', null, 'Seed of order and dropout', h('input', { name: 'seed', type: 'number', min: 0 })), h('label', null, 'Id', h('input', { name: 'name', spellcheck: false, placeholder: 'chosen for you' }))),
      h('footer', null, h('button', { type: 'button', onClick: onClose }, 'Back'), h('button', { type: 'submit', class: 'primary', disabled: busy }, 'Fork')),
    ),
  );
}
