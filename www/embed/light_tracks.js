// Hands the page's `<track>` children to the video: `<live-stall src="…"><track kind="captions" src="…" srclang="zh"></live-stall>`.
// The stream's own subtitles: stream_tracks.js.

/** Keeps copies of the element's `<track>`s in the video, as they come and go. */
export function handOnTracks(element, video) {
  const copies = new Map();
  const update = () => {
    const tracks = new Set(element.querySelectorAll(":scope > track"));
    for (const [track, copy] of copies) {
      if (tracks.has(track)) continue;
      copy.remove();
      copies.delete(track);
    }
    for (const track of tracks) {
      if (copies.has(track)) continue;
      copies.set(track, track.cloneNode());
      video.append(copies.get(track));
    }
  };
  new MutationObserver(update).observe(element, { childList: true });
  update();
}
