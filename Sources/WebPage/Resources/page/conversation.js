// Step 3, the right side: one chat as bubbles, its flagged lines marked, the reason beside each.
//
// A chat may have hundreds of thousands of messages. Only the pieces around what is seen are fetched and in the page;
// the others are room of the height they had, or are thought to have.
import { byId, el } from './dom.js';
import { get, post } from './server.js';
import { clearFault, fault, hush, said } from './saying.js';
import { category, language, number, t } from './words.js';

const pieceLength = 40;
const fetched = new Map();
const undone = [];
const isEnglish = language === 'en';
let overview;
let page;
let callbacks;
let chat;
let pieces;
let current;
let drawing = false;
let opened = 0;

export function start(shared, given) {
  page = shared;
  callbacks = given;
  const stream = byId('stream');
  stream.addEventListener('scroll', () => { if (!drawing) requestAnimationFrame(() => fill()); }, { passive: true });
  new ResizeObserver(() => fill()).observe(stream);
  byId('next').onclick = () => walk(1);
  byId('previous').onclick = () => walk(-1);
  byId('undo').onclick = undo;
  // Wherever one stands in this step, but not while one types.
  document.addEventListener('keydown', (event) => {
    if (byId('review').hidden || byId('findings').hidden || event.target.closest('input, select, textarea') || event.ctrlKey || event.metaKey || event.altKey) return;
    const act = { j: () => walk(1), k: () => walk(-1), y: () => decideCurrent('keep'), x: () => decideCurrent('dismiss') }[event.key.toLowerCase()];
    if (act) { event.preventDefault(); act(); }
  });
  document.addEventListener('keydown', (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === 'z' && !event.target.closest('input, textarea') && !byId('findings').hidden) { event.preventDefault(); undo(); }
  });
}

/** Takes a new overview; what is in the page is drawn anew, for another tab may have decided on it. */
export function use(given) {
  overview = given;
  if (!current) return;
  current = sameAs(current);
  for (const finding of overview.byChat[chat]) redraw(finding);
}

/** The chats are to be judged anew: what stands in them is no longer what stood there. */
export function forget() {
  current = undefined;
  undone.length = 0;
  pieces = undefined;
  byId('stream').replaceChildren();
}

const sameAs = (finding) => overview.byChat[finding.chat].find(({ index }) => index === finding.index);

/** Opens a chat at a finding, or at its beginning. */
export async function open(index, finding) {
  chat = index;
  opened += 1;
  fetched.clear();
  const info = overview.chats[index];
  byId('chat-title').replaceChildren(el('bdi', { text: info.partner }));
  byId('chat-source').textContent = t('findings.source', { file: info.file, conversation: info.conversation, count: number(info.messages) });
  const count = Math.ceil(info.messages / pieceLength);
  // Browsers draw nothing beyond some millions of pixels.
  const guess = Math.min(84, 12_000_000 / Math.max(1, info.messages));
  pieces = Array.from({ length: count }, (none, at) => ({ height: guess * Math.min(pieceLength, info.messages - at * pieceLength) }));
  byId('stream').replaceChildren(el('div', { class: 'room' }), el('div', { class: 'room' }));
  byId('stream').scrollTop = 0;
  current = finding;
  await goTo(finding ? finding.index : 0, false);
}

/** The piece at a height of the whole. */
function pieceAt(height) {
  let at = 0;
  let above = 0;
  while (at < pieces.length - 1 && above + pieces[at].height <= height) { above += pieces[at].height; at += 1; }
  return { at, above };
}

const heightBefore = (at) => pieces.slice(0, at).reduce((sum, piece) => sum + piece.height, 0);

/** Fetches and draws the pieces around what is seen, and keeps what is seen where it is. */
async function fill(anchor) {
  if (!pieces?.length || byId('findings').hidden) return;
  const stream = byId('stream');
  if (!stream.clientHeight) return;
  const first = Math.max(0, pieceAt(stream.scrollTop - stream.clientHeight).at);
  const last = Math.min(pieces.length - 1, pieceAt(stream.scrollTop + 2 * stream.clientHeight).at);
  const number_ = opened;
  const missing = [];
  for (let at = first; at <= last; at += 1) if (!fetched.has(at)) missing.push(at);
  try {
    await Promise.all(missing.map(fetchPiece));
  } catch (error) {
    fault(error);
    return;
  }
  if (number_ !== opened) return;
  draw(first, last, anchor);
}

async function fetchPiece(at) {
  const asked = chat;
  const { messages } = await get(`messages?chat=${asked}&from=${at * pieceLength}&count=${pieceLength}`);
  if (asked === chat) fetched.set(at, messages);
  // What was seen long ago need not be kept.
  if (fetched.size > 200) for (const key of [...fetched.keys()].slice(0, 100)) if (Math.abs(key - at) > 20) fetched.delete(key);
}

function draw(first, last, anchor) {
  const stream = byId('stream');
  const [above, below] = [stream.firstElementChild, stream.lastElementChild];
  drawing = true;
  const isAtEnd = stream.scrollTop > 0 && stream.scrollTop + stream.clientHeight >= stream.scrollHeight - 2;
  // What stands at the top edge must not move when heights become known.
  const top = stream.getBoundingClientRect().top;
  const seen = anchor === undefined ? [...stream.querySelectorAll('[data-index]')].find((item) => item.getBoundingClientRect().bottom > top) : undefined;
  const held = seen && { index: seen.dataset.index, offset: seen.getBoundingClientRect().top - top };
  const there = new Map([...stream.querySelectorAll('.piece')].map((piece) => [Number(piece.dataset.piece), piece]));
  for (const [at, piece] of there) if (at < first || at > last) piece.remove();
  let before = above;
  for (let at = first; at <= last; at += 1) {
    let piece = there.get(at);
    if (!piece) piece = drawPiece(at);
    if (before.nextElementSibling !== piece) before.after(piece);
    before = piece;
  }
  for (const piece of stream.querySelectorAll('.piece')) pieces[Number(piece.dataset.piece)].height = piece.getBoundingClientRect().height;
  above.style.height = `${heightBefore(first)}px`;
  below.style.height = `${pieces.slice(last + 1).reduce((sum, piece) => sum + piece.height, 0)}px`;
  if (isAtEnd && anchor === undefined) {
    stream.scrollTop = stream.scrollHeight;
  } else if (held) {
    const again = stream.querySelector(`[data-index="${held.index}"]`);
    if (again) stream.scrollTop += again.getBoundingClientRect().top - top - held.offset;
  } else if (anchor !== undefined) {
    const item = stream.querySelector(`[data-index="${anchor}"]`);
    if (item) stream.scrollTop += item.getBoundingClientRect().top - top - stream.clientHeight / 4;
  }
  requestAnimationFrame(() => { drawing = false; });
}

/** Brings a message into view. */
async function goTo(index, takesFocus) {
  const stream = byId('stream');
  const at = Math.floor(index / pieceLength);
  if (pieces.length && !stream.querySelector(`[data-index="${index}"]`)) {
    drawing = true;
    // All is room until the pieces are here, so that there is a place to go to.
    const [above, below] = [stream.firstElementChild, stream.lastElementChild];
    stream.replaceChildren(above, below);
    above.style.height = `${heightBefore(at)}px`;
    below.style.height = `${heightBefore(pieces.length) - heightBefore(at)}px`;
    stream.scrollTop = heightBefore(at) + (pieces[at]?.height ?? 0) * ((index % pieceLength) / pieceLength);
  }
  await fill(index);
  await fill(index);
  markCurrent(takesFocus);
  drawPlace();
}

function markCurrent(takesFocus) {
  const stream = byId('stream');
  stream.querySelector('.current')?.classList.remove('current');
  const item = current && current.chat === chat ? stream.querySelector(`[data-index="${current.index}"]`) : undefined;
  item?.classList.add('current');
  if (takesFocus) item?.focus({ preventScroll: true });
}

/** Which of the chat's findings is looked at. */
export function drawPlace() {
  const findings = callbacks.chosen();
  const at = findings.indexOf(current);
  byId('walk-place').textContent = findings.length ? `${at < 0 ? '–' : at + 1} / ${findings.length}` : '0';
  byId('previous').disabled = !callbacks.step(current, -1);
  byId('next').disabled = !callbacks.step(current, 1);
  byId('undo').disabled = undone.length === 0;
}

async function walk(direction) {
  const next = callbacks.step(current, direction);
  if (!next) return;
  current = next;
  if (next.chat !== chat) { callbacks.moveTo(next); return; }
  await goTo(next.index, true);
}

// Messages

function drawPiece(at) {
  const messages = fetched.get(at) ?? [];
  let day = at > 0 ? fetched.get(at - 1)?.at(-1)?.day : undefined;
  const items = [];
  for (const [place, message] of messages.entries()) {
    if (message.day && message.day !== day) items.push(el('p', { class: 'day', text: message.day }));
    day = message.day ?? day;
    items.push(drawMessage(message, at * pieceLength + place));
  }
  return el('div', { class: 'piece', 'data-piece': at }, items);
}

function drawMessage(message, index) {
  const { finding } = message;
  const known = finding && overview.byChat[chat].find((other) => other.index === index);
  const classes = ['message', message.role];
  if (finding?.listed) classes.push('found');
  if (finding?.own) classes.push('own');
  if (known?.decision === 'dismiss') classes.push('dismissed');
  const who = message.sender ?? t(`role.${message.role}`);
  const item = el('article', {
    class: classes.join(' '), 'data-index': index, tabindex: '-1', 'aria-posinset': index + 1, 'aria-setsize': overview.chats[chat].messages,
    'aria-label': t('message.label', { who, time: message.time ?? '' }),
  },
    el('div', { class: 'said' },
      el('p', { class: 'meta' }, el('bdi', { text: who }), ` · ${message.role === 'system' ? '' : `${t(`role.${message.role}`)} · `}${clock(message)}`, el('span', { text: ` · ${t('message.line', { line: message.line })}` })),
      el('div', { class: 'bubble', dir: 'auto' }, words(message.text, finding?.listed ? finding.cues : []))));
  if (finding) item.append(drawReason(finding, known, item));
  if (known && known === current) item.classList.add('current');
  return item;
}

/** The time of day: the day stands above. */
const clock = ({ day, time }) => (day && time?.startsWith(day) ? time.slice(day.length + 1) : time ?? '');

// As in the reports: what has no shape, or turns the direction of writing, is named.
const hidden = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u00AD\u061C\u115F\u1160\u180E\u200B\u200C\u200E\u200F\u2028\u2029\u202A-\u202E\u2060-\u206F\u3164\uFEFF\uFFA0\uFFF9-\uFFFB\u{E0001}\u{E0020}-\u{E007F}]/gu;
const nameOf = (character) => `⟦U+${character.codePointAt(0).toString(16).toUpperCase().padStart(4, '0')}⟧`;

export const reveal = (text) => text.replace(hidden, nameOf);

function visible(text) {
  const parts = [];
  let end = 0;
  for (const match of text.matchAll(hidden)) {
    parts.push(text.slice(end, match.index), el('span', { class: 'hidden-mark', text: nameOf(match[0]) }));
    end = match.index + match[0].length;
  }
  parts.push(text.slice(end));
  return parts;
}

/** The words of a message with the parts marked that cues point at; their places count code points. */
function words(text, cues) {
  if (!cues.length) return visible(text);
  const points = Array.from(text);
  // What overlaps or touches is one mark.
  const marks = [];
  for (const { start, end } of [...cues].sort((a, b) => a.start - b.start)) {
    const last = marks.at(-1);
    if (last && start <= last.end) last.end = Math.max(last.end, end);
    else marks.push({ start, end });
  }
  const parts = [];
  let end = 0;
  for (const { start, end: stop } of marks) {
    parts.push(...visible(points.slice(end, start).join('')), el('mark', {}, visible(points.slice(start, stop).join(''))));
    end = stop;
  }
  parts.push(...visible(points.slice(end).join('')));
  return parts;
}

// Reasons and decisions

function drawReason(finding, known, item) {
  const isDismissed = known?.decision === 'dismiss';
  const box = el('div', { class: `reason ${finding.listed ? '' : 'element'} ${finding.own ? 'own' : ''} ${isDismissed ? 'dismissed' : ''}` });
  if (!finding.listed) {
    box.append(el('p', { class: 'what' }, finding.elements.map((element) => el('span', { class: 'tag', text: t(`element.${element}`) })), el('span', { text: t('reason.element') })));
    return box;
  }
  const kinds = new Map();
  for (const cue of finding.cues) {
    const shown = cue.reading ? t('reason.reading', { text: reveal(cue.text), reading: cue.reading }) : t('reason.quote', { text: reveal(cue.text) });
    if (!kinds.has(cue.kind)) kinds.set(cue.kind, new Set());
    kinds.get(cue.kind).add(shown);
  }
  box.append(
    el('p', { class: 'what' },
      finding.labels.map((label) => el('b', { text: t(`label.${label}`) })),
      el('span', { text: category(finding.category) }),
      el('span', { class: `tag ${finding.own ? '' : finding.level ?? ''}`, text: finding.own ? t('own') : t(`level.${finding.level}`) })),
    el('ul', { class: 'cues' }, [...kinds].map(([kind, texts]) => el('li', { text: `${t(`cue.${kind}`)}${t('colon')}${[...texts].slice(0, 4).join(t('comma'))}` }))),
    el('details', {}, el('summary', { text: t('reason.why') }),
      finding.rules.map((rule) => el('p', { text: `${(isEnglish && rule.englishName) || rule.name}${t('colon')}${(isEnglish && rule.englishWhy) || rule.why}` })),
      finding.own ? '' : el('p', { text: `${t(`level.${finding.level}`)}${t('colon')}${t(`level.${finding.level}.why`)}` }),
      finding.lookalikes.length ? el('p', { text: t('reason.lookalikes', { names: finding.lookalikes.map(category).join(t('comma')) }) }) : '',
      finding.places.map((place) => el('p', { text: t('reason.alsoIn', { file: place.file, line: place.line }) })),
      el('p', {}, t('reason.id'), el('code', { text: finding.evidence }))));
  if (known) box.append(drawDecision(known, item));
  return box;
}

function drawDecision(known, item) {
  const area = el('div', { class: 'decide' });
  if (known.pending) area.append(el('span', { class: 'failed', text: t('decide.failed') }), el('button', { type: 'button', class: 'small', text: t('decide.again'), onclick: () => decide(known, known.pending.decision, known.pending.reason) }));
  if (known.decision) {
    area.append(el('span', { class: `tag ${known.decision === 'keep' ? 'kept' : ''}`, text: t(`decide.${known.decision}ed`) }));
    if (known.reason) area.append(el('span', { text: known.reason }));
    area.append(el('button', { type: 'button', class: 'small plain', text: t('decide.back'), onclick: () => decide(known, null, null) }));
  } else {
    area.append(
      el('button', { type: 'button', class: 'small', text: t('decide.keep'), onclick: () => decide(known, 'keep', null) }),
      el('button', { type: 'button', class: 'small', text: t('decide.dismiss'), onclick: () => askReason(known, area) }));
  }
  return area;
}

function askReason(known, area) {
  const list = el('datalist', { id: 'reasons' }, ['reason.joke', 'reason.service', 'reason.lawful', 'reason.wrong'].map((key) => el('option', { value: t(key) })));
  const field = el('input', { type: 'text', list: 'reasons', maxlength: '200', autocomplete: 'off' });
  const form = el('form', { onsubmit: (event) => { event.preventDefault(); decide(known, 'dismiss', field.value.trim() || null); } },
    el('label', {}, el('span', { text: t('decide.reason') }), field), list,
    el('div', { class: 'decide' }, el('button', { class: 'small main', text: t('decide.sure') }), el('button', { type: 'button', class: 'small plain', text: t('cancel'), onclick: () => redraw(known) })));
  hush();
  area.replaceWith(form);
  field.focus();
}

function decideCurrent(word) {
  if (!current || current.chat !== chat) return;
  if (word === 'keep') { decide(current, 'keep', null); return; }
  const area = byId('stream').querySelector(`[data-index="${current.index}"] .reason > .decide`);
  if (area) askReason(current, area);
}

/** Saves a decision; it shows as decided once the program has it on the disk. */
async function decide(known, decision, why, isUndo = false) {
  const before = { decision: known.decision, reason: known.reason };
  try {
    page.update(await post('decide', { content: known.content, decision, reason: why }), true);
    clearFault();
    // One message may stand in several chats.
    for (const finding of overview.findings) if (finding.content === known.content) { finding.decision = decision; finding.reason = why; delete finding.pending; }
    if (!isUndo) {
      undone.push({ chat: known.chat, index: known.index, ...before });
      said(t(decision ? `decide.${decision}Said` : 'decide.backSaid'), undo);
    }
  } catch (error) {
    known.pending = { decision, reason: why };
    fault(error);
  }
  redraw(known);
  callbacks.onDecision();
  drawPlace();
}

async function undo() {
  const last = undone.pop();
  if (!last) return;
  const known = sameAs(last);
  if (!known) return;
  await decide(known, last.decision ?? null, last.reason ?? null, true);
  if (known.chat === chat) { current = known; await goTo(known.index, true); }
  said(t('undone'));
}

/** Draws a finding's message anew. */
function redraw(known) {
  if (known.chat !== chat) return;
  const stream = byId('stream');
  const old = stream.querySelector(`[data-index="${known.index}"]`);
  const message = fetched.get(Math.floor(known.index / pieceLength))?.[known.index % pieceLength];
  if (!old || !message) return;
  const hadFocus = old.contains(document.activeElement);
  const fresh = drawMessage(message, known.index);
  old.replaceWith(fresh);
  if (hadFocus) fresh.focus({ preventScroll: true });
  fill();
}
