// What a page may ask of the picture: the HTMLMediaElement's properties, and those that only a live shop needs.
// Loads nothing and shows nothing: it reads the session that live-stall.js has put here.

import { likeMediaElement } from "./media_api.js";
import { NO_TIMELINE, timeRange } from "./timeline.js";

/** The element's present session; null when nothing is loaded. */
export const SESSION = Symbol("session");
/** ms that the server's clock is ahead of ours; null when unknown. */
export const CLOCK_OFFSET = Symbol("clock offset");

/** This much later than the player aims at still counts as live. */
const LIVE_SLACK_S = 3;

export class MediaElement extends HTMLElement {
  [SESSION] = null;
  [CLOCK_OFFSET] = null;
  #rate = 1;

  get src() { return this.getAttribute("src") ?? ""; }
  set src(value) { this.setAttribute("src", value); }
  get poster() { return this.getAttribute("poster") ?? ""; }
  set poster(value) { this.setAttribute("poster", value); }
  get currentTime() { return this.video.currentTime; }
  set currentTime(seconds) { this.video.currentTime = seconds; }
  get duration() { return this.#timeline.live ? Infinity : (this.#timeline.duration ?? this.video.duration); }
  get seekable() { return this.#timeline.seekable.length ? timeRange(this.#timeline.seekable) : this.video.seekable; }
  /** The rate that was asked for; to hold its latency the player may go a little faster or slower. */
  get playbackRate() { return this.#rate; }
  set playbackRate(rate) {
    this.#rate = Number(rate);
    if (this[SESSION]) this[SESSION].baseRate = this.#rate;
    this.dispatchEvent(new Event("ratechange"));
  }

  /** For media-chrome: 0 for a live stream, NaN for one that has an end; and from where on a viewer counts as live. */
  get targetLiveWindow() { return this.#timeline.live ? 0 : NaN; }
  get liveEdgeStart() { return this.#timeline.live ? this.#timeline.edge - this.#timeline.target - LIVE_SLACK_S : NaN; }

  /** Time on the programme's clock of the picture on screen, a `Date`; null before the first picture or without such a clock. */
  get programTime() {
    const ms = this[SESSION]?.programMs ?? null;
    return ms === null ? null : new Date(ms);
  }

  /** Seconds behind the programme clock; NaN when unknown or not live. */
  get latency() {
    const ms = this.#timeline.live ? (this[SESSION]?.programMs ?? null) : null;
    return ms === null ? NaN : (Date.now() + (this[CLOCK_OFFSET] ?? 0) - ms) / 1000;
  }

  /** How it goes, as a plain object; what is not known yet is null or 0. */
  get stats() {
    const { type, ...player } = this[SESSION]?.stats ?? {};
    return {
      stalls: 0, stallMs: 0, bandwidth: null, bufferAhead: 0, rendition: null, wasmBytes: 0,
      ...player,
      startupMs: this[SESSION]?.startupMs ?? null,
      latency: this.latency,
      droppedFrames: this.video.getVideoPlaybackQuality?.().droppedVideoFrames ?? 0,
      home: this[SESSION]?.home ?? null,
    };
  }

  /** `[{ id, width, height, bitrate }]`, empty until the stream is known. */
  get qualities() { return this[SESSION]?.qualities ?? []; }
  /** The quality that was chosen, by id, or "auto". */
  get quality() { return this[SESSION]?.chosenQuality ?? "auto"; }
  set quality(id) {
    this[SESSION]?.choose(id === "auto" ? null : Number(id));
    this.dispatchEvent(new Event("qualitychange"));
  }

  /** The details of every `stall:cue` since the load, oldest first: for who began to listen late. At most the last 500. */
  get cues() { return [...(this[SESSION]?.cues ?? [])]; }

  /** Jumps to the live edge, and plays. */
  seekToLive() {
    this[SESSION]?.seekToLive();
    if (this.paused) void this.play().catch(() => {});
  }

  get #timeline() { return this[SESSION]?.timeline ?? NO_TIMELINE; }
}

likeMediaElement(MediaElement);
