// Asks for what a player asks for first, while the player comes up: playlists, the initialization segment and a recording's
// first segment, as far as there is no choice. A player that wants something else asks for that itself.

import { ask } from "./requests.js";

/** Bytes that are not worth asking ahead for. */
const MOST = 16 << 20;
/** Makes the first segment another one than the first address, or only a part of it. */
const BEGINS_ELSEWHERE = /^#EXT-X-(START|BYTERANGE|GAP|KEY)/m;

export class Ahead {
  /** Promises of answers, by address; see `ask`. */
  answers = new Map();
  #hear = [];
  #fromStart;
  #signal;

  /** `fromStart` if a recording is to be played from where it begins; `signal` ends it. */
  constructor(uri, fromStart, signal) {
    this.#fromStart = fromStart;
    this.#signal = signal;
    this.#ask(uri, (...playlist) => this.#top(...playlist));
  }

  /** `hear(uri, answer)` of all that was asked for and will be. */
  each(hear) {
    this.#hear.push(hear);
    this.answers.forEach((answer, uri) => hear(uri, answer));
  }

  #top(text, uris, base) {
    if (!text.includes("#EXT-X-STREAM-INF")) this.#media(text, uris, base);
    else if (uris.length === 1) this.#ask(new URL(uris[0], base).href, (...playlist) => this.#media(...playlist));
  }

  #media(text, uris, base) {
    const [map, another] = text.matchAll(/^#EXT-X-MAP:(.*)/gm);
    const init = /URI="([^"]+)"/.exec(map?.[1])?.[1];
    if (!init || another || map[1].includes("BYTERANGE") || text.includes("{$")) return;
    this.#ask(new URL(init, base).href);
    if (!this.#fromStart || !uris.length || !text.includes("#EXT-X-ENDLIST") || BEGINS_ELSEWHERE.test(text)) return;
    this.#ask(new URL(uris[0], base).href);
  }

  /** `follow(text, uris, base)` gets what came before anybody else does: who asks next would ask for the same. */
  #ask(uri, follow) {
    const answer = ask(uri, { limit: MOST, signal: this.#signal });
    const followed = answer.then(({ bytes, uri: base }) => {
      const text = follow ? new TextDecoder().decode(bytes) : "";
      follow?.(text, text.match(/^[^#\s].*/gm) ?? [], base);
    });
    // What leads nowhere, as an address that is none, is the player's to say.
    const both = followed.catch(() => {}).then(() => answer);
    this.answers.set(uri, both);
    for (const hear of this.#hear) hear(uri, both);
  }
}
