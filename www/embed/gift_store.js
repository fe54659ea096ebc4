// Decoded assets within a budget: what is held stays, of the rest what was used longest ago goes first. Knows no format.

export class GiftStore {
  #most;
  /** By address, used longest ago first: `{ bytes, holds, opening, asset }`. */
  #entries = new Map();

  constructor(most) {
    this.#most = most;
  }

  /**
   * The asset of this address, held until `release`; `open(reserve)` brings it up where it is not there, and calls
   * `reserve(bytes)` before it takes that much more: it throws when there is no room.
   */
  hold(url, open) {
    const entry = this.#entries.get(url) ?? this.#start(url, open);
    entry.holds += 1;
    this.#entries.delete(url);
    this.#entries.set(url, entry);
    return entry.opening;
  }

  release(url) {
    const entry = this.#entries.get(url);
    if (entry) entry.holds -= 1;
  }

  /** Bytes by address. */
  get sizes() {
    return Object.fromEntries([...this.#entries].map(([url, { bytes }]) => [url, bytes]));
  }

  close() {
    for (const url of [...this.#entries.keys()]) this.#drop(url);
  }

  #start(url, open) {
    const entry = { bytes: 0, holds: 0, opening: null, asset: null };
    entry.opening = open((bytes) => this.#reserve(entry, bytes)).then(
      (asset) => {
        if (this.#entries.get(url) === entry) return (entry.asset = asset);
        asset.close();
        throw new DOMException("gift: no longer wanted", "AbortError");
      },
      (error) => {
        if (this.#entries.get(url) === entry) this.#entries.delete(url);
        throw error;
      },
    );
    entry.opening.catch(() => {}); // whoever holds it hears
    this.#entries.set(url, entry);
    return entry;
  }

  #reserve(entry, bytes) {
    let over = bytes - this.#most;
    for (const other of this.#entries.values()) over += other.bytes;
    for (const [url, other] of this.#entries) {
      if (over <= 0) break;
      if (other.holds > 0 || !other.asset) continue;
      over -= other.bytes;
      this.#drop(url);
    }
    if (over > 0) throw new RangeError(`gift: expected at most ${this.#most} bytes decoded, found ${over} more`);
    entry.bytes += bytes;
  }

  #drop(url) {
    const entry = this.#entries.get(url);
    this.#entries.delete(url);
    entry.asset?.close();
  }
}
