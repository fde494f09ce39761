// The page begins here: the token out of the address, the stream, and whichever page the address names.

import { h, cls, Complaint, Data, Dialog, Fragment, render, useChanges, useEffect, useRef, useState } from './dom.js';
import { dropToken, forgotten, giveToken, hasToken, takeToken } from './api.js';
import { hub } from './hub.js';
import { link, router } from './router.js';
import { notices, server } from './store.js';
import { theme } from './palette.js';
import { ComparePage } from './pages/compare.js';
import { DevicesPage } from './pages/devices.js';
import { RunPage } from './pages/run.js';
import { RunsPage } from './pages/runs.js';
import { StudiesPage, StudyPage } from './pages/study.js';

const PAGES = [
  ['runs', 'Runs', ['runs', 'run']],
  ['compare', 'Compare', ['compare']],
  ['studies', 'Studies', ['studies', 'study']],
  ['devices', 'Devices', ['devices']],
];
const STATES = {
  connecting: ['◌', 'connecting'],
  open: ['●', 'live'],
  lost: ['○', 'no connection, trying again'],
  refused: ['✕', 'not allowed'],
};

function App() {
  useChanges(router, server);
  const [first, second] = router.view.path;
  const main = useRef(null);
  const page = router.view.path.join('/');
  const [begun, begin] = useState(false);
  useEffect(() => {
    document.title = second ? second + ' · Saltus' : (PAGES.find(([key]) => key === first)?.[1] ?? 'Runs') + ' · Saltus';
    if (begun) {
      // A new page is read from its beginning, by whoever sees and whoever listens.
      scrollTo(0, 0);
      document.getElementById('main')?.focus?.();
    }
    begin(true);
  }, [page]);
  const locked = server.error?.status === 401 || server.error?.status === 403;
  return h(
    Fragment,
    null,
    h(Bar, { first }),
    h('div', { ref: main, key: page }, locked ? h(Locked, { error: server.error }) : h(Page, { first, second })),
    h(Notices),
  );
}

function skip(event) {
  event.preventDefault();
  const content = document.getElementById('main');
  content.tabIndex = -1;
  content.focus();
}

function Page({ first, second }) {
  switch (first) {
    case 'runs':
      return h(RunsPage);
    case 'run':
      return second ? h(RunPage, { run: second }) : h(RunsPage);
    case 'compare':
      return h(ComparePage);
    case 'studies':
      return h(StudiesPage);
    case 'study':
      return second ? h(StudyPage, { study: second }) : h(StudiesPage);
    case 'devices':
      return h(DevicesPage);
    default:
      return h('main', { class: 'page', id: 'main' }, h('h1', null, 'There is no such page'), h('p', null, 'This address has none: ', h(Data, null, first), '. ', h('a', { href: link(['runs']) }, 'All runs')));
  }
}

function Bar({ first }) {
  useChanges(hub, server, theme);
  const [asking, ask] = useState(false);
  const [glyph, words] = STATES[hub.state] ?? STATES.lost;
  return h(
    'header',
    { class: 'bar' },
    h('a', { class: 'skip', href: link(router.view.path), onClick: skip }, 'Skip to the content'),
    h('a', { class: 'brand', href: link(['runs']), 'aria-label': 'Saltus' }, h('svg', { viewBox: '0 0 26 16', 'aria-hidden': true }, h('path', { d: 'M1 13h9c4 0 2-10 6-10h9' })), h('span', null, 'Saltus')),
    h(
      'nav',
      { 'aria-label': 'Pages' },
      PAGES.map(([key, name, own]) => h('a', { key, href: link([key]), 'aria-current': own.includes(first) ? 'page' : undefined }, name)),
    ),
    h('span', { class: 'grow' }),
    h('span', { class: cls('live', 'live-' + hub.state), role: 'status' }, h('span', { 'aria-hidden': true }, glyph), h('span', { class: 'live-word' }, ' ' + words)),
    server.facts && !server.writable && h('button', { type: 'button', class: 'quiet', onClick: () => ask(true) }, 'Read only'),
    h(
      'label',
      { class: 'theme' },
      h('span', { class: 'unseen' }, 'Colours'),
      h('select', { value: theme.choice, onChange: (event) => theme.choose(event.currentTarget.value) }, [['auto', 'Auto'], ['light', 'Light'], ['dark', 'Dark']].map(([key, name]) => h('option', { key, value: key }, name))),
    ),
    asking && h(TokenDialog, { onClose: () => ask(false) }),
  );
}

function TokenFields({ done }) {
  const field = useRef(null);
  const submit = (event) => {
    event.preventDefault();
    giveToken(field.current.value);
    done();
    // Everything is read anew, with the token.
    location.reload();
  };
  return h(
    'form',
    { class: 'fields', onSubmit: submit },
    h('p', null, 'Changes need a token. The address that saltus serve prints when it starts has it; with --token-file it is one that saltus token new made.'),
    h('label', null, 'Token', h('input', { ref: field, type: 'password', required: true, autocomplete: 'off', spellcheck: false })),
    h('footer', null, hasToken() && h('button', { type: 'button', onClick: () => { dropToken(); location.reload(); } }, 'Forget the token'), h('button', { type: 'submit', class: 'primary' }, 'Use it')),
  );
}

function TokenDialog({ onClose }) {
  return h(Dialog, { title: 'Token', onClose }, h(TokenFields, { done: onClose }));
}

function Locked({ error }) {
  return h('main', { class: 'page', id: 'main' }, h('h1', null, 'A token is needed'), h(Complaint, { error }), h(TokenFields, { done: () => {} }));
}

function Notices() {
  useChanges(notices);
  return h(
    'div',
    { class: 'notices', role: 'status' },
    notices.all.map((notice) => h('p', { key: notice.id, class: notice.kind }, h(Data, null, notice.text), h('button', { type: 'button', class: 'quiet', 'aria-label': 'Close', onClick: () => notices.drop(notice) }, '✕'))),
  );
}

async function begin() {
  takeToken();
  router.read();
  forgotten.told = () => {
    notices.say('The server knows this token no more, so nothing can be changed. The address that it printed when it started has a new one.', 'bad');
    server.changed();
  };
  // A link with a token may also come into a page that is open.
  addEventListener('hashchange', () => {
    if (location.hash.startsWith('#token=')) {
      takeToken();
      location.reload();
    }
  });
  // What is read after this answer holds at least what is up to its offset; from there the stream goes on.
  hub.start(await server.ask());
  render(h(App), document.getElementById('app'));
  let state = hub.state;
  hub.listen(() => {
    if (hub.state === 'open' && state !== 'open') {
      greet();
    }
    state = hub.state;
  });
}

/** A server that began anew may tell no event of what its end changed: everything is read again. */
async function greet() {
  const before = server.facts?.started;
  await server.ask();
  if (before !== undefined && server.facts?.started !== before) {
    hub.again();
  }
}

begin();
