// Fills the bars beside a picture that does not fill its box with a blurred copy of it, redrawn now and then.

import { el } from "./dom.js";

const REDRAW_MS = 1_000;
/**
 * Blurred anyway: a thumbnail is enough. The blur is drawn into it, once a redraw; as a CSS filter it would be made anew
 * with each frame of the picture, which a machine without a GPU cannot keep up with.
 */
const WIDTH = 32;
const LOOKS = "blur(2px) brightness(0.5) saturate(1.25)";
/** Pixels drawn past the edge, so that the blur finds no transparent ones there. */
const MARGIN = 4;

/** Puts the backdrop under the video; it is hidden while the picture covers its box (`data-fit="cover"`). */
export function keepBackdrop(video, picture) {
  const canvas = el("canvas", { class: "backdrop", width: WIDTH, height: WIDTH });
  picture.prepend(canvas);
  const pen = canvas.getContext("2d", { alpha: false });
  pen.filter = LOOKS;
  let drawnAt = -Infinity;
  const redraw = () => {
    const now = performance.now();
    if (now - drawnAt < REDRAW_MS || document.hidden || video.readyState < 2 || picture.dataset.fit === "cover") return;
    drawnAt = now;
    pen.drawImage(video, -MARGIN, -MARGIN, WIDTH + 2 * MARGIN, WIDTH + 2 * MARGIN);
    canvas.dataset.drawn = "";
  };
  for (const event of ["loadeddata", "timeupdate", "seeked"]) video.addEventListener(event, redraw);
  video.addEventListener("emptied", () => {
    drawnAt = -Infinity;
    delete canvas.dataset.drawn;
  });
}
