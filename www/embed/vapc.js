// Where a VAP film (Tencent's video animation player) has its colours and its alpha: the JSON in the `vapc` box of its MP4.

/** Boxes at the top of a file, at most; real ones have five. */
const BOXES = 64;
const JSON_BYTES = 256 * 1024;
/** Pixels along a side, of the film and of what is made of it. */
const SIDE = 2_048;
const FRAMES = 1_800;
const RATE = 120;

/** `{ width, height, rate, frames, film: [w, h], color: [x, y, w, h], alpha: [x, y, w, h] }`; throws what is wrong with it. */
export function readVapc(bytes) {
  const { info } = JSON.parse(new TextDecoder().decode(find(bytes)));
  const whole = (name, value, least, most) => {
    if (Number.isInteger(value) && value >= least && value <= most) return value;
    throw new RangeError(`vapc: ${name}: expected a whole number from ${least} to ${most}, found ${value}`);
  };
  const film = [whole("videoW", info.videoW, 1, SIDE), whole("videoH", info.videoH, 1, SIDE)];
  const inside = (name, [x, y, width, height]) => [
    whole(`${name} x`, x, 0, film[0] - 1),
    whole(`${name} y`, y, 0, film[1] - 1),
    whole(`${name} width`, width, 1, film[0] - x),
    whole(`${name} height`, height, 1, film[1] - y),
  ];
  return {
    width: whole("w", info.w, 1, SIDE),
    height: whole("h", info.h, 1, SIDE),
    rate: whole("fps", info.fps, 1, RATE),
    frames: whole("f", info.f, 1, FRAMES),
    film,
    color: inside("rgbFrame", info.rgbFrame),
    alpha: inside("aFrame", info.aFrame),
  };
}

/** What is in the box (ISO 14496-12 4.2). */
function find(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0, boxes = 0; at + 8 <= bytes.length && boxes < BOXES; boxes += 1) {
    const kind = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    let [size, header] = [view.getUint32(at), 8];
    if (size === 1 && at + 16 <= bytes.length) [size, header] = [Number(view.getBigUint64(at + 8)), 16];
    else if (size === 0) size = bytes.length - at;
    if (size < header || at + size > bytes.length) break;
    if (kind === "vapc") {
      if (size - header > JSON_BYTES) throw new RangeError(`vapc: expected at most ${JSON_BYTES} bytes, found ${size - header}`);
      return bytes.subarray(at + header, at + size);
    }
    at += size;
  }
  throw new TypeError("vap: expected an MP4 with a `vapc` box, found none");
}
