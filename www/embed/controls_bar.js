// The bar's nodes and how they look for what the element says. What its buttons do it is given.

import { captionTracks, shownTrack } from "./captions.js";
import { CONTROL_ICONS as ICONS } from "./controls_icons.js";
import { settingsMenu } from "./controls_menu.js";
import { el, icon } from "./dom.js";
import { isFilled } from "./fullscreen.js";
import { WINDOW_WORTH_SEEKING_S } from "./timeline.js";

export class Bar {
  constructor(element, act, signal) {
    const button = (part, does, extra = {}) => el("button", { class: "control", part, type: "button", onclick: does, ...extra });
    this.element = element;
    this.play = button("play-control", act.toggle);
    this.live = button("live-control", () => element.seekToLive());
    this.time = el("span", { class: "time" });
    this.seek = el("input", { type: "range", class: "seek", part: "seek", step: "any", oninput: () => (element.currentTime = Number(this.seek.value)) });
    this.captions = button("captions-control", act.captions);
    this.mute = button("mute-control", act.mute);
    this.volume = el("input", { type: "range", class: "volume", part: "volume", min: 0, max: 1, step: 0.05, oninput: () => setVolume(element, Number(this.volume.value)) });
    this.pip = button("pip-control", act.pip);
    this.fill = button("fullscreen-control", act.fill);
    this.stats = el("button", { class: "item", part: "stats-control", type: "button", onclick: () => (this.menu.close(), act.stats()) });
    this.pipItem = el("button", { class: "item pip", type: "button", onclick: () => (this.menu.close(), act.pip()) });
    this.menu = settingsMenu(element, [this.pipItem, this.stats], signal);
    const row = el("div", { class: "row" }, this.play, this.live, this.time, el("span", { class: "gap" }), this.mute, this.volume, this.captions, this.menu.button, this.pip, this.fill);
    this.node = el("div", { class: "bar", part: "controls" }, this.seek, row);
  }

  draw(words) {
    const { element } = this;
    name(this.play, element.ended ? words.replay : element.paused ? words.play : words.pause, element.ended ? ICONS.replay : element.paused ? ICONS.play : ICONS.pause);
    const silent = element.muted || element.volume === 0;
    name(this.mute, silent ? words.unmute : words.mute, silent ? ICONS.silent : ICONS.sound);
    slide(this.volume, words.volume, 0, 1, element.muted ? 0 : element.volume);
    this.volume.ariaValueText = `${Math.round((element.muted ? 0 : element.volume) * 100)} %`;
    name(this.fill, isFilled(element) ? words.exitFullscreen : words.fullscreen, isFilled(element) ? ICONS.shrink : ICONS.expand);
    this.drawTime(words);
    this.captions.hidden = captionTracks(element).length === 0;
    name(this.captions, words.captions, ICONS.captions);
    this.captions.ariaPressed = String(shownTrack(element) !== null);
    const inPip = isInPip(element);
    this.pip.hidden = this.pipItem.hidden = !document.pictureInPictureEnabled || element.disablePictureInPicture || element.readyState === 0;
    name(this.pip, inPip ? words.exitPip : words.pip, ICONS.pip);
    write(this.pipItem, this.pip.ariaLabel);
    write(this.stats, words.stats);
    this.menu.draw(words);
  }

  drawTime(words) {
    const { element } = this;
    const known = !Number.isNaN(element.duration);
    const { start, end, isLive } = rangeOf(element);
    const behind = isLive && (element.paused || element.currentTime < element.liveEdgeStart);
    this.live.hidden = !isLive;
    this.live.toggleAttribute("data-behind", behind);
    write(this.live, words.live);
    this.live.ariaLabel = behind ? words.goLive : words.live;
    this.live.ariaDisabled = String(!behind);
    const seekable = isLive ? end - start >= WINDOW_WORTH_SEEKING_S : known;
    const late = end - element.currentTime;
    this.time.hidden = isLive ? !seekable || !behind || late < 1 : !known;
    write(this.time, isLive ? clockText(-late) : `${clockText(element.currentTime)} / ${clockText(end)}`);
    this.seek.hidden = !seekable;
    slide(this.seek, words.seek, start, end, element.currentTime, bufferedTo(element));
    this.seek.ariaValueText = isLive ? (behind ? words.behind(clockText(late)) : words.live) : words.of(clockText(element.currentTime), clockText(end));
  }
}

/** Where one can seek: `{ start, end, isLive }`. */
export function rangeOf(element) {
  const range = element.seekable;
  const isLive = element.duration === Infinity;
  const [start, end] = range.length ? [range.start(0), range.end(range.length - 1)] : [0, isLive ? element.currentTime : element.duration || 0];
  return { start, end, isLive };
}

/** Up to where it would play on without the network. */
function bufferedTo({ buffered, currentTime }) {
  for (let index = 0; index < buffered.length; index += 1) {
    if (buffered.start(index) <= currentTime + 0.1 && buffered.end(index) >= currentTime) return buffered.end(index);
  }
  return currentTime;
}

/** Whether the picture is in a window of its own. */
export const isInPip = (element) => element.shadowRoot.pictureInPictureElement === element.video;

/** Silence is muted, and sound is not. */
export function setVolume(element, volume) {
  element.volume = Math.min(Math.max(Math.round(volume * 100) / 100, 0), 1);
  element.muted = element.volume === 0;
}

function write(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

function name(button, label, path) {
  if (button.ariaLabel !== label) button.ariaLabel = button.title = label;
  if (button.firstElementChild?.firstElementChild.getAttribute("d") === path) return;
  button.replaceChildren(icon(path));
}

function slide(range, label, min, max, value, more = value) {
  const share = (at) => `${Math.min(Math.max(max > min ? (at - min) / (max - min) : 0, 0), 1) * 100}%`;
  if (range.ariaLabel !== label) range.ariaLabel = label;
  Object.assign(range, { min, max, value });
  range.style.setProperty("--share", share(value));
  range.style.setProperty("--more", share(more));
}

/** `1:02:03`, with a minus for what lies behind live. */
function clockText(seconds) {
  if (!Number.isFinite(seconds)) return "0:00";
  const whole = Math.floor(Math.abs(seconds));
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  if (parts[0] === 0) parts.shift();
  return (seconds < -0.5 ? "−" : "") + parts.map((part, index) => (index ? String(part).padStart(2, "0") : part)).join(":");
}
