// The look of the control bar and what opens from it.

const BAR = `
.bar { position: absolute; inset: auto 0 0; padding: 48px 12px max(8px, env(safe-area-inset-bottom)); display: flex; flex-direction: column; gap: 2px; pointer-events: none; background: linear-gradient(to top, rgb(10 7 5 / 0.84), rgb(10 7 5 / 0.64) 56px, transparent); transition: opacity 220ms var(--stall-ease); }
.bar > * { pointer-events: auto; }
.row { display: flex; align-items: center; gap: 2px; min-height: 44px; }
.gap { flex: 1; }
.stage[data-idle] .bar { opacity: 0; }
.stage[data-idle] .bar > * { pointer-events: none; }
.stage[data-idle] .picture { cursor: none; }
.stage[data-controls] .picture { touch-action: manipulation; }
.control { display: grid; place-items: center; flex: none; width: 44px; height: 44px; padding: 0; border-radius: 12px; background: transparent; color: #fff; transition: background-color 140ms; }
.control svg { width: 24px; height: 24px; }
@media (hover: hover) { .control:hover { background: rgb(255 255 255 / 0.16); } }
.control:active svg { transform: scale(0.9); }
.bar :is(button, input):focus-visible, .menu :is(button, select):focus-visible { outline: 3px solid var(--stall-focus, #8ab8ff); outline-offset: -3px; }
.bar button:focus-visible { background: rgb(10 7 5 / 0.6); }
.control[part~="live-control"] { position: relative; isolation: isolate; display: inline-flex; align-items: center; gap: 7px; width: auto; padding: 0 16px; font-size: 12.5px; font-weight: 700; letter-spacing: 0.06em; white-space: nowrap; background: none; }
.control[part~="live-control"]::after { content: ""; position: absolute; z-index: -1; inset: 8px 4px; border-radius: 999px; background: var(--stall-live); transition: background-color 140ms; }
.control[part~="live-control"]::before { content: ""; width: 7px; height: 7px; border-radius: 50%; background: #fff; }
.control[part~="live-control"][data-behind]::after { background: rgb(255 255 255 / 0.2); }
.control[part~="live-control"][data-behind]::before { background: #ff6a61; }
.control[part~="live-control"][data-behind]:hover::after { background: rgb(255 255 255 / 0.32); }
.control[part~="live-control"][aria-disabled="true"] { cursor: default; }
.control[aria-pressed="true"] { background: linear-gradient(#fff 0 0) 50% calc(100% - 7px) / 20px 2.5px no-repeat; }
.time { padding-inline: 8px; font-size: 13.5px; font-variant-numeric: tabular-nums; white-space: nowrap; }
.stage[data-controls]:not([data-idle]) video::-webkit-media-text-track-container { transform: translateY(-84px); }
`;

const SLIDERS = `
input[type="range"] {
  --track: linear-gradient(var(--stall-fill, #ff7658) 0 0) 0 / var(--share, 0%) 100% no-repeat, linear-gradient(rgb(255 255 255 / 0.38) 0 0) 0 / var(--more, 0%) 100% no-repeat, rgb(255 255 255 / 0.26);
  appearance: none; margin: 0; height: 24px; background: none; cursor: pointer; touch-action: none; border-radius: 8px;
}
input[type="range"]::-webkit-slider-runnable-track { height: 4px; border-radius: 4px; background: var(--track); transition: height 120ms; }
input[type="range"]::-moz-range-track { height: 4px; border-radius: 4px; background: var(--track); }
input[type="range"]::-webkit-slider-thumb { appearance: none; width: 14px; height: 14px; margin-top: -5px; border-radius: 50%; background: #fff; box-shadow: 0 1px 5px rgb(0 0 0 / 0.4); }
input[type="range"]::-moz-range-thumb { width: 14px; height: 14px; border: 0; border-radius: 50%; background: #fff; }
.seek { width: 100%; }
.volume { --stall-fill: #fff; width: 76px; margin-right: 6px; }
/* A phone has keys for its volume, and its browser may not let a page set it. */
@media (pointer: coarse) { .volume { display: none; } .seek { height: 44px; margin-block: -10px; } }
@container (max-width: 479.98px) { .volume, .control[part~="pip-control"] { display: none; } }
@container (min-width: 480px) { .menu .pip { display: none; } }
`;

const MENU = `
.menu { position: absolute; z-index: 3; inset: auto 12px 64px auto; min-width: min(250px, calc(100% - 24px)); max-width: calc(100% - 24px); max-height: calc(100% - 76px); overflow: auto; padding: 6px; border-radius: 14px; background: rgb(22 17 14 / 0.92); -webkit-backdrop-filter: blur(14px); backdrop-filter: blur(14px); color: #fff; font-size: 14px; pointer-events: auto; box-shadow: 0 8px 32px rgb(0 0 0 / 0.4); animation: stall-appear 140ms; }
.choice, .item { display: flex; align-items: center; justify-content: space-between; gap: 20px; width: 100%; min-height: 44px; padding: 0 6px 0 12px; border-radius: 10px; background: none; color: inherit; text-align: start; }
@media (hover: hover) { .item:hover { background: rgb(255 255 255 / 0.12); } }
.choice select { font: 600 14px var(--stall-font); color: #fff; background: rgb(255 255 255 / 0.12); border: 0; border-radius: 8px; min-height: 32px; max-width: 12em; padding: 0 10px; cursor: pointer; color-scheme: dark; text-overflow: ellipsis; }
.choice option { color: #fff; background: #241d19; }
@media (pointer: coarse) { .choice select { min-height: 44px; } }
@supports (appearance: base-select) {
  .choice select, .choice select::picker(select) { appearance: base-select; }
  .choice select { display: inline-flex; align-items: center; gap: 8px; }
  .choice select::picker-icon { font-size: 0.7em; opacity: 0.7; }
  .choice select::picker(select) { margin-block: 4px; padding: 4px; border: 0; border-radius: 12px; background: #241d19; color: #fff; box-shadow: 0 8px 32px rgb(0 0 0 / 0.5); position-area: block-start span-inline-start; font: 500 14px var(--stall-font); }
  .choice option { min-height: 40px; padding: 0 14px 0 10px; border-radius: 8px; background: none; }
  .choice option:is(:hover, :focus-visible) { background: rgb(255 255 255 / 0.14); outline: 0; }
}
.flash { position: absolute; z-index: 3; top: 18%; left: 50%; translate: -50% 0; padding: 8px 16px; border-radius: 999px; background: rgb(16 12 10 / 0.78); color: #fff; font-size: 15px; font-weight: 600; font-variant-numeric: tabular-nums; white-space: nowrap; }
`;

/** Where there is nothing to play only the way out of full screen is left; small boxes give up the bar's place to what opens. */
const TIGHT = `
.face:is([data-face="error"], [data-face="offline"], [data-face="unsupported"]) ~ .bar-layer .bar { background: none; }
.face:is([data-face="error"], [data-face="offline"], [data-face="unsupported"]) ~ .bar-layer :is(.seek, .row > :not([part~="fullscreen-control"], .gap)) { display: none; }
.face[data-face="ended"] ~ .bar-layer .bar { background: none; }
.stage[data-controls] .face[data-face="ended"] { padding-bottom: 76px; }
@container (max-height: 300px) { .menu { bottom: 8px; max-height: calc(100% - 16px); } }
`;

/** Over a room's picture the shop's own row is at the bottom: it moves up, and the picture's controls go below. */
const ROOM = `
@container (max-width: 899.98px) {
  .stage[data-controls][data-room] .grid { padding-bottom: 64px; }
  .overlay:has(.sheet) ~ .bar-layer .bar { visibility: hidden; }
}
@container (min-width: 900px) { .stage[data-controls][data-room] .cards { margin-bottom: 64px; } }
`;

const PREFERENCES = `
@media (forced-colors: active) {
  .bar { background: Canvas; }
  .menu, .flash { border: 1px solid CanvasText; }
  .control[part~="live-control"] { outline: 1px solid ButtonText; outline-offset: -8px; }
  .control[part~="live-control"]::before { forced-color-adjust: none; background: ButtonText; }
  .control[aria-pressed="true"] { outline: 2px solid Highlight; outline-offset: -4px; }
  input[type="range"] { forced-color-adjust: none; --track: linear-gradient(Highlight 0 0) 0 / var(--share, 0%) 100% no-repeat, CanvasText; }
  input[type="range"]::-webkit-slider-thumb { background: CanvasText; box-shadow: none; }
  input[type="range"]::-moz-range-thumb { background: CanvasText; }
}
@media (prefers-reduced-motion: reduce) { .control:active svg { transform: none; } }
`;

export const CONTROLS_CSS = BAR + SLIDERS + MENU + TIGHT + ROOM + PREFERENCES;
