// Asks now and then whether an address answers again, and says so once. For a lost connection, and a show not begun.

const FIRST_MS = 2_000;
const LONGEST_MS = 15_000;

export class Recovery {
  #found;
  #timer;
  #listening = null;
  #address = null;
  #pause = FIRST_MS;

  constructor(found) {
    this.#found = found;
  }

  start(address) {
    this.stop();
    this.#listening = new AbortController();
    addEventListener("online", () => this.#ask(), { signal: this.#listening.signal });
    this.#address = address;
    this.#pause = FIRST_MS;
    this.#later();
  }

  stop() {
    this.#address = null;
    this.#listening?.abort();
    clearTimeout(this.#timer);
  }

  #later() {
    clearTimeout(this.#timer);
    // Spread, so that a full room does not come back in one instant.
    this.#timer = setTimeout(() => this.#ask(), this.#pause * (0.75 + Math.random() / 2));
    this.#pause = Math.min(this.#pause * 1.5, LONGEST_MS);
  }

  async #ask() {
    const address = this.#address;
    const answers = await fetch(address, { cache: "no-store" }).then((response) => response.ok, () => false);
    if (address !== this.#address) return;
    if (!answers) return this.#later();
    this.stop();
    this.#found();
  }
}
