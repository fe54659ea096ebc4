// The overlay's module, mounted as <live-stall> does it, over the page's own video.
import init, { mount } from "OVERLAY";

await bench.play("/picture.mp4");
localStorage.setItem("livestall:danmaku", JSON.stringify({ version: 1, density: "overlap" }));
const start = Date.parse("2026-11-26T12:00:00Z");
await init({ module_or_path: "OVERLAY_WASM" });
const root = document.querySelector("#stage");
const media = bench.video;
const overlay = mount(root, {
  danmaku: true,
  lang: "zh-CN",
  element: media,
  clock: () => start + media.currentTime * 1000,
  paused: () => media.paused,
});
const local = ({ text, at }) => (at === undefined ? { text } : { text, at: start + at * 1000 });
bench.engine = {
  emit: (comments) => overlay.add_danmaku(comments.map(local)),
  // What it takes in one call is bounded.
  load: (comments) => {
    for (let at = 0; at < comments.length; at += 10_000) overlay.add_danmaku(comments.slice(at, at + 10_000).map(local));
  },
  onScreen: () => overlay.stats().onScreen,
  texts: () => [...root.querySelectorAll(".fly")].map((it) => it.textContent),
  account: () => overlay.stats(),
};
