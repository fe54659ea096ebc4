// Decides which face the element shows. Never touches the page: facts in, a name out.

const FRESH = {
  asked: false, // somebody wants it to play: the viewer, the page, or `autoplay`
  refused: false, // the browser refused to play without a click, even muted
  shown: false, // there is a first picture
  paused: true,
  failed: false, // the browser could not decode, and stopped the picture by itself
  waiting: false, // the picture stands still for want of data
  away: false, // the stream has stopped growing, or is not there yet
  over: false, // nothing will follow what is loaded
  ended: false, // the video has reached its end
  room: null, // what the shop says of the show: "idle", "live", "away" or "ended"
  trouble: null, // an error that the player is still working on
  error: null, // the error that ended the load: { kind, cause, message }
};

/** Facts of an element whose load has just begun. */
export function freshFacts(asked, room = null) {
  return { ...FRESH, asked, room };
}

/** The facts after something happened; names are those of the video's events, the player's states, and our own. */
export function learn(facts, happening, detail) {
  switch (happening) {
    case "asked":
      return { ...facts, asked: true, refused: false };
    case "unasked":
      return { ...facts, asked: facts.shown && facts.asked, paused: true };
    case "refused":
      return { ...facts, refused: true };
    case "loadeddata":
      return { ...facts, shown: true, failed: false };
    case "failed":
      return { ...facts, failed: true };
    case "play":
      return { ...facts, asked: true, paused: false, failed: false, refused: false, ended: false };
    case "playing":
      return { ...facts, shown: true, paused: false, failed: false, waiting: false, refused: false, ended: false, trouble: null };
    case "timeupdate": // it moves, whatever was said before
    case "seeked":
      return facts.waiting && detail ? { ...facts, waiting: false, trouble: null } : facts;
    case "pause": // when it failed nobody asked for it, and it is to go on by itself
      return facts.failed ? facts : { ...facts, paused: true };
    case "waiting":
      return { ...facts, waiting: true };
    case "ended":
      return { ...facts, ended: true };
    case "loading":
    case "buffering":
      return { ...facts, away: false, over: false };
    case "ready":
      return { ...facts, away: false, over: false, trouble: null };
    case "away":
      return { ...facts, away: true };
    case "over":
      return { ...facts, over: true };
    case "room":
      return { ...facts, room: detail };
    case "trouble":
      return { ...facts, trouble: detail };
    case "error":
      return { ...facts, error: detail };
    default:
      return facts;
  }
}

/** The face for these facts: one of `loading click playing buffering away offline ended unsupported error`. */
export function faceOf(facts) {
  const moving = facts.shown && !facts.waiting;
  if (facts.error) return facts.error.kind === "unsupported" ? "unsupported" : "error";
  if (facts.ended || (facts.over && facts.waiting)) return "ended";
  if (!moving && facts.room === "away") return "away";
  if (!moving && facts.away) return facts.shown ? "away" : "offline";
  if (!facts.asked || facts.refused) return "click";
  if (!moving && facts.trouble) return "error";
  if (!facts.shown) return "loading";
  if (facts.paused) return "click";
  return facts.waiting ? "buffering" : "playing";
}
