// Every word the loader shows. The overlay brings its own.

const ZH = {
  player: "视频播放器",
  loading: "正在加载…",
  loadingRoom: "正在进入直播间…",
  buffering: "正在缓冲…",
  play: "播放",
  unmute: "打开声音",
  retry: "重试",
  replay: "重看一遍",
  awayTitle: "信号中断",
  awayHint: "恢复后会自动继续播放",
  awayRoomTitle: "主播马上回来",
  awayRoomHint: "画面恢复后会自动继续，您可以先逛逛购物袋",
  offlineTitle: "还没有信号",
  offlineHint: "开播后会在这里自动播放，无需刷新",
  offlineRoomTitle: "直播还没开始",
  endedTitle: "播放完毕",
  endedLiveTitle: "直播已结束",
  endedLiveHint: "感谢观看，下次再见",
  unsupportedTitle: "这个浏览器放不了此视频",
  unsupportedHint: "请更新浏览器，或换用新版 Chrome、Edge、Firefox、Safari",
  streamTitle: "暂时放不了这路视频",
  streamHint: "它的格式或加密方式还不支持，请把下面的代码告诉商家",
  networkTitle: "网络好像断了",
  networkHint: "请检查网络，恢复后会自动重试",
  playlistTitle: "找不到这场直播",
  playlistHint: "链接可能已失效，请稍后重试或联系商家",
  mediaTitle: "画面出了点问题",
  mediaHint: "请重试；若反复出现，请把下面的代码告诉商家",
};

const EN = {
  player: "Video player",
  loading: "Loading…",
  loadingRoom: "Joining the show…",
  buffering: "Buffering…",
  play: "Play",
  unmute: "Turn sound on",
  retry: "Try again",
  replay: "Watch again",
  awayTitle: "The stream is interrupted",
  awayHint: "It goes on by itself once the signal is back",
  awayRoomTitle: "The host will be right back",
  awayRoomHint: "The picture goes on by itself; the bag is open meanwhile",
  offlineTitle: "There is no stream yet",
  offlineRoomTitle: "The show has not started yet",
  offlineHint: "It will start right here, no need to reload",
  endedTitle: "The end",
  endedLiveTitle: "The show has ended",
  endedLiveHint: "Thank you for watching, see you next time",
  unsupportedTitle: "This browser cannot play the video",
  unsupportedHint: "Please update it, or open the page in a recent Chrome, Edge, Firefox or Safari",
  streamTitle: "This stream cannot be played yet",
  streamHint: "It is encrypted or in a format that is not supported: please tell the shop the code below",
  networkTitle: "The connection was lost",
  networkHint: "Please check your network; it tries again once you are online",
  playlistTitle: "This show cannot be found",
  playlistHint: "The link may be out of date: try again later or ask the shop",
  mediaTitle: "Something is wrong with the picture",
  mediaHint: "Please try again; if it stays, tell the shop the code below",
};

/** `zh-CN` for any Chinese, `en` for all else: the first tag that is given decides. */
export function pickLanguage(...tags) {
  const tag = tags.find((candidate) => candidate) ?? "en";
  return /^zh\b/i.test(tag) ? "zh-CN" : "en";
}

/** The words in a language that `pickLanguage` gave. */
export function stringsFor(language) {
  return language === "zh-CN" ? ZH : EN;
}
