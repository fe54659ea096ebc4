// A playing element asked as one asks a <video>. Returns the sentences that do not hold.
return (async () => {
  const stall = document.querySelector("live-stall");
  const heard = (name) => new Promise((resolve, reject) => {
    stall.addEventListener(name, () => resolve(true), { once: true });
    setTimeout(() => reject(new Error(`no ${name} event`)), 5_000);
  });
  const { found, holds } = probe.sentences();

  holds("it plays", !stall.paused && !stall.ended && stall.readyState >= 2);
  holds("it has a size", stall.videoWidth === 288 && stall.videoHeight === 512);
  holds("a live stream has no end", stall.duration === Infinity);
  holds("it can be sought", stall.seekable.length === 1 && stall.seekable.end(0) > stall.seekable.start(0));
  holds("what is ahead is buffered", stall.buffered.end(stall.buffered.length - 1) > stall.currentTime);
  holds("it has no error", stall.error === null);
  holds("it is the video inside that plays", stall.video instanceof HTMLVideoElement && stall.currentTime === stall.video.currentTime);

  holds("it is live, with a window too short to seek in", stall.streamType === "live" && stall.targetLiveWindow === 0);
  holds("it is at the live edge", stall.currentTime >= stall.liveEdgeStart);
  holds("its window moves on", await heard("seekablechange"));

  const [volume] = await Promise.all([heard("volumechange"), (stall.volume = 0.5)]);
  holds("the volume changes", volume && stall.video.volume === 0.5);
  const [rate] = await Promise.all([heard("ratechange"), (stall.playbackRate = 1)]);
  holds("the rate is the one that was asked for", rate && stall.playbackRate === 1);
  await Promise.all([heard("pause"), stall.pause()]);
  holds("it pauses", stall.paused && stall.video.paused);
  await Promise.all([heard("playing"), stall.play()]);
  holds("it plays again", !stall.paused);
  const { startupMs, latency, droppedFrames, stalls, stallMs, bufferAhead, wasmBytes, danmaku } = stall.stats;
  const numbers = [startupMs, latency, droppedFrames, stalls, stallMs, bufferAhead, wasmBytes, danmaku.shown, danmaku.onScreen];
  holds(`its statistics are numbers: ${JSON.stringify(stall.stats)}`, numbers.every((number) => Number.isFinite(number)));
  const { left, top, width, height } = stall.getBoundingClientRect();
  // In one go, as pages that sort their nodes do.
  const before = stall.currentTime;
  document.body.append(stall);
  await new Promise((resolve) => setTimeout(resolve, 600));
  holds("it plays on when it is moved", !stall.paused && stall.currentTime > before);
  holds("it keeps its size", width === stall.getBoundingClientRect().width && height === stall.getBoundingClientRect().height && left + top >= 0);
  return found;
})();
