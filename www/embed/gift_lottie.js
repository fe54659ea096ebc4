// Lottie gifts, drawn by lottie-web's light canvas player. `cargo xtask` puts npm's file beside this when it packs the embed; where it is
// not, such gifts take a tray.

import lottie from "./lottie.js";

const SIDE = 2_048;
const FRAMES = 1_800;
const RATE = 120;
/** Objects and lists in a file, at most, and how deep they lie in each other. */
const NODES = 40_000;
const DEPTH = 40;
/** Bytes that the player makes of an object, about. */
const NODE_BYTES = 400;
/** Frames that the player may take to come up. */
const PATIENCE = 60;

export async function open(bytes, reserve) {
  const data = JSON.parse(new TextDecoder().decode(bytes));
  const nodes = check(data);
  const { w: width, h: height, fr: rate, ip: first, op: last } = data;
  reserve(nodes * NODE_BYTES + 4 * width * height);
  return {
    width,
    height,
    durationMs: ((last - first) * 1000) / rate,
    perform: (fresh) => new Performance(data, fresh()),
    close() {},
  };
}

/** How many nodes there are; throws when it is no drawing of a bounded size. */
function check(data) {
  const within = (name, value, most) => {
    if (!(value >= 1 && value <= most)) throw new RangeError(`lottie: ${name}: expected 1 to ${most}, found ${value}`);
  };
  within("w", data.w, SIDE);
  within("h", data.h, SIDE);
  within("fr", data.fr, RATE);
  within("op - ip", data.op - data.ip, FRAMES);
  // What is loaded from elsewhere, by an address in the file, is not loaded at all.
  const loads = [...(data.assets ?? []), ...(data.fonts?.list ?? [])].some((asset) => !asset.layers);
  if (loads) throw new TypeError("lottie: expected drawings alone, found pictures, sounds or fonts");
  let nodes = 0;
  const count = (value, depth) => {
    if (value === null || typeof value !== "object") return;
    if ((nodes += 1) > NODES || depth > DEPTH) throw new RangeError(`lottie: expected ${NODES} nodes, ${DEPTH} deep, at most`);
    for (const inner of Object.values(value)) count(inner, depth + 1);
  };
  count(data, 0);
  return nodes;
}

class Performance {
  #animation;
  #rate;
  #last;
  #failure = null;
  #waited = 0;

  constructor(data, canvas) {
    this.#rate = data.fr;
    this.#last = data.op - data.ip - 0.01;
    this.#animation = lottie.loadAnimation({
      renderer: "canvas",
      autoplay: false,
      loop: false,
      animationData: structuredClone(data), // which the player changes
      rendererSettings: { context: canvas.getContext("2d"), clearCanvas: true },
    });
    this.#animation.onError = ({ nativeError }) => (this.#failure = nativeError);
  }

  draw(ms) {
    if (!this.#animation.isLoaded && (this.#waited += 1) > PATIENCE) throw new Error("lottie: the player does not come up");
    this.#animation.goToAndStop(Math.min((ms * this.#rate) / 1000, this.#last), true);
    if (this.#failure) throw this.#failure;
  }

  close() {
    this.#animation.destroy();
  }
}
