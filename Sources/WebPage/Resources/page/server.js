// Talks to the program. Every address is below the page's own, whose token lets it in.

/** Why a request was not done: `code` has a sentence in the words, `subject` is what it is about. */
export class Refused extends Error {
  constructor(code, subject) {
    super(code);
    this.code = code;
    this.subject = subject;
  }
}

async function answer(path, options) {
  let response;
  try {
    response = await fetch(path, options);
  } catch (error) {
    if (error.name === 'AbortError') throw error;
    throw new Refused('unreachable', '');
  }
  const body = await response.json().catch(() => ({ error: 'unreachable', subject: '' }));
  if (!response.ok) throw new Refused(body.error ?? 'unreachable', body.subject ?? '');
  return body;
}

export const get = (path) => answer(path);

export const post = (path, value = {}, signal) => answer(path, {
  method: 'POST', signal, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(value),
});

export const postBytes = (path, bytes, signal) => answer(path, {
  method: 'POST', signal, headers: { 'Content-Type': 'application/octet-stream' }, body: bytes,
});
