// Runs axe-core on the element in each state that it can be in. Returns what it finds.
return (async () => {
  const script = document.createElement("script");
  script.src = "/axe.js";
  await new Promise((resolve, reject) => Object.assign(script, { onload: resolve, onerror: reject }) && document.head.append(script));
  const stall = document.querySelector("live-stall");
  const root = stall.shadowRoot;
  const found = [];
  const { wait } = probe;
  const until = async (truth) => {
    for (let tries = 0; tries < 200 && !truth(); tries += 1) await wait(50);
  };
  const at = (part) => root.querySelector(`[part~="${part}"]`);
  const look = async (state) => {
    await wait(300); // what fades in is there
    const { violations } = await axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] });
    for (const { id, impact, help, nodes } of violations) found.push(`${state}: ${id} (${impact}): ${help}: ${nodes.map(({ html }) => html.slice(0, 120)).join("; ")}`);
  };

  await until(() => at("controls") && stall.currentTime > 0);
  stall.addTextTrack("captions", "English", "en").addCue(new VTTCue(0, 12, "Hello"));
  for (const lang of ["en", "zh-CN"]) {
    stall.lang = lang;
    await look(`${lang}, playing`);
    at("settings-control").click();
    await look(`${lang}, settings`);
    at("stats-control").click();
    await until(() => at("stats"));
    await look(`${lang}, statistics`);
    at("stats-close").click();
    stall.pause();
    await look(`${lang}, paused`);
    stall.currentTime = 11.5;
    await stall.play();
    await until(() => stall.ended);
    await look(`${lang}, ended`);
    stall.src = "/axe.js";
    await until(() => stall.error);
    await look(`${lang}, error`);
    stall.src = "/vod/index.m3u8";
    void stall.play().catch(() => {});
    await until(() => stall.currentTime > 0);
  }
  return found;
})();
