// Where what is loaded later lies, seen from here. `cargo xtask` packs the modules and puts the packed ones' names here.

export const CONTROLS = "./controls.js";
export const OVERLAY = "./overlay.js";
export const OVERLAY_WASM = "./overlay_bg.wasm";
export const PLAYER = "./player_home.js";
export const PLAYER_WASM = "./player_bg.wasm";
export const STATS = "./stats_panel.js";
/** The stream's own subtitles. */
export const TRACKS = "./stream_tracks.js";
export const WORKER = "./player_worker.js";
/** What is in `WORKER`, so that a worker starts without asking for it; empty as long as nothing is packed. */
export const WORKER_SCRIPT = "";

/** The address of one of them. */
export const here = (file) => new URL(file, import.meta.url).href;
