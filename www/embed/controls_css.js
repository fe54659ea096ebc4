// The look of the control bar.

export const CONTROLS_CSS = `
.bar { position: absolute; inset: auto 0 0; padding: 40px 12px 8px; display: flex; flex-direction: column; gap: 2px; pointer-events: none; background: linear-gradient(transparent, rgb(10 7 5 / 0.72)); transition: opacity 220ms var(--stall-ease); }
.bar > * { pointer-events: auto; }
.row { display: flex; align-items: center; gap: 4px; min-height: 44px; }
.gap { flex: 1; }
.stage[data-idle] .bar:not(:focus-within) { opacity: 0; }
.stage[data-idle] .picture { cursor: none; }
.control { display: grid; place-items: center; min-width: 44px; height: 44px; padding: 0; border-radius: 10px; background: transparent; color: #fff; }
.control svg { width: 24px; height: 24px; filter: drop-shadow(0 1px 3px rgb(0 0 0 / 0.5)); }
@media (hover: hover) { .control:hover { background: rgb(255 255 255 / 0.16); } }
.control[part~="live-control"] { display: inline-flex; align-items: center; gap: 7px; height: 28px; min-width: 0; margin-inline: 4px; padding: 0 11px; border-radius: 999px; font-size: 12.5px; font-weight: 700; letter-spacing: 0.06em; background: var(--stall-live); }
.control[part~="live-control"]::before { content: ""; width: 7px; height: 7px; border-radius: 50%; background: #fff; }
.control[part~="live-control"][data-behind] { background: rgb(255 255 255 / 0.24); }
.control[part~="live-control"][data-behind]::before { background: #ff6a61; }
.time { padding-inline: 6px; font-size: 13.5px; font-variant-numeric: tabular-nums; text-shadow: 0 1px 4px rgb(0 0 0 / 0.6); }
select.control { appearance: none; border: 0; padding: 0 12px; font: 600 13px var(--stall-font); text-align: center; }
select.control option { color: #222; background: #fff; }
input[type="range"] { --track: linear-gradient(var(--stall-accent) 0 0) 0 / var(--share, 0%) 100% no-repeat rgb(255 255 255 / 0.34); appearance: none; margin: 0; height: 24px; background: none; cursor: pointer; }
input[type="range"]::-webkit-slider-runnable-track { height: 4px; border-radius: 4px; background: var(--track); }
input[type="range"]::-moz-range-track { height: 4px; border-radius: 4px; background: var(--track); }
input[type="range"]::-webkit-slider-thumb { appearance: none; width: 14px; height: 14px; margin-top: -5px; border-radius: 50%; background: #fff; box-shadow: 0 1px 5px rgb(0 0 0 / 0.4); }
input[type="range"]::-moz-range-thumb { width: 14px; height: 14px; border: 0; border-radius: 50%; background: #fff; }
.seek { width: 100%; }
.volume { width: 76px; margin-right: 4px; }
@container (max-width: 420px) { .volume { display: none; } }
`;
