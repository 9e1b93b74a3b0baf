// Talks to the program. Every address is below the page's own, whose token lets it in.

/** Why a request was not done: `code` has a sentence in the words, `subject` is what it is about. */
export class Refused extends Error {
  constructor(code, subject) {
    super(code);
    this.code = code;
    this.subject = subject;
  }
}

/** The program's answer to a request that it has done. */
export async function done(path, options) {
  let response;
  try {
    response = await fetch(path, options);
  } catch (error) {
    if (error.name === 'AbortError') throw error;
    throw new Refused('unreachable', '');
  }
  if (response.ok) return response;
  const { error, subject } = await response.json().catch(() => ({}));
  throw new Refused(error ?? 'unreachable', subject ?? '');
}

async function answer(path, options) {
  const response = await done(path, options);
  return response.json().catch(() => { throw new Refused('unreachable', ''); });
}

export const get = (path) => answer(path);

export const post = (path, value = {}, signal) => answer(path, {
  method: 'POST', signal, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(value),
});

export const postBytes = (path, bytes, signal) => answer(path, {
  method: 'POST', signal, headers: { 'Content-Type': 'application/octet-stream' }, body: bytes,
});
