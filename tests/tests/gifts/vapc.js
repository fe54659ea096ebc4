// What is read of a film's `vapc` box, and what is refused. Returns the sentences that do not hold.
return (async () => {
  const { readVapc } = await import("/vapc.js");
  const { found, holds } = probe.sentences();
  const info = { v: 2, f: 80, w: 480, h: 320, fps: 20, videoW: 736, videoH: 480, rgbFrame: [0, 0, 480, 320], aFrame: [488, 0, 240, 160] };
  const box = (kind, body, size = body.length + 8) => {
    const head = new DataView(new ArrayBuffer(8));
    head.setUint32(0, size);
    for (const [at, char] of [...kind].entries()) head.setUint8(4 + at, char.charCodeAt(0));
    return [...new Uint8Array(head.buffer), ...body];
  };
  const file = (changed, before = box("ftyp", [1, 2, 3, 4])) =>
    new Uint8Array([...before, ...box("vapc", new TextEncoder().encode(JSON.stringify({ info: { ...info, ...changed } })))]);
  const refused = (bytes) => {
    try {
      readVapc(bytes);
      return "";
    } catch (error) {
      return error.message;
    }
  };

  const layout = readVapc(file({}));
  holds("the rectangles are read", layout.color.join() === "0,0,480,320" && layout.alpha.join() === "488,0,240,160");
  holds("the length is read", layout.frames === 80 && layout.rate === 20 && layout.film.join() === "736,480");
  holds("a rectangle outside the film is refused", refused(file({ aFrame: [600, 0, 240, 160] })).includes("aFrame width: expected a whole number from 1 to 136"));
  holds("a film too large is refused", refused(file({ videoW: 4_000 })).includes("videoW"));
  holds("a half pixel is refused", refused(file({ w: 1.5 })).includes("found 1.5"));
  holds("no rate is refused", refused(file({ fps: 0 })).includes("fps"));
  holds("no rectangle is refused", refused(file({ rgbFrame: null })) !== "");
  holds("a file without the box is refused", refused(new Uint8Array(box("ftyp", []))).includes("vapc"));
  holds("a box that is longer than the file ends it", refused(file({}, box("free", [], 9_999_999))).includes("found none"));
  holds("a box shorter than its header ends it", refused(file({}, box("free", [], 3))).includes("found none"));
  holds("boxes without end end", refused(new Uint8Array(Array.from({ length: 1_000 }, () => box("free", [])).flat())).includes("found none"));
  return found;
})();
