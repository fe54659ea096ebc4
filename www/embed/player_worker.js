// The player's home in a worker. The page says what to play with first, and what it has asked for meanwhile.

import { settle } from "./player_home.js";

let answered;
const answer = new Promise((resolve) => (answered = resolve));

self.onmessage = async ({ data }) => {
  if ("answer" in data) return answered(data.answer);
  try {
    await settle({ ...data, ahead: { uri: data.uri, answer } });
    self.postMessage({ started: true });
  } catch (error) {
    self.postMessage({ failed: String(error) });
  }
};
