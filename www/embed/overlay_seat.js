// The overlay's place on the picture: brings its module up when asked, and holds what is said to it until it is there.

import { GIFTS, OVERLAY, OVERLAY_WASM, here } from "./files.js";

/** ms: without a word from the browser that it is idle, by then the page has what it needs most. */
const BUSY_MS = 4_000;

export class OverlaySeat {
  #layer;
  #mounting = null; // { ready, handle, gone }
  #gifts = null; // a promise of what plays gifts

  /** What the overlay asks for when a gift is no picture. */
  gifts = {
    play: async (...gift) => (await this.#player()).play(...gift),
    /** Gets these in time, when the page has nothing else to do. */
    expect: (urls) => {
      const { requestIdleCallback: idle = (then) => setTimeout(then, BUSY_MS) } = window;
      idle(() => this.taken && this.#player().then((gifts) => gifts.prefetch(urls)).catch(() => {}));
    },
  };

  constructor(layer) {
    this.#layer = layer;
  }

  get taken() {
    return this.#mounting !== null;
  }

  /** What the overlay counts; nothing as long as there is none. */
  get danmaku() {
    return this.#mounting?.handle?.stats?.() ?? { shown: 0, merged: 0, dropped: 0, blocked: 0, onScreen: 0 };
  }

  /** Loads and mounts; `failed(error)` hears when that cannot be. */
  mount(options, failed) {
    const mounting = { handle: null, gone: false, ready: this.#load(options) };
    this.#mounting = mounting;
    mounting.ready.then(
      (handle) => (mounting.gone ? handle.destroy() : (mounting.handle = handle)),
      (error) => {
        if (mounting.gone) return;
        this.clear(); // the seat is free for another try
        failed(error);
      },
    );
  }

  /** Says something to the overlay that is, or will be, mounted. */
  tell(say) {
    const mounting = this.#mounting;
    mounting?.ready.then((handle) => mounting.gone || say(handle), () => {}).catch(reportError);
  }

  clear() {
    if (!this.#mounting) return;
    this.#mounting.gone = true;
    this.#mounting.handle?.destroy();
    this.#mounting = null;
    this.#gifts?.then((gifts) => gifts.close(), () => {});
    this.#gifts = null;
    this.#layer.replaceChildren();
  }

  #player() {
    return (this.#gifts ??= import(here(GIFTS)).then(
      ({ GiftPlayer }) => new GiftPlayer(),
      (error) => {
        this.#gifts = null; // another gift is another try
        throw error;
      },
    ));
  }

  async #load(options) {
    const overlay = await import(here(OVERLAY));
    await overlay.default({ module_or_path: here(OVERLAY_WASM) });
    return overlay.mount(this.#layer, options);
  }
}
