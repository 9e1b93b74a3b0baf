// What the page says aloud: faults at the top, and what was just done at the bottom.
import { byId, el, show } from './dom.js';
import { reason, t } from './words.js';

let timer;

export function fault(error) {
  const alert = byId('alert');
  alert.textContent = typeof error === 'string' ? error : reason(error);
  show(alert, true);
}

export function clearFault() {
  show(byId('alert'), false);
}

/** Takes away what was said, where it would lie over what is to be clicked next. */
export function hush() {
  show(byId('toast'), false);
}

/** Says what was done; with `undo` there is a button for it. */
export function said(text, undo) {
  const toast = byId('toast');
  toast.replaceChildren(el('span', { text }), undo ? el('button', { type: 'button', text: t('undo'), onclick: () => { show(toast, false); undo(); } }) : '');
  show(toast, true);
  clearTimeout(timer);
  timer = setTimeout(() => show(toast, false), undo ? 10000 : 4000);
}
