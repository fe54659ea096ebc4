// Chooses how the picture fills its box: cropped a little when the shapes are close, else whole.

/** How much of the picture may be cropped away before it is rather shown whole, as the ratio of the two shapes. */
const CLOSE = 1.3;
/** Within rounding to whole pixels. */
const SAME = 1.005;

/** `cover`, `contain`, or `top`: whole, but high up, for a wide picture in a tall box, where talk and cards lie below. */
export function fitFor(video, box, room) {
  const ratio = video.width / video.height / (box.width / box.height);
  if (!Number.isFinite(ratio) || ratio <= 0) return "contain";
  // Of the same shape nothing is cropped, and no backdrop is to be seen.
  if (Math.max(ratio, 1 / ratio) <= (room ? CLOSE : SAME)) return "cover";
  return room && ratio > 1.6 && box.height > box.width ? "top" : "contain";
}

/** Where the picture is drawn, what is cropped of it too, in pixels of the window; null before the first. */
export function drawnBox(video) {
  const { videoWidth, videoHeight } = video;
  if (!videoWidth || !videoHeight) return null;
  const box = video.getBoundingClientRect();
  const { objectFit, objectPosition } = getComputedStyle(video);
  if (objectFit === "fill") return box;
  const larger = objectFit === "cover" ? Math.max : Math.min;
  const scale = larger(box.width / videoWidth, box.height / videoHeight);
  const [width, height] = [videoWidth * scale, videoHeight * scale];
  const [x = 0.5, y = 0.5] = objectPosition.split(" ").map((part) => parseFloat(part) / 100);
  return { left: box.left + (box.width - width) * x, top: box.top + (box.height - height) * y, width, height };
}

/** Keeps `data-fit` of `picture` right while video or box change their shapes. */
export function keepFitting(video, picture, isRoom) {
  const fit = () => {
    const shape = { width: video.videoWidth, height: video.videoHeight };
    picture.dataset.fit = fitFor(shape, picture.getBoundingClientRect(), isRoom());
  };
  video.addEventListener("resize", fit);
  new ResizeObserver(fit).observe(picture);
}
