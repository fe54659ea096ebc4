// Chooses subtitles in the element's menu, and compares the text that shows with the picture that shows.
const stall = probe.stall();
const wait = probe.wait;
const until = async (what, test) => {
  for (const from = performance.now(); !test(); await wait(20)) {
    if (performance.now() - from > 20_000) throw new Error(`${what}: ${JSON.stringify(stall.stats)} ${stall.error?.message}`);
  }
};
// The luma of each second of the live stream, as the script that makes it says, on the screen's scale.
const LUMA = [70, 150, 40, 210, 100, 180].map((luma) => ((luma - 16) * 255) / 219);
const told = { right: 0, wrong: 0, before: 0, after: 0 };
const canvas = new OffscreenCanvas(8, 8).getContext("2d", { willReadFrequently: true });
let stage = "before";
function look() {
  const { video } = stall;
  canvas.drawImage(video, 0, 0, 8, 8);
  const [level] = canvas.getImageData(4, 4, 1, 1).data;
  const texts = [...video.textTracks].filter(({ mode }) => mode === "showing").flatMap(({ activeCues }) => [...(activeCues ?? [])]);
  for (const { text } of texts) {
    const second = Number(text.replace("second ", ""));
    if (stage === "reading") told[Math.abs(LUMA[second % 6] - level) < 12 ? "right" : "wrong"] += 1;
    else told[stage] += 1;
  }
  video.requestVideoFrameCallback(look);
}

return (async () => {
  await until("it plays", () => stall.currentTime > 0 && !stall.paused && stall.readyState >= 3);
  stall.video.requestVideoFrameCallback(look);
  await wait(1_000);
  probe.find("[part=settings-control]").click();
  const menu = probe.find("select[part=subtitles]");
  await until("there is a choice", () => probe.visible(menu));
  told.offered = [...menu.options].map(({ textContent }) => textContent);
  const choose = (value) => {
    menu.value = value;
    menu.dispatchEvent(new Event("change"));
  };
  stage = "reading";
  choose("0");
  await until("texts show", () => told.right > 0);
  await wait(5_000);
  choose("off");
  await wait(300);
  stage = "after";
  await wait(1_000);
  return told;
})();
