// Loads what the player does not play, and gives back what the element says of it, to programs and to people.
const [src] = arguments;
const stall = document.createElement("live-stall");
stall.lang = "en";
stall.muted = stall.autoplay = true;
const said = new Promise((done) => stall.addEventListener("stall:error", ({ detail }) => detail.fatal && done(detail)));
stall.src = src;
document.body.replaceChildren(stall);
const late = new Promise((_, fail) => setTimeout(() => fail(new Error(`nothing is said: ${JSON.stringify(stall.stats)}`)), 15_000));
return (async () => {
  const { kind, cause, message } = await Promise.race([said, late]);
  await probe.wait(100);
  const face = probe.find(".face");
  const text = (part) => {
    const node = face.querySelector(part);
    return probe.visible(node) ? node.textContent : "";
  };
  const played = await Promise.race([stall.play().then(() => true, () => false), probe.wait(2_000).then(() => null)]);
  return { kind, cause, message, face: face.dataset.face, title: text(".title"), hint: text(".hint"), code: text(".code"), played };
})();
