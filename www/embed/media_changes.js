// Says what a new timeline or a new load has changed, in the events that a media element and media-chrome have for it.
// A media element says `durationchange`; the others are from https://github.com/video-dev/media-ui-extensions.

const WATCHED = {
  durationchange: (element) => element.duration,
  seekablechange: ({ seekable }) => (seekable.length ? `${seekable.start(0)} ${seekable.end(0)}` : ""),
  streamtypechange: (element) => element.streamType,
  targetlivewindowchange: (element) => element.targetLiveWindow,
};

export class MediaChanges {
  #element;
  #known = {};

  constructor(element) {
    this.#element = element;
  }

  /** Dispatches an event for each property that reads otherwise than at the last call. */
  tell() {
    for (const [event, read] of Object.entries(WATCHED)) {
      const value = read(this.#element);
      if (Object.is(value, this.#known[event])) continue;
      this.#known[event] = value;
      this.#element.dispatchEvent(new Event(event));
    }
  }
}
