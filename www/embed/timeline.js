// Maps the video's seconds to the programme's clock and back, as the player last published it. Holds no video.

/** What is known before the player has said anything. */
export const NO_TIMELINE = { live: false, anchors: [], seekable: [], duration: null, target: 0, edge: 0 };

/** A live stream that goes back further than this is one to seek in: "DVR" to media-chrome. */
export const WINDOW_WORTH_SEEKING_S = 60;

/** The anchor that holds at a media time: the last one at or before it, else the first. */
function anchorAt(anchors, seconds) {
  return anchors.findLast?.(([media]) => media <= seconds + 1e-6) ?? anchors[0];
}

/** Programme time, ms since 1970, of the picture at `seconds`; null when the stream has no programme clock. */
export function programAt(timeline, seconds) {
  const anchor = anchorAt(timeline.anchors, seconds);
  return anchor ? anchor[1] + (seconds - anchor[0]) * 1000 : null;
}

/** Media time in seconds of the programme time `ms`; null when the stream has no programme clock. */
export function mediaAt(timeline, ms) {
  const { anchors } = timeline;
  const anchor = anchors.findLast?.(([, program]) => program <= ms) ?? anchors[0];
  return anchor ? anchor[0] + (ms - anchor[1]) / 1000 : null;
}

/** `seconds` kept inside what can be sought. */
export function clampToSeekable(timeline, seconds) {
  const [first, last] = timeline.seekable;
  return first === undefined ? seconds : Math.min(Math.max(seconds, first), last);
}

/**
 * The `start` attribute: null (the stream's own choice), "live", seconds, or `{ clock }`, a function from the programme's
 * day to ms since 1970. A clock time is RFC 3339, or HH:MM[:SS] of that day where the viewer is.
 */
export function parseStart(text) {
  const value = text?.trim() ?? "";
  if (value === "") return null;
  if (value === "live") return "live";
  if (/^\d+(\.\d+)?$/.test(value)) return Number(value);
  const clock = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/.exec(value);
  if (clock) return { clock: (day) => new Date(day).setHours(Number(clock[1]), Number(clock[2]), Number(clock[3] ?? 0), 0) };
  const ms = Date.parse(value);
  return Number.isNaN(ms) ? null : { clock: () => ms };
}

/** A `TimeRanges` of at most one range. */
export function timeRange([start, end] = []) {
  const ranges = end > start ? [[start, end]] : [];
  const at = (side) => (index) => {
    if (index < 0 || index >= ranges.length) throw new DOMException(`no range ${index}, there are ${ranges.length}`, "IndexSizeError");
    return ranges[index][side];
  };
  return { length: ranges.length, start: at(0), end: at(1) };
}
