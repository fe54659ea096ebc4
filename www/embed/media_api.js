// Makes a class that has a `video` look like an HTMLMediaElement: forwards properties and methods, re-dispatches events.
// What the player knows better than the video (seekable, error, playbackRate …) the class defines itself.

const READ_WRITE = ["volume", "muted", "preservesPitch", "disablePictureInPicture"];
const READ_ONLY = [
  "paused", "ended", "seeking", "buffered", "played", "readyState", "networkState", "videoWidth", "videoHeight",
  "currentSrc", "textTracks", "remote",
];
const METHODS = ["canPlayType", "requestPictureInPicture", "getVideoPlaybackQuality", "requestVideoFrameCallback", "cancelVideoFrameCallback", "addTextTrack"];
/** Boolean attributes that the class reads when it needs them. */
const REFLECTED = ["autoplay", "controls", "loop"];
const CONSTANTS = { HAVE_NOTHING: 0, HAVE_METADATA: 1, HAVE_CURRENT_DATA: 2, HAVE_FUTURE_DATA: 3, HAVE_ENOUGH_DATA: 4 };

/** The media events that the element repeats. */
const REPEATED = [
  "abort", "canplay", "canplaythrough", "durationchange", "emptied", "ended", "enterpictureinpicture", "leavepictureinpicture",
  "loadeddata", "loadedmetadata", "loadstart", "pause", "play", "playing", "progress", "resize", "seeked", "seeking", "stalled",
  "suspend", "timeupdate", "volumechange", "waiting",
];

const define = (prototype, name, get, set) => Object.defineProperty(prototype, name, { get, set, enumerable: true, configurable: true });

/** Adds the forwarded part of the API to `Element.prototype`. */
export function likeMediaElement(Element) {
  const { prototype } = Element;
  for (const name of READ_WRITE) {
    define(prototype, name, function () { return this.video[name]; }, function (value) { this.video[name] = value; });
  }
  for (const name of READ_ONLY) {
    define(prototype, name, function () { return this.video[name]; });
  }
  for (const name of METHODS) {
    prototype[name] = function (...values) { return this.video[name](...values); };
  }
  for (const name of REFLECTED) {
    define(prototype, name, function () { return this.hasAttribute(name); }, function (on) { this.toggleAttribute(name, Boolean(on)); });
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
      element.dispatchEvent(new Event(name));
    });
  }
}
