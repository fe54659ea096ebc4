// Where the focus goes when the button that had it goes. Returns the sentences that do not hold.
return (async () => {
  const stall = document.querySelector("live-stall");
  const root = stall.shadowRoot;
  const found = [];
  const holds = (sentence, truth) => truth || found.push(sentence);
  const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  const until = async (sentence, truth) => {
    for (let tries = 0; tries < 200 && !truth(); tries += 1) await wait(50);
    holds(sentence, truth());
  };
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
