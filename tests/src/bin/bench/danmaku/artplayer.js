// ArtPlayer with its danmaku plugin, as its document says; over the picture that the other pages show as well.
const video = document.querySelector("video");
await bench.play("/picture.mp4");
const url = video.src;
video.remove();
const art = new Artplayer({
  container: "#stage",
  url,
  muted: true,
  autoplay: true,
  plugins: [artplayerPluginDanmuku({ danmuku: [], speed: 8, margin: [0, 0], fontSize: 25, antiOverlap: false, emitter: false })],
});
await new Promise((done) => art.once("video:playing", done));
bench.video = art.video;
const danmuku = art.plugins.artplayerPluginDanmuku;
const flying = () => [...document.querySelectorAll(".art-danmuku > [data-state=emit]")];
bench.engine = {
  emit: (comments) => comments.forEach(({ text }) => danmuku.emit({ text })),
  load: (comments) => danmuku.load(comments.map(({ text, at }) => ({ text, time: at }))),
  onScreen: () => flying().length,
  texts: () => flying().map((it) => it.textContent),
};
