// What a test asks of a page with a <live-stall>. Reads; never calls into the product's code.
window.probe = (() => {
  const stall = () => document.querySelector("live-stall");
  const video = () => stall()?.video ?? document.querySelector("video");
  const canvas = new OffscreenCanvas(288, 16);
  const context = canvas.getContext("2d", { willReadFrequently: true });

  // The number in the picture's bar code; null when the picture shows none.
  function frame() {
    const source = video();
    if (!source || source.readyState < 2) return null;
    const scale = source.videoWidth / (source.videoWidth < source.videoHeight ? 288 : 320);
    context.drawImage(source, 0, 0, 288 * scale, 16 * scale, 0, 0, 288, 16);
    const pixels = context.getImageData(0, 8, 288, 1).data;
    const white = (cell) => pixels[(cell * 16 + 8) * 4] > 128;
    if (!white(0) || white(17)) return null;
    let number = 0;
    for (let bit = 0; bit < 16; bit++) number += white(bit + 1) ? 1 << bit : 0;
    return number;
  }

  // The first match in the document and in every open shadow root.
  function find(selector, root = document) {
    const found = root.querySelector(selector);
    if (found) return found;
    for (const host of root.querySelectorAll("*")) {
      const inner = host.shadowRoot && find(selector, host.shadowRoot);
      if (inner) return inner;
    }
    return null;
  }

  function visible(element) {
    if (!element) return false;
    const box = element.getBoundingClientRect();
    return box.width > 0 && box.height > 0 && element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  }

  function now() {
    const element = stall();
    return {
      frame: frame(),
      time: video()?.currentTime ?? null,
      program: element?.programTime?.getTime() ?? null,
      latency: element?.latency ?? null,
      wall: Date.now(),
    };
  }

  const painted = () => new Promise((resolve) => requestAnimationFrame(resolve));

  // The innermost element that a pointer there would touch, through every open shadow root.
  function touched(x, y) {
    let element = document.elementFromPoint(x, y);
    for (;;) {
      const inner = element?.shadowRoot?.elementFromPoint(x, y);
      if (!inner || inner === element) return element;
      element = inner;
    }
  }

  // The middle of `selector` as `{at: [x, y]}` once a viewer could click it; until then `{not}`, the reason.
  async function target(selector) {
    const element = find(selector);
    if (!visible(element)) return { not: "it does not show" };
    if (element.disabled || element.ariaDisabled === "true") return { not: "it is disabled" };
    element.scrollIntoView({ block: "nearest" });
    const was = element.getBoundingClientRect();
    await painted();
    await painted();
    const box = element.getBoundingClientRect();
    if (!element.isConnected || was.x !== box.x || was.y !== box.y) return { not: "it moves" };
    const at = [box.x + box.width / 2, box.y + box.height / 2];
    const hit = touched(...at);
    for (let node = hit; node; node = node.parentNode ?? node.host) if (node === element) return { at };
    return { not: `${hit?.tagName}.${hit?.className} lies in front of it` };
  }

  // Looks at every painted frame until `selector` shows (and its text has `text`), and keeps what the picture was then.
  function watch(name, selector, text = "") {
    const look = () => {
      const element = find(selector);
      if (visible(element) && element.textContent.includes(text)) seen[name] = now();
      else requestAnimationFrame(look);
    };
    delete seen[name];
    requestAnimationFrame(look);
  }
  const seen = {};

  const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

  // Sentences about the page: `found` keeps those that do not hold, at once or, for `until`, within ten seconds.
  // `more()` says what else is worth knowing then.
  function sentences(more = () => "") {
    const found = [];
    const holds = (sentence, truth) => truth || found.push(sentence);
    const until = async (sentence, truth) => {
      for (let tries = 0; tries < 200 && !truth(); tries += 1) await wait(50);
      holds(sentence + more(), truth());
    };
    return { found, holds, until };
  }

  return { stall, video, frame, find, visible, target, now, watch, seen, wait, sentences };
})();
