// The bar comes when a pointer, a finger or the focus is there, and goes away from a playing picture after a while.

const IDLE_MS = 2_800;
/** An open menu, or a keyboard's focus. */
const KEEPS_BAR = "[data-keeps-bar], .bar :focus-visible";

/** Keeps `data-idle` of `node` right; `drawn()` is called when the bar comes back. Gives back `{ wake, toggle }`. */
export function hideWhenIdle(element, node, drawn, signal) {
  let timer;
  const set = (idle) => {
    const was = node.hasAttribute("data-idle");
    node.toggleAttribute("data-idle", idle && !element.paused && !node.querySelector(KEEPS_BAR));
    if (was && !node.hasAttribute("data-idle")) drawn();
  };
  const wake = () => {
    set(false);
    clearTimeout(timer);
    timer = setTimeout(() => set(true), IDLE_MS);
  };
  const toggle = () => (node.hasAttribute("data-idle") ? wake() : set(true));
  for (const event of ["focusin", "focusout", "keydown"]) node.addEventListener(event, wake, { signal });
  for (const event of ["pointermove", "pointerdown"]) {
    // A finger on the picture is a tap, which gestures.js reads.
    node.addEventListener(event, (pointer) => (pointer.pointerType === "touch" && isPicture(pointer) ? undefined : wake()), { signal });
  }
  for (const event of ["play", "pause", "ended"]) element.addEventListener(event, wake, { signal });
  node.addEventListener("pointerleave", ({ pointerType }) => pointerType === "mouse" && set(true), { signal });
  signal.addEventListener("abort", () => clearTimeout(timer));
  wake();
  return { wake, toggle };
}

/** Whether an event is on the bare picture, not on a control or the overlay. */
export const isPicture = ({ target }) => Boolean(target.closest?.(".picture"));
