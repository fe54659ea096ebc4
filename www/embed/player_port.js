// Finds the player a home, in a worker or on the page, and gives back the port to it. Speaks none of the port's messages.

import { PLAYER, PLAYER_WASM, WORKER, WORKER_SCRIPT, here } from "./files.js";

/** Past this a worker that has said nothing counts as refused. */
const WORKER_PATIENCE_MS = 8_000;

let compiled;

/** The player's module: compiled once a page, in the time that a worker takes to start. */
function compile() {
  compiled ??= (async () => {
    const response = await fetch(here(PLAYER_WASM));
    if (!response.ok) throw new Error(`${PLAYER_WASM}: HTTP ${response.status}`);
    // A static host may serve another media type, which streaming refuses.
    if (response.headers.get("content-type") !== "application/wasm") return WebAssembly.compile(await response.arrayBuffer());
    return WebAssembly.compileStreaming(response);
  })();
  compiled.catch(() => (compiled = undefined));
  return compiled;
}

/** Whether the browser has MediaSource at all, of either kind. */
export function hasMediaSource() {
  return Boolean(globalThis.ManagedMediaSource ?? globalThis.MediaSource);
}

function workerMayPlay() {
  const source = globalThis.ManagedMediaSource ?? globalThis.MediaSource;
  return typeof Worker === "function" && source?.canConstructInDedicatedWorker === true;
}

/** A worker out of the script that came along, which asks for nothing; an unpacked one imports it. */
function ofBlob() {
  const script = WORKER_SCRIPT || `import ${JSON.stringify(here(WORKER))};`;
  const blob = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
  setTimeout(() => URL.revokeObjectURL(blob), WORKER_PATIENCE_MS);
  return new Worker(blob, { type: "module" });
}

/** For a page whose policy refuses blobs; only a script of the page's own origin may be a worker. */
function ofFile() {
  return new Worker(here(WORKER), { type: "module" });
}

async function inWorker(spawn, module, ahead, died) {
  const worker = spawn();
  ahead.each(async (asked, answer) => {
    worker.postMessage({ asked });
    worker.postMessage({ asked, answer: await answer });
  });
  const { port1, port2 } = new MessageChannel();
  try {
    await new Promise((resolve, reject) => {
      worker.onerror = (event) => reject(new Error(event.message || "the worker's script did not load"));
      worker.onmessage = ({ data }) => (data.started ? resolve() : reject(new Error(data.failed)));
      setTimeout(() => reject(new Error("the worker did not start")), WORKER_PATIENCE_MS);
      module.then((ready) => worker.postMessage({ port: port2, module: ready }, [port2]), reject);
    });
  } catch (error) {
    worker.terminate();
    throw error;
  }
  // A panic of the module shows as an uncaught error, and the port stays silent from then on.
  worker.onerror = (event) => died(event.message || "the worker stopped");
  return { home: "worker", port: port1, end: () => worker.terminate() };
}

async function onPage(module, ahead) {
  const { settle } = await import(here(PLAYER));
  const { port1, port2 } = new MessageChannel();
  await settle({ port: port2, module, ahead: ahead.answers });
  return { home: "page", port: port1, end: () => port1.close() };
}

/**
 * A new player: `{ home, port, end() }`. Tries a worker first where MediaSource works in one, then the page.
 * `ahead` is what is asked for meanwhile, see ahead.js; `died(why)` hears when it stops for good in its worker.
 * Rejects when the module cannot be had at all: blocked by the page's policy, or missing on the host.
 */
export async function openPlayer(ahead, died) {
  const module = compile();
  const ways = workerMayPlay() ? [ofBlob] : [];
  if (ways.length && new URL(here(WORKER)).origin === location.origin) ways.push(ofFile);
  for (const spawn of ways) {
    try {
      return await inWorker(spawn, module, ahead, died);
    } catch (error) {
      console.info(`live-stall: no worker (${error.message})`);
    }
  }
  return onPage(module, ahead);
}
