// The stream's sounds, as a media element has them: array-like, with events for what comes and goes. One is always enabled;
// enabling another asks the player for it. Holds no sound.

class AudioTrack {
  #list;

  constructor(list, { id, label, language, default: main }) {
    this.#list = list;
    Object.assign(this, { id: String(id), label, language, kind: main ? "main" : "alternative" });
  }

  get enabled() { return this.#list.enabled === this.id; }
  set enabled(on) { if (on) this.#list.enabled = this.id; }
}

export class AudioTracks extends EventTarget {
  #length = 0;
  #read;
  #ask;
  #seen = null;
  #key = "[]";
  #last = "";
  #enabled = null;

  /** `read()` gives what the player last said, `{ list, heard }`, always the same object; `ask(id)` is for another sound. */
  constructor(read, ask) {
    super();
    this.#read = read;
    this.#ask = ask;
  }

  get length() { return this.#length; }
  [Symbol.iterator]() { return Array.prototype.values.call(this); }
  getTrackById(id) { return [...this].find((track) => track.id === String(id)) ?? null; }

  /** The id of the one that is heard, or will be in a moment. */
  get enabled() { return this.#enabled; }
  set enabled(id) {
    if (id === this.#enabled) return;
    this.#enabled = id;
    this.#ask(Number(id));
    this.dispatchEvent(new Event("change"));
  }

  /** Takes over what the player said; a choice holds for the next load of the same sounds. */
  update() {
    const now = this.#read();
    if (now === this.#seen) return;
    this.#seen = now;
    const key = JSON.stringify(now.list);
    const fresh = key !== this.#key;
    if (fresh) this.#replace(now.list, key);
    if (now.list.length === 0) return;
    const chosen = this.#enabled;
    this.#enabled = String(now.heard);
    if (fresh && key === this.#last) this.enabled = chosen;
    else if (chosen !== this.#enabled) this.dispatchEvent(new Event("change"));
    this.#last = key;
  }

  #replace(list, key) {
    this.#key = key;
    const gone = [...this];
    for (const index of gone.keys()) delete this[index];
    this.#length = list.length;
    Object.assign(this, list.map((track) => new AudioTrack(this, track)));
    for (const track of gone) this.#say("removetrack", track);
    for (const track of this) this.#say("addtrack", track);
  }

  #say(event, track) {
    this.dispatchEvent(Object.assign(new Event(event), { track }));
  }
}
