// Step 4: what only the seller knows, saved field by field, and what is still missing.
import { byId, el } from './dom.js';
import { get, post } from './server.js';
import { clearFault } from './saying.js';
import { language, number, reason, t } from './words.js';

const platforms = ['taobao', 'tmall', 'pinduoduo', 'douyin', 'wechat-shop', 'other'];
const fields = [
  { name: 'orders' }, { name: 'price', kind: 'money' }, { name: 'proof_number' }, { name: 'review_time', kind: 'moment' },
  { name: 'both_rated', kind: 'choice' }, { name: 'ordered', kind: 'day' }, { name: 'shipped', kind: 'moment' },
  { name: 'received', kind: 'day' }, { name: 'paid', kind: 'money' }, { name: 'review', kind: 'text' },
];
let page;

export function start(shared) {
  page = shared;
}

export async function load() {
  const data = await get('case');
  byId('case-common').replaceChildren(
    field({ name: 'platform', kind: 'platform' }, data.platform), field({ name: 'shop' }, data.shop));
  const known = new Map(data.cases.map((entry) => [entry.buyer, entry]));
  const seen = new Set();
  const others = data.incidents.filter(({ buyer }) => buyer && !seen.has(buyer) && seen.add(buyer));
  byId('case-list-title').textContent = others.length ? t('case.incidents', { count: number(others.length) }) : t('case.noIncidents');
  byId('case-list').replaceChildren(...others.map((incident, place) => {
    const entry = known.get(incident.buyer) ?? {};
    const card = el('details', { class: 'incident', open: place < 3 }, el('summary', {}, t('case.buyer'), el('bdi', { text: incident.buyer })),
      el('div', { class: 'fields' }, fields.map((one) => field(one, entry[one.name], incident.buyer))),
      el('div', { class: 'missing' }, missing(incident)));
    card.dataset.buyer = incident.buyer;
    return card;
  }));
}

function missing(incident) {
  return [
    el('h4', { text: t('case.missing', { count: number(incident.missing.length) }) }),
    incident.deadline ? el('p', {}, el('b', { text: t('case.deadline', { day: incident.deadline }) })) : '',
    el('ul', {}, incident.missing.map(({ kind, text }) => el('li', { text: language === 'en' ? t(`missing.${kind}`) : text }))),
  ];
}

/** A field that is saved when it is left. */
function field({ name, kind }, value, buyer) {
  const state = el('span', { class: 'tag' });
  const wrong = el('span', { class: 'wrong', role: 'status' });
  const label = el('span', {}, t(`case.${name}`), state);
  const help = t(`case.${name}.help`) === `case.${name}.help` ? '' : el('span', { class: 'help', text: t(`case.${name}.help`) });
  const mark = (isFilled, isSaved) => { state.textContent = isSaved ? t('case.saved') : isFilled ? '' : t('case.open'); state.className = isSaved ? 'tag kept' : isFilled ? '' : 'tag'; };
  let inputs;
  if (kind === 'platform' || kind === 'choice') {
    const options = kind === 'platform' ? platforms.map((id) => [id, t(`platform.${id}`)]) : ['yes', 'no'].map((word) => [word, t(`case.${word}`)]);
    inputs = [el('select', {}, el('option', { value: '', text: t('case.choose') }), options.map(([id, text]) => el('option', { value: id, text })))];
  } else if (kind === 'moment' || kind === 'day') {
    inputs = [el('input', { type: 'date' })];
    if (kind === 'moment') inputs.push(el('input', { type: 'time', 'aria-label': `${t(`case.${name}`)} ${t('case.clock')}` }));
  } else if (kind === 'text') {
    inputs = [el('textarea', { rows: '2', maxlength: '2000' })];
  } else {
    inputs = [el('input', { type: 'text', inputmode: kind === 'money' ? 'decimal' : undefined, autocomplete: 'off', maxlength: '300' })];
  }
  const parts = (value ?? '').split(kind === 'moment' ? ' ' : '\0');
  inputs.forEach((input, place) => { input.value = parts[place] ?? ''; });
  const read = () => (inputs[0].value ? inputs.map((input) => input.value).filter(Boolean).join(' ') : '');
  mark(Boolean(value), false);
  const save = async () => {
    try {
      page.update(await post('case', { field: name, value: read(), buyer }), true);
      wrong.textContent = '';
      clearFault();
      mark(Boolean(read()), true);
      byId('case-saved').textContent = t('case.savedAll');
      await refresh();
    } catch (error) {
      wrong.textContent = error.code === 'bad-value' ? t('case.wrong') : reason(error);
    }
  };
  for (const input of inputs) input.addEventListener('change', save);
  // A group of two inputs has its name once and each its own.
  const body = inputs.length > 1 ? el('div', { class: 'pair' }, inputs) : inputs[0];
  return el('label', { class: kind === 'text' ? 'field wide' : 'field' }, label, body, help, wrong);
}

/** Shows anew what is missing, without touching the fields. */
async function refresh() {
  const data = await get('case');
  for (const card of byId('case-list').children) {
    const incident = data.incidents.find(({ buyer }) => buyer === card.dataset.buyer);
    if (incident) card.querySelector('.missing').replaceChildren(...missing(incident).filter(Boolean));
  }
}
