// The player's home in a worker: brings up the WASM module on the port that the page hands over. Nothing else.
import init, { start } from "./player.js";

self.onmessage = async ({ data: { port, module } }) => {
  try {
    await init({ module_or_path: await module });
    start(port);
    self.postMessage({ started: true });
  } catch (error) {
    self.postMessage({ failed: String(error) });
  }
};
