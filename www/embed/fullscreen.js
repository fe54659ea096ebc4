// Full screen with everything in it: the element itself, so that the overlay and the controls stay.
// Where only a bare video may go full screen (iPhone), or a frame may not at all, the element fills the page instead.

const FILLED = "stall-filled";

export const isFilled = (element) => document.fullscreenElement === element || element.hasAttribute(FILLED);

/** Fills the screen, or lets go of it. */
export function toggleFilled(element) {
  if (document.fullscreenElement === element) return void document.exitFullscreen();
  if (element.hasAttribute(FILLED)) return unfill(element);
  if (!document.fullscreenEnabled || !element.requestFullscreen) return fill(element);
  element.requestFullscreen().catch(() => fill(element));
}

/** In the top layer where there is one: no ancestor's `transform` or `z-index` is in the way there. */
function fill(element) {
  element.setAttribute(FILLED, "");
  if (element.showPopover) {
    element.popover = "manual";
    element.showPopover();
  }
  element.dispatchEvent(new Event("stall-filled"));
}

/** Lets go of the page, if the element fills it. */
export function unfill(element) {
  if (!element.hasAttribute(FILLED)) return;
  element.removeAttribute(FILLED);
  if (element.popover) element.popover = null;
  element.dispatchEvent(new Event("stall-filled"));
}
