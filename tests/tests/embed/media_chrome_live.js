// media-chrome's controls around the element, on a live stream. Returns the sentences that do not hold.
return (async () => {
  const controller = document.querySelector("media-controller");
  const stall = document.querySelector("live-stall");
  const live = document.querySelector("media-live-button");
  const { found, until } = probe.sentences(() => `; media-chrome says ${[...controller.attributes].map(({ name, value }) => `${name}=${value}`)}`);
  await until("it is live", () => controller.getAttribute("mediastreamtype") === "live");
  await until("it is at the edge", () => live.mediaTimeIsLive && !live.mediaPaused);
  await until("a short window is not for seeking", () => controller.getAttribute("mediatargetlivewindow") === "0");
  stall.pause();
  await until("a live stream that is paused is not live", () => live.mediaPaused);
  await until("time goes by", () => stall.currentTime < stall.liveEdgeStart);
  await until("it has fallen behind", () => !live.mediaTimeIsLive);
  live.click();
  await until("the live button goes back to the edge and plays", () => live.mediaTimeIsLive && !live.mediaPaused && !stall.paused && stall.latency < 4);
  const { currentTime } = stall;
  await until("it moves on", () => stall.currentTime > currentTime + 0.5);
  return found;
})();
