// Puts a VAP film's colours and alpha together: by a shader, or, where there is none, pixel by pixel and smaller.

import { el } from "./dom.js";

/** Pixels along the longer side that a page's thread can put together in a few milliseconds. */
const PLAIN_SIDE = 320;

const CORNERS = `attribute vec2 corner; varying vec2 at;
void main() { at = vec2(corner.x, 1.0 - corner.y); gl_Position = vec4(corner * 2.0 - 1.0, 0.0, 1.0); }`;
const TOGETHER = `precision mediump float; varying vec2 at; uniform sampler2D film; uniform vec4 color; uniform vec4 alpha;
void main() { float seen = texture2D(film, alpha.xy + at * alpha.zw).r;
gl_FragColor = vec4(texture2D(film, color.xy + at * color.zw).rgb * seen, seen); }`;

export class GlPainter {
  #gl;

  /** None where the browser has no WebGL. */
  static on(canvas, layout) {
    const gl = canvas.getContext("webgl", { alpha: true, antialias: false, depth: false });
    return gl && new GlPainter(gl, layout);
  }

  constructor(gl, layout) {
    this.#gl = gl;
    const program = gl.createProgram();
    for (const [kind, source] of [[gl.VERTEX_SHADER, CORNERS], [gl.FRAGMENT_SHADER, TOGETHER]]) {
      const shader = gl.createShader(kind);
      gl.shaderSource(shader, source);
      gl.compileShader(shader);
      gl.attachShader(program, shader);
    }
    gl.linkProgram(program);
    gl.useProgram(program);
    gl.bindBuffer(gl.ARRAY_BUFFER, gl.createBuffer());
    gl.bufferData(gl.ARRAY_BUFFER, new Float32Array([0, 0, 1, 0, 0, 1, 1, 1]), gl.STATIC_DRAW);
    const corner = gl.getAttribLocation(program, "corner");
    gl.enableVertexAttribArray(corner);
    gl.vertexAttribPointer(corner, 2, gl.FLOAT, false, 0, 0);
    gl.bindTexture(gl.TEXTURE_2D, gl.createTexture());
    // The film's sides are no powers of two.
    for (const side of [gl.TEXTURE_WRAP_S, gl.TEXTURE_WRAP_T]) gl.texParameteri(gl.TEXTURE_2D, side, gl.CLAMP_TO_EDGE);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.LINEAR);
    const [width, height] = layout.film;
    for (const name of ["color", "alpha"]) {
      const [x, y, w, h] = layout[name];
      gl.uniform4f(gl.getUniformLocation(program, name), x / width, y / height, w / width, h / height);
    }
  }

  get lost() {
    return this.#gl.isContextLost();
  }

  paint(video) {
    const gl = this.#gl;
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGB, gl.RGB, gl.UNSIGNED_BYTE, video);
    gl.drawArrays(gl.TRIANGLE_STRIP, 0, 4);
  }

  close() {
    // A page has few contexts: this one goes now.
    this.#gl.getExtension("WEBGL_lose_context")?.loseContext();
  }
}

export class PlainPainter {
  lost = false;
  #canvas;
  #layout;
  #sheet;

  constructor(canvas, layout) {
    const scale = Math.min(1, PLAIN_SIDE / Math.max(layout.width, layout.height));
    canvas.width = Math.ceil(layout.width * scale);
    canvas.height = Math.ceil(layout.height * scale);
    this.#canvas = canvas;
    this.#layout = layout;
    const { width, height } = canvas;
    // Colours above, alpha below.
    const sheet = el("canvas", { width, height: 2 * height });
    this.#sheet = sheet.getContext("2d", { willReadFrequently: true });
  }

  paint(video) {
    const { width, height } = this.#canvas;
    const { film, color, alpha } = this.#layout;
    const [across, down] = [video.videoWidth / film[0], video.videoHeight / film[1]];
    for (const [[x, y, w, h], top] of [[color, 0], [alpha, height]]) {
      this.#sheet.drawImage(video, x * across, y * down, w * across, h * down, 0, top, width, height);
    }
    const picture = this.#sheet.getImageData(0, 0, width, height);
    const { data: seen } = this.#sheet.getImageData(0, height, width, height);
    for (let at = 0; at < seen.length; at += 4) picture.data[at + 3] = seen[at];
    this.#canvas.getContext("2d").putImageData(picture, 0, 0);
  }

  close() {
    this.#sheet.canvas.width = this.#sheet.canvas.height = 0;
  }
}
