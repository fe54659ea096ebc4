// Carries the video's events to the player and the player's wishes to the video. Decides nothing.

const REPORTED = [
  "play", "pause", "playing", "waiting", "seeking", "seeked", "ratechange", "ended",
  "error", "loadedmetadata", "loadeddata", "canplay", "resize", "emptied",
];
const TICK_MS = 250;

export class VideoBridge {
  #video;
  #port;
  #stop = new AbortController();
  #timer;
  #objectUrl = null;
  #baseRate = 1;
  #pace = 1;
  #width = 0; // in CSS pixels, as the browser tells it: asking would force a layout
  #sizes = new ResizeObserver(([{ contentRect }]) => (this.#width = contentRect.width));

  constructor(video, port) {
    this.#video = video;
    this.#port = port;
    const { signal } = this.#stop;
    for (const name of REPORTED) video.addEventListener(name, () => this.report(name), { signal });
    document.addEventListener("visibilitychange", () => this.report("visibility"), { signal });
    this.#sizes.observe(video);
    this.#timer = setInterval(() => this.report("tick"), TICK_MS);
  }

  /** Tells the player how the video stands, and why it is told. */
  report(event) {
    const video = this.#video;
    const frames = video.getVideoPlaybackQuality?.();
    this.#port.postMessage({
      type: "video",
      event,
      time: video.currentTime,
      rate: video.playbackRate,
      paused: video.paused,
      seeking: video.seeking,
      ended: video.ended,
      readyState: video.readyState,
      hidden: document.hidden,
      dropped: frames?.droppedVideoFrames ?? 0,
      decoded: frames?.totalVideoFrames ?? 0,
      pixelWidth: Math.round(this.#width * (globalThis.devicePixelRatio ?? 1)),
    });
  }

  /** Does what the player asks of the video; false if the message is not for the video. */
  obey(message) {
    const video = this.#video;
    switch (message.type) {
      case "attach":
        if (globalThis.ManagedMediaSource) video.disableRemotePlayback = true;
        if (message.handle) video.srcObject = message.handle;
        else video.src = this.#objectUrl = message.url;
        this.report("attached");
        return true;
      case "seek":
        video.currentTime = message.time;
        return true;
      case "rate":
        this.#pace = message.rate;
        video.playbackRate = this.#baseRate * this.#pace;
        return true;
      default:
        return false;
    }
  }

  /** The rate that the viewer or the page chose; the player's catching-up comes on top. */
  set baseRate(rate) {
    this.#baseRate = rate;
    this.#video.playbackRate = rate * this.#pace;
  }

  /** Lets go of the video and empties it. */
  close() {
    this.#stop.abort();
    this.#sizes.disconnect();
    clearInterval(this.#timer);
    this.#video.srcObject = null;
    this.#video.removeAttribute("src");
    if (this.#objectUrl) URL.revokeObjectURL(this.#objectUrl);
    this.#video.load();
  }
}
