// The words of the page, in the language the page came in.
import { get } from './server.js';

export const language = document.documentElement.lang;
const words = new Map(await get(`words?language=${language}`));

/** The word of a key, with `{name}` replaced by what `values` has under the name. */
export function t(key, values = {}) {
  const word = words.get(key) ?? key;
  return word.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

/** Whether there is a word of that key. */
export const has = (key) => words.has(key);

/** A category of the program by its id. */
export const category = (id) => (id && has(`category.${id}`) ? t(`category.${id}`) : id ?? '');

/** What the program says in Chinese, or the page's own word of the key: in English, and where the program speaks of options. */
export const told = (key, sentence) => (has(key) && (language === 'en' || / --?[a-z]/.test(sentence)) ? t(key) : sentence);

export const number = (value) => value.toLocaleString(language);

export function size(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  const units = ['KB', 'MB', 'GB', 'TB'];
  let value = bytes / 1024;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) { value /= 1024; unit += 1; }
  return `${value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}

/** A sentence for a request that was not done. */
export const reason = (error) => t(has(`error.${error.code}`) ? `error.${error.code}` : 'error.unknown', { subject: error.subject ?? error.message });
