// What a click or a tap on the bare picture means: a mouse plays and pauses, twice for full screen; a finger brings
// the bar or sends it away, twice on a side goes back or forth.

import { isPicture } from "./idle.js";

/** Two taps within this are one gesture. */
const DOUBLE_MS = 300;
const STEP_S = 10;
/** The share of the width, at each side, where a double tap seeks. */
const SIDE = 0.36;

/** `act` has toggle, fill, seekBy(seconds), toggleBar. */
export function listenToGestures(node, act, signal) {
  let last = 0;
  let kind = "mouse";
  let waiting;
  const tap = (event) => {
    const box = node.getBoundingClientRect();
    const at = (event.clientX - box.left) / box.width;
    const twice = event.timeStamp - last < DOUBLE_MS;
    clearTimeout(waiting);
    last = event.timeStamp;
    if (!twice) waiting = setTimeout(act.toggleBar, DOUBLE_MS);
    else if (at < SIDE) act.seekBy(-STEP_S);
    else if (at > 1 - SIDE) act.seekBy(STEP_S);
    else act.toggle();
  };
  node.addEventListener("click", (event) => {
    kind = event.pointerType;
    if (!isPicture(event)) return;
    if (kind === "mouse") act.toggle();
    else if (kind === "touch" || kind === "pen") tap(event);
  }, { signal });
  // The two clicks of a double click have played and paused, or the other way round: nothing is to be undone.
  node.addEventListener("dblclick", (event) => isPicture(event) && kind === "mouse" && act.fill(), { signal });
  signal.addEventListener("abort", () => clearTimeout(waiting));
}
