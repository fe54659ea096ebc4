// The mapping between the video's seconds and the programme's clock. Returns the sentences that do not hold.
return (async () => {
  const { clampToSeekable, mediaAt, parseStart, programAt, timeRange } = await import("/timeline.js");
  // A publisher came back after 10 s on the clock that took no media time.
  const timeline = { anchors: [[100, 1_000_000], [130, 1_040_000]], seekable: [100, 140] };
  const none = { anchors: [], seekable: [] };
  const at = (text, day) => parseStart(text).clock(day);
  const day = new Date(2026, 10, 23, 9).getTime();
  const sentences = [
    ["the first anchor holds up to the second", programAt(timeline, 129), 1_029_000],
    ["the second anchor holds from its own moment", programAt(timeline, 130), 1_040_000],
    ["before the first anchor it is counted back", programAt(timeline, 99.5), 999_500],
    ["a stream without a clock has no programme time", programAt(none, 5), null],
    ["the way back goes through the same anchors", mediaAt(timeline, 1_041_000), 131],
    ["a stream without a clock has no media time for it", mediaAt(none, 5), null],
    ["a start before the window is its beginning", clampToSeekable(timeline, 3), 100],
    ["a start past the window is its end", clampToSeekable(timeline, 300), 140],
    ["no start is the stream's choice", parseStart(null), null],
    ["nonsense is the stream's choice", parseStart("soon"), null],
    ["live is live", parseStart(" live "), "live"],
    ["a number is seconds", parseStart("12.5"), 12.5],
    ["a time with a date is that moment", at("2026-11-23T04:00:00Z", day), Date.UTC(2026, 10, 23, 4)],
    ["a time of day is that of the programme's day", at("20:15", day), new Date(2026, 10, 23, 20, 15).getTime()],
    ["an empty range is no range", timeRange([0, 0]).length, 0],
    ["a range has its edges", timeRange([1, 4]).end(0), 4],
  ];
  return sentences.flatMap(([sentence, found, expected]) => (found === expected ? [] : [`${sentence}: expected ${expected}, found ${found}`]));
})();
