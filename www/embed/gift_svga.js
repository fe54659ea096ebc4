// SVGA gifts: the module that reads them, and a canvas that they are drawn on.

import { el } from "./dom.js";
import { SVGA_WASM, here } from "./files.js";
import init, { Movie } from "./svga.js";

/** What `Movie.frame` and `Movie.drawings` give for a sprite and for a shape. */
const SPRITE = 16;
const SHAPE = 28;
const CAPS = ["butt", "round", "square"];
const JOINS = ["miter", "round", "bevel"];

let ready = null;

export async function open(bytes, reserve) {
  await (ready ??= init({ module_or_path: here(SVGA_WASM) }).catch((error) => {
    ready = null; // another gift is another try
    throw error;
  }));
  const movie = new Movie(bytes);
  const [width, height, rate, frames, pictures, decoded] = movie.facts();
  const bitmaps = [];
  const close = () => {
    for (const bitmap of bitmaps) bitmap.close();
    movie.free();
  };
  try {
    // Its pictures, what of the file is kept, and three canvases where there are masks.
    reserve(decoded + bytes.length + 3 * 4 * width * height);
    for (let number = 0; number < pictures; number++) {
      bitmaps.push(await createImageBitmap(new Blob([movie.picture(number)], { type: "image/png" })));
    }
  } catch (error) {
    close();
    throw error;
  }
  const scene = { movie, bitmaps, outlines: [], drawings: [], width, height };
  return {
    width,
    height,
    durationMs: (frames * 1000) / rate,
    perform: (fresh) => new Performance(scene, fresh(), rate),
    close,
  };
}

class Performance {
  #scene;
  #context;
  #rate;
  #shown = -1;
  #sheets = []; // what is seen through a mask is drawn on one first, the mask on the other

  constructor(scene, canvas, rate) {
    this.#scene = scene;
    this.#context = canvas.getContext("2d");
    this.#rate = rate;
  }

  draw(ms) {
    const number = Math.floor((ms * this.#rate) / 1000);
    if (number === this.#shown) return;
    this.#shown = number;
    const masks = new Map();
    const sprites = [];
    for (const row of rows(this.#scene.movie.frame(number), SPRITE)) {
      if (row[15] >= 0) masks.set(row[15], row);
      else sprites.push(row);
    }
    this.#context.clearRect(0, 0, this.#scene.width, this.#scene.height);
    for (let at = 0; at < sprites.length; ) {
      const mask = sprites[at][14];
      let end = at + 1;
      while (end < sprites.length && sprites[end][14] === mask) end++;
      const group = sprites.slice(at, end);
      at = end;
      if (mask < 0) for (const row of group) this.#paint(this.#context, row);
      else if (masks.has(mask)) this.#paintThrough(masks.get(mask), group);
    }
  }

  close() {
    for (const { canvas } of this.#sheets) canvas.width = canvas.height = 0;
  }

  #paintThrough(mask, group) {
    const [sheet, cut] = [this.#sheet(0), this.#sheet(1)];
    for (const row of group) this.#paint(sheet, row);
    // Only the mask as a whole may cut: its picture and its drawings each would cut the other away.
    this.#paint(cut, mask);
    sheet.globalCompositeOperation = "destination-in";
    sheet.drawImage(cut.canvas, 0, 0);
    sheet.globalCompositeOperation = "source-over";
    this.#context.drawImage(sheet.canvas, 0, 0);
  }

  #sheet(number) {
    const { width, height } = this.#scene;
    const make = () => el("canvas", { width, height }).getContext("2d");
    const sheet = (this.#sheets[number] ??= make());
    sheet.clearRect(0, 0, width, height);
    return sheet;
  }

  #paint(context, row) {
    const { bitmaps } = this.#scene;
    const [picture, alpha, a, b, c, d, e, f, x, y, width, height, clip, drawings] = row;
    context.save();
    context.globalAlpha = alpha;
    context.transform(a, b, c, d, e, f);
    if (clip >= 0) context.clip(this.#outline(clip));
    const bitmap = bitmaps[picture];
    if (bitmap) context.drawImage(bitmap, x, y, width || bitmap.width, height || bitmap.height);
    if (drawings >= 0) for (const shape of this.#shapes(drawings)) paintShape(context, shape);
    context.restore();
  }

  /** A list of shapes, made into paths when it is first drawn. */
  #shapes(list) {
    const { movie, drawings } = this.#scene;
    return (drawings[list] ??= [...rows(movie.drawings(list), SHAPE)].map((numbers) => shapeOf(numbers, (path) => this.#outline(path))));
  }

  #outline(number) {
    const { movie, outlines } = this.#scene;
    return (outlines[number] ??= new Path2D(movie.path(number)));
  }
}

function* rows(numbers, length) {
  for (let at = 0; at < numbers.length; at += length) yield numbers.subarray(at, at + length);
}

function shapeOf(numbers, outline) {
  const [kind, x, y, width, height, corner] = numbers;
  const color = ([red, green, blue, alpha]) =>
    alpha > 0 ? `rgb(${red * 255} ${green * 255} ${blue * 255} / ${alpha})` : null;
  const [line, cap, join, miter, dash, gap, offset] = numbers.subarray(20);
  return {
    outline: kind === 0 ? outline(x) : kind === 1 ? rectangle(x, y, width, height, corner) : oval(x, y, width, height),
    matrix: numbers.subarray(6, 12),
    fill: color(numbers.subarray(12, 16)),
    stroke: line > 0 ? color(numbers.subarray(16, 20)) : null,
    line,
    cap: CAPS[cap],
    join: JOINS[join],
    miter: miter || 10,
    dash: dash > 0 ? [dash, Math.max(gap, 0.1)] : [],
    offset,
  };
}

function rectangle(x, y, width, height, corner) {
  const path = new Path2D();
  if (corner > 0 && path.roundRect) path.roundRect(x, y, width, height, corner);
  else path.rect(x, y, width, height);
  return path;
}

function oval(x, y, width, height) {
  const path = new Path2D();
  path.ellipse(x, y, width, height, 0, 0, 2 * Math.PI);
  return path;
}

function paintShape(context, shape) {
  context.save();
  context.transform(...shape.matrix);
  if (shape.fill) {
    context.fillStyle = shape.fill;
    context.fill(shape.outline);
  }
  if (shape.stroke) {
    context.strokeStyle = shape.stroke;
    context.lineWidth = shape.line;
    context.lineCap = shape.cap;
    context.lineJoin = shape.join;
    context.miterLimit = shape.miter;
    context.setLineDash(shape.dash);
    context.lineDashOffset = shape.offset;
    context.stroke(shape.outline);
  }
  context.restore();
}
