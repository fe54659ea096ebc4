// What every page of the danmaku benchmark carries, whichever engine it has. An engine's own script, which runs after
// this one, sets `bench.engine`:
//   emit(comments)    puts them on the screen now; [{ id, text }]
//   load(comments)    takes comments for later, and answers when it has; [{ id, text, at }], `at` in media seconds
//   onScreen()        how many fly now
//   texts()           what those that fly now say
//   account()         { shown, merged, dropped } as the engine itself counts; absent where it does not
window.bench = (() => {
  const HAN = "的一是了我不人在他有这个上们来到时大地为子中你说生国年着就那和要她出也得里后自以会家可下而过天去能对小多然于心学么之都好看起发当没成只如事把还用第样道想作种开美总从无情己面最女但现前些所同日手又行意动方期它头经长儿回位分爱老因很给名法间斯知世什两次使身者被高已亲其进此话常与活正感";
  const [SHORTEST, LONGEST] = [4, 20];
  const BURST_MS = 3000;

  // Numerical Recipes' generator: the same texts for all, in every run.
  let seed = 12345;
  const random = () => (seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0) / 2 ** 32;
  const frame = () => new Promise(requestAnimationFrame);
  const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

  let longestTask = 0;
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) longestTask = Math.max(longestTask, duration);
  }).observe({ type: "longtask" });

  const state = { engine: null, errors: [], video: null };
  addEventListener("error", ({ message }) => state.errors.push(message));
  addEventListener("unhandledrejection", ({ reason }) => state.errors.push(String(reason)));

  let count = 0;
  /** So many comments, no two alike, most of them short as they are in a busy room. */
  function comments(many) {
    return Array.from({ length: many }, () => {
      const length = SHORTEST + Math.floor(random() * random() * (LONGEST + 1 - SHORTEST));
      let text = "";
      // The number, in digits of Han, keeps equal ones apart: nothing is to be merged.
      for (let rest = ++count; text.length < 3; rest = Math.floor(rest / HAN.length)) text += HAN[rest % HAN.length];
      while (text.length < length) text += HAN[Math.floor(random() * HAN.length)];
      return { id: `c${count}`, text };
    });
  }

  /** Waits for the engine, and until its first comments have been drawn: what happens once is not measured. */
  async function ready() {
    for (let waited = 0; !state.engine; waited += 20) {
      if (waited > 20_000) throw new Error(`the engine does not come up: ${state.errors.join("; ")}`);
      await sleep(20);
    }
    await document.fonts.ready;
    state.engine.emit(comments(5));
    await sleep(1500);
  }

  /** Puts `many` on at once, and looks at every frame of the three seconds after. */
  async function burst(many) {
    const list = comments(many);
    const before = state.engine.onScreen();
    await frame();
    longestTask = 0;
    const start = performance.now();
    state.engine.emit(list);
    const times = [start];
    while (performance.now() - start < BURST_MS) {
      await frame();
      times.push(performance.now());
    }
    const onScreen = state.engine.onScreen() - before;
    // Long tasks are told after they end.
    await sleep(300);
    const gaps = times.slice(1).map((time, at) => time - times[at]);
    return {
      fps: ((times.length - 1) / (times.at(-1) - start)) * 1000,
      longestFrame: Math.max(...gaps),
      firstTwo: (times[2] ?? times.at(-1)) - start,
      longestTask,
      onScreen,
      ...account(),
    };
  }

  /** Sends so many a second from now on, one by one; none with 0. */
  let sending = 0;
  function send(perSecond) {
    clearInterval(sending);
    let sent = 0;
    const start = performance.now();
    if (perSecond) {
      sending = setInterval(() => {
        const due = Math.floor(((performance.now() - start) * perSecond) / 1000) - sent;
        if (due > 0) state.engine.emit(comments(due));
        sent += due;
      }, 1000 / perSecond);
    }
  }

  /** `many` that are due within a second, two seconds from now: what became of them two seconds later. */
  async function due(many) {
    const before = account();
    const from = state.video.currentTime + 2;
    const list = comments(many).map((it, at) => ({ ...it, at: from + at / many }));
    await state.engine.load(list);
    const wanted = new Set(list.map(({ text }) => text));
    const seen = new Set();
    while (state.video.currentTime < from + 3) {
      await frame();
      for (const text of state.engine.texts()) if (wanted.has(text)) seen.add(text);
    }
    const { merged, dropped } = account();
    return { seen: seen.size, merged: merged - before.merged, dropped: dropped - before.dropped };
  }

  /** ms to take `many` comments for the next two hours. */
  async function load(many) {
    const every = (state.video.duration - 10) / many;
    const list = comments(many).map((it, at) => ({ ...it, at: 5 + at * every }));
    await frame();
    const start = performance.now();
    await state.engine.load(list);
    return performance.now() - start;
  }

  /** Goes to the middle of the picture. */
  async function seek() {
    state.video.currentTime = state.video.duration / 2;
    await new Promise((done) => state.video.addEventListener("seeked", done, { once: true }));
  }

  function account() {
    const { merged = 0, dropped = 0 } = state.engine.account?.() ?? {};
    return { merged, dropped };
  }

  /** The picture beneath, in memory so that one may seek in it. */
  async function play(url) {
    state.video = document.querySelector("video");
    state.video.src = URL.createObjectURL(await (await fetch(url)).blob());
    await state.video.play();
  }

  return Object.assign(state, {
    FONT: '"Noto Sans CJK SC"',
    ready, burst, send, due, load, seek, play, onScreen: () => state.engine.onScreen() });
})();
