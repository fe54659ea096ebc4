// Keeps the focus inside the element when the button that had it goes away: else a keyboard starts again at the page's top.

export function hasFocus(node) {
  return node.contains(node.getRootNode().activeElement);
}

/** Gives the focus that `gone` had to the control named `part`, else to the whole stage. */
export function keepFocus(gone, part) {
  const stage = gone.closest(".stage");
  const control = stage.querySelector(`[part="${part}"]`);
  if (!control && !stage.hasAttribute("tabindex")) stage.tabIndex = -1;
  (control ?? stage).focus();
}
