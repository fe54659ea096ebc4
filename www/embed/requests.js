// The player's way to the network, in either home: whole bodies or none. Tries nothing again.

/** Statuses that no HTTP answer has. */
const NETWORK = 0;
const TOO_LARGE = 1;
/** ms: a live playlist that waited longer for its player would have it join behind the edge. */
const FRESH_MS = 1_000;

/** Milliseconds on a clock that a page and its workers share. */
const now = () => performance.timeOrigin + performance.now();

/**
 * Asks for the bytes from `start` up to `end`, or for all when `end` is 0, but for no more than `limit`. What came of it is
 * `{ status, uri, bytes, took, came }`: the ms from its headers to its end, and when that was.
 */
export async function ask(uri, { start = 0, end = 0, limit, signal }) {
  const nothing = (status) => ({ status, uri, bytes: new Uint8Array(), took: 0, came: now() });
  const headers = end ? { range: `bytes=${start}-${end - 1}` } : {};
  try {
    const answer = await fetch(uri, { mode: "cors", credentials: "omit", headers, signal });
    const began = now();
    if (Number(answer.headers.get("content-length")) > limit) return nothing(TOO_LARGE);
    let bytes = new Uint8Array(await answer.arrayBuffer());
    const came = now();
    // A server that knows no ranges sends everything.
    if (end && answer.status === 200 && bytes.length > end - start) bytes = bytes.subarray(start, end);
    if (bytes.length > limit) return nothing(TOO_LARGE);
    return { status: answer.status, uri: answer.url || uri, bytes, took: came - began, came };
  } catch {
    return nothing(NETWORK);
  }
}

export class Requests {
  /** Hears every outcome: `heard(request, status, uri, bytes, took)`. */
  heard;
  #running = new Map();
  #ahead;

  /** `ahead` has promises of what was asked for before there was a player, by address. */
  constructor(ahead) {
    this.#ahead = ahead;
  }

  async send(request, uri, start, end, limit) {
    const controller = new AbortController();
    this.#running.set(request, controller);
    const { signal } = controller;
    const answer = (end ? null : await this.#asked(uri, limit)) ?? (await ask(uri, { start, end, limit, signal }));
    if (!this.#running.delete(request)) return;
    // Not in here: a panic has to be an uncaught error, which the page hears of.
    queueMicrotask(() => this.heard(request, answer.status, answer.uri, answer.bytes, answer.took));
  }

  abort(request) {
    this.#running.get(request)?.abort();
    this.#running.delete(request);
  }

  /** What was asked ahead, once and then never again, and only while it is fresh. */
  async #asked(uri, limit) {
    const asked = this.#ahead.get(uri);
    this.#ahead.delete(uri);
    const answer = await asked;
    return answer && answer.status !== TOO_LARGE && answer.bytes.length <= limit && now() - answer.came < FRESH_MS ? answer : null;
  }
}
