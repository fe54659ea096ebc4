// CommentCoreLibrary with its CSS renderer, which is what `init()` gives. Comments that find no room lie over others.
await bench.play("/picture.mp4");
const stage = document.querySelector("#stage");
const manager = new CommentManager(stage);
manager.init();
manager.start();
const own = ({ text, at }) => ({ mode: 1, text, dur: 8000, size: 25, color: 0xffffff, stime: (at ?? 0) * 1000 });
bench.video.addEventListener("timeupdate", () => manager.time(bench.video.currentTime * 1000));
bench.engine = {
  emit: (comments) => manager.send(comments.map(own)),
  load: (comments) => manager.load(comments.map(own)),
  onScreen: () => manager.runline.length,
  texts: () => manager.runline.map(({ text }) => text),
};
