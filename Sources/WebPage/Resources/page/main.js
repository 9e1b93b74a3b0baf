// The five steps and the way between them.
import { byId, el, show } from './dom.js';
import { get, post } from './server.js';
import { clearFault, fault, hush, said } from './saying.js';
import { number, size, t, told } from './words.js';
import * as files from './files.js';
import * as people from './people.js';
import * as findings from './findings.js';
import * as caseForm from './case.js';
import * as report from './report.js';

const steps = ['files', 'me', 'findings', 'case', 'report'];
const page = { state: undefined, update, go, read, judge };
let step = 'files';
let timer;
// Two tabs show the same work: one tells the other that something changed.
const tabs = new BroadcastChannel('juzheng' + location.pathname);

function reachable(name) {
  const { phase, inputs } = page.state;
  if (name === 'files') return true;
  if (name === 'me') return inputs.some((input) => input.complete) && ['reading', 'named', 'judging', 'judged'].includes(phase);
  if (name === 'findings') return ['judging', 'judged'].includes(phase);
  return phase === 'judged';
}

/** Takes in a new state of the program; `isOwn` where this tab's doing alone led to it. */
function update(state, isOwn = false) {
  const before = page.state;
  page.state = state;
  if (before && state.revision !== before.revision) tabs.postMessage(state.revision);
  if (before && state.revision !== before.revision && !isOwn && state.phase === 'judged' && before.phase === 'judged' && findings.isLoaded()) findings.load(true).catch(fault);
  if (state.failure && before && state.revision !== before.revision) fault({ code: state.failure.error, subject: state.failure.subject });
  if (state.phase !== 'judged') findings.forget();
  if (state.phase === 'choosing' || state.phase === 'reading') people.forget();
  draw();
}

function draw() {
  const { state } = page;
  if (!reachable(step)) step = [...steps].reverse().find((name) => steps.indexOf(name) < steps.indexOf(step) && reachable(name)) ?? 'files';
  for (const button of document.querySelectorAll('[data-step]')) {
    const name = button.dataset.step;
    button.disabled = !reachable(name);
    button.classList.toggle('done', steps.indexOf(name) < steps.indexOf(step));
    if (name === step) button.setAttribute('aria-current', 'step'); else button.removeAttribute('aria-current');
  }
  for (const name of steps) show(byId(name), name === step);
  const link = byId('switch');
  link.href = link.getAttribute('href').split('#')[0] + `#${step}`;
  files.draw(state);
  working('reading', state.phase === 'reading', 'me.reading');
  working('judging', state.phase === 'judging', 'findings.judging');
  show(byId('me-form'), state.phase !== 'reading' && people.isLoaded());
  const isJudged = state.phase === 'judged';
  show(byId('review'), isJudged);
  show(byId('findings-end'), isJudged);
  drawProblems(state);
  clearTimeout(timer);
  if (state.phase === 'reading' || state.phase === 'judging') timer = setTimeout(refresh, 700);
}

/** Says that the program is at work, and for how long. */
function working(id, isWorking, key) {
  const box = byId(id);
  show(box, isWorking);
  if (!isWorking) { box.replaceChildren(); return; }
  const bytes = page.state.inputs.reduce((sum, input) => sum + input.bytes, 0);
  if (!box.firstChild) {
    box.append(el('label', { for: `${id}-bar`, id: `${id}-words` }), el('progress', { id: `${id}-bar` }),
      el('button', { type: 'button', text: t('cancel'), onclick: () => post('cancel').then(update, fault) }));
  }
  const { progress } = page.state;
  // The bar runs to and fro until it is known how much there is to do.
  if (progress?.total && progress.done < progress.total) byId(`${id}-bar`).value = progress.done / progress.total;
  else byId(`${id}-bar`).removeAttribute('value');
  byId(`${id}-words`).textContent = t(key, { seconds: number(page.state.elapsed), size: size(bytes), found: number(progress?.found ?? 0) });
}

function drawProblems({ read }) {
  const problems = read?.problems ?? [];
  show(byId('problems'), problems.length > 0);
  byId('findings-lead').textContent = read ? [t('findings.lead', { files: number(read.files), messages: number(read.messages) }), read.unknownChats ? t('findings.unknown', { count: number(read.unknownChats) }) : ''].join('') : '';
  if (!problems.length) return;
  byId('problems-title').textContent = t('problems.title', { count: number(read.problemCount) });
  byId('problem-list').replaceChildren(...problems.map((problem) => el('li', { text: `${problem.name}${problem.line ? t('problems.line', { line: problem.line }) : ''}${t('colon')}${told(`problem.${problem.code}`, problem.reason)}` })),
    read.problemCount > problems.length ? el('li', { text: t('andMore', { count: number(read.problemCount - problems.length) }) }) : '');
}

async function refresh() {
  try {
    const phase = page.state?.phase;
    clearFault();
    update(await get('state'));
    if (page.state.phase === 'named' && !people.isLoaded()) { await people.load(page.state); draw(); if (phase === 'reading') byId('me-title').focus?.(); }
    if (page.state.phase === 'judged' && !findings.isLoaded()) { await findings.load(); draw(); }
  } catch (error) {
    fault(error);
    clearTimeout(timer);
    timer = setTimeout(refresh, 3000);
  }
}

async function read() {
  clearFault();
  try {
    update(await post('read'));
    go('me');
  } catch (error) {
    fault(error);
  }
}

async function judge(own) {
  clearFault();
  try {
    update(await post('judge', { own }));
    go('findings');
  } catch (error) {
    fault(error);
  }
}

/** Goes to a step, if it can be reached. */
async function go(name, takesFocus = true) {
  if (!reachable(name)) return;
  step = name;
  if (location.hash !== `#${name}`) history.pushState(null, '', `#${name}`);
  draw();
  window.scrollTo(0, 0);
  hush();
  if (takesFocus) byId('main').focus({ preventScroll: true });
  try {
    const { phase } = page.state;
    if (name === 'me' && phase !== 'reading' && !people.isLoaded()) { await people.load(page.state).catch(() => post('read').then(update)); draw(); }
    if (name === 'findings' && phase === 'judged' && !findings.isLoaded()) { await findings.load(); draw(); }
    if (name === 'case') await caseForm.load();
    if (name === 'report') {
      if (!findings.isLoaded()) await findings.load();
      await report.load(findings.counts());
    }
  } catch (error) {
    fault(error);
  }
}

for (const part of [files, people, findings, caseForm, report]) part.start(page);
for (const button of document.querySelectorAll('[data-step]')) button.onclick = () => go(button.dataset.step);
byId('to-case').onclick = () => go('case');
byId('to-report').onclick = () => go('report');
byId('quit').onclick = async () => {
  if (!window.confirm(t('quitSure'))) return;
  await post('end').catch(() => {});
  document.body.replaceChildren(el('main', {}, el('h1', { text: t('ended') }), el('p', { text: t('endedMore') })));
};
window.addEventListener('popstate', () => go(location.hash.slice(1) || 'files'));
tabs.onmessage = ({ data }) => { if (data !== page.state?.revision) refresh(); };
document.addEventListener('visibilitychange', () => { if (!document.hidden) refresh(); });
window.addEventListener('beforeunload', (event) => { if (!byId('upload').hidden) event.preventDefault(); });

await refresh();
if (page.state) {
  const wanted = location.hash.slice(1);
  const natural = { choosing: 'files', reading: 'me', named: 'me', judging: 'findings', judged: 'findings' }[page.state.phase];
  await go(steps.includes(wanted) && reachable(wanted) ? wanted : natural, false);
}
export { said };
