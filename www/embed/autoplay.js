// What a browser lets a page play unasked: with sound if it may, else muted, else not at all.

/** Tries to play; "sound", "muted" (and the video is muted now), or "refused". */
export async function playUnasked(video) {
  const wasMuted = video.muted;
  if (await allowed(video)) return wasMuted ? "muted" : "sound";
  if (wasMuted) return "refused";
  video.muted = true;
  if (await allowed(video)) return "muted";
  video.muted = false;
  return "refused";
}

/** Any other failure than the browser's refusal shows elsewhere: a new load, or the video's own error. */
async function allowed(video) {
  return video.play().then(() => true, (error) => error.name !== "NotAllowedError");
}
