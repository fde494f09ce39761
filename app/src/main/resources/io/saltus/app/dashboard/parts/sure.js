// Asks once more before something that cannot be undone.

import { h, Complaint, Dialog, useState } from '../dom.js';

/** What a form does when it is sent: a refusal is kept to be shown, else the form closes. */
export function useAct(act, onClose, then = () => {}) {
  const [error, setError] = useState(null);
  const submit = async (event) => {
    event.preventDefault();
    try {
      await act();
      onClose();
      then();
    } catch (refused) {
      setError(refused);
    }
  };
  return [error, submit];
}

export function Sure({ title, words, verb, act, then, onClose }) {
  const [error, submit] = useAct(act, onClose, then);
  return h(Dialog, { title, onClose }, h('form', { class: 'fields', onSubmit: submit }, h(Complaint, { error }), h('p', null, words), h('footer', null, h('button', { type: 'button', onClick: onClose, autofocus: true }, 'Back'), h('button', { type: 'submit', class: 'danger' }, verb))));
}
