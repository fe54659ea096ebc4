// Plays the page's element to its end. Gives back what was seen, heard and held on the way. With a `language`, that sound is
// chosen in the element's menu half-way.
const [src, language] = arguments;
const stall = document.createElement("live-stall");
const told = { colours: {}, cues: [], tone: 0, toneBefore: 0, texts: [], error: null };
stall.addEventListener("stall:cue", ({ detail }) => told.cues.push(detail.id));
stall.addEventListener("stall:error", ({ detail }) => (told.error ??= detail.message));
stall.src = src;
stall.controls = Boolean(language);
document.body.replaceChildren(stall);
const wait = (ms) => new Promise((done) => setTimeout(done, ms));
const until = async (what, test) => {
  for (const from = performance.now(); !test(); await wait(20)) {
    if (performance.now() - from > 15_000) throw new Error(`${what}: ${JSON.stringify(told)} ${JSON.stringify(stall.stats)}`);
  }
};

// The colour of the picture, one bit for each of red, green and blue, of every frame.
const canvas = new OffscreenCanvas(8, 8).getContext("2d", { willReadFrequently: true });
function look(_, { mediaTime }) {
  const video = stall.video;
  canvas.drawImage(video, 0, 0, 8, 8);
  const [red, green, blue] = canvas.getImageData(4, 4, 1, 1).data;
  const colour = (red > 128 ? 4 : 0) + (green > 128 ? 2 : 0) + (blue > 128 ? 1 : 0);
  const second = Math.floor(mediaTime + 0.001);
  (told.colours[second] ??= {})[colour] = (told.colours[second][colour] ?? 0) + 1;
  for (const track of video.textTracks) {
    for (const cue of track.activeCues ?? []) if (told.texts.at(-1) !== cue.text) told.texts.push(cue.text);
  }
  video.requestVideoFrameCallback(look);
}

// The loudest frequency, most of the time.
const audio = new AudioContext();
const analyser = new AnalyserNode(audio, { fftSize: 4096 });
let heard = {};
const most = () => Number(Object.entries(heard).sort((a, b) => b[1] - a[1])[0]?.[0] ?? 0);
function listen() {
  const levels = new Float32Array(analyser.frequencyBinCount);
  analyser.getFloatFrequencyData(levels);
  const loudest = levels.indexOf(Math.max(...levels));
  if (levels[loudest] < -60) return;
  const tone = Math.round((loudest * audio.sampleRate) / analyser.fftSize / 20) * 20;
  heard[tone] = (heard[tone] ?? 0) + 1;
}

return (async () => {
  await until("the element is there", () => stall.video);
  audio.createMediaElementSource(stall.video).connect(analyser);
  stall.video.requestVideoFrameCallback(look);
  await stall.play().catch(async (error) => {
    await wait(1_000);
    throw new Error(`${error.message} ${JSON.stringify(told)}`);
  });
  const listening = setInterval(listen, 100);
  if (language) {
    await until("half of it has played", () => stall.currentTime > 1.5);
    told.toneBefore = most();
    const menu = probe.find("select[part=audio]");
    menu.value = [...menu.options].find(({ textContent }) => textContent === language).value;
    menu.dispatchEvent(new Event("change"));
    await wait(600);
    heard = {};
  }
  await until("it plays to its end", () => stall.ended);
  clearInterval(listening);
  await audio.close();
  told.tone = most();
  told.home = stall.stats.home;
  told.duration = stall.duration;
  told.at = stall.currentTime;
  told.buffered = Array.from({ length: stall.buffered.length }, (_, at) => [stall.buffered.start(at), stall.buffered.end(at)]);
  told.size = [stall.videoWidth, stall.videoHeight];
  return told;
})();
