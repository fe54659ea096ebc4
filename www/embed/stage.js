// The nodes inside the element, from the picture up to the pill, and how they look for a given state. Listens to nothing.

import { adopt } from "./adopt.js";
import { keepBackdrop } from "./backdrop.js";
import { el } from "./dom.js";
import { Faces } from "./faces.js";
import { keepFitting } from "./fit.js";
import { ELEMENT_CSS } from "./styles.js";

export class Stage {
  video = el("video", { part: "video", playsInline: true, preload: "auto" });
  overlay = el("div", { class: "overlay", part: "overlay" });
  bar = el("div", { class: "bar-layer" });
  node;

  #picture = el("div", { class: "picture", part: "picture" }, this.video);
  #poster = null;
  #faces;
  #room = null;
  #language = null;

  /** `does` has what the buttons do: play, retry, replay, unmute. */
  constructor(root, does) {
    this.#faces = new Faces(does);
    this.node = el("div", { class: "stage", part: "stage", role: "group" }, this.#picture, this.#faces.node, this.#faces.pill, this.overlay, this.bar);
    adopt(root, ELEMENT_CSS);
    root.append(this.node);
    keepBackdrop(this.video, this.#picture);
    keepFitting(this.video, this.#picture, () => this.node.hasAttribute("data-room"));
  }

  set poster(address) {
    this.#poster?.remove();
    this.#poster = null;
    if (!address) return;
    const image = el("img", { class: "poster", part: "poster", alt: "", onerror: () => image.remove() });
    image.src = address;
    this.#poster = image;
    this.#picture.append(image);
  }

  /** `look` is `{ face, pill, shown, room, live, error, language, words }`. */
  draw(look) {
    const { node } = this;
    if (this.#room !== look.room) node.toggleAttribute("data-room", (this.#room = look.room));
    if (this.#language !== look.language) {
      this.#language = node.lang = look.language;
      node.setAttribute("aria-label", look.words.player);
    }
    this.#picture.toggleAttribute("data-shown", look.shown);
    this.#faces.show(look.face, look);
    this.#faces.showPill(look.pill, look.words);
  }
}
