// The look of the element itself. The overlay brings its own sheet; both read the `--stall-…` properties set here.
// A merchant changes them by a rule on the tag: `live-stall { --stall-accent: #0a7d5a; }`.

const TOKENS = `
:host {
  all: initial;
  display: block;
  position: relative;
  box-sizing: border-box;
  contain: content;
  overflow: hidden;
  width: 100%;
  aspect-ratio: 16 / 9;
  color-scheme: light dark;
  -webkit-tap-highlight-color: transparent;
  --stall-accent: light-dark(#cf3a22, #ff7658);
  --stall-on-accent: light-dark(#ffffff, #2a0d06);
  --stall-bg: light-dark(#ffffff, #1e1b18);
  --stall-surface: light-dark(#f6f2ed, #2a2622);
  --stall-text: light-dark(#221d18, #f4efe8);
  --stall-text-2: light-dark(#6a6157, #b3a99c);
  --stall-line: light-dark(#e7e1d8, #3a352f);
  --stall-good: light-dark(#1f7a4d, #5fd39a);
  --stall-bad: light-dark(#b3261e, #ff8a80);
  --stall-live: #d42a22;
  --stall-scrim: rgb(12 9 7 / 0.58);
  --stall-on-scrim: #ffffff;
  --stall-backdrop: #14110f;
  --stall-radius: 14px;
  --stall-font: system-ui, -apple-system, "Segoe UI", "PingFang SC", "HarmonyOS Sans SC", "Microsoft YaHei", "Noto Sans SC", "Noto Sans CJK SC", sans-serif;
  --stall-shadow: 0 2px 4px rgb(20 14 8 / 0.12), 0 12px 32px rgb(20 14 8 / 0.22);
  --stall-ease: cubic-bezier(0.2, 0.8, 0.2, 1);
  --stall-panel-width: 360px;
}
:host([hidden]) { display: none !important; }
:host([theme="light"]) { color-scheme: light; }
:host([theme="dark"]) { color-scheme: dark; }
@media (max-width: 600px) { :host([room]) { aspect-ratio: 9 / 16; max-height: 100dvh; } }
:host(:fullscreen), :host([stall-filled]) { width: 100% !important; height: 100% !important; max-width: none !important; max-height: none !important; aspect-ratio: auto !important; }
:host([stall-filled]) { position: fixed !important; inset: 0 !important; z-index: 2147483647 !important; height: 100dvh !important; margin: 0 !important; border-radius: 0 !important; }
`;

const PICTURE = `
.stage {
  all: initial; color-scheme: inherit;
  position: absolute; inset: 0; overflow: hidden; isolation: isolate; display: block; container-type: size; border-radius: inherit;
  font: 400 15px/1.5 var(--stall-font); color: var(--stall-on-scrim);
}
.stage *, .stage *::before { box-sizing: border-box; }
.stage:focus-visible, button:focus-visible, input:focus-visible { outline: 3px solid #8ab8ff; outline-offset: 2px; }
.stage:focus-visible { outline-offset: -3px; }
.picture { position: absolute; inset: 0; overflow: hidden; background: radial-gradient(120% 90% at 50% 20%, #3a312a, transparent 70%) var(--stall-backdrop); }
.picture > * { position: absolute; inset: 0; width: 100%; height: 100%; display: block; border: 0; }
video { object-fit: var(--stall-fit, contain); object-position: 50% 50%; }
.picture[data-fit="cover"] video { object-fit: var(--stall-fit, cover); }
.picture[data-fit="top"] video { object-position: 50% 22%; }
.picture > .backdrop { inset: -12%; width: 124%; height: 124%; opacity: 0; transition: opacity 600ms var(--stall-ease); }
.backdrop[data-drawn] { opacity: 1; }
.picture[data-fit="cover"] > .backdrop { display: none; }
.poster { object-fit: cover; transition: opacity 320ms var(--stall-ease); }
.picture[data-shown] .poster { opacity: 0; pointer-events: none; }
.overlay, .bar-layer { position: absolute; inset: 0; pointer-events: none; }
@container (min-width: 900px) {
  .stage[data-room] > :is(.picture, .face, .bar-layer) { right: var(--stall-panel-width); }
  .stage[data-room] > .overlay::before { content: ""; position: absolute; inset: 0 0 0 auto; width: var(--stall-panel-width); background: var(--stall-bg); }
}
`;

const FACES = `
.face { position: absolute; inset: 0; display: grid; place-items: center; pointer-events: none; text-align: center; opacity: 1; transition: opacity 200ms var(--stall-ease), background-color 200ms; }
.stage[data-room] .face { padding-bottom: 16cqh; }
.face[data-face="playing"] { opacity: 0; }
.face:is([data-face="away"], [data-face="offline"], [data-face="ended"], [data-face="unsupported"], [data-face="error"]) {
  background: var(--stall-scrim); -webkit-backdrop-filter: blur(18px); backdrop-filter: blur(18px);
}
.panel { display: flex; flex-direction: column; align-items: center; gap: clamp(10px, 3cqmin, 20px); padding: 16px; max-width: 30em; }
.message { display: flex; flex-direction: column; align-items: center; gap: 6px; }
.message:empty, .buttons:empty { display: none; }
.message p { margin: 0; text-wrap: balance; text-shadow: 0 1px 12px rgb(0 0 0 / 0.45); }
.title { font-size: clamp(16px, 4.6cqmin, 21px); font-weight: 600; line-height: 1.3; }
.hint { font-size: clamp(13px, 3.4cqmin, 15px); opacity: 0.84; }
.code { font: 400 12px/1.4 ui-monospace, "SF Mono", Consolas, monospace; opacity: 0.66; padding-top: 4px; overflow-wrap: anywhere; }
.face:is([data-face="loading"], [data-face="buffering"]) .title { font-size: 14px; font-weight: 500; opacity: 0.9; animation: stall-appear 300ms 1s both; }
.face[data-face="buffering"] .message { animation: stall-appear 200ms 350ms both; }
.spinner { width: clamp(30px, 9cqmin, 44px); aspect-ratio: 1; margin-bottom: 8px; border-radius: 50%; border: 3px solid rgb(255 255 255 / 0.24); border-top-color: #fff; filter: drop-shadow(0 1px 6px rgb(0 0 0 / 0.4)); animation: stall-turn 900ms linear infinite; }
.face[data-face="buffering"] .message { padding: 16px 20px 12px; border-radius: 18px; background: rgb(12 9 7 / 0.46); -webkit-backdrop-filter: blur(10px); backdrop-filter: blur(10px); }
.sign { display: grid; place-items: center; width: 60px; height: 60px; margin-bottom: 10px; border-radius: 50%; background: rgb(255 255 255 / 0.1); box-shadow: inset 0 0 0 1px rgb(255 255 255 / 0.14); }
.sign svg { width: 26px; height: 26px; }
@container (max-height: 260px) { .sign { display: none; } }
button { font: inherit; color: inherit; cursor: pointer; border: 0; margin: 0; pointer-events: auto; touch-action: manipulation; }
svg { width: 1.35em; height: 1.35em; fill: currentColor; flex: none; display: block; }
.big { width: clamp(56px, 17cqmin, 84px); aspect-ratio: 1; padding: 0; display: grid; place-items: center; border-radius: 50%; color: #fff; background: rgb(20 14 10 / 0.5); -webkit-backdrop-filter: blur(14px) saturate(1.4); backdrop-filter: blur(14px) saturate(1.4); box-shadow: inset 0 0 0 1.5px rgb(255 255 255 / 0.7), 0 6px 28px rgb(0 0 0 / 0.35); transition: transform 180ms var(--stall-ease), background-color 180ms; }
.big svg { width: 50%; height: 50%; }
.big:hover { transform: scale(1.06); background: var(--stall-accent); }
.big:active { transform: scale(0.97); }
.action { display: inline-flex; align-items: center; gap: 8px; min-height: 44px; padding: 0 22px; border-radius: 999px; font-weight: 600; background: #fff; color: #221d18; box-shadow: 0 6px 24px rgb(0 0 0 / 0.28); transition: transform 180ms var(--stall-ease); }
.action:hover { transform: translateY(-1px); }
.pill { position: absolute; z-index: 2; top: 12px; left: 12px; display: inline-flex; align-items: center; gap: 7px; height: 40px; padding: 0 16px 0 12px; border-radius: 999px; font-size: 14px; font-weight: 600; background: rgb(255 255 255 / 0.94); color: #221d18; box-shadow: 0 4px 18px rgb(0 0 0 / 0.3); animation: stall-appear 260ms both; }
.stage[data-room] .pill { top: 64px; }
@container (min-width: 900px) { .stage[data-room] .pill { top: 12px; } }
[hidden] { display: none !important; }
@keyframes stall-turn { to { transform: rotate(1turn); } }
@keyframes stall-appear { from { opacity: 0; } }
@keyframes stall-breathe { 50% { opacity: 0.35; } }
@media (prefers-reduced-motion: reduce) {
  .stage *, .stage *::before { transition: none !important; animation: none !important; }
  .spinner { animation: stall-breathe 2.4s ease-in-out infinite !important; border-top-color: rgb(255 255 255 / 0.24); }
}
@media (forced-colors: active) { .big, .action, .pill { border: 1px solid ButtonText; } }
`;

export const ELEMENT_CSS = TOKENS + PICTURE + FACES;
