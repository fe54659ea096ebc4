// Plays gifts that are no pictures, each once and in step with the show, and lets go of all that it took. A page loads this,
// and then the piece for a gift's format, when such a gift is shown, or ahead of that when it has nothing else to do.

import { GIFT_LOTTIE, GIFT_SVGA, GIFT_VAP, here } from "./files.js";
import { fetchAsset } from "./gift_fetch.js";
import { perform } from "./gift_stage.js";
import { GiftStore } from "./gift_store.js";

/** Bytes that assets may take once decoded, those that are being decoded included: six of the largest that makers are told to make. */
const DECODED_BYTES = 48 * 1024 * 1024;
/** ms: a gift that is not there by then is no longer of this moment of the show. */
const PATIENCE_MS = 2_000;
/** Bytes that are fetched ahead in all. */
const AHEAD_BYTES = 8 * 1024 * 1024;

/** By the suffix that the server gives an asset of that format. */
const PIECES = { svga: GIFT_SVGA, mp4: GIFT_VAP, json: GIFT_LOTTIE };

export class GiftPlayer {
  #store = new GiftStore(DECODED_BYTES);
  #closed = new AbortController();
  #ahead = AHEAD_BYTES;
  #asked = new Set();
  /** Whether gifts are too much for this machine: by its memory, or by what one took. */
  #weak = navigator.deviceMemory < 2; // GiB

  /**
   * Plays an asset once inside `host`: `elapsed()` says how many ms of it the show has reached. Resolves when it has ended or
   * `signal` was aborted; rejects when it cannot be played here, as it should be.
   */
  async play(host, url, elapsed, signal) {
    if (this.#weak) throw new Error("gift: this machine is too weak for it");
    const asset = this.#store.hold(url, (reserve) => this.#open(url, reserve));
    try {
      const opened = await inTime(asset);
      if (!signal.aborted) await perform(opened, host, elapsed, signal);
    } catch (error) {
      this.#weak ||= error.name === "TooSlow";
      throw error;
    } finally {
      this.#store.release(url);
    }
  }

  /** Has the browser keep these files, and the pieces that play them, as long as that is not too much. */
  async prefetch(urls) {
    if (this.#weak || navigator.connection?.saveData) return;
    for (const url of urls) {
      if (this.#asked.has(url) || this.#ahead <= 0 || this.#closed.signal.aborted) continue;
      this.#asked.add(url);
      try {
        const [bytes] = await Promise.all([fetchAsset(url, this.#closed.signal), piece(url)]);
        this.#ahead -= bytes.length;
      } catch {
        // It is asked for again when it is to be played, and what is wrong shows then.
      }
    }
  }

  /** Lets go of everything. */
  close() {
    this.#closed.abort();
    this.#store.close();
  }

  async #open(url, reserve) {
    const { open } = await piece(url);
    const bytes = await fetchAsset(url, this.#closed.signal);
    reserve(bytes.length);
    return open(bytes, reserve);
  }
}

async function piece(url) {
  const file = PIECES[new URL(url, location.href).pathname.split(".").pop()];
  if (!file) throw new Error(`gift: expected .svga, .mp4 or .json, found ${url}`);
  return import(here(file));
}

async function inTime(asset) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`gift: expected it within ${PATIENCE_MS} ms`)), PATIENCE_MS);
  });
  return Promise.race([asset, late]).finally(() => clearTimeout(timer));
}
