// An asset on the stage, until it is over. Returns the sentences that do not hold.
return (async () => {
  const { perform } = await import("/gift_stage.js");
  const { found, holds } = probe.sentences();
  const refused = async (promise) => promise.then(() => null, (error) => error);
  const never = new AbortController().signal;

  // Plays what draws by `draw` while the show is at `elapsed()`; tells what was left of it.
  const play = async (durationMs, draw, elapsed, signal = never) => {
    const drawn = [];
    const closed = [];
    const canvases = [];
    const act = { draw: (ms) => (drawn.push(ms), draw(ms)), close: () => closed.push("act") };
    const asset = { durationMs, width: 20, height: 10, perform: (fresh) => (canvases.push(fresh()), act) };
    const error = await refused(perform(asset, document.body, elapsed, signal));
    const left = document.querySelectorAll("canvas").length + canvases.filter(({ width }) => width > 0).length;
    return { error, drawn, closed: closed.length, left };
  };
  const clean = ({ closed, left }) => closed === 1 && left === 0;
  const clock = (rate) => {
    const begun = performance.now();
    return () => (performance.now() - begun) * rate;
  };

  const whole = await play(300, () => {}, clock(1));
  holds("it ends by itself", whole.error === null && clean(whole));
  holds("it draws in order, up to its end", whole.drawn.every((ms, at) => ms < 300 && ms >= (whole.drawn[at - 1] ?? 0)));

  const long = await play(60_000, () => {}, clock(40));
  holds("it ends after fifteen seconds at most", long.error === null && clean(long) && Math.max(...long.drawn) < 15_000);

  const controller = new AbortController();
  setTimeout(() => controller.abort(), 50);
  const told = await play(60_000, () => {}, () => 1, controller.signal);
  holds("it ends when told to", told.error === null && clean(told));

  const broken = await play(1_000, () => { throw new Error("broken"); }, () => 1);
  holds("what cannot be drawn is told", broken.error?.message === "broken" && clean(broken));

  const busy = (ms) => {
    const until = performance.now() + ms;
    while (performance.now() < until);
  };
  const slow = await play(60_000, () => busy(80), () => 1);
  holds("what takes too long is told", slow.error?.name === "TooSlow" && clean(slow));

  const before = await play(300, () => {}, () => -50, AbortSignal.timeout(60));
  holds("before its beginning it stands at it", before.error === null && before.drawn.every((ms) => ms === 0) && clean(before));

  const over = await play(300, () => {}, () => 400);
  holds("what is over is not begun", over.error === null && over.drawn.length === 0 && over.closed === 0 && over.left === 0);
  return found;
})();
