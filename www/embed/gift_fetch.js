// Gets a gift's asset, which the server names by its contents, so that the browser keeps it for good.

/** `gift_asset_bytes` of the server's limits. */
const MOST_BYTES = 4 * 1024 * 1024;
const TIMEOUT_MS = 20_000;

/** The bytes at `url`; rejects when there are too many, or it takes too long. */
export async function fetchAsset(url, signal) {
  const ending = new AbortController();
  const end = () => ending.abort();
  const timer = setTimeout(end, TIMEOUT_MS);
  signal.addEventListener("abort", end);
  try {
    const response = await fetch(url, { signal: ending.signal, credentials: "omit" });
    if (!response.ok) throw new Error(`gift: expected 200 for ${url}, found ${response.status}`);
    return await read(response.body.getReader());
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", end);
    end(); // what is left of a file that is too large is not wanted
  }
}

async function read(reader) {
  const pieces = [];
  let length = 0;
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    length += next.value.length;
    if (length > MOST_BYTES) throw new Error(`gift: expected at most ${MOST_BYTES} bytes, found more`);
    pieces.push(next.value);
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}
