// Step 2: which of the names is the seller.
import { byId, el, show } from './dom.js';
import { get } from './server.js';
import { number, t } from './words.js';

const shownAtMost = 500;
let page;
let names;
let chosen = new Set();

export function start(shared) {
  page = shared;
  byId('me-search').oninput = draw;
  byId('me-form').onsubmit = (event) => {
    event.preventDefault();
    page.judge([...chosen]);
  };
}

/** Fetches who speaks in what was read. */
export async function load(state) {
  names = await get('names');
  const known = new Set(names.speakers.map(({ key }) => key));
  const earlier = state.own.filter((key) => known.has(key));
  chosen = new Set(state.confirmed && earlier.length ? earlier : names.speakers.filter(({ guess }) => guess).map(({ key }) => key));
  const owner = byId('me-owner');
  show(owner, names.unnamedOwnerChats > 0);
  owner.textContent = t('me.owner', { count: number(names.unnamedOwnerChats) });
  byId('me-search').value = '';
  draw();
}

export function forget() {
  names = undefined;
}

export const isLoaded = () => names !== undefined;

function draw() {
  const wanted = byId('me-search').value.trim().toLowerCase();
  const found = names.speakers.filter(({ name, account }) => `${name ?? ''} ${account ?? ''}`.toLowerCase().includes(wanted));
  byId('names').replaceChildren(...found.slice(0, shownAtMost).map((speaker) => {
    const box = el('input', { type: 'checkbox', value: speaker.key });
    box.checked = chosen.has(speaker.key);
    box.onchange = () => { if (box.checked) chosen.add(speaker.key); else chosen.delete(speaker.key); count(); };
    return el('li', {}, el('label', {}, box,
      el('span', { class: 'who' }, el('bdi', { text: speaker.name ?? speaker.account }), ' ',
        speaker.name && speaker.account && speaker.name !== speaker.account ? el('small', { text: speaker.account }) : ''),
      speaker.guess ? el('span', { class: 'tag guess', text: t('me.guess') }) : '',
      el('small', { text: t('me.counts', { messages: number(speaker.messages), chats: number(speaker.chats) }) })));
  }));
  const more = byId('me-more');
  show(more, found.length > shownAtMost || found.length === 0);
  more.textContent = found.length ? t('me.more', { count: number(found.length - shownAtMost) }) : t('me.nobody');
  count();
}

function count() {
  byId('me-chosen').textContent = chosen.size ? t('me.chosen', { count: number(chosen.size) }) : t(names.unnamedOwnerChats ? 'me.noneButOwner' : 'me.none');
}
