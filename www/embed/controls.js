// The element's controls: puts the bar, keys, gestures and statistics together. Loaded only with the `controls` attribute.

import { adopt } from "./adopt.js";
import { toggleCaptions } from "./captions.js";
import { Bar, isInPip, rangeOf, setVolume } from "./controls_bar.js";
import { CONTROLS_CSS } from "./controls_css.js";
import { controlWords } from "./controls_strings.js";
import { el } from "./dom.js";
import { STATS, here } from "./files.js";
import { toggleFilled, unfill } from "./fullscreen.js";
import { listenToGestures } from "./gestures.js";
import { hideWhenIdle } from "./idle.js";
import { listenToKeys } from "./keys.js";

const REDRAW_ON = [
  "play", "pause", "playing", "ended", "timeupdate", "progress", "seeking", "durationchange", "seekablechange", "volumechange", "emptied",
  "loadedmetadata", "qualitychange", "enterpictureinpicture", "leavepictureinpicture", "fullscreenchange", "stall-filled", "stall-qualities",
];
/** How long what a key or a tap did is written over the picture. */
const FLASH_MS = 800;
/** The volume for a viewer who asks for sound when there is none left. */
const SOME_VOLUME = 0.5;

/** Mounts the controls; gives back `{ draw, destroy }`. `language()` is one that strings.js knows. */
export function mountControls(element, stage, language) {
  if (!element.shadowRoot.stallControls) adopt(element.shadowRoot, CONTROLS_CSS);
  element.shadowRoot.stallControls = true;
  const stop = new AbortController();
  const { signal } = stop;
  const words = () => controlWords(language());
  const flash = el("div", { class: "flash", "aria-hidden": "true", hidden: true });
  const stats = statsSwitch(element, stage, words);
  const act = { ...actions(element, words, language, flasher(flash)), stats: stats.toggle };
  const bar = new Bar(element, act, signal);
  stage.bar.append(flash, bar.node, bar.menu.panel);
  stage.node.tabIndex = 0;
  stage.node.toggleAttribute("data-controls", true);

  const draw = () => stage.node.hasAttribute("data-idle") || bar.draw(words());
  for (const event of REDRAW_ON) element.addEventListener(event, draw, { signal });
  for (const list of [element.textTracks, element.audioTracks]) {
    for (const event of ["addtrack", "removetrack", "change"]) list?.addEventListener(event, draw, { signal });
  }
  const escape = () => bar.menu.close() || stats.close() || unfill(element);
  listenToKeys(stage.node, { ...act, escape }, signal);
  const idle = hideWhenIdle(element, stage.node, draw, signal);
  listenToGestures(stage.node, { ...act, toggleBar: idle.toggle }, signal);
  draw();
  return {
    draw() {
      bar.draw(words());
      stats.draw();
    },
    destroy() {
      stop.abort();
      stats.close();
      for (const node of [flash, bar.node, bar.menu.panel]) node.remove();
      for (const name of ["tabindex", "data-controls", "data-idle"]) stage.node.removeAttribute(name);
    },
  };
}

/** What buttons, keys and gestures do; `say` writes over the picture what cannot be seen otherwise. */
function actions(element, words, language, say) {
  return {
    toggle: () => (element.paused ? void element.play().catch(() => {}) : element.pause()),
    mute() {
      const silent = element.muted || element.volume === 0;
      element.muted = !silent;
      if (silent && element.volume === 0) element.volume = SOME_VOLUME;
    },
    fill: () => toggleFilled(element),
    captions: () => toggleCaptions(element, language()),
    pip() {
      if (isInPip(element)) void document.exitPictureInPicture();
      else void element.requestPictureInPicture().catch(() => {});
    },
    seekBy(seconds) {
      const { start, end } = rangeOf(element);
      element.currentTime = Math.min(Math.max(element.currentTime + seconds, start), end);
      say(words().seconds(seconds));
    },
    seekTo(share) {
      const { start, end, isLive } = rangeOf(element);
      if (isLive && share === 1) element.seekToLive();
      else element.currentTime = start + (end - start) * share;
    },
    volumeBy(step) {
      setVolume(element, element.volume + step);
      say(`${Math.round(element.volume * 100)} %`);
    },
  };
}

/** Writes into `node` for a moment. */
function flasher(node) {
  let timer;
  return (text) => {
    clearTimeout(timer);
    node.textContent = text;
    node.hidden = false;
    timer = setTimeout(() => (node.hidden = true), FLASH_MS);
  };
}

/** Opens and closes the statistics; the focus that went there comes back. */
function statsSwitch(element, stage, words) {
  let panel = null;
  let opening = false;
  let opener = null;
  const closed = (hadFocus) => {
    panel = null;
    if (hadFocus) (opener?.offsetParent ? opener : stage.node).focus();
  };
  const close = () => {
    if (!panel) return false;
    panel.close();
    return true;
  };
  const open = async () => {
    opening = true;
    opener = element.shadowRoot.activeElement;
    const { openStats } = await import(here(STATS)).finally(() => (opening = false));
    if (stage.node.hasAttribute("data-controls")) panel = openStats(element, stage, words, closed);
  };
  return {
    close,
    toggle: () => close() || opening || void open().catch(reportError),
    draw: () => panel?.draw(),
  };
}
