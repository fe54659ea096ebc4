// Elements as pages make, ask and take them away, on a recording of three qualities. Returns the sentences that do not hold.
return (async (shop) => {
  const { LiveStall } = await import(`${shop}/embed/live-stall.js`);
  const src = `${location.origin}/vod/index.m3u8`;
  const { wait } = probe;
  const { found, holds, until } = probe.sentences();
  const nameOf = (promise) => promise.then(() => "done", (error) => error.name);
  const make = (attributes) => {
    const stall = document.createElement("live-stall");
    for (const [name, value] of Object.entries({ muted: "", ...attributes })) stall.setAttribute(name, value);
    return stall;
  };
  const players = [];
  const { Worker } = window;
  window.Worker = class extends Worker {
    constructor(...values) {
      super(...values);
      players.push(this);
    }
  };

  // A pause that comes before the video has a source.
  const paused = make({ src, preload: "none" });
  document.body.append(paused);
  const played = nameOf(paused.play());
  paused.pause();
  holds("a play() that was paused again is aborted", (await played) === "AbortError");
  await wait(300);
  holds("a play() that was paused again plays nothing", paused.paused);
  paused.remove();

  // Two of them in one task.
  players.length = 0;
  const asked = make({ src });
  document.body.append(asked);
  holds("append and play() in one task plays", (await nameOf(asked.play())) === "done");
  await until("it moves", () => asked.currentTime > 0);
  holds(`append and play() in one task starts one player, found ${players.length}`, players.length === 1);
  asked.remove();

  const early = make({ src });
  void early.play();
  document.body.append(early);
  await until("a play() before it is in the page plays once it is", () => early.currentTime > 0);
  early.remove();

  const lazy = make({ src, preload: "none" });
  document.body.append(lazy);
  await wait(100);
  holds("preload=none loads nothing", lazy.readyState === 0 && lazy.networkState === lazy.NETWORK_EMPTY);
  holds("preload=none and play() plays", (await nameOf(lazy.play())) === "done");
  lazy.remove();

  const later = make({ src, preload: "none" });
  document.body.append(later);
  later.preload = "metadata";
  await until("a preload that is taken back loads", () => later.readyState >= 1);
  later.autoplay = true;
  await until("autoplay that comes later plays", () => later.currentTime > 0);

  // Qualities.
  const { videoRenditions } = later;
  await until("it has three qualities", () => later.qualities.length === 3 && videoRenditions.length === 3);
  holds("the player chooses at first", later.quality === "auto" && videoRenditions.selectedIndex === -1);
  holds("it says which quality is fetched", later.qualities.some(({ id }) => id === later.currentQuality));
  const refused = (value) => {
    try {
      later.quality = value;
      return "nothing";
    } catch (error) {
      return error.name;
    }
  };
  holds("a quality that is none is refused", refused("x") === "RangeError" && refused(99) === "RangeError" && later.quality === "auto");
  let changes = 0;
  videoRenditions.addEventListener("change", () => (changes += 1));
  const last = [...videoRenditions].at(-1);
  videoRenditions.selectedIndex = 2;
  holds("a rendition is chosen by its place", String(later.quality) === last.id && videoRenditions.selectedIndex === 2 && changes === 1);
  holds("a rendition is found by its id", videoRenditions.getRenditionById(last.id) === last);
  await until("what was chosen is fetched", () => later.currentQuality === later.quality);
  const chosen = later.quality;
  later.load();
  await until("the choice outlives a new load", () => later.qualities.length === 3 && later.quality === chosen && later.currentQuality === chosen);
  later.src = `${src}?other`;
  holds("another stream begins with a choice of the player's", later.quality === "auto");

  // A media element's properties.
  await until("it plays the other stream", () => later.currentSrc.endsWith("?other") && later.readyState >= 2 && later.currentTime > 0);
  holds("currentSrc is the stream's own", later.currentSrc === later.src);
  holds(`a recording is on demand, found ${[later.streamType, later.duration, later.video.duration, later.targetLiveWindow, later.liveEdgeStart]}`, later.streamType === "on-demand" && Number.isNaN(later.targetLiveWindow) && Number.isNaN(later.liveEdgeStart));
  for (const bad of [NaN, "fast", undefined]) {
    let name = "nothing";
    try {
      later.playbackRate = bad;
    } catch (error) {
      ({ name } = error);
    }
    holds(`playbackRate ${bad} is refused, found ${name}`, name === "TypeError" && later.playbackRate === 1);
  }
  later.playbackRate = 1.5;
  holds("a rate is taken", later.playbackRate === 1.5 && Math.abs(later.video.playbackRate - 1.5) < 0.2);
  later.fastSeek(3);
  await until("fastSeek() seeks", () => !later.seeking && later.currentTime >= 3);
  const like = Object.getOwnPropertyNames(HTMLMediaElement.prototype).concat(Object.getOwnPropertyNames(HTMLVideoElement.prototype));
  const missing = like.filter((name) => !(name in later) && !/^(on|webkit|moz|constructor)|srcObject|audioTracks|videoTracks|mediaKeys|setMediaKeys|captureStream|sinkId|setSinkId|controlsList|latencyHint|loading|^width$|^height$/.test(name));
  holds(`it has what a video has, except ${missing}`, missing.length === 0);
  for (const name of ["room", "server", "token", "theme", "danmaku", "start", "poster", "preload"]) {
    const bare = new LiveStall();
    bare[name] = "x";
    holds(`${name} is a property and an attribute`, bare.getAttribute(name) === "x" && bare[name] === "x");
    bare[name] = null;
    holds(`${name} can be taken away`, !bare.hasAttribute(name) && bare[name] === "");
  }

  // Text tracks of the page's own.
  const track = document.createElement("track");
  Object.assign(track, { kind: "captions", label: "English", srclang: "en", src: "data:text/vtt,WEBVTT%0A%0A00:00.000 --> 00:09.000%0AHello" });
  later.append(track);
  await until("a track of the page's is the video's", () => later.textTracks.length === 1 && later.textTracks[0].label === "English");
  track.remove();
  await until("a track that is taken away is gone", () => later.textTracks.length === 0);
  later.remove();
  await until("what is taken away lets go of its stream", () => later.networkState === later.NETWORK_EMPTY);
  return found;
})(...arguments);
