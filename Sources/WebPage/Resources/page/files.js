// Step 1: choosing files and folders, and bringing them to the program piece by piece.
import { byId, el, show, walkable } from './dom.js';
import { Refused, post, postBytes } from './server.js';
import { clearFault, fault, said } from './saying.js';
import { number, reason, size, t } from './words.js';

const pieceSize = 1 << 20;
let page;
let abort;
let list;

export function start(shared) {
  page = shared;
  const drop = byId('drop');
  byId('choose-files').onclick = () => byId('file-input').click();
  byId('choose-folder').onclick = () => byId('folder-input').click();
  byId('file-input').onchange = (event) => choose(event.target);
  byId('folder-input').onchange = (event) => choose(event.target);
  // A file that falls beside the field must not replace the page.
  document.addEventListener('dragover', (event) => event.preventDefault());
  document.addEventListener('drop', (event) => event.preventDefault());
  drop.addEventListener('dragover', () => drop.classList.add('over'));
  drop.addEventListener('dragleave', () => drop.classList.remove('over'));
  drop.addEventListener('drop', async (event) => {
    drop.classList.remove('over');
    const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
    const inputs = [];
    for (const entry of entries) inputs.push(await ofEntry(entry));
    add(inputs);
  });
  byId('upload-cancel').onclick = () => abort?.abort();
  byId('read').onclick = () => page.read();
  byId('clear').onclick = clear;
  list = walkable(byId('inputs'), 'button', (button, at) => remove([Number(button.dataset.id)], at));
}

/** The files of a chooser: single ones, or those of one folder. */
function choose(chooser) {
  const files = [...chooser.files];
  const folders = new Map();
  const inputs = [];
  for (const file of files) {
    const path = file.webkitRelativePath;
    if (!path) { inputs.push({ name: file.name, folder: false, files: [{ path: file.name, file }] }); continue; }
    const name = path.split('/')[0];
    if (!folders.has(name)) { folders.set(name, { name, folder: true, files: [] }); inputs.push(folders.get(name)); }
    folders.get(name).files.push({ path, file });
  }
  chooser.value = '';
  add(inputs);
}

/** A dropped file, or a dropped folder with all below it. */
async function ofEntry(entry) {
  const found = [];
  const unreadable = [];
  async function visit(item, path) {
    try {
      if (item.isFile) {
        found.push({ path, file: await new Promise((done, failed) => item.file(done, failed)) });
        return;
      }
      const reader = item.createReader();
      for (;;) {
        const some = await new Promise((done, failed) => reader.readEntries(done, failed));
        if (!some.length) return;
        for (const child of some) await visit(child, `${path}/${child.name}`);
      }
    } catch {
      unreadable.push(path);
    }
  }
  await visit(entry, entry.name);
  return { name: entry.name, folder: entry.isDirectory, files: found, unreadable };
}

// Hidden files are no chats, and a scan of the folder would pass over them too.
const isHidden = (path) => path.split('/').slice(1).some((part) => part.startsWith('.'));

async function add(inputs) {
  clearFault();
  const refused = inputs.flatMap((input) => (input.unreadable ?? []).map((path) => ({ path, why: t('files.unreadable') })));
  for (const input of inputs) input.files = input.files.filter(({ path }) => !isHidden(path));
  for (const input of inputs) if (!input.files.length && !input.unreadable?.length) refused.push({ path: input.name, why: t('files.nothing') });
  inputs = inputs.filter((input) => input.files.length);
  if (inputs.length) await upload(inputs, refused);
  const box = byId('refused');
  box.replaceChildren(el('p', { text: t('files.refused') }), el('ul', {}, refused.slice(0, 50).map(({ path, why }) => el('li', { text: `${path}: ${why}` }))));
  show(box, refused.length > 0);
}

async function upload(inputs, refused) {
  const total = inputs.reduce((sum, input) => sum + input.files.reduce((bytes, { file }) => bytes + file.size, 0), 0);
  const count = inputs.reduce((sum, input) => sum + input.files.length, 0);
  const bar = byId('upload-bar');
  abort = new AbortController();
  const { signal } = abort;
  let ids = [];
  let sent = 0;
  let at = 0;
  const progress = (name) => {
    bar.value = total ? Math.round(1000 * sent / total) : 1000;
    byId('upload-words').textContent = t('files.uploading', { name, at: number(at), count: number(count), sent: size(sent), total: size(total) });
  };
  progress('');
  show(byId('upload'), true);
  byId('read').disabled = true;
  try {
    ({ ids } = await post('inputs', {
      inputs: inputs.map(({ name, folder, files }) => ({ name, folder, files: files.map(({ path, file }) => ({ path, bytes: file.size })) })),
    }, signal));
    for (const [place, input] of inputs.entries()) {
      for (const [index, { path, file }] of input.files.entries()) {
        at += 1;
        progress(path);
        for (let offset = 0; offset < file.size; offset += pieceSize) {
          const piece = file.slice(offset, offset + pieceSize);
          let bytes;
          try {
            bytes = await piece.arrayBuffer();
          } catch {
            refused.push({ path, why: t('files.unreadable') });
            sent += file.size - offset;
            break;
          }
          await postBytes(`inputs/${ids[place]}/${index}/${offset}`, bytes, signal);
          sent += bytes.byteLength;
          progress(path);
        }
      }
    }
    page.update(await post('finish', { ids }));
  } catch (error) {
    if (ids.length) page.update(await post('remove', { ids }).catch(() => page.state));
    if (error.name === 'AbortError') said(t('files.cancelled'));
    else if (error instanceof Refused) fault(error);
    else throw error;
  } finally {
    show(byId('upload'), false);
    byId('read').disabled = false;
  }
}

async function remove(ids, at) {
  try {
    page.update(await post('remove', { ids }));
    const items = list.items();
    (items[Math.min(at, items.length - 1)] ?? byId('choose-files')).focus();
  } catch (error) {
    fault(error);
  }
}

async function clear() {
  if (!window.confirm(t('files.clearSure'))) return;
  try {
    page.update(await post('clear'));
    page.go('files');
  } catch (error) {
    fault(error);
  }
}

/** Shows the chosen files of a state. */
export function draw(state) {
  const complete = state.inputs.filter((input) => input.complete);
  show(byId('chosen'), complete.length > 0);
  const files = complete.reduce((sum, input) => sum + input.files, 0);
  const bytes = complete.reduce((sum, input) => sum + input.bytes, 0);
  byId('chosen-title').textContent = t('files.chosen', { count: number(files), size: size(bytes) });
  byId('inputs').replaceChildren(...complete.map((input) => el('li', {},
    el('span', { class: 'what' }, el('b', { text: input.name }), ' ',
      el('small', { text: input.folder ? t('files.folder', { count: number(input.files), size: size(input.bytes) }) : size(input.bytes) })),
    el('button', { type: 'button', class: 'plain small', 'data-id': input.id, text: t('files.remove'), 'aria-label': t('files.removeNamed', { name: input.name }),
      onclick: (event) => remove([input.id], list.items().indexOf(event.currentTarget)) }))));
  list.settle();
  const earlier = byId('earlier');
  const hasWork = state.decided > 0 || state.earlier.length > 0;
  show(earlier, hasWork && !complete.length);
  earlier.replaceChildren(
    el('p', { text: t(state.earlier.length ? 'files.earlier' : 'files.kept', { count: number(state.decided) }) }),
    el('ul', {}, state.earlier.slice(0, 20).map((input) => el('li', { text: `${input.name} · ${size(input.bytes)}` })),
      state.earlier.length > 20 ? el('li', { text: t('andMore', { count: number(state.earlier.length - 20) }) }) : ''));
}

export { reason };
