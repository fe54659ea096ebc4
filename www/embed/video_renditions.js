// What qualities there are and which is chosen, as media-chrome reads it: array-like, with events for what comes and goes.
// From https://github.com/video-dev/media-ui-extensions. Holds no choice: it asks the element.

export class VideoRenditions extends EventTarget {
  #element;
  #length = 0;

  constructor(element) {
    super();
    this.#element = element;
    element.addEventListener("qualitychange", () => this.dispatchEvent(new Event("change")));
  }

  get length() { return this.#length; }
  [Symbol.iterator]() { return Array.prototype.values.call(this); }
  getRenditionById(id) { return [...this].find((rendition) => rendition.id === String(id)) ?? null; }

  /** Where the chosen one stands; -1 while the player chooses. */
  get selectedIndex() { return [...this].findIndex(({ id }) => id === String(this.#element.quality)); }
  set selectedIndex(index) { this.#element.quality = this[index]?.id ?? "auto"; }

  /** Takes over the element's `qualities`, and says what came and went. */
  update() {
    const now = this.#element.qualities.map(({ id, width, height, bitrate }) => ({ id: String(id), width, height, bitrate }));
    if (JSON.stringify(now) === JSON.stringify([...this])) return;
    const gone = [...this];
    for (const index of gone.keys()) delete this[index];
    this.#length = 0;
    for (const rendition of gone) this.#say("removerendition", rendition);
    Object.assign(this, now);
    this.#length = now.length;
    for (const rendition of now) this.#say("addrendition", rendition);
  }

  #say(event, rendition) {
    this.dispatchEvent(Object.assign(new Event(event), { rendition }));
  }
}
