// The element's own controls on a recording: names, keys, taps, menus, statistics. Returns the sentences that do not hold.
return (async () => {
  const stall = document.querySelector("live-stall");
  const root = stall.shadowRoot;
  const { wait } = probe;
  const { found, holds, until } = probe.sentences();
  const at = (part) => root.querySelector(`[part~="${part}"]`);
  const shown = (node) => node.offsetParent !== null;
  const press = (key, target = root.querySelector(".stage")) => target.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, composed: true, cancelable: true }));
  const near = (one, other) => Math.abs(one - other) < 0.6;

  await until("the controls are there", () => at("controls"));
  await until("it plays", () => !stall.paused && stall.currentTime > 0);

  // What is there.
  const controls = () => [...at("controls").querySelectorAll("button, input")].filter(shown);
  const nameless = () => controls().filter((node) => !(node.ariaLabel || node.textContent)).map((node) => node.part.value);
  holds(`every control has a name, but ${nameless()}`, nameless().length === 0);
  const small = controls().filter((node) => node.offsetHeight < 24 || node.offsetWidth < 24).map((node) => node.part.value);
  holds(`every target is large enough, but ${small}`, small.length === 0);
  holds("without tracks there is no button for them", !shown(at("captions-control")));
  holds("a recording has no live badge", !shown(at("live-control")) && shown(at("seek")));
  await until("the time is told", () => /^0:0\d \/ 0:12$/.test(root.querySelector(".time").textContent));
  holds("the position is told", /^0:0\d of 0:12$/.test(at("seek").ariaValueText));
  stall.lang = "zh-CN";
  await until("the names follow the language", () => at("play-control").ariaLabel === "暂停" && at("settings-control").ariaLabel === "设置");
  stall.lang = "en";
  await until("and back", () => at("play-control").ariaLabel === "Pause");

  // Keys.
  press("k");
  await until("k pauses", () => stall.paused && at("play-control").ariaLabel === "Play");
  press(" ");
  await until("space plays", () => !stall.paused);
  stall.pause();
  press("m");
  await until("m unmutes", () => !stall.muted && at("mute-control").ariaLabel === "Mute");
  press("M");
  holds("M mutes as well", stall.muted);
  stall.muted = false;
  stall.volume = 0.5;
  press("ArrowUp");
  holds("the arrow up is louder", stall.volume === 0.6);
  press("ArrowDown");
  press("ArrowDown");
  holds("the arrow down is softer", stall.volume === 0.4);
  press("5");
  holds("a digit goes to that tenth", near(stall.currentTime, 6));
  press("ArrowRight");
  holds("the arrow right goes on", near(stall.currentTime, 11));
  press("ArrowRight");
  holds("no further than the end", stall.currentTime <= stall.duration);
  press("Home");
  holds("Home goes to the start", near(stall.currentTime, 0));
  press("ArrowLeft");
  holds("no further than the start", stall.currentTime >= 0);
  press("3");
  await until("it has sought", () => !stall.seeking);
  const list = document.createElement("div");
  list.setAttribute("role", "log");
  root.querySelector(".overlay").append(list);
  const before = [stall.volume, stall.currentTime, stall.paused].join();
  for (const key of ["ArrowUp", "ArrowLeft", "End", " "]) press(key, list);
  holds("a chat list keeps its arrows and its space", [stall.volume, stall.currentTime, stall.paused].join() === before);
  press("k", list);
  await until("but not the letters", () => !stall.paused);
  list.remove();

  // Captions.
  const tracks = [["English", "en", "Hello"], ["中文", "zh", "你好"]].map(([label, language, text]) => {
    const track = stall.addTextTrack("captions", label, language);
    track.addCue(new VTTCue(0, 12, text));
    return track;
  });
  await until("with tracks there is a button for them", () => shown(at("captions-control")) && at("captions-control").ariaPressed === "false");
  at("captions-control").click();
  await until("the button shows those in the viewer's language", () => tracks[0].mode === "showing" && at("captions-control").ariaPressed === "true");
  press("c");
  await until("c hides them", () => tracks.every(({ mode }) => mode === "disabled") && at("captions-control").ariaPressed === "false");

  // The settings.
  at("settings-control").click();
  holds("the settings open, and have the focus", at("settings-control").ariaExpanded === "true" && at("settings").contains(root.activeElement));
  const selects = [...at("settings").querySelectorAll("select")].filter(shown);
  const choose = (select, value) => {
    select.value = value;
    select.dispatchEvent(new Event("change"));
  };
  holds(`qualities and tracks are to be chosen, found ${selects.map(({ textContent }) => textContent)}`, selects.length === 2 && selects[0].options.length === 4 && selects[1].options.length === 3);
  holds("the best quality comes first", selects[0].options[1].textContent === "360p");
  choose(selects[0], selects[0].options[3].value);
  holds("a quality is chosen", stall.qualities.find(({ id }) => id === stall.quality)?.height === 90);
  choose(selects[0], "auto");
  holds("or left to the player", stall.quality === "auto");
  choose(selects[1], "1");
  holds("a track is chosen", tracks[1].mode === "showing" && tracks[0].mode === "disabled");
  choose(selects[1], "off");
  holds("or none", tracks[1].mode === "disabled");
  press("Escape", root.activeElement);
  holds("Escape closes them and gives the focus back", !shown(at("settings")) && root.activeElement === at("settings-control"));

  // The statistics.
  const { activeElement } = root;
  press("i");
  await until("i opens the statistics", () => at("stats"));
  holds("they have the focus and a name", at("stats").contains(root.activeElement) && at("stats").ariaLabel === "Statistics");
  const rows = [...at("stats").querySelectorAll("dt")].map((dt) => `${dt.textContent}: ${dt.nextElementSibling.textContent}`);
  holds(`they say how it goes, found ${rows}`, rows.length === 8 && rows.includes("Player: worker") && rows.some((row) => /^Picture: \d+×\d+/.test(row)) && rows.some((row) => /^Buffer: [\d.]+ s$/.test(row)));
  press("Escape", root.activeElement);
  await until("Escape closes them and gives the focus back", () => !at("stats") && root.activeElement === activeElement);
  at("settings-control").click();
  at("stats-control").click();
  await until("so does the menu's row", () => at("stats") && !shown(at("settings")));
  press("i");
  await until("i closes them", () => !at("stats"));

  // A finger.
  const box = stall.getBoundingClientRect();
  const tap = (share) => stall.video.dispatchEvent(new PointerEvent("click", { pointerType: "touch", clientX: box.left + box.width * share, clientY: box.top + 40, bubbles: true, composed: true }));
  stall.pause();
  press("5");
  await until("it has sought", () => !stall.seeking);
  tap(0.1);
  tap(0.1);
  holds("two taps at the left go back", near(stall.currentTime, 0));
  await wait(400);
  tap(0.9);
  tap(0.9);
  holds("two taps at the right go on", near(stall.currentTime, 10));
  holds("a tap does not play", stall.paused);
  await wait(400);
  press("0");
  await stall.play();
  root.activeElement?.blur();
  tap(0.5);
  await until("one tap sends the bar away", () => root.querySelector(".stage").hasAttribute("data-idle"));
  holds("a bar that is not seen takes no clicks", getComputedStyle(at("play-control").parentElement).pointerEvents === "none");
  tap(0.5);
  await until("one tap brings it back", () => !root.querySelector(".stage").hasAttribute("data-idle"));

  // Full screen where only a video may.
  Object.defineProperty(document, "fullscreenEnabled", { value: false, configurable: true });
  document.querySelector("main").style.transform = "rotate(2deg)";
  at("fullscreen-control").click();
  const filled = stall.getBoundingClientRect();
  holds(`it fills the page, found ${JSON.stringify(filled)}`, filled.left === 0 && filled.top === 0 && filled.width === innerWidth && filled.height === innerHeight);
  holds("and says how to get out", at("fullscreen-control").ariaLabel === "Exit full screen");
  press("Escape");
  holds("Escape lets go of the page", stall.getBoundingClientRect().height !== innerHeight && !stall.popover);

  await until("and says so again", () => at("fullscreen-control").ariaLabel === "Full screen");

  stall.controls = false;
  await until("without the attribute there are no controls", () => !at("controls") && !at("settings") && !root.querySelector(".stage").hasAttribute("tabindex"));
  press("k");
  holds("nor keys", !stall.paused);
  return found;
})();
