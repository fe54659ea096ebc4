// What a page may ask of the picture: the HTMLMediaElement's properties, and those that only a live shop needs.
// Loads nothing and shows nothing: it reads the session that live-stall.js has put here.

import { AudioTracks } from "./audio_tracks.js";
import { drawnBox } from "./fit.js";
import { likeMediaElement } from "./media_api.js";
import { NO_TIMELINE, WINDOW_WORTH_SEEKING_S, timeRange } from "./timeline.js";
import { VideoRenditions } from "./video_renditions.js";

/** The element's present session; null when nothing is loaded. */
export const SESSION = Symbol("session");
/** ms that the server's clock is ahead of ours; null when unknown. */
export const CLOCK_OFFSET = Symbol("clock offset");

/** This much later than the player aims at still counts as live. */
const LIVE_SLACK_S = 3;
/** The same, counted from the end of what can be sought, where the browser plays by itself and names no target. */
const NATIVE_SLACK_S = 10;

const NO_AUDIO = { list: [], heard: null };

export class MediaElement extends HTMLElement {
  [SESSION] = null;
  [CLOCK_OFFSET] = null;
  #rate = 1;
  #quality = "auto";
  /** The qualities once more, as media-chrome reads them. */
  videoRenditions = new VideoRenditions(this);
  /** The stream's sounds; empty when there is no choice. */
  audioTracks = new AudioTracks(() => this[SESSION]?.audio ?? NO_AUDIO, (id) => this[SESSION]?.post({ type: "audio", id }));

  /** The stream's own address; the video's is made up for the page. */
  get currentSrc() { return this[SESSION]?.src ?? ""; }
  get currentTime() { return this.video.currentTime; }
  set currentTime(seconds) { this.video.currentTime = seconds; }
  /** Every seek shows the nearest keyframe first. */
  fastSeek(seconds) { this.currentTime = seconds; }
  get duration() { return this.#timeline.live ? Infinity : (this.#timeline.duration ?? this.video.duration); }
  get seekable() { return this.#timeline.seekable.length ? timeRange(this.#timeline.seekable) : this.video.seekable; }
  /** The rate that was asked for; to hold its latency the player may go a little faster or slower. */
  get playbackRate() { return this.#rate; }
  set playbackRate(rate) {
    const wanted = Number(rate);
    if (!Number.isFinite(wanted)) throw new TypeError(`playbackRate: expected a finite number, found ${rate}`);
    // A rate that the browser cannot do throws here, and the old one stays.
    if (this[SESSION]) this[SESSION].baseRate = wanted;
    else this.video.playbackRate = wanted;
    this.#rate = wanted;
    this.dispatchEvent(new Event("ratechange"));
  }

  /** "live", "on-demand", or "unknown" as long as nothing is known. */
  get streamType() {
    const { duration } = this;
    return Number.isNaN(duration) ? "unknown" : duration === Infinity ? "live" : "on-demand";
  }

  /** Infinity for a live stream to seek in, 0 for one without a past worth seeking, NaN for what is not live. */
  get targetLiveWindow() {
    if (this.streamType !== "live") return NaN;
    const { seekable } = this;
    return seekable.length && seekable.end(0) - seekable.start(0) > WINDOW_WORTH_SEEKING_S ? Infinity : 0;
  }

  /** From where on a viewer counts as live; NaN for what is not live. */
  get liveEdgeStart() {
    if (this.streamType !== "live") return NaN;
    const { live, edge, target } = this.#timeline;
    if (live) return edge - target - LIVE_SLACK_S;
    const { seekable } = this;
    return seekable.length ? seekable.end(seekable.length - 1) - NATIVE_SLACK_S : NaN;
  }

  /** Time on the programme's clock of the picture on screen, a `Date`; null before the first picture or without such a clock. */
  get programTime() {
    const ms = this[SESSION]?.programMs ?? null;
    return ms === null ? null : new Date(ms);
  }

  /** Where the picture is drawn, what is cropped of it too, in pixels of the window; null before the first. */
  get pictureBox() {
    return drawnBox(this.video);
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
  /** The quality that was chosen, by id, or "auto"; it holds for every later load that has it. */
  get quality() {
    const { qualities } = this;
    return qualities.length && !qualities.some(({ id }) => id === this.#quality) ? "auto" : this.#quality;
  }

  set quality(id) {
    const { qualities } = this;
    const wanted = id === "auto" ? id : qualities.length ? qualities.find((quality) => String(quality.id) === String(id))?.id : Number(id);
    if (wanted !== "auto" && !Number.isInteger(wanted)) {
      throw new RangeError(`quality: expected "auto" or one of ${qualities.map((quality) => quality.id).join(", ") || "the ids in qualities"}, found ${id}`);
    }
    if (wanted === this.#quality) return;
    this.#quality = wanted;
    if (this[SESSION]) this[SESSION].quality = wanted;
    this.dispatchEvent(new Event("qualitychange"));
  }

  /** The details of every `stall:cue` since the load, oldest first: for who began to listen late. At most the last 500. */
  get cues() { return [...(this[SESSION]?.cues ?? [])]; }

  /** Jumps to the live edge, and plays. */
  seekToLive() {
    this[SESSION]?.seekToLive();
    if (this.paused) void this.play().catch(() => {});
  }

  /** The id of the quality that is fetched now; null before the first. */
  get currentQuality() { return this[SESSION]?.currentQuality ?? null; }

  get #timeline() { return this[SESSION]?.timeline ?? NO_TIMELINE; }
}

likeMediaElement(MediaElement);
