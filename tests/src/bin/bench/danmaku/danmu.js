// danmu.js, bound to the page's video as its README says. `overlap` is among its options, and nothing reads it.
await bench.play("/picture.mp4");
const container = document.querySelector("#stage");
const danmu = new DanmuJs({
  container,
  player: bench.video,
  comments: [],
  overlap: true,
  channelSize: 38,
  area: { start: 0, end: 1 },
  mouseControl: false,
});
const own = ({ id, text, at }) => ({
  id,
  txt: text,
  duration: 8000,
  mode: "scroll",
  style: { color: "#fff", fontSize: "25px", textShadow: "1px 0 #000, -1px 0 #000, 0 1px #000, 0 -1px #000" },
  ...(at !== undefined && { start: at * 1000 }),
});
bench.engine = {
  emit: (comments) => danmu.updateComments(comments.map(own), false),
  load: (comments) => danmu.updateComments(comments.map(own), true),
  onScreen: () => danmu.state.bullets.length,
  texts: () => Array.from(container.children, (it) => it.textContent),
};
