// The subtitles and captions among the video's text tracks: which there are, which shows. Draws nothing: the browser does.

/** The tracks that a viewer reads; chapters and metadata are not among them. */
export function captionTracks(element) {
  return [...(element.textTracks ?? [])].filter(({ kind }) => kind === "subtitles" || kind === "captions");
}

export const shownTrack = (element) => captionTracks(element).find(({ mode }) => mode === "showing") ?? null;

/** Shows one track, or none for null. */
export function showTrack(element, shown) {
  for (const track of captionTracks(element)) {
    const mode = track === shown ? "showing" : "disabled";
    if (track.mode !== mode) track.mode = mode;
  }
}

/** Shows the track in the viewer's language, else the first; hides what shows. */
export function toggleCaptions(element, language) {
  const tracks = captionTracks(element);
  const spoken = language.split("-")[0];
  const wanted = tracks.find((track) => track.language.split("-")[0].toLowerCase() === spoken) ?? tracks[0] ?? null;
  showTrack(element, shownTrack(element) ? null : wanted);
}
