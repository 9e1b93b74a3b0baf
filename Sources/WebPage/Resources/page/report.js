// Step 5: the report as it will be, and the archive to upload.
import { byId, el, show } from './dom.js';
import { done, get } from './server.js';
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
  byId('own-check').open = data.own > 0;
  byId('own-title').textContent = t(data.own ? 'report.ownCheck' : 'report.ownNothing');
  await Promise.all([present('own-preview', 'seller-check.html'), present('preview', 'report.html')]);
}

/** Puts a document of the program into its frame. Making it takes its time for many chats: meanwhile the page says so. */
async function present(id, path) {
  const making = byId(`${id}-making`);
  const address = `${path}?revision=${page.state.revision}`;
  if (byId(id).getAttribute('src') === address && making.hidden) return;
  show(byId(id), false);
  show(making, true);
  making.textContent = t('report.making');
  try {
    await (await done(address)).body?.cancel();
  } catch (error) {
    making.textContent = t('report.notMade');
    throw error;
  }
  // Another address in the same frame would be a step for the browser's way back.
  const frame = byId(id).cloneNode();
  frame.addEventListener('load', () => { show(frame, true); show(making, false); });
  frame.src = address;
  byId(id).replaceWith(frame);
}

async function download() {
  const state = byId('download-state');
  const button = byId('download');
  button.disabled = true;
  state.textContent = t('report.making');
  try {
    const response = await done('evidence.zip');
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
