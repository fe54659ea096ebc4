// Makes a class that has a `video` look like an HTMLMediaElement: forwards properties and methods, re-dispatches events.
// What the player knows better than the video (seekable, error, playbackRate …) the class defines itself.

const READ_WRITE = [
  "volume", "muted", "preservesPitch", "defaultPlaybackRate", "playsInline", "crossOrigin",
  "disablePictureInPicture", "disableRemotePlayback",
];
const READ_ONLY = [
  "paused", "ended", "seeking", "buffered", "played", "readyState", "networkState", "videoWidth", "videoHeight",
  "textTracks", "remote",
];
/** What only some browsers have: a page that asks with `in` gets the browser's own answer. */
const READ_ONLY_IF_ANY = [
  "webkitSupportsFullscreen", "webkitDisplayingFullscreen", "webkitPresentationMode", "webkitCurrentPlaybackTargetIsWireless",
];
const METHODS = [
  "canPlayType", "addTextTrack", "requestPictureInPicture", "getVideoPlaybackQuality", "requestVideoFrameCallback", "cancelVideoFrameCallback",
  "webkitEnterFullscreen", "webkitExitFullscreen", "webkitSetPresentationMode", "webkitSupportsPresentationMode", "webkitShowPlaybackTargetPicker",
];
/** Boolean attributes that the class reads when it needs them, by the names of their properties. */
const REFLECTED = { autoplay: "autoplay", controls: "controls", loop: "loop", defaultMuted: "muted" };
/** Attributes of text, by the names of their properties; a missing one reads as the empty string. */
const REFLECTED_TEXT = ["src", "poster", "preload", "room", "server", "token", "theme", "danmaku", "start"];
const CONSTANTS = {
  NETWORK_EMPTY: 0, NETWORK_IDLE: 1, NETWORK_LOADING: 2, NETWORK_NO_SOURCE: 3,
  HAVE_NOTHING: 0, HAVE_METADATA: 1, HAVE_CURRENT_DATA: 2, HAVE_FUTURE_DATA: 3, HAVE_ENOUGH_DATA: 4,
};

/** The media events that the element repeats. */
const REPEATED = [
  "abort", "canplay", "canplaythrough", "durationchange", "emptied", "ended", "enterpictureinpicture", "leavepictureinpicture",
  "loadeddata", "loadedmetadata", "loadstart", "pause", "play", "playing", "progress", "resize", "seeked", "seeking", "stalled",
  "suspend", "timeupdate", "volumechange", "waiting", "webkitbeginfullscreen", "webkitendfullscreen", "webkitpresentationmodechanged",
  "webkitcurrentplaybacktargetiswirelesschanged", "webkitplaybacktargetavailabilitychanged",
];

const define = (prototype, name, get, set) => Object.defineProperty(prototype, name, { get, set, enumerable: true, configurable: true });

/** Adds the forwarded part of the API to `Element.prototype`. */
export function likeMediaElement(Element) {
  const { prototype } = Element;
  const known = HTMLVideoElement.prototype;
  for (const name of READ_WRITE) {
    define(prototype, name, function () { return this.video[name]; }, function (value) { this.video[name] = value; });
  }
  for (const name of [...READ_ONLY, ...READ_ONLY_IF_ANY.filter((name) => name in known)]) {
    define(prototype, name, function () { return this.video[name]; });
  }
  for (const name of METHODS.filter((name) => name in known)) {
    prototype[name] = function (...values) { return this.video[name](...values); };
  }
  for (const [name, attribute] of Object.entries(REFLECTED)) {
    define(prototype, name, function () { return this.hasAttribute(attribute); }, function (on) { this.toggleAttribute(attribute, Boolean(on)); });
  }
  for (const name of REFLECTED_TEXT) {
    define(prototype, name, function () { return this.getAttribute(name) ?? ""; }, function (text) {
      // A framework that sets `null` means no attribute, not one that says "null".
      if (text === null || text === undefined) this.removeAttribute(name);
      else this.setAttribute(name, text);
    });
  }
  Object.assign(Element, CONSTANTS);
  Object.assign(prototype, CONSTANTS);
}

/**
 * Repeats the video's events on the element, after the element itself has heard them through `hear(event)`.
 * `error` it only hears: the player may mend that, and the rate that changes may be the player's.
 */
export function repeatMediaEvents(video, element, hear) {
  video.addEventListener("error", hear);
  for (const name of REPEATED) {
    video.addEventListener(name, (event) => {
      hear(event);
      // Of the same class, with all that it says.
      element.dispatchEvent(new event.constructor(name, event));
    });
  }
}
