// media-chrome's controls around the element, on a recording. Returns the sentences that do not hold.
return (async () => {
  const controller = document.querySelector("media-controller");
  const stall = document.querySelector("live-stall");
  const at = (name) => document.querySelector(`media-${name}`);
  const { found, holds, until } = probe.sentences(() => `; media-chrome says ${[...controller.attributes].map(({ name, value }) => `${name}=${value}`)}`);
  const slide = (range, value) => {
    range.range.value = value;
    range.range.dispatchEvent(new InputEvent("input", { bubbles: true, composed: true }));
  };

  await until("it is on demand", () => controller.getAttribute("mediastreamtype") === "on-demand");
  await until("the duration is known", () => Math.abs(at("time-range").mediaDuration - 12) < 0.5);
  holds("it is paused at first", at("play-button").mediaPaused);
  at("play-button").click();
  await until("the play button plays", () => !stall.paused && !at("play-button").mediaPaused && stall.currentTime > 0);
  await until("the loading indicator rests", () => !at("loading-indicator").mediaLoading);
  await until("the time moves on", () => at("time-display").mediaCurrentTime > 0 && at("time-range").mediaCurrentTime > 0);
  await until(`the time is shown with the duration, found ${at("time-display").shadowRoot.textContent.slice(-60)}`, () => /0:0\d\s*\/\s*0:12/.test(at("time-display").shadowRoot.textContent));
  await until("what is buffered is known", () => at("time-range").mediaBuffered.at(-1)?.[1] > 2);
  await until("what can be sought is known", () => Math.abs(at("time-range").mediaSeekableEnd - 12) < 0.5);
  at("play-button").click();
  await until("the play button pauses", () => stall.paused && at("play-button").mediaPaused);

  slide(at("time-range"), 0.5);
  await until("the time range seeks", () => !stall.seeking && Math.abs(stall.currentTime - 6) < 1 && Math.abs(at("time-display").mediaCurrentTime - 6) < 1);
  at("seek-forward-button").click();
  await until("the seek button seeks", () => stall.currentTime > 10);

  at("mute-button").click();
  await until("the mute button unmutes", () => !stall.muted && at("mute-button").mediaVolumeLevel === "high");
  slide(at("volume-range"), 0.3);
  await until("the volume range sets the volume", () => stall.volume === 0.3 && at("mute-button").mediaVolumeLevel === "low");
  at("mute-button").click();
  await until("the mute button mutes", () => stall.muted && at("mute-button").mediaVolumeLevel === "off");
  at("playback-rate-button").click();
  await until("the rate button sets the rate", () => stall.playbackRate === 1.2 && at("playback-rate-button").mediaPlaybackRate === 1.2);

  const renditions = () => [...at("rendition-menu").shadowRoot.querySelectorAll("media-chrome-menu-item")];
  await until("the rendition menu has three and auto", () => renditions().length === 4);
  const items = renditions();
  holds(`the renditions are named by their heights, found ${items.map(({ text }) => text)}`, items.map(({ text }) => text.replace(/ .*/s, "")).join().startsWith("360p,180p,90p,Auto"));
  items[2].click();
  await until("a rendition is chosen", () => stall.qualities.find(({ id }) => id === stall.quality)?.height === 90 && controller.getAttribute("mediarenditionselected") === String(stall.quality));
  renditions()[3].click();
  await until("the choice goes back to the player", () => stall.quality === "auto" && !controller.hasAttribute("mediarenditionselected"));

  holds("without captions there is nothing to show", at("captions-button").mediaSubtitlesList.length === 0);
  const track = stall.addTextTrack("captions", "English", "en");
  track.addCue(new VTTCue(0, 12, "Hello"));
  await until("a track of the video's is listed", () => at("captions-button").mediaSubtitlesList.length === 1);
  at("captions-button").click();
  await until("the captions button shows it", () => track.mode === "showing" && at("captions-button").mediaSubtitlesShowing.length === 1);
  at("captions-button").click();
  await until("the captions button hides it", () => track.mode === "disabled" && at("captions-button").mediaSubtitlesShowing.length === 0);

  holds("full screen is to be had", !controller.hasAttribute("mediafullscreenunavailable"));
  holds("picture in picture is to be had", !controller.hasAttribute("mediapipunavailable"));
  holds("there is no error", !controller.hasAttribute("mediaerrorcode"));

  at("play-button").click();
  await until("it plays to its end", () => stall.ended && controller.hasAttribute("mediaended") && at("play-button").mediaPaused);
  at("play-button").click();
  await until("it plays again from the start", () => !stall.paused && stall.currentTime < 6 && !controller.hasAttribute("mediaended"));
  return found;
})();
