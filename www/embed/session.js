// One load of one address: opens a player, listens to its port, and keeps what it last said. A retry is a new session.

import { Ahead } from "./ahead.js";
import { TRACKS, here } from "./files.js";
import { hasMediaSource, openPlayer } from "./player_port.js";
import { NO_TIMELINE, clampToSeekable, mediaAt, parseStart, programAt } from "./timeline.js";
import { VideoBridge } from "./video_bridge.js";

/** Cues that are kept for whoever asks late. */
const KEPT_CUES = 500;
const HLS = "application/vnd.apple.mpegurl";

export class Session {
  timeline = NO_TIMELINE;
  stats = {};
  qualities = [];
  /** The sounds to choose from, and the id of the one that is heard. */
  audio = { list: [], heard: null };
  /** What the picture has reached since the load, oldest first. */
  cues = [];
  /** The id of the quality that is fetched now. */
  currentQuality = null;
  /** The stream's address. */
  src = "";
  home = null;
  /** Whether the stream was live when it was first seen, or since. */
  wasLive = false;
  /** ms: from `load()` to the first picture, once there is one. */
  startupMs = null;
  /** Resolves when the video has a source, so that `play()` means something. */
  attached;
  /** Rejects when the load is over for good: what waits for a picture waits in vain. */
  failed;

  #video;
  #tell;
  #begun = performance.now();
  #player = null;
  #bridge = null;
  #clock = null; // a start given as a clock time waits here for the first timeline
  #closed = false;
  #baseRate = 1;
  #quality = "auto";
  #program = null;
  #texts = null; // the stream's subtitles, if it has any
  #settleAttached;
  #fail;
  #firstPicture = new AbortController();
  #asking = new AbortController();

  /** `tell(name, detail)` hears: attached, state, error, cue, timeline, stats, qualities. */
  constructor(video, tell) {
    this.#video = video;
    this.#tell = tell;
    this.attached = new Promise((resolve, reject) => (this.#settleAttached = { resolve, reject }));
    this.attached.catch(() => {});
    this.failed = new Promise((_, reject) => (this.#fail = reject));
    this.failed.catch(() => {});
    const seen = () => (this.startupMs ??= Math.round(performance.now() - this.#begun));
    video.addEventListener("loadeddata", seen, { once: true, capture: true, signal: this.#firstPicture.signal });
  }

  async open(src, start) {
    this.src = src;
    if (!hasMediaSource()) return this.#native(src, "the browser has no MediaSource");
    const wanted = parseStart(start);
    this.#clock = wanted?.clock ?? null;
    // While the player comes up, which takes as long.
    const ahead = new Ahead(src, wanted === null, this.#asking.signal);
    try {
      const player = await openPlayer(ahead, (why) => this.#died(why));
      this.#player = player;
      if (this.#closed) return this.#endPlayer();
      this.home = player.home;
    } catch (error) {
      return this.#closed ? undefined : this.#native(src, error.message);
    }
    this.#bridge = new VideoBridge(this.#video, this.#player.port);
    this.#bridge.baseRate = this.#baseRate;
    this.#player.port.onmessage = ({ data }) => this.#hear(data);
    this.post({ type: "load", src, start: this.#clock ? null : wanted });
  }

  /** Sends to the player; dropped when there is none. */
  post(message) {
    this.#player?.port.postMessage(message);
  }

  /** By id, or "auto"; one that the stream has not got is passed over. */
  set quality(id) {
    this.#quality = id;
    this.#sendQuality();
  }

  /** Moves the picture to programme time `ms`. */
  seekToProgram(ms) {
    const seconds = mediaAt(this.timeline, ms);
    if (seconds !== null) this.#video.currentTime = clampToSeekable(this.timeline, seconds);
  }

  seekToLive() {
    const { seekable } = this.#video;
    if (this.home !== "native") this.post({ type: "seek_live" });
    else if (seekable.length) this.#video.currentTime = seekable.end(seekable.length - 1);
  }

  set baseRate(rate) {
    this.#baseRate = rate;
    if (this.#bridge) this.#bridge.baseRate = rate;
    else this.#video.playbackRate = rate;
  }

  /** Programme time in ms of the picture on screen; null before the first one, or without a programme clock. */
  get programMs() {
    const video = this.#video;
    // While it seeks the old picture stays up, and so does its time.
    if (video.readyState >= 2 && !video.seeking) this.#program = this.#programNow();
    return this.#program;
  }

  close() {
    this.#closed = true;
    this.#firstPicture.abort();
    this.#asking.abort();
    this.#settleAttached.reject(new DOMException("a new load began", "AbortError"));
    this.#endPlayer();
    if (this.home !== "native") return;
    this.#video.removeAttribute("src");
    this.#video.load();
  }

  /** A player at home on the page stops only when it is told to. */
  #endPlayer() {
    this.post({ type: "stop" });
    this.#texts?.close();
    this.#texts = null;
    this.#bridge?.close();
    this.#player?.end();
    this.#player = null;
  }

  #sendQuality() {
    const known = this.qualities.some(({ id }) => id === this.#quality);
    if (known || this.#quality === "auto") this.post({ type: "quality", id: known ? this.#quality : null });
  }

  #programNow() {
    const video = this.#video;
    const program = programAt(this.timeline, video.currentTime);
    if (program !== null || this.home !== "native") return program;
    const startDate = video.getStartDate?.().getTime(); // Safari's own mapping
    return Number.isFinite(startDate) ? startDate + video.currentTime * 1000 : null;
  }

  /** The browser's own HLS: no low latency and no statistics, but a picture where WASM or MediaSource is not to be had. */
  #native(src, reason) {
    if (!this.#video.canPlayType(HLS)) {
      this.#tell("error", { kind: "unsupported", cause: "no_player", message: reason, fatal: true });
      return;
    }
    console.info(`live-stall: ${reason}; the browser plays ${src} by itself`);
    this.home = "native";
    this.#video.src = src;
    this.#video.playbackRate = this.#baseRate; // which a new source resets
    this.#whenAttached();
  }

  #died(why) {
    if (this.#closed) return;
    this.#fail(new DOMException(why, "NotSupportedError"));
    this.#tell("error", { kind: "media", cause: "player_stopped", message: `the player stopped: ${why}`, fatal: true });
  }

  #whenAttached() {
    this.#settleAttached.resolve();
    this.#tell("attached");
  }

  #hear(message) {
    if (this.#closed) return;
    if (this.#bridge.obey(message)) {
      if (message.type === "attach") this.#whenAttached();
      return;
    }
    switch (message.type) {
      case "native":
        this.#endPlayer();
        return this.#native(this.src, "the browser refused the player a MediaSource");
      case "timeline":
        this.timeline = message;
        this.wasLive ||= message.live;
        this.#startAtClock();
        break;
      case "stats":
        this.stats = message;
        break;
      case "qualities": {
        const first = this.qualities.length === 0;
        this.qualities = message.list;
        this.currentQuality = message.current;
        if (first && this.#quality !== "auto") this.#sendQuality();
        break;
      }
      case "cue":
        delete message.type;
        this.cues.push(message);
        if (this.cues.length > KEPT_CUES) this.cues.shift();
        return this.#tell("cue", message);
      case "renditions":
        this.audio = { list: message.audio, heard: message.heard };
        void this.#offerSubtitles(message.subtitles).catch(reportError);
        break;
      case "captions":
        return this.#texts?.hear(message);
      case "error":
        if (!message.fatal) break;
        this.#fail(new DOMException(message.message, "NotSupportedError"));
        this.#settleAttached.reject(new Error(message.message));
        break;
      case "state":
        break;
      default:
        return;
    }
    this.#tell(message.type, message);
  }

  async #offerSubtitles(list) {
    if (list.length === 0) return;
    const { StreamTracks } = await import(here(TRACKS));
    if (!this.#closed) this.#texts ??= new StreamTracks(this.#video, list, (id) => this.post({ type: "subtitles", id }));
  }

  #startAtClock() {
    const day = this.timeline.anchors[0]?.[1];
    if (!this.#clock || day === undefined) return;
    this.#video.currentTime = clampToSeekable(this.timeline, mediaAt(this.timeline, this.#clock(day)));
    this.#clock = null;
  }
}
