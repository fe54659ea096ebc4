// What every page of the benchmark carries, whichever player it has: it looks at the one <video> from outside.
window.watcher = (() => {
  // Joining may stumble: from here on it counts.
  const GRACE_MS = 2000;
  // No multiple of a frame's time, or every look would meet its frame at the same age.
  const LOOK_EVERY_MS = 107;
  // camera.rs paints it: white, black, 28 bits of clock, 4 of check sum, white; macroblocks of 640 wide.
  const [CLOCK_BITS, CELLS, WIDE] = [28, 35, 40];
  const state = { firstFrame: null, stalls: 0, stalledMs: 0, longestTask: 0, looks: [], events: [], frames: [], errors: [] };
  const canvas = new OffscreenCanvas(CELLS * 4, 4);
  const context = canvas.getContext("2d", { willReadFrequently: true });
  let video = null;
  let stalledSince = null;

  addEventListener("error", ({ message }) => state.errors.push(message));
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) state.longestTask = Math.max(state.longestTask, duration);
  }).observe({ type: "longtask" });

  const finding = setInterval(() => {
    video = document.querySelector("live-stall")?.video ?? document.querySelector("video");
    if (!video) return;
    clearInterval(finding);
    video.requestVideoFrameCallback((now) => (state.firstFrame = now));
    video.addEventListener("waiting", onWaiting);
    video.addEventListener("playing", endStall);
  }, 4);

  function onWaiting({ timeStamp }) {
    if (state.firstFrame === null || timeStamp < state.firstFrame + GRACE_MS || stalledSince !== null) return;
    state.stalls++;
    stalledSince = timeStamp;
  }

  function endStall({ timeStamp } = { timeStamp: performance.now() }) {
    if (stalledSince !== null) state.stalledMs += timeStamp - stalledSince;
    stalledSince = null;
  }

  // ms that the picture on the screen is old by its own stamp; null when it has none.
  function age() {
    if (!video || video.readyState < 2) return null;
    const cell = video.videoWidth / WIDE;
    context.drawImage(video, 0, 0, CELLS * cell, cell, 0, 0, CELLS * 4, 4);
    const now = Date.now();
    const pixels = context.getImageData(0, 2, CELLS * 4, 1).data;
    const bit = (at) => (pixels[(at * 4 + 2) * 4] > 128 ? 1 : 0);
    const read = (from, bits) => Array.from({ length: bits }, (_, at) => bit(from + at) * 2 ** at).reduce((sum, it) => sum + it, 0);
    if (!bit(0) || bit(1) || !bit(CELLS - 1)) return null;
    const clock = read(2, CLOCK_BITS);
    let sum = 0;
    for (let rest = clock; rest > 0; rest = Math.floor(rest / 16)) sum += rest % 16;
    if (sum % 16 !== read(2 + CLOCK_BITS, 4)) return null;
    const wrap = 2 ** CLOCK_BITS;
    return ((now % wrap) - clock + wrap) % wrap;
  }

  // Looks at the picture some ten times a second from now on: [page's ms, media seconds, age or null, picture's height].
  function look() {
    setInterval(() => {
      if (state.firstFrame === null) return;
      state.looks.push([performance.now(), video.currentTime, age(), video.videoHeight]);
    }, LOOK_EVERY_MS);
  }

  // Keeps what each painted frame was: [page's ms when it was shown, its media seconds].
  function followFrames() {
    const onFrame = (_, { presentationTime, mediaTime }) => {
      state.frames.push([presentationTime, mediaTime]);
      video.requestVideoFrameCallback(onFrame);
    };
    video.requestVideoFrameCallback(onFrame);
  }

  // Keeps the page's script busy `busy` ms of every `every`.
  function block(busy, every) {
    setInterval(() => {
      const end = performance.now() + busy;
      while (performance.now() < end);
    }, every);
  }

  // A player's event for the media second `start`, at the page's time `at`.
  const tell = (start, at = performance.now()) => state.events.push([at, start]);

  return { state, look, followFrames, block, tell, endStall, get video() { return video; } };
})();
