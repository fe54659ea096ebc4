// danmaku, either engine, bound to the page's video as its README says. It has no option for overlap: what finds no
// room lies over another, always. 160 px/s are 8 s for 1,280 px.
await bench.play("/picture.mp4");
const engine = "ENGINE";
const style =
  engine === "canvas"
    ? { font: `600 25px/1.4 ${bench.FONT}`, fillStyle: "#fff", strokeStyle: "#000", lineWidth: 2 }
    : { color: "#fff", textShadow: "1px 0 #000, -1px 0 #000, 0 1px #000, 0 -1px #000" };
const make = (comments) =>
  new Danmaku({ container: document.querySelector("#stage"), media: bench.video, engine, speed: 160, comments });
let danmaku = make([]);
bench.engine = {
  emit: (comments) => comments.forEach(({ text }) => danmaku.emit({ text, style })),
  load: (comments) => {
    danmaku.destroy();
    danmaku = make(comments.map(({ text, at }) => ({ text, time: at, style })));
  },
  onScreen: () => danmaku._.runningList.length,
  texts: () => danmaku._.runningList.map(({ text }) => text),
};
