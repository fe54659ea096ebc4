// The player's keys, heard only while the focus is inside the element. README.md lists them.

const STEP_S = 5;
const STEP_VOLUME = 0.1;

/** `act` has toggle, mute, fill, captions, stats, seekBy(seconds), seekTo(share of what can be sought), volumeBy(step), escape. */
export function listenToKeys(node, act, signal) {
  const keys = {
    " ": act.toggle,
    k: act.toggle,
    m: act.mute,
    f: act.fill,
    c: act.captions,
    i: act.stats,
    ArrowLeft: () => act.seekBy(-STEP_S),
    ArrowRight: () => act.seekBy(STEP_S),
    ArrowUp: () => act.volumeBy(STEP_VOLUME),
    ArrowDown: () => act.volumeBy(-STEP_VOLUME),
    Home: () => act.seekTo(0),
    End: () => act.seekTo(1),
    Escape: act.escape,
  };
  for (let digit = 0; digit <= 9; digit += 1) keys[digit] = () => act.seekTo(digit / 10);
  node.addEventListener("keydown", (event) => {
    const does = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!does || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || hasUseFor(event)) return;
    if (event.key !== "Escape") event.preventDefault();
    does();
  }, { signal });
}

/** Whether what has the focus wants this key for itself: text fields and dialogs want all, buttons the space, sliders and lists the arrows. */
function hasUseFor({ target, key }) {
  if (target.closest("textarea, select, [contenteditable], input:not([type=range])")) return true;
  if (key !== "Escape" && target.closest("[role=dialog], [aria-modal]")) return true;
  const moves = key.startsWith("Arrow") || key === "Home" || key === "End";
  if (target.closest("input[type=range]")) return moves;
  if (target.closest("[role=log]")) return moves || key === " ";
  return key === " " && target.closest("button, a, [role=button]") !== null;
}
