// The control bar and its keys. Loaded only with the `controls` attribute; asks the element, and draws what its events say.

import { ICONS, el, icon } from "./dom.js";
import { CONTROLS_CSS } from "./controls_css.js";
import { listenToKeys } from "./keys.js";
import { adopt } from "./styles.js";

const REDRAW_ON = [
  "play", "pause", "playing", "ended", "timeupdate", "durationchange", "volumechange", "emptied", "qualitychange",
  "stall-timeline", "stall-qualities",
];
/** The bar goes away after this long without a pointer on the playing picture. */
const IDLE_MS = 2_800;
/** A live stream with less than this to go back to gets no slider. */
const WINDOW_WORTH_SEEKING_S = 60;

/** Mounts the bar; gives back `{ draw, destroy }`. */
export function mountControls(element, stage, words) {
  adoptOnce(element.shadowRoot);
  const stop = new AbortController();
  const { signal } = stop;
  const act = {
    toggle: () => (element.paused ? void element.play().catch(() => {}) : element.pause()),
    mute: () => (element.muted = !element.muted),
    fill: () => toggleFilled(element),
  };
  const button = (part, does) => el("button", { class: "control", part, type: "button", onclick: does });
  const play = button("play-control", act.toggle);
  const live = button("live-control", () => element.seekToLive());
  const time = el("span", { class: "time" });
  const seek = el("input", { type: "range", class: "seek", part: "seek", step: "any", oninput: () => (element.currentTime = Number(seek.value)) });
  const quality = el("select", { class: "control", part: "quality", onchange: () => (element.quality = quality.value) });
  const mute = button("mute-control", act.mute);
  const volume = el("input", { type: "range", class: "volume", part: "volume", min: 0, max: 1, step: 0.05, oninput: () => setVolume(element, Number(volume.value)) });
  const fill = button("fullscreen-control", act.fill);
  const bar = el("div", { class: "bar", part: "controls" }, seek, el("div", { class: "row" }, play, live, time, el("span", { class: "gap" }), quality, mute, volume, fill));
  stage.bar.append(bar);
  stage.node.tabIndex = 0;
  stage.node.toggleAttribute("data-controls", true);

  const draw = () => {
    const text = words();
    const known = !Number.isNaN(element.duration);
    const isLive = element.duration === Infinity;
    const range = element.seekable;
    const [start, end] = range.length ? [range.start(0), range.end(range.length - 1)] : [0, element.duration || 0];
    name(play, element.paused ? text.play : text.pause, element.paused ? ICONS.play : ICONS.pause);
    name(mute, element.muted ? text.unmute : text.mute, element.muted || element.volume === 0 ? ICONS.silent : ICONS.sound);
    const filled = isFilled(element);
    name(fill, filled ? text.exitFullscreen : text.fullscreen, filled ? ICONS.shrink : ICONS.expand);
    live.hidden = !isLive;
    const behind = isLive && (element.paused || element.currentTime < element.liveEdgeStart);
    live.toggleAttribute("data-behind", behind);
    live.textContent = text.live;
    live.ariaLabel = behind ? text.goLive : text.live;
    time.hidden = !known || isLive;
    time.textContent = `${clockText(element.currentTime)} / ${clockText(end)}`;
    seek.hidden = !known || (isLive && end - start < WINDOW_WORTH_SEEKING_S);
    slide(seek, text.seek, start, end, element.currentTime);
    seek.ariaValueText = clockText(element.currentTime - (isLive ? end : 0));
    slide(volume, text.volume, 0, 1, element.muted ? 0 : element.volume);
    drawQualities(quality, element, text);
  };

  for (const event of REDRAW_ON) element.addEventListener(event, draw, { signal });
  document.addEventListener("fullscreenchange", draw, { signal });
  listenToKeys(element, stage.node, { ...act, seekBy: (seconds) => (element.currentTime += seconds), volumeBy: (step) => setVolume(element, element.volume + step) }, signal);
  hideWhenIdle(element, stage.node, act.toggle, signal);
  draw();
  return {
    draw,
    destroy() {
      stop.abort();
      bar.remove();
      stage.node.removeAttribute("tabindex");
      stage.node.toggleAttribute("data-controls", false);
    },
  };
}

function adoptOnce(root) {
  if (root.stallControls) return;
  root.stallControls = true;
  adopt(root, CONTROLS_CSS);
}

function name(button, label, path) {
  if (button.ariaLabel === label) return;
  button.ariaLabel = button.title = label;
  button.replaceChildren(icon(path));
}

function slide(range, label, min, max, value) {
  Object.assign(range, { ariaLabel: label, min, max, value });
  const share = max > min ? (value - min) / (max - min) : 0;
  range.style.setProperty("--share", `${Math.min(Math.max(share, 0), 1) * 100}%`);
}

function drawQualities(select, element, text) {
  const { qualities } = element;
  select.hidden = qualities.length < 2;
  select.ariaLabel = text.quality;
  const entries = [["auto", text.auto], ...qualities.map(({ id, height, bitrate }) => [String(id), height ? `${height}p` : `${Math.round(bitrate / 1000)}k`])];
  const key = JSON.stringify(entries);
  if (select.dataset.key !== key) {
    select.dataset.key = key;
    select.replaceChildren(...entries.map(([value, label]) => el("option", { value }, label)));
  }
  select.value = String(element.quality);
}

function setVolume(element, volume) {
  element.volume = Math.min(Math.max(volume, 0), 1);
  element.muted = element.volume === 0;
}

/** `1:02:03`, with a minus for what lies behind live. */
export function clockText(seconds) {
  if (!Number.isFinite(seconds)) return "0:00";
  const whole = Math.round(Math.abs(seconds));
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  if (parts[0] === 0) parts.shift();
  return (seconds < -0.5 ? "−" : "") + parts.map((part, index) => (index ? String(part).padStart(2, "0") : part)).join(":");
}

const isFilled = (element) => document.fullscreenElement === element || element.hasAttribute("stall-filled");

/** The whole element, so that the overlay stays; where only a video may go full screen (iPhone) it fills the page instead. */
function toggleFilled(element) {
  if (document.fullscreenElement === element) return void document.exitFullscreen();
  if (element.requestFullscreen) return void element.requestFullscreen().catch(() => {});
  element.toggleAttribute("stall-filled");
  element.dispatchEvent(new Event("resize"));
}

/** Shows the bar while a pointer, a finger or the focus is there; a click on the bare picture plays or pauses. */
function hideWhenIdle(element, node, toggle, signal) {
  let timer;
  const wake = () => {
    node.toggleAttribute("data-idle", false);
    clearTimeout(timer);
    timer = setTimeout(() => node.toggleAttribute("data-idle", !element.paused), IDLE_MS);
  };
  for (const event of ["pointermove", "pointerdown", "focusin", "keydown"]) node.addEventListener(event, wake, { signal });
  for (const event of ["play", "pause"]) element.addEventListener(event, wake, { signal });
  node.addEventListener("pointerleave", () => node.toggleAttribute("data-idle", !element.paused), { signal });
  node.addEventListener("click", (event) => {
    if (event.target.closest?.(".picture") && event.pointerType === "mouse") toggle();
  }, { signal });
  wake();
}
