// Where the focus goes when the button that had it goes. Returns the sentences that do not hold.
return (async () => {
  const stall = document.querySelector("live-stall");
  const root = stall.shadowRoot;
  const { found, holds, until } = probe.sentences();
  await until("there is a button to play", () => root.querySelector("[part=play-button]"));
  const big = root.querySelector("[part=play-button]");
  big.focus();
  big.click();
  await until("it plays", () => !stall.paused && stall.currentTime > 0);
  holds("the focus stays in the element when the play button goes", root.activeElement === root.querySelector(".stage"));
  const order = [...root.querySelector(".stage").children].map(({ className }) => className);
  holds(`the pill comes before overlay and bar, found ${order}`, order.indexOf("pill") < order.indexOf("overlay") && order.indexOf("face") < order.indexOf("pill"));
  return found;
})();
