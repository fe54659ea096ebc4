// Has an asset draw itself on a canvas until it is over. Knows no format.
//
// What a format's piece gives, by `open(bytes, reserve)`: an asset `{ durationMs, width, height, perform(fresh), close() }`, whose
// performance `{ draw(ms), close() }` puts the picture of that moment on a canvas. `fresh()` gives that canvas, or another in
// its place. `draw` may throw.

import { el } from "./dom.js";

/** ms: no gift plays longer, whatever its file says. */
const LONGEST_MS = 15_000;
/** A machine that takes longer for a frame than this, on the average of so many, shows gifts in a tray from then on. */
const SLOW_MS = 60;
const FRAMES = 15;

/** Resolves when it has ended or `signal` was aborted, rejects when it cannot go on; nothing is left of it then. */
export function perform(asset, host, elapsed, signal) {
  let canvas = null;
  const drop = () => {
    // The pixels go now, not when the collector comes by.
    if (canvas) canvas.width = canvas.height = 0;
    canvas?.remove();
  };
  const fresh = () => {
    drop();
    canvas = el("canvas", { width: asset.width, height: asset.height });
    host.append(canvas);
    return canvas;
  };
  const pace = new Pace();
  let act;
  let frame;
  return new Promise((ended, failed) => {
    const look = () => {
      frame = requestAnimationFrame(look);
      try {
        const ms = Math.max(0, elapsed() || 0);
        if (ms >= Math.min(asset.durationMs, LONGEST_MS)) return ended();
        act ??= asset.perform(fresh);
        pace.time(() => act.draw(ms));
      } catch (error) {
        failed(error);
      }
    };
    signal.addEventListener("abort", ended, { once: true });
    look();
  }).finally(() => {
    cancelAnimationFrame(frame);
    act?.close();
    drop();
  });
}

class Pace {
  #frames = 0;
  #ms = 0;

  time(draw) {
    const began = performance.now();
    draw();
    this.#ms += performance.now() - began;
    this.#frames += 1;
    if (this.#frames === FRAMES && this.#ms > SLOW_MS * FRAMES) {
      throw new DOMException(`gift: ${Math.round(this.#ms / FRAMES)} ms for a frame`, "TooSlow");
    }
  }
}
