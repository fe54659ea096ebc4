// The player's home in a worker. The page says what it has asked for meanwhile, and what to play with.

import { settle } from "./player_home.js";

const ahead = new Map();
const answered = new Map();

self.onmessage = async ({ data: { asked, answer, port, module } }) => {
  if (answer) return answered.get(asked)(answer);
  if (asked) return ahead.set(asked, new Promise((resolve) => answered.set(asked, resolve)));
  try {
    await settle({ port, module, ahead });
    self.postMessage({ started: true });
  } catch (error) {
    self.postMessage({ failed: String(error) });
  }
};
