// Puts a hand into the player's worker, whatever its script is called: by the channel `meddling` a test fills the
// source buffer or turns the clock.
{
  const meddle = () => {
    const channel = new BroadcastChannel("meddling");
    const append = SourceBuffer.prototype.appendBuffer;
    const now = performance.now.bind(performance);
    let full = 0;
    let turned = 0;
    SourceBuffer.prototype.appendBuffer = function (bytes) {
      if (full <= 0) return append.call(this, bytes);
      full -= 1;
      channel.postMessage("refused");
      throw new DOMException("the buffer is full", "QuotaExceededError");
    };
    performance.now = () => now() + turned;
    channel.onmessage = ({ data }) => {
      full += data.full ?? 0;
      turned += data.turn ?? 0;
    };
  };
  const address = (text) => URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
  const Plain = Worker;
  globalThis.Worker = class extends Plain {
    constructor(script, options) {
      const before = address(`(${meddle})();`);
      super(address(`import "${before}"; import ${JSON.stringify(new URL(script, location).href)};`), options);
    }
  };
}
