// Step 3, the left side: the chats by gravity, filtered.
import { byId, el, show, walkable } from './dom.js';
import { get } from './server.js';
import * as conversation from './conversation.js';
import { category, number, t } from './words.js';

const shownAtMost = 300;
const levels = ['submit', 'needs-proof', 'notice'];
let overview;
let shownChats = [];
let shownCount = shownAtMost;
let current;
let list;

export function start(page) {
  list = walkable(byId('chats'), 'button');
  const form = byId('filter-form');
  form.addEventListener('input', filter);
  form.addEventListener('reset', () => setTimeout(filter));
  form.addEventListener('submit', (event) => event.preventDefault());
  byId('chats-more').onclick = () => { shownCount += shownAtMost; drawChats(); };
  byId('back').onclick = () => { byId('review').classList.remove('open'); byId('chats').querySelector('[aria-current]')?.focus(); };
  // Where there is little room, the filters would hide the chats.
  if (window.matchMedia('(max-width: 68rem)').matches) byId('filters').open = false;
  conversation.start(page, { onDecision: drawChats, step, chosen: () => shownFindings(current), moveTo: openFinding });
}

/** Fetches all chats and findings and shows the gravest. */
export async function load(keepsPlace = false) {
  overview = await get('findings');
  overview.byChat = overview.chats.map(() => []);
  for (const finding of overview.findings) overview.byChat[finding.chat].push(finding);
  conversation.use(overview);
  if (keepsPlace) { filter(); return; }
  const choices = (select, all, options) => byId(select).replaceChildren(el('option', { value: '', text: t(all) }), ...options.map(([value, text]) => el('option', { value, text })));
  const choice = (name, test) => t('filter.choice', { name, count: number(overview.findings.filter(test).length) });
  choices('filter-category', 'filter.anyCategory', overview.categories.map((id) => [id, choice(category(id), (f) => f.category === id)]));
  choices('filter-level', 'filter.anyLevel', levels.map((level) => [level, choice(t(`level.${level}`), (f) => f.level === level)]));
  choices('filter-decision', 'filter.anyDecision', ['open', 'keep', 'dismiss', 'own'].map((word) => [word, t(`filter.${word}`)]));
  byId('filter-form').reset();
  current = undefined;
  filter();
  if (shownChats.length && !window.matchMedia('(max-width: 48rem)').matches) open(shownChats[0]);
}

export function forget() {
  overview = undefined;
  conversation.forget();
}

export const isLoaded = () => overview !== undefined;
export const counts = () => ({
  found: overview.findings.filter((finding) => !finding.own).length,
  open: overview.findings.filter((finding) => !finding.own && !finding.decision).length,
});

function passes(finding) {
  const value = (id) => byId(id).value;
  if (value('filter-category') && finding.category !== value('filter-category')) return false;
  if (value('filter-level') && finding.level !== value('filter-level')) return false;
  const decision = value('filter-decision');
  if (decision === 'own' && !finding.own) return false;
  if (decision === 'open' && (finding.decision || finding.own)) return false;
  if ((decision === 'keep' || decision === 'dismiss') && finding.decision !== decision) return false;
  if (value('filter-from') && finding.day && finding.day < value('filter-from')) return false;
  if (value('filter-to') && finding.day && finding.day > value('filter-to')) return false;
  return true;
}

/** The findings of a chat that the filters let through. */
const shownFindings = (chat) => (chat === undefined ? [] : overview.byChat[chat].filter(passes));

function filter() {
  const person = byId('filter-person').value.trim().toLowerCase();
  const all = byId('filter-all').checked;
  const narrowed = ['category', 'level', 'decision', 'from', 'to'].filter((name) => byId(`filter-${name}`).value).length;
  byId('filter-count').textContent = narrowed + (person ? 1 : 0) ? t('filter.active', { count: narrowed + (person ? 1 : 0) }) : '';
  shownChats = overview.chats.map((chat, index) => index).filter((index) => {
    const chat = overview.chats[index];
    if (person && !`${chat.partner} ${chat.conversation}`.toLowerCase().includes(person)) return false;
    return shownFindings(index).length > 0 || (all && !narrowed);
  });
  shownCount = shownAtMost;
  drawChats();
  conversation.drawPlace();
}

function gravest(findings) {
  const rank = (finding) => (finding.own ? 10 : 0) - (finding.labels.length ? 5 - ['extortion', 'cashback', 'ad'].indexOf(finding.labels[0]) : 0) + levels.indexOf(finding.level) / 10;
  return findings.reduce((best, finding) => (best === undefined || rank(finding) < rank(best) ? finding : best), undefined);
}

function drawChats() {
  const findings = shownChats.reduce((sum, chat) => sum + shownFindings(chat).length, 0);
  byId('chats-title').textContent = t('findings.count', { chats: number(shownChats.length), findings: number(findings) });
  const focused = document.activeElement?.closest?.('#chats button')?.dataset.chat;
  byId('chats').replaceChildren(...shownChats.slice(0, shownCount).map((index) => {
    const chat = overview.chats[index];
    const found = shownFindings(index);
    const worst = gravest(found);
    const open = found.filter((finding) => !finding.decision).length;
    const dates = chat.from === chat.to ? chat.from ?? '' : `${chat.from ?? '?'} – ${chat.to ?? '?'}`;
    return el('li', {}, el('button', {
      type: 'button', class: worst && !worst.own ? worst.level : '', 'data-chat': index, 'aria-current': index === current ? 'true' : undefined, onclick: () => open_(index),
    },
      el('span', { class: 'head' }, el('b', {}, el('bdi', { text: chat.partner })), worst ? el('span', { class: `tag ${worst.own ? '' : worst.level}`, text: worst.own ? t('own') : t(`level.${worst.level}`) }) : ''),
      worst ? el('span', { class: 'excerpt' }, el('bdi', { text: conversation.reveal(worst.excerpt) })) : '',
      el('span', { class: 'foot', text: [worst ? category(worst.category) : '', worst ? t('findings.open', { open: number(open), count: number(found.length) }) : t('findings.messages', { count: number(chat.messages) }), dates].filter(Boolean).join(' · ') })));
  }));
  show(byId('chats-more'), shownChats.length > shownCount);
  if (!shownChats.length) byId('chats').replaceChildren(el('li', { class: 'empty', text: t(overview.findings.length ? 'findings.noneFiltered' : 'findings.none') }));
  list.settle();
  if (focused !== undefined) byId('chats').querySelector(`[data-chat="${focused}"]`)?.focus();
}

const open_ = (chat) => open(chat);

function open(chat, finding) {
  current = chat;
  byId('review').classList.add('open');
  for (const button of byId('chats').querySelectorAll('button')) {
    if (Number(button.dataset.chat) === chat) button.setAttribute('aria-current', 'true'); else button.removeAttribute('aria-current');
  }
  conversation.open(chat, finding ?? shownFindings(chat)[0]);
}

function openFinding(finding) {
  if (finding.chat !== current) open(finding.chat, finding);
}

/** The next or previous finding that the filters let through, across chats; `undefined` at the end. */
function step(from, direction) {
  const all = shownChats.flatMap(shownFindings);
  const at = all.indexOf(from);
  return all[at < 0 ? (direction > 0 ? 0 : all.length - 1) : at + direction];
}
