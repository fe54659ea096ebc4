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
import { CONTROLS, OVERLAY, here } from "./files.js";
import { handOnTracks } from "./light_tracks.js";
import { repeatMediaEvents } from "./media_api.js";
import { MediaChanges } from "./media_changes.js";
import { CLOCK_OFFSET, MediaElement, SESSION } from "./media_element.js";
import { OverlaySeat } from "./overlay_seat.js";
import { Recovery } from "./recovery.js";
import { Session } from "./session.js";
import { Stage } from "./stage.js";
import { faceOf, freshFacts, learn } from "./state.js";
import { pickLanguage, stringsFor } from "./strings.js";

const ERROR_CODES = { network: 2, media: 3, unsupported: 4, playlist: 4 };
/** A stream that stops the player more often than this is left alone until the viewer asks. */
const MOST_CRASHES = 3;
/** An overlay that loads no better than this is not to be had on this page; the next load tries again. */
const MOST_OVERLAY_TRIES = 4;
/** Calls of `addDanmaku` that wait for the overlay; a page that makes more says nothing that is still of use. */
const MOST_WAITING_CALLS = 1_000;
/** Events that change what is drawn without changing the facts: the pill, and whether it is live. */
const SHOWN_BESIDE_FACTS = ["volumechange", "durationchange"];
const home = new URL(import.meta.url);

class LiveStall extends MediaElement {
  static observedAttributes = [
    "src", "room", "show", "server", "token", "lang", "poster", "muted", "loop", "controls", "danmaku", "autoplay", "preload", "start",
  ];

  #stage = new Stage(this.attachShadow({ mode: "open" }), {
    play: () => void this.play().catch(() => {}),
    retry: () => this.#restart(true),
    replay: () => this.#replay(),
    unmute: () => this.#unmute(),
  });
  #seat = new OverlaySeat(this.#stage.overlay);
  #facts = freshFacts(false);
  #recovery = new Recovery(() => this.#restart(this.#facts.asked || this.autoplay));
  #overlayRecovery = new Recovery(() => this.addDanmaku([]));
  #overlayTries = 0;
  #controls = null; // a promise of its handle
  #mutedAtStart = false;
  #error = null;
  #queued = false;
  #pauses = 0;
  #crashes = 0;
  #comments = []; // calls made before there was a place for what they say
  #changes = new MediaChanges(this);

  constructor() {
    super();
    repeatMediaEvents(this.video, this, (event) => this.#onMedia(event));
    handOnTracks(this, this.video);
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
    if (!this[SESSION]) this.#queueLoad();
    if (this.#comments.length) this.addDanmaku([]);
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
    else if (name === "autoplay") this.#onAutoplay(after !== null);
    else if (name === "preload") {
      if (!this[SESSION]) this.#queueLoad();
    } else {
      if (name !== "start") this.quality = "auto"; // ids are the stream's own
      if (name === "room" || name === "server") this.#leaveRoom();
      this.#crashes = 0;
      this.#queueLoad();
    }
  }

  /** The `<video>` inside. */
  get video() { return this.#stage.video; }

  /** What ended the load: `{ code, kind, cause, message }` with MediaError's codes; null while all is well. */
  get error() { return this.#error; }

  /** Plays; like the video's own, and rejects as that does when the browser wants a click first. */
  async play() {
    this.#learn("asked");
    if (!this[SESSION] || this.#error) this.load();
    const pauses = this.#pauses;
    const session = this[SESSION];
    await session?.attached;
    if (pauses !== this.#pauses) throw new DOMException("paused before it could play", "AbortError");
    try {
      await Promise.race([this.video.play(), ...(session ? [session.failed] : [])]);
    } catch (error) {
      if (error.name === "NotAllowedError") this.#learn("refused");
      throw error;
    }
  }

  pause() {
    this.#pauses += 1;
    this.#learn("unasked");
    this.video.pause();
  }

  focus(options) {
    const { node } = this.#stage;
    if (node.hasAttribute("tabindex")) node.focus(options);
    else super.focus(options);
  }

  /** Starts over with the present attributes. */
  load() { this.#restart(this.#facts.asked || this.autoplay); }

  get stats() { return { ...super.stats, danmaku: this.#seat.danmaku }; }

  /**
   * Puts comments of the page's own on the picture: `[{ text, mode, color, at }]`. One that is not as it should be is told by
   * `stall:error` with the cause `bad_comment`; none of its call is then shown.
   */
  addDanmaku(comments) {
    if (!Array.isArray(comments)) throw new TypeError("addDanmaku: expected [{ text, mode, color, at }, …]");
    if (this.#comments.length === MOST_WAITING_CALLS) throw new RangeError("addDanmaku: too many calls before there is a picture");
    if (comments.length) this.#comments.push(comments);
    if (!this.#seat.taken) return this.#mountOverlay(true);
    this.#sayComments();
  }

  // ---- loading ----

  get #server() { return new URL(this.getAttribute("server") || home.origin, location.href).origin; }
  get #source() {
    const room = this.getAttribute("room");
    if (this.src) return new URL(this.src, document.baseURI).href;
    if (!room) return null;
    // A past show by its number; else what is on, or the newest that was.
    const show = /^\d+$/.test(this.getAttribute("show") ?? "") ? `shows/${this.getAttribute("show")}/` : "";
    return `${this.#server}/live/${encodeURIComponent(room)}/${show}index.m3u8`;
  }

  /** Attributes come one by one: one load for all that are set in the same task. */
  #queueLoad() {
    if (this.#queued) return;
    this.#queued = true;
    queueMicrotask(() => {
      // Whoever asked it to play in the same task has loaded it already.
      if (!this.#queued || !this.isConnected) return;
      this.#queued = false;
      if (this.autoplay || this.getAttribute("preload") !== "none") this.load();
      else this.#close();
    });
  }

  #restart(asked) {
    this[SESSION]?.close();
    this.#queued = false;
    this.#overlayTries = 0;
    this.#recovery.stop();
    this.#error = null;
    this.#facts = freshFacts(asked, this.#facts.room);
    const source = this.#source;
    if (source === null || !this.isConnected) return this.#close();
    const session = new Session(this.video, (name, detail) => session === this[SESSION] && this.#onSession(name, detail));
    this[SESSION] = session;
    session.baseRate = this.playbackRate;
    session.quality = this.quality;
    this.#mutedAtStart = this.video.muted;
    this.#draw();
    // The picture first: the overlay's module waits until the player's is up.
    session.open(source, this.getAttribute("start")).finally(() => this.#mountOverlay(false));
  }

  #close() {
    this[SESSION]?.close();
    this[SESSION] = null;
    this.#recovery.stop();
    this.#overlayRecovery.stop();
    if (!this.isConnected) this.#seat.clear();
    this.#facts = freshFacts(false);
    this.#draw();
  }

  #onSession(name, detail) {
    if (name === "attached") {
      // A player that begins again with a fresh source leaves a paused picture paused.
      if (this.#facts.asked && !(this.#facts.shown && this.#facts.paused)) void this.#playByItself();
    } else if (name === "state") {
      this.#learn(detail.state === "ended" ? "over" : detail.state);
    } else if (name === "error") {
      this.#onError(detail);
    } else if (name === "cue") {
      this.#announce("cue", detail);
    } else {
      this.#draw();
      this.#tellChanges();
      this.dispatchEvent(new Event(`stall-${name}`)); // for controls.js: timeline, stats, qualities
    }
  }

  #tellChanges() {
    this.videoRenditions.update();
    this.audioTracks.update();
    this.#changes.tell();
  }

  /** With a player, the video's errors are the player's to mend. */
  #onVideoError() {
    if (this[SESSION]?.home !== "native") return;
    this.#onError({ kind: "media", cause: "native", message: this.video.error?.message || "the browser cannot play this", fatal: true });
  }

  #onError({ kind, cause, message, fatal }) {
    const error = { code: ERROR_CODES[kind] ?? 3, kind, cause, message };
    this.#announce("error", { ...error, fatal });
    if (!fatal) return kind === "network" ? this.#learn("trouble", error) : undefined;
    const crashed = cause === "player_stopped" && (this.#crashes += 1) <= MOST_CRASHES;
    if (kind === "network" || crashed) this.#recovery.start(this.#source);
    this.#error = error;
    this.#learn("error", error);
    this.dispatchEvent(new Event("error"));
  }

  #onAutoplay(on) {
    if (!on || !this.isConnected) return;
    if (!this[SESSION]) return this.#queueLoad();
    if (this.#facts.asked) return;
    this.#learn("asked");
    void this[SESSION].attached.then(() => this.#facts.asked && this.#playByItself(), () => {});
  }

  async #playByItself() {
    const session = this[SESSION];
    const outcome = await playUnasked(this.video);
    if (session !== this[SESSION]) return;
    if (outcome === "muted") this.#mutedAtStart = true;
    if (outcome === "refused") this.#learn("refused");
    else this.#draw();
  }

  #replay() {
    // Of a show that was live the player has its last minute; its recording, which has all, is at the same address.
    if (this[SESSION]?.wasLive && this.hasAttribute("room") && !this.src) return this.#restart(true);
    this.#facts = freshFacts(true, this.#facts.room);
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
      this.#announce("ready", { startupMs: this[SESSION]?.startupMs ?? null, home: this[SESSION]?.home ?? null });
    }
    // Browsers differ in which of its error and its pause they tell first.
    if (type === "error" || (type === "pause" && this.video.error)) this.#learn("failed");
    if (type === "error") return this.#onVideoError();
    if (type === "emptied" || type === "loadedmetadata") this.#tellChanges();
    const moves = !this.video.paused && !this.video.seeking && this.video.readyState >= 3;
    this.#learn(type, moves);
  }

  #learn(happening, detail) {
    const facts = learn(this.#facts, happening, detail);
    if (facts === this.#facts && !SHOWN_BESIDE_FACTS.includes(happening)) return;
    this.#facts = facts;
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
      live: room || this.duration === Infinity,
      error: this.#facts.error ?? this.#facts.trouble,
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
    this.#controls = import(here(CONTROLS)).then(({ mountControls }) =>
      mountControls(this, this.#stage, () => this.#language),
    );
  }

  /** Mounts the overlay when there is a room, or for `danmakuOnly`. */
  #mountOverlay(danmakuOnly) {
    const room = this.getAttribute("room");
    if (this.#seat.taken || !this.isConnected || !(room || danmakuOnly)) return;
    this.#seat.mount(this.#overlayOptions(room), (error) => {
      const tries = (this.#overlayTries += 1);
      if (tries < MOST_OVERLAY_TRIES) this.#overlayRecovery.start(here(OVERLAY));
      this.#announce("error", { code: 2, kind: "overlay", cause: "not_loaded", message: String(error), fatal: tries >= MOST_OVERLAY_TRIES });
    });
    this.#sayComments();
  }

  #sayComments() {
    this.#seat.tell((overlay) => {
      for (const comments of this.#comments.splice(0)) {
        try {
          overlay.add_danmaku(comments);
        } catch (error) {
          this.#announce("error", { code: 4, kind: "danmaku", cause: "bad_comment", message: error.message, fatal: false });
        }
      }
    });
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
      picture: () => this.pictureBox,
      gifts: this.#seat.gifts,
      paused: () => this.paused || this.#facts.waiting,
      replays: () => this.#facts.shown && this[SESSION]?.programMs != null && Number.isFinite(this.duration),
      seek: (ms) => this[SESSION]?.seekToProgram(ms),
      go_live: () => this.#goLive(),
      on_clock: (offset) => (this[CLOCK_OFFSET] = offset),
      on_status: (status) => this.#onRoomStatus(status),
    };
  }

  /** StreamTime of the picture on screen; a stream without a programme clock counts from its own start. */
  #overlayClock() {
    if (!this.#facts.shown) return null;
    return this[SESSION]?.programMs ?? this.video.currentTime * 1000;
  }

  #goLive() {
    if (this.hasAttribute("show")) this.removeAttribute("show");
    else this.#restart(true);
  }

  #leaveRoom() {
    this.#seat.clear();
    this.#facts = { ...this.#facts, room: null };
  }

  #onRoomStatus(status) {
    const stuck = ["ended", "offline", "error"].includes(faceOf(this.#facts));
    this.#learn("room", status);
    if (status === "live" && stuck) this.load();
  }
}

if (!customElements.get("live-stall")) customElements.define("live-stall", LiveStall);
export { LiveStall };
