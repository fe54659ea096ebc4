// Runs before a page's own scripts: counts what gifts take and give back, and looks at what they draw.
window.gifts = (() => {
  let bitmaps = 0;
  const { createImageBitmap } = window;
  window.createImageBitmap = async (...given) => {
    const bitmap = await createImageBitmap(...given);
    bitmaps += 1;
    return bitmap;
  };
  const { close } = ImageBitmap.prototype;
  ImageBitmap.prototype.close = function () {
    bitmaps -= 1;
    close.call(this);
  };
  // The player's own MediaSource has an address as well.
  const films = new Set();
  const { createObjectURL, revokeObjectURL } = URL;
  URL.createObjectURL = (from) => {
    const address = createObjectURL.call(URL, from);
    if (from.type?.startsWith("video/")) films.add(address);
    return address;
  };
  URL.revokeObjectURL = (address) => {
    films.delete(address);
    revokeObjectURL.call(URL, address);
  };

  const contexts = [];
  const { getContext } = HTMLCanvasElement.prototype;
  HTMLCanvasElement.prototype.getContext = function (kind, ...more) {
    const context = getContext.call(this, kind, ...more);
    if (kind === "webgl" && context && !contexts.includes(context)) contexts.push(context);
    return context;
  };

  const canvas = () => probe.find(".gift-stage canvas");

  // The canvas's picture, so many pixels large, in the next frame. What WebGL has drawn is gone once it is on the screen, so that this
  // looks late, after the frame has been drawn; null as long as there is none.
  function picture(width, height) {
    return new Promise((done) => {
      const look = () => {
        const source = canvas();
        if (!source?.width) return done(null);
        const sheet = new OffscreenCanvas(width, height).getContext("2d");
        sheet.drawImage(source, 0, 0, width, height);
        done(sheet.getImageData(0, 0, width, height).data);
      };
      requestAnimationFrame(() => setTimeout(() => requestAnimationFrame(look), 3));
    });
  }

  // How many of 30,000 pixels have been about this colour at once, and not seen through: as soon as there are `enough`.
  async function paints(color, enough, limit) {
    const until = performance.now() + limit;
    let most = 0;
    while (most < enough && performance.now() < until) {
      const data = (await picture(150, 200)) ?? [];
      let found = 0;
      for (let at = 0; at < data.length; at += 4) {
        const near = color.every((value, part) => Math.abs(data[at + part] - value) < 26);
        if (near && data[at + 3] > 200) found += 1;
      }
      most = Math.max(most, found);
    }
    return most;
  }

  // The share of the canvas's pixels that what lies below is seen through.
  async function clear() {
    const data = (await picture(60, 80)) ?? [];
    return data.filter((value, at) => at % 4 === 3 && value < 20).length / (60 * 80);
  }

  // Red, green, blue and alpha at these places of a canvas of 100 by 100.
  async function at(places) {
    const data = await picture(100, 100);
    return data && places.map(([x, y]) => [...data.subarray(4 * (100 * y + x), 4 * (100 * y + x) + 4)]);
  }

  const pieces = () =>
    performance.getEntriesByType("resource").map(({ name }) => name.split("/").pop()).filter((name) => /^(gift|svga).*\.(js|wasm)$/.test(name));

  const taken = () => ({ bitmaps, films: films.size, contexts: contexts.filter((one) => !one.isContextLost()).length });

  return { paints, clear, at, pieces, taken };
})();
