// The player's keys, heard only while the focus is inside the element: space k m f, and the arrows.

const STEP_S = 5;
const STEP_VOLUME = 0.1;

/** `act` has toggle, mute, fill, seekBy(seconds), volumeBy(step). */
export function listenToKeys(element, node, act, signal) {
  const keys = {
    " ": act.toggle,
    k: act.toggle,
    m: act.mute,
    f: act.fill,
    ArrowLeft: () => act.seekBy(-STEP_S),
    ArrowRight: () => act.seekBy(STEP_S),
    ArrowUp: () => act.volumeBy(STEP_VOLUME),
    ArrowDown: () => act.volumeBy(-STEP_VOLUME),
    Escape: () => element.toggleAttribute("stall-filled", false),
  };
  node.addEventListener("keydown", (event) => {
    const does = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!does || event.ctrlKey || event.metaKey || event.altKey || hasUseFor(event)) return;
    if (event.key !== "Escape") event.preventDefault();
    does();
  }, { signal });
}

/** Whether what has the focus wants this key for itself: text fields want all, buttons the space, sliders the arrows. */
function hasUseFor({ target, key }) {
  if (target.closest("textarea, select, [contenteditable], input:not([type=range])")) return true;
  if (target.closest("input[type=range]")) return key.startsWith("Arrow");
  return key === " " && target.closest("button, a, [role=button]") !== null;
}
