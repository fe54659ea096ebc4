// Where what is loaded later lies, seen from here. `cargo xtask` packs the modules and puts the packed ones' names here.

export const CONTROLS = "./controls.js";
/** What plays gifts that are no pictures, and a piece for each format. */
export const GIFTS = "./gifts.js";
export const GIFT_LOTTIE = "./gift_lottie.js";
export const GIFT_SVGA = "./gift_svga.js";
export const GIFT_VAP = "./gift_vap.js";
export const OVERLAY = "./overlay.js";
export const OVERLAY_WASM = "./overlay_bg.wasm";
export const PLAYER = "./player_home.js";
export const PLAYER_WASM = "./player_bg.wasm";
export const STATS = "./stats_panel.js";
export const SVGA_WASM = "./svga_bg.wasm";
/** The stream's own subtitles. */
export const TRACKS = "./stream_tracks.js";
export const WORKER = "./player_worker.js";
/** What is in `WORKER`, so that a worker starts without asking for it; empty as long as nothing is packed. */
export const WORKER_SCRIPT = "";

/** The address of one of them. */
export const here = (file) => new URL(file, import.meta.url).href;
