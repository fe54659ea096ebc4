// What the face is after what happened, in the order it happened. Returns the sentences that do not hold.
return (async () => {
  const { faceOf, freshFacts, learn } = await import("/state.js");
  const gone = { kind: "media", cause: "decode", message: "the browser cannot decode this stream" };
  const sentences = [
    ["it loads until there is a picture", true, [], "loading"],
    ["it waits for a click when nobody asked it to play", false, ["loadeddata"], "click"],
    ["it waits for a click when the browser refused", true, ["loadeddata", "refused"], "click"],
    ["a click starts it after a refusal", true, ["loadeddata", "refused", "asked", "play", "playing"], "playing"],
    ["a picture that moves shows no face", true, ["play", "loadeddata", "playing"], "playing"],
    ["a picture that stands still for want of data is buffering", true, ["play", "playing", "waiting"], "buffering"],
    ["a picture that goes on is playing again", true, ["play", "playing", "waiting", "playing"], "playing"],
    ["a viewer who pauses can play again", true, ["play", "playing", "pause"], "click"],
    ["a publisher who drops is not told while the picture still moves", true, ["play", "playing", "away"], "playing"],
    ["a publisher who drops will be back", true, ["play", "playing", "away", "waiting"], "away"],
    ["a publisher who is back plays on", true, ["play", "playing", "away", "waiting", "ready", "playing"], "playing"],
    ["a room that is away says so to one who joins", true, [["room", "away"], "loading"], "away"],
    ["a stream that is not there has not begun", true, ["away"], "offline"],
    ["a show that is over is ended when the picture runs out", true, ["play", "playing", "over", "waiting"], "ended"],
    ["a show that is over plays to its end", true, ["play", "playing", "over"], "playing"],
    ["the end of the video is the end", true, ["play", "playing", "pause", "ended"], "ended"],
    ["watching again after the end plays", true, ["playing", "ended", "play", "playing"], "playing"],
    ["trouble with the network is not told while the picture moves", true, ["play", "playing", ["trouble", gone]], "playing"],
    ["trouble with the network is told when the picture stands", true, ["play", "playing", ["trouble", gone], "waiting"], "error"],
    ["trouble is over when media arrives", true, ["play", "playing", ["trouble", gone], "waiting", "ready"], "buffering"],
    ["an error stays", true, ["play", "playing", ["error", gone], "playing"], "error"],
    ["a browser that cannot is told so", true, [["error", { ...gone, kind: "unsupported" }]], "unsupported"],
    ["an event that means nothing changes nothing", true, ["play", "playing", "progress", "suspend"], "playing"],
  ];
  return sentences.flatMap(([sentence, asked, happenings, expected]) => {
    const facts = happenings.reduce((known, happening) => learn(known, ...[happening].flat()), freshFacts(asked));
    const face = faceOf(facts);
    return face === expected ? [] : [`${sentence}: expected ${expected}, found ${face}`];
  });
})();
