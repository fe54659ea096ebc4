// The player's way to the network, in either home: whole bodies or none. Tries nothing again.

/** Statuses that no HTTP answer has. */
const NETWORK = 0;
const TOO_LARGE = 1;

/** What a request came to: `{ status, uri, bytes, at }`, `at` being when its headers were there. */
async function ask(uri, { start = 0, end = 0, limit = Infinity, signal }) {
  const nothing = (status) => ({ status, uri: "", bytes: new Uint8Array(), at: 0 });
  const headers = end ? { range: `bytes=${start}-${end - 1}` } : {};
  try {
    const answer = await fetch(uri, { mode: "cors", credentials: "omit", headers, signal });
    const at = performance.now();
    if (Number(answer.headers.get("content-length")) > limit) return nothing(TOO_LARGE);
    let bytes = new Uint8Array(await answer.arrayBuffer());
    // A server that knows no ranges sends everything.
    if (end && answer.status === 200 && bytes.length > end - start) bytes = bytes.subarray(start, end);
    return bytes.length > limit ? nothing(TOO_LARGE) : { status: answer.status, uri: answer.url || uri, bytes, at };
  } catch {
    return nothing(NETWORK);
  }
}

/** Asks for the stream before there is a player to ask for it; null when nothing came of it. */
export async function askAhead(uri, signal) {
  const answer = await ask(uri, { signal });
  return answer.status === NETWORK ? null : answer;
}

export class Requests {
  /** Hears every outcome: `heard(request, status, uri, bytes, at)`. */
  heard;
  #running = new Map();
  #ahead;

  /** `ahead` is what `askAhead` will have got: `{ uri, answer }`, the answer a promise. */
  constructor(ahead) {
    this.#ahead = ahead;
  }

  send(request, uri, start, end, limit) {
    const controller = new AbortController();
    this.#running.set(request, controller);
    void this.#answer(uri, { start, end, limit, signal: controller.signal }).then((answer) => {
      if (this.#running.delete(request)) this.heard(request, answer.status, answer.uri, answer.bytes, answer.at);
    });
  }

  abort(request) {
    this.#running.get(request)?.abort();
    this.#running.delete(request);
  }

  /** Once, and then never again: what was asked ahead answers the first request, if it is for the same. */
  async #answer(uri, how) {
    const ahead = this.#ahead;
    this.#ahead = null;
    const answer = ahead?.uri === uri && !how.end ? await ahead.answer : null;
    // Asked by another clock.
    return answer && answer.bytes.length <= how.limit ? { ...answer, at: performance.now() } : ask(uri, how);
  }
}
