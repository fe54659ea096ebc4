// The player's home, in a worker or on the page: brings up the WASM module on a port. Nothing else.

import { initSync, start } from "./player.js";
import { Requests } from "./requests.js";

/** `ahead` is what was asked for before the module was there, see `Requests`. */
export async function settle({ port, module, ahead }) {
  initSync({ module: await module });
  start(port, new Requests(ahead));
}
