// Defines <live-stall>: shows a poster or a face at once, then loads only what its attributes ask for.
//
//   <script type="module" src="https://shop.example/embed/live-stall.js"></script>
//   <live-stall room="autumn-tea" server="https://shop.example" lang="zh-CN" muted autoplay></live-stall>
//
// What a page's Content-Security-Policy must allow, with https://shop.example as the host of these files:
//   script-src https://shop.example 'wasm-unsafe-eval'; worker-src blob: https://shop.example; media-src blob:; img-src https: data:;
//   connect-src https://shop.example wss://shop.example (and whichever host serves the stream)
// Without worker-src the player runs on the page; without 'wasm-unsafe-eval' the browser's own HLS is tried.

import { playUnasked } from "./autoplay.js";
import { likeMediaElement, repeatMediaEvents } from "./media_api.js";
import { OverlaySeat } from "./overlay_seat.js";
import { Recovery } from "./recovery.js";
import { Session } from "./session.js";
import { Stage } from "./stage.js";
import { faceOf, freshFacts, learn } from "./state.js";
import { pickLanguage, stringsFor } from "./strings.js";
import { NO_TIMELINE, timeRange } from "./timeline.js";

const ERROR_CODES = { network: 2, media: 3, unsupported: 4, playlist: 4 };
/** This much later than the player aims at still counts as live. */
const LIVE_SLACK_S = 3;
const home = new URL(import.meta.url);

class LiveStall extends HTMLElement {
  static observedAttributes = ["src", "room", "server", "token", "lang", "poster", "muted", "loop", "controls", "danmaku"];

  #stage = new Stage(this.attachShadow({ mode: "open" }), {
    play: () => void this.play().catch(() => {}),
    retry: () => this.#restart(true),
    replay: () => this.#replay(),
    unmute: () => this.#unmute(),
  });
  #seat = new OverlaySeat(this.#stage.overlay);
  #facts = freshFacts(false);
  #session = null;
  #recovery = new Recovery(() => this.#restart(this.#facts.asked || this.autoplay));
  #controls = null; // a promise of its handle
  #clockOffset = null;
  #mutedAtStart = false;
  #error = null;
  #baseRate = 1;
  #queued = false;

  constructor() {
    super();
    repeatMediaEvents(this.video, this, (event) => this.#onMedia(event));
    // Properties set before this class was defined would hide its accessors.
    for (const name of Object.keys(this)) {
      if (!(name in LiveStall.prototype)) continue;
      const value = this[name];
      delete this[name];
      this[name] = value;
    }
  }

  connectedCallback() {
    this.#draw();
    if (!this.#session) this.#queueLoad();
  }

  disconnectedCallback() {
    // A move within the document disconnects and connects in one go: only a real removal ends the show.
    queueMicrotask(() => {
      if (!this.isConnected) this.#close();
    });
  }

  attributeChangedCallback(name, before, after) {
    if (before === after) return;
    if (name === "muted") this.video.muted = after !== null;
    else if (name === "loop") this.video.loop = after !== null;
    else if (name === "poster") this.#stage.poster = after;
    else if (name === "controls") this.#drawControls();
    else if (name === "token") this.#seat.tell((overlay) => overlay.set_token(after));
    else if (name === "danmaku") this.#seat.tell((overlay) => overlay.set_danmaku(after !== "off"));
    else if (name === "lang") this.#onLanguage();
    else {
      if (name !== "src") this.#seat.clear();
      this.#queueLoad();
    }
  }

  /** The `<video>` inside. */
  get video() { return this.#stage.video; }

  // ---- like an HTMLMediaElement (the rest is forwarded by media_api.js) ----

  get src() { return this.getAttribute("src") ?? ""; }
  set src(value) { this.setAttribute("src", value); }
  get poster() { return this.getAttribute("poster") ?? ""; }
  set poster(value) { this.setAttribute("poster", value); }
  get currentTime() { return this.video.currentTime; }
  set currentTime(seconds) { this.video.currentTime = seconds; }
  get duration() { return this.#timeline.live ? Infinity : (this.#timeline.duration ?? this.video.duration); }
  get seekable() { return this.#timeline.seekable.length ? timeRange(this.#timeline.seekable) : this.video.seekable; }
  get playbackRate() { return this.#baseRate; }
  set playbackRate(rate) {
    this.#baseRate = Number(rate);
    if (this.#session) this.#session.baseRate = this.#baseRate;
    this.dispatchEvent(new Event("ratechange"));
  }
  /** What ended the load: `{ code, kind, cause, message }` with MediaError's codes; null while all is well. */
  get error() { return this.#error; }
  /** For media-chrome: 0 for a live stream, NaN for one that has an end; and from where on a viewer counts as live. */
  get targetLiveWindow() { return this.#timeline.live ? 0 : NaN; }
  get liveEdgeStart() { return this.#timeline.live ? this.#timeline.edge - this.#timeline.target - LIVE_SLACK_S : NaN; }

  /** Plays; like the video's own, and rejects as that does when the browser wants a click first. */
  async play() {
    this.#learn("asked");
    if (!this.#session || this.#error) this.load();
    await this.#session?.attached;
    try {
      await this.video.play();
    } catch (error) {
      if (error.name === "NotAllowedError") this.#learn("refused");
      throw error;
    }
  }

  pause() {
    this.#learn("unasked");
    this.video.pause();
  }

  /** Starts over with the present attributes. */
  load() { this.#restart(this.#facts.asked || this.autoplay); }

  // ---- beyond it ----

  /** Time on the programme's clock of the picture on screen, a `Date`; null before the first picture or without such a clock. */
  get programTime() {
    const ms = this.#session?.programMs ?? null;
    return ms === null ? null : new Date(ms);
  }

  /** Seconds behind the programme clock; NaN when unknown or not live. */
  get latency() {
    const ms = this.#timeline.live ? (this.#session?.programMs ?? null) : null;
    return ms === null ? NaN : (Date.now() + (this.#clockOffset ?? 0) - ms) / 1000;
  }

  get stats() {
    const { type, ...player } = this.#session?.stats ?? {};
    return {
      stalls: 0, stallMs: 0, bandwidth: null, bufferAhead: 0, rendition: null, wasmBytes: 0,
      ...player,
      startupMs: this.#session?.startupMs ?? null,
      latency: this.latency,
      droppedFrames: this.video.getVideoPlaybackQuality?.().droppedVideoFrames ?? 0,
      home: this.#session?.home ?? null,
      danmaku: this.#seat.danmaku,
    };
  }

  /** `[{ id, width, height, bitrate }]`, empty until the stream is known. */
  get qualities() { return this.#session?.qualities ?? []; }
  /** The quality that was chosen, by id, or "auto". */
  get quality() { return this.#session?.chosenQuality ?? "auto"; }
  set quality(id) {
    this.#session?.choose(id === "auto" ? null : id);
    this.dispatchEvent(new Event("qualitychange"));
  }

  /** Jumps to the live edge, and plays. */
  seekToLive() {
    if (this.#session?.home === "native") this.video.currentTime = this.video.seekable.end(this.video.seekable.length - 1);
    else this.#session?.post({ type: "seek_live" });
    if (this.paused) void this.play().catch(() => {});
  }

  /** Puts comments of the page's own on the picture: `[{ text, mode, color, at }]`. */
  addDanmaku(comments) {
    this.#mountOverlay(true);
    this.#seat.tell((overlay) => overlay.add_danmaku(comments));
  }

  // ---- loading ----

  get #timeline() { return this.#session?.timeline ?? NO_TIMELINE; }
  get #server() { return new URL(this.getAttribute("server") || home.origin, location.href).origin; }
  get #source() {
    const room = this.getAttribute("room");
    if (this.src) return new URL(this.src, document.baseURI).href;
    return room ? `${this.#server}/live/${encodeURIComponent(room)}/index.m3u8` : null;
  }

  /** Attributes come one by one: one load for all that are set in the same task. */
  #queueLoad() {
    if (this.#queued) return;
    this.#queued = true;
    queueMicrotask(() => {
      this.#queued = false;
      if (!this.isConnected) return;
      if (this.autoplay || this.getAttribute("preload") !== "none") this.load();
      else this.#close();
    });
  }

  #restart(asked) {
    this.#session?.close();
    this.#recovery.stop();
    this.#error = null;
    this.#facts = freshFacts(asked);
    const source = this.#source;
    if (source === null || !this.isConnected) return this.#close();
    const session = new Session(this.video, (name, detail) => session === this.#session && this.#onSession(name, detail));
    this.#session = session;
    session.baseRate = this.#baseRate;
    this.#mutedAtStart = this.video.muted;
    this.#draw();
    // The picture first: the overlay's module waits until the player's is up.
    session.open(source, this.getAttribute("start"), this.#clockOffset).finally(() => this.#mountOverlay(false));
  }

  #close() {
    this.#session?.close();
    this.#session = null;
    this.#recovery.stop();
    if (!this.isConnected) this.#seat.clear();
    this.#facts = freshFacts(false);
    this.#draw();
  }

  #onSession(name, detail) {
    if (name === "attached") {
      if (this.#facts.asked) void this.#playByItself();
    } else if (name === "state") {
      this.#learn(detail.state === "ended" ? "over" : detail.state);
    } else if (name === "error") {
      this.#onError(detail);
    } else {
      this.#draw();
      this.dispatchEvent(new Event(`stall-${name}`)); // for controls.js: timeline, stats, qualities
    }
  }

  #onError({ kind, cause, message, fatal }) {
    const error = { code: ERROR_CODES[kind] ?? 3, kind, cause, message };
    const notYet = fatal && this.hasAttribute("room") && cause === "http_404" && !this.#facts.shown;
    if (fatal && (kind === "network" || notYet)) this.#recovery.start(this.#source);
    if (notYet) return this.#learn("offline");
    this.#announce("error", { ...error, fatal });
    if (!fatal) return;
    this.#error = error;
    this.#learn("error", error);
    this.dispatchEvent(new Event("error"));
  }

  async #playByItself() {
    const session = this.#session;
    const outcome = await playUnasked(this.video);
    if (session !== this.#session) return;
    if (outcome === "muted") this.#mutedAtStart = true;
    if (outcome === "refused") this.#learn("refused");
    else this.#draw();
  }

  #replay() {
    this.#facts = freshFacts(true);
    const ranges = this.seekable;
    if (ranges.length) this.video.currentTime = ranges.start(0);
    void this.play().catch(() => {});
  }

  #unmute() {
    this.video.muted = false;
    if (this.video.volume === 0) this.video.volume = 1;
  }

  // ---- faces ----

  #onMedia({ type }) {
    if (type === "volumechange" && !this.video.muted) this.#mutedAtStart = false;
    if (type === "loadeddata") {
      this.#announce("ready", { startupMs: this.#session?.startupMs ?? null, home: this.#session?.home ?? null });
    }
    const moves = !this.video.paused && !this.video.seeking && this.video.readyState >= 3;
    this.#learn(type, moves);
  }

  #learn(happening, detail) {
    this.#facts = learn(this.#facts, happening, detail);
    this.#draw();
  }

  #draw() {
    const face = faceOf(this.#facts);
    const room = this.hasAttribute("room");
    this.#stage.draw({
      face,
      room,
      pill: face === "playing" && this.#mutedAtStart && this.video.muted,
      shown: this.#facts.shown,
      live: room || this.#timeline.live,
      error: this.#facts.error,
      language: this.#language,
      words: stringsFor(this.#language),
    });
  }

  get #language() {
    return pickLanguage(this.getAttribute("lang"), this.closest("[lang]")?.lang, navigator.language);
  }

  #onLanguage() {
    this.#draw();
    this.#seat.tell((overlay) => overlay.set_lang(this.#language));
    this.#controls?.then((controls) => controls.draw());
  }

  #announce(noun, detail) {
    this.dispatchEvent(new CustomEvent(`stall:${noun}`, { bubbles: true, composed: true, detail }));
  }

  // ---- what is loaded on demand ----

  #drawControls() {
    const wanted = this.hasAttribute("controls");
    if (wanted === Boolean(this.#controls)) return;
    if (!wanted) {
      void this.#controls.then((controls) => controls.destroy());
      this.#controls = null;
      return;
    }
    this.#controls = import("./controls.js").then(({ mountControls }) =>
      mountControls(this, this.#stage, () => stringsFor(this.#language)),
    );
  }

  /** Mounts the overlay when there is a room, or for `danmakuOnly`. */
  #mountOverlay(danmakuOnly) {
    const room = this.getAttribute("room");
    if (this.#seat.taken || !this.isConnected || !(room || danmakuOnly)) return;
    this.#seat.mount(this.#overlayOptions(room), (error) =>
      this.#announce("error", { code: 2, kind: "overlay", cause: "not_loaded", message: String(error), fatal: false }));
  }

  #overlayOptions(room) {
    return {
      room,
      server: this.#server,
      token: this.getAttribute("token"),
      lang: this.#language,
      danmaku: this.getAttribute("danmaku") !== "off",
      element: this,
      clock: () => this.#overlayClock(),
      paused: () => this.paused || this.#facts.waiting,
      on_clock: (offset) => {
        this.#clockOffset = offset;
        this.#session?.post({ type: "clock", offset });
      },
      on_status: (status) => this.#onRoomStatus(status),
    };
  }

  /** StreamTime of the picture on screen; a stream without a programme clock counts from its own start. */
  #overlayClock() {
    if (!this.#facts.shown) return null;
    return this.#session?.programMs ?? this.video.currentTime * 1000;
  }

  #onRoomStatus(status) {
    if (status === "away") return this.#learn("away");
    if (status !== "live") return;
    if (["ended", "offline", "error"].includes(faceOf(this.#facts))) this.load();
    else this.#learn("ready");
  }
}

likeMediaElement(LiveStall);
if (!customElements.get("live-stall")) customElements.define("live-stall", LiveStall);
export { LiveStall };
