// How the stream goes, in numbers, for whoever asks: viewers who report trouble, and hosts. Loaded when it is opened.

import { adopt } from "./adopt.js";
import { CONTROL_ICONS as ICONS } from "./controls_icons.js";
import { el, icon } from "./dom.js";
import { hasFocus } from "./focus.js";

/** Numbers that change faster cannot be read. */
const REDRAW_MS = 1_000;

const CSS = `
.stats { position: absolute; z-index: 3; inset: 12px auto auto 12px; max-width: calc(100% - 24px); max-height: calc(100% - 24px); overflow: auto; padding: 4px 6px 12px 16px; border-radius: 14px; background: rgb(16 12 10 / 0.88); color: #fff; font-size: 13px; line-height: 1.5; pointer-events: auto; box-shadow: 0 6px 28px rgb(0 0 0 / 0.35); outline-offset: -3px; animation: stall-appear 140ms; }
.stats .control:focus-visible { outline: 3px solid var(--stall-focus, #8ab8ff); outline-offset: -3px; }
.stats header { display: flex; align-items: center; justify-content: space-between; gap: 24px; font-weight: 600; }
.stats h2 { margin: 0; font: inherit; }
.stats dl { display: grid; grid-template-columns: auto 1fr; gap: 2px 20px; margin: 0 10px 0 0; }
.stats dt { color: rgb(255 255 255 / 0.72); white-space: nowrap; }
.stats dd { margin: 0; text-align: end; font-variant-numeric: tabular-nums; white-space: nowrap; }
.pill:not([hidden]) ~ .bar-layer .stats { top: 60px; max-height: calc(100% - 72px); }
@container (max-width: 899.98px) { .stage[data-room] .pill:not([hidden]) ~ .bar-layer .stats { top: 112px; max-height: calc(100% - 124px); } }
@container (max-height: 300px) {
  .stage:not([data-room]) .pill:not([hidden]) ~ .bar-layer .stats { top: 12px; max-height: calc(100% - 24px); }
  .stats { right: 12px; }
  .stats dl { grid-template-columns: auto 1fr auto auto; gap: 2px 8px; font-size: 12px; }
  .stats dd:nth-of-type(odd) { padding-inline-end: 10px; }
}
@media (forced-colors: active) { .stats { border: 1px solid CanvasText; } }
`;

/** Opens the panel over the picture; gives back `{ draw, close }`. `closed(hadFocus)` hears when it has gone. */
export function openStats(element, stage, words, closed) {
  const root = element.shadowRoot;
  if (!root.stallStats) adopt(root, CSS);
  root.stallStats = true;
  const title = el("h2");
  const list = el("dl");
  const shut = el("button", { class: "control", part: "stats-close", type: "button", onclick: () => close() }, icon(ICONS.close));
  const panel = el("section", { class: "stats", part: "stats", tabIndex: -1 }, el("header", {}, title, shut), list);
  panel.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    close();
  });

  const draw = () => {
    const text = words();
    title.textContent = panel.ariaLabel = text.stats;
    shut.ariaLabel = shut.title = text.close;
    const rows = numbers(element, text);
    // The same nodes with new text: what a screen reader is reading stays where it is.
    for (const [index, [name, value]] of rows.entries()) {
      const dt = list.children[index * 2] ?? list.appendChild(el("dt"));
      const dd = list.children[index * 2 + 1] ?? list.appendChild(el("dd"));
      if (dt.textContent !== name) dt.textContent = name;
      if (dd.textContent !== value) dd.textContent = value;
    }
  };
  const close = () => {
    const hadFocus = hasFocus(panel);
    clearInterval(timer);
    panel.remove();
    closed(hadFocus);
  };
  const timer = setInterval(() => (element.isConnected ? draw() : close()), REDRAW_MS);
  draw();
  stage.bar.append(panel);
  shut.focus();
  return { draw, close };
}

function numbers(element, text) {
  const stats = element.stats;
  const { videoWidth, videoHeight } = element;
  const seconds = (value) => (Number.isFinite(value) ? `${value.toFixed(2)} s` : "–");
  const bits = (value) => (value > 0 ? (value < 1e6 ? `${Math.round(value / 1e3)} kbit/s` : `${(value / 1e6).toFixed(1)} Mbit/s`) : "–");
  const frames = element.video.getVideoPlaybackQuality?.();
  return [
    [text.latency, seconds(stats.latency)],
    [text.buffer, seconds(stats.bufferAhead)],
    [text.bandwidth, bits(stats.bandwidth)],
    [text.rendition, videoWidth ? `${videoWidth}×${videoHeight}${stats.rendition ? ` · ${bits(stats.rendition)}` : ""}` : "–"],
    [text.dropped, frames ? `${frames.droppedVideoFrames} / ${frames.totalVideoFrames}` : "–"],
    [text.stalls, stats.stalls ? text.times(stats.stalls, (stats.stallMs / 1000).toFixed(1)) : "0"],
    [text.startup, Number.isFinite(stats.startupMs) ? `${stats.startupMs} ms` : "–"],
    [text.home, text.homes[stats.home] ?? "–"],
  ];
}
