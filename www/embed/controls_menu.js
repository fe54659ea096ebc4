// The settings: a panel above the bar with a choice a row, each a `<select>`, which every device knows how to show.

import { captionTracks, showTrack, shownTrack } from "./captions.js";
import { CONTROL_ICONS as ICONS } from "./controls_icons.js";
import { el, icon } from "./dom.js";

/** Makes the button and its panel: `{ button, panel, draw(words), close() }`. `rows` are buttons that lie in the panel as well. */
export function settingsMenu(element, rows, signal) {
  const quality = choice("quality", (value) => (element.quality = value));
  const captions = choice("subtitles", (value) => showTrack(element, captionTracks(element)[value] ?? null));
  const audio = choice("audio", (value) => [...element.audioTracks].forEach((track, index) => (track.enabled = String(index) === value)));
  const panel = el("div", { class: "menu", part: "settings", role: "dialog", hidden: true }, quality.row, captions.row, audio.row, ...rows);
  const button = el("button", { class: "control", part: "settings-control", type: "button", "aria-haspopup": "dialog", onclick: () => open(panel.hidden) }, icon(ICONS.gear));
  let outside = null;
  const open = (wanted, back = true) => {
    if (wanted === !panel.hidden) return false;
    panel.hidden = !wanted;
    outside?.abort();
    if (wanted) outside = closeFromOutside([panel, button], () => open(false, false));
    panel.toggleAttribute("data-keeps-bar", wanted);
    button.ariaExpanded = String(wanted);
    if (wanted) first(panel)?.focus();
    else if (back) button.focus();
    return true;
  };
  button.ariaExpanded = "false";
  panel.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    open(false);
  }, { signal });
  return {
    button,
    panel,
    /** Gives back whether it was open. */
    close: () => open(false),
    draw(words) {
      button.ariaLabel = button.title = panel.ariaLabel = words.settings;
      drawQualities(quality, element, words);
      drawCaptions(captions, element, words);
      drawAudio(audio, element, words);
      button.hidden = ![...panel.children].some((row) => !row.hidden);
    },
  };
}

/** Calls `close` when something else on the page is pressed, until the controller that it gives back is aborted. */
function closeFromOutside(nodes, close) {
  const outside = new AbortController();
  const { signal } = outside;
  document.addEventListener("pointerdown", (event) => event.composedPath().some((node) => nodes.includes(node)) || close(), { signal, capture: true });
  return outside;
}

const first = (panel) => [...panel.querySelectorAll("select, button")].find((node) => node.offsetParent);

/** A row with a name and what to choose from: `{ row, draw(name, entries, value) }`; `entries` are `[value, label]`. */
function choice(part, chosen) {
  const label = el("span");
  const select = el("select", { part, onchange: () => chosen(select.value) });
  const row = el("label", { class: "choice", hidden: true }, label, select);
  let drawn = "";
  return {
    row,
    draw(name, entries, value) {
      const key = JSON.stringify([name, entries, value]);
      // A list that is made anew while it is open would close.
      if (key === drawn) return;
      drawn = key;
      label.textContent = name;
      select.replaceChildren(...entries.map(([entry, text]) => el("option", { value: entry }, text)));
      select.value = value;
    },
  };
}

const qualityName = ({ width, height, bitrate }) => (height ? `${Math.min(width || height, height)}p` : `${Math.round(bitrate / 1000)}k`);

function drawQualities({ row, draw }, element, words) {
  const { qualities } = element;
  row.hidden = qualities.length < 2;
  const current = qualities.find(({ id }) => id === element.currentQuality);
  const auto = element.quality === "auto" && current ? words.autoNow(qualityName(current)) : words.auto;
  const sorted = [...qualities].sort((one, other) => other.bitrate - one.bitrate);
  draw(words.quality, [["auto", auto], ...sorted.map((quality) => [String(quality.id), qualityName(quality)])], String(element.quality));
}

function drawCaptions({ row, draw }, element, words) {
  const tracks = captionTracks(element);
  row.hidden = tracks.length === 0;
  const entries = tracks.map(({ label, language }, index) => [String(index), label || language || words.track(index + 1)]);
  draw(words.captions, [["off", words.off], ...entries], tracks.includes(shownTrack(element)) ? String(tracks.indexOf(shownTrack(element))) : "off");
}

function drawAudio({ row, draw }, element, words) {
  const tracks = [...(element.audioTracks ?? [])];
  row.hidden = tracks.length < 2;
  const entries = tracks.map(({ label, language }, index) => [String(index), label || language || words.track(index + 1)]);
  draw(words.audio, entries, String(tracks.findIndex(({ enabled }) => enabled)));
}
