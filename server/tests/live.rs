//! Real ffmpeg publishes, real ffprobe plays: ingest and packaging as an encoder and a player meet them.
//! Without ffmpeg on the path these tests fail, they do not skip.

#[cfg(test)]
mod live {
    mod breaks;
    mod plays;
    mod refusals;
    mod reload;
    mod studio;
}
