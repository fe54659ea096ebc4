// The stream's own subtitles as text tracks of the video: the player says which there are and what they say, the browser
// shows them. Reads no markup and chooses nothing but at the start. Loaded only for a stream that has subtitles.

import { el } from "./dom.js";

/** What a viewer chose for a video, for the next load of the same stream: the list, and the modes of its tracks. */
const remembered = new WeakMap();

export class StreamTracks {
  #video;
  #key;
  #tracks;
  #chosen = null;
  #stop = new AbortController();

  /** `list` is the player's; `choose(id)` hears what is to be loaded, null for nothing. */
  constructor(video, list, choose) {
    this.#video = video;
    this.#key = JSON.stringify(list);
    this.#tracks = list.map(({ id, label, language, describes }) => {
      const node = el("track", { kind: describes ? "captions" : "subtitles", label, srclang: language });
      video.append(node);
      return { id, node, segments: new Map(), said: new Set() };
    });
    const before = remembered.get(video);
    const spoken = navigator.language.split("-")[0];
    const first = list.find((track) => track.default) ?? list.find(({ forced, language }) => forced && language.split("-")[0] === spoken);
    this.#tracks.forEach(({ id, node }, index) => {
      const unasked = id === first?.id ? "showing" : "disabled";
      // A track that nobody has set is one that the browser may show by itself.
      node.track.mode = "hidden";
      node.track.mode = before?.key === this.#key ? before.modes[index] : unasked;
    });
    video.textTracks.addEventListener("change", () => this.#look(choose), { signal: this.#stop.signal });
    this.#look(choose);
  }

  /** Takes the cues of a segment in, or without `cues` lets go of them. */
  hear({ track: id, segment, cues }) {
    const track = this.#tracks.find((candidate) => candidate.id === id);
    if (!track) return;
    const { node, segments, said } = track;
    for (const [key, cue] of segments.get(segment) ?? []) {
      node.track.removeCue(cue);
      said.delete(key);
    }
    segments.delete(segment);
    if (!cues) return;
    const fresh = [];
    for (const { start, end, settings, text } of cues) {
      // A cue that lasts longer than its segment comes with the next one again.
      const key = `${start.toFixed(2)} ${end.toFixed(2)} ${text}`;
      if (said.has(key)) continue;
      said.add(key);
      const cue = new VTTCue(start, end, text);
      for (const setting of settings.split(/\s+/)) place(cue, setting);
      node.track.addCue(cue);
      fresh.push([key, cue]);
    }
    segments.set(segment, fresh);
  }

  close() {
    this.#stop.abort();
    remembered.set(this.#video, { key: this.#key, modes: this.#tracks.map(({ node }) => node.track.mode) });
    for (const { node } of this.#tracks) node.remove();
  }

  /** One that shows comes before one that a page only listens to. */
  #look(choose) {
    const inMode = (mode) => this.#tracks.find(({ node }) => node.track.mode === mode);
    const id = (inMode("showing") ?? inMode("hidden"))?.id ?? null;
    if (id === this.#chosen) return;
    this.#chosen = id;
    choose(id);
  }
}

/** Where a cue stands, by one of its settings; one that makes no sense is passed over. */
function place(cue, setting) {
  const [name, value = ""] = setting.split(":");
  const [first, anchor] = value.split(",");
  const number = parseFloat(first);
  if (name === "align" || name === "vertical") cue[name] = value;
  if (name === "line" && !Number.isNaN(number)) {
    cue.snapToLines = !first.endsWith("%");
    cue.line = number;
    if (anchor) cue.lineAlign = anchor;
  }
  if (["position", "size"].includes(name) && number >= 0 && number <= 100) {
    cue[name] = number;
    if (anchor) cue.positionAlign = anchor;
  }
}
