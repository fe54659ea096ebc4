// Draws the face that state.js decided on: a message, at most one button. Holds no state of its own.

import { ICONS, el, icon } from "./dom.js";
import { hasFocus, keepFocus } from "./focus.js";

/** What no other browser would help against. */
const OF_THE_STREAM = ["container", "encrypted", "drm"];

/** What each face says and offers; words are keys of strings.js. */
function contentOf(face, { room, live, error }) {
  switch (face) {
    case "loading":
      return { busy: true, title: room ? "loadingRoom" : "loading" };
    case "buffering":
      return { busy: true, title: "buffering" };
    case "click":
      return { big: "play" };
    case "away":
      return room ? { busy: true, title: "awayRoomTitle", hint: "awayRoomHint" } : { busy: true, title: "awayTitle", hint: "awayHint" };
    case "offline":
      return { sign: "clock", title: room ? "offlineRoomTitle" : "offlineTitle", hint: "offlineHint" };
    case "ended":
      return live ? { title: "endedLiveTitle", hint: "endedLiveHint", action: "replay" } : { title: "endedTitle", action: "replay" };
    case "unsupported": {
      const what = OF_THE_STREAM.includes(error?.cause) ? "stream" : "unsupported";
      return { sign: "screen", title: `${what}Title`, hint: `${what}Hint`, code: error?.cause };
    }
    case "error": {
      const kind = ["network", "playlist"].includes(error.kind) ? error.kind : "media";
      return { sign: kind === "network" ? "signal" : "alert", title: `${kind}Title`, hint: `${kind}Hint`, code: error.cause, action: "retry" };
    }
    default:
      return {};
  }
}

export class Faces {
  /** The layer between picture and overlay. */
  node;
  /** The pill above everything. */
  pill;

  #message = el("div", { class: "message", role: "status" });
  #buttons = el("div", { class: "buttons" });
  #does;
  #drawn = "";
  #pillSays = "";

  /** `does` has a function for each button: play, retry, replay, unmute. */
  constructor(does) {
    this.#does = does;
    this.node = el("div", { class: "face", part: "face" }, el("div", { class: "panel" }, this.#message, this.#buttons));
    this.pill = el("button", { class: "pill", part: "unmute-button", type: "button", hidden: true, onclick: () => does.unmute() });
  }

  /** Shows a face; `context` is `{ words, room, live, error }`. */
  show(face, context) {
    const key = JSON.stringify([face, context.words.play, context.room, context.live, context.error]);
    if (key === this.#drawn) return;
    this.#drawn = key;
    this.node.dataset.face = face;
    const { words } = context;
    const { busy, sign, title, hint, code, big, action } = contentOf(face, context);
    this.#message.replaceChildren(
      ...[
        busy && el("div", { class: "spinner" }),
        sign && el("div", { class: "sign" }, icon(ICONS[sign])),
        title && el("p", { class: "title" }, words[title]),
        hint && el("p", { class: "hint" }, words[hint]),
        code && el("p", { class: "code" }, code),
      ].filter(Boolean),
    );
    const hadFocus = hasFocus(this.#buttons);
    this.#buttons.replaceChildren(
      ...[
        big && el("button", { class: "big", part: "play-button", type: "button", "aria-label": words[big], onclick: () => this.#does.play() }, icon(ICONS.play)),
        action && el("button", { class: "action", part: "action-button", type: "button", onclick: () => this.#does[action]() }, icon(ICONS.replay), words[action]),
      ].filter(Boolean),
    );
    if (!hadFocus) return;
    const next = this.#buttons.querySelector("button");
    if (next) next.focus();
    else keepFocus(this.node, "play-control");
  }

  showPill(visible, words) {
    const hadFocus = !visible && hasFocus(this.pill);
    this.pill.hidden = !visible;
    if (hadFocus) keepFocus(this.pill, "mute-control");
    if (words.unmute === this.#pillSays) return;
    this.#pillSays = words.unmute;
    this.pill.replaceChildren(icon(ICONS.silent), words.unmute);
  }
}
