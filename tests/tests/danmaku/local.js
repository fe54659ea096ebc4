// Comments of the page's own on a stream that plays. Returns the sentences that do not hold.
return (async () => {
  const stall = document.querySelector("live-stall");
  const { found, holds } = probe.sentences();
  const until = async (what, ready) => {
    for (let tries = 0; tries < 100; tries += 1) {
      if (ready()) return true;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    holds(what, false);
    return false;
  };
  const { danmaku: before } = stall.stats;
  holds(`nothing is counted before: ${JSON.stringify(before)}`, Object.values(before).every((count) => count === 0));

  stall.addDanmaku([
    { text: "scrolls" },
    { text: "goes back", mode: "reverse", color: "#ff8800" },
    { text: "at the top", mode: "top", color: 0x00ff00 },
    { text: "here", mode: { positioned: { x: 0, y: 1000 } } },
    { text: "مرحبا" },
    { text: "👩‍🌾🍵" },
  ]);
  await until("all six are shown", () => stall.stats.danmaku.shown === 6);
  await until("all six are on the screen", () => stall.stats.danmaku.onScreen === 6);

  stall.addDanmaku(Array.from({ length: 1000 }, (_, number) => ({ text: number % 2 ? "哈哈哈哈！" : `no. ${number}` })));
  const all = ({ shown, merged, dropped, blocked }) => shown + merged + dropped + blocked;
  await until("a flood of a thousand is counted", () => all(stall.stats.danmaku) === 1006);
  holds("its equal ones are merged", stall.stats.danmaku.merged > 400);

  const told = new Promise((resolve) => stall.addEventListener("stall:error", ({ detail }) => resolve(detail), { once: true }));
  stall.addDanmaku([{ text: "fine" }, { text: "bad", color: "red" }]);
  const { cause, message, fatal } = await told;
  holds(`the error says where and what: ${message}`, cause === "bad_comment" && !fatal && message.startsWith('comment 1: color is "red"; expected'));
  holds("none of that call is shown", all(stall.stats.danmaku) === 1006);
  let thrown;
  try {
    stall.addDanmaku("hello");
  } catch (error) {
    thrown = error;
  }
  holds("what is no list is refused at once", thrown instanceof TypeError);
  return found;
})();
