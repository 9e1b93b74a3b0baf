// Builds elements. Text only ever gets in as text: nothing here, or anywhere in the page, makes HTML of a string.

/** An element with properties (`class`, `text`, `on…` handlers, attributes) and children; what is empty is left out. */
export function el(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === 'text') element.textContent = value;
    else if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (name === 'class') element.className = value;
    else element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.flat().filter((child) => child !== undefined && child !== null && child !== false && child !== ''));
  return element;
}

export const byId = (id) => document.getElementById(id);

export function show(element, isShown) {
  element.hidden = !isShown;
}

/**
 * Lets the arrow keys, Home and End walk through the buttons of a list, of which Tab reaches one.
 * `onDelete` is called with the button on which Delete is pressed.
 */
export function walkable(list, selector, onDelete) {
  const items = () => [...list.querySelectorAll(selector)];
  const settle = (current) => items().forEach((item) => { item.tabIndex = item === current ? 0 : -1; });
  list.addEventListener('focusin', (event) => {
    const item = event.target.closest(selector);
    if (item) settle(item);
  });
  list.addEventListener('keydown', (event) => {
    const all = items();
    const at = all.indexOf(event.target.closest(selector));
    if (at < 0) return;
    const page = 10;
    const to = {
      ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1, PageDown: at + page, PageUp: at - page,
    }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      all[Math.max(0, Math.min(all.length - 1, to))].focus();
    } else if (onDelete && (event.key === 'Delete' || event.key === 'Backspace')) {
      event.preventDefault();
      onDelete(all[at], at);
    }
  });
  return { settle: () => { const all = items(); if (all.length && !all.some((item) => item.tabIndex === 0)) all[0].tabIndex = 0; all.forEach((item, index) => { if (item.tabIndex !== 0 && index) item.tabIndex = -1; }); }, items };
}
