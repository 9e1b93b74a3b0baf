// Step 5: the report as it will be, and the archive to upload.
import { byId, el } from './dom.js';
import { get } from './server.js';
import { fault } from './saying.js';
import { number, size, t } from './words.js';

let page;

export function start(shared) {
  page = shared;
  byId('download').onclick = download;
}

export async function load(counts) {
  const data = await get('case');
  const facts = [[t('report.found', { found: number(data.found), incidents: number(data.events) }), '']];
  if (data.dismissed) facts.push([t('report.dismissed', { count: number(data.dismissed) }), '']);
  if (counts.open) facts.push([t('report.open', { count: number(counts.open) }), 'warn']);
  if (data.own) facts.push([t('report.own', { count: number(data.own) }), 'warn']);
  const missing = data.incidents.reduce((sum, incident) => sum + incident.missing.length, 0);
  if (missing) facts.push([t('report.missing', { count: number(missing) }), 'warn']);
  byId('report-facts').replaceChildren(...facts.map(([text, kind]) => el('li', { class: kind, text })));
  byId('report-place').textContent = t('report.place', { place: page.state.place });
  byId('preview').src = `report.html?revision=${page.state.revision}`;
  byId('own-check').open = data.own > 0;
  byId('own-preview').src = `seller-check.html?revision=${page.state.revision}`;
}

async function download() {
  const state = byId('download-state');
  const button = byId('download');
  button.disabled = true;
  state.textContent = t('report.making');
  try {
    const response = await fetch('evidence.zip');
    if (!response.ok) {
      const { error, subject } = await response.json();
      throw Object.assign(new Error(error), { code: error, subject });
    }
    const blob = await response.blob();
    const name = decodeURIComponent(/filename\*=UTF-8''([^;]+)/.exec(response.headers.get('Content-Disposition'))?.[1] ?? 'evidence.zip');
    const link = el('a', { href: URL.createObjectURL(blob), download: name });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
    state.textContent = t('report.made', { name, size: size(blob.size) });
  } catch (error) {
    state.textContent = '';
    fault(error.code ? error : Object.assign(error, { code: 'unreachable' }));
  } finally {
    button.disabled = false;
  }
}
