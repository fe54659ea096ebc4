// VAP gifts: a film whose alpha lies beside its colours, put together on a canvas.

import { el } from "./dom.js";
import { readVapc } from "./vapc.js";
import { GlPainter, PlainPainter } from "./vap_painter.js";

/** ms: a film that has no picture by then is none that this browser plays. */
const PATIENCE_MS = 1_500;
/** ms: a film that is further from the show than this is moved there. */
const DRIFT_MS = 300;
/** ms: a show that has not moved for so long stands. */
const STILL_MS = 200;

export async function open(bytes, reserve) {
  const layout = readVapc(bytes);
  const { width, height, film } = layout;
  // A few frames of the film in the decoder, one as a texture, and the canvas.
  reserve(4 * (4 * film[0] * film[1] + width * height));
  const file = new Blob([bytes], { type: "video/mp4" });
  return {
    width,
    height,
    durationMs: (layout.frames * 1000) / layout.rate,
    perform: (fresh) => new Performance(layout, file, fresh),
    close() {},
  };
}

class Performance {
  #layout;
  #fresh;
  #painter;
  #address;
  #video = el("video", { muted: true, playsInline: true, preload: "auto", disableRemotePlayback: true });
  #begun = performance.now();
  #moved = { ms: -1, at: 0 };
  #failure = null;

  constructor(layout, file, fresh) {
    this.#layout = layout;
    this.#fresh = fresh;
    this.#painter = GlPainter.on(fresh(), layout) ?? new PlainPainter(fresh(), layout);
    this.#address = URL.createObjectURL(file);
    this.#video.addEventListener("error", () => this.#fail(this.#video.error?.message || "the browser cannot play it"));
    this.#video.src = this.#address;
  }

  draw(ms) {
    const video = this.#video;
    const now = performance.now();
    if (this.#failure) throw this.#failure;
    if (ms !== this.#moved.ms) this.#moved = { ms, at: now };
    this.#follow(ms, now - this.#moved.at > STILL_MS);
    if (video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) {
      if (now - this.#begun > PATIENCE_MS) throw new Error(`vap: no picture within ${PATIENCE_MS} ms`);
      return;
    }
    if (this.#painter.lost) {
      this.#painter.close();
      this.#painter = new PlainPainter(this.#fresh(), this.#layout);
    }
    this.#painter.paint(video);
  }

  close() {
    this.#painter.close();
    this.#video.pause();
    this.#video.removeAttribute("src");
    this.#video.load();
    URL.revokeObjectURL(this.#address);
  }

  #follow(ms, still) {
    const video = this.#video;
    const away = Math.abs(video.currentTime * 1000 - ms) > DRIFT_MS;
    if (away && !video.seeking && video.readyState > 0) video.currentTime = ms / 1000;
    if (still) video.pause();
    else if (video.paused && !video.ended) {
      video.play().catch((error) => error.name === "AbortError" || this.#fail(error.message));
    }
  }

  #fail(why) {
    this.#failure = new Error(`vap: ${why}`);
  }
}
