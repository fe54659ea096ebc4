//! Every kind of stream that the player is said to play, played to its end in a real browser: the right duration, no
//! hole, and the picture and the sound that `fixtures/make.py` put in. Our own server's shows: `browser_player.rs`.

use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use serde_json::json;
use std::collections::BTreeMap;
use tests::{
    browser::PHONE,
    origin::Origin,
    page::Page,
    part_show::{self, Habit},
};

/// Seconds of every recording.
const SECONDS: f64 = 4.0;
/// One frame, and what an encoder adds to sound.
const SLACK: f64 = 0.15;
/// What each second shows, one bit for each of red, green and blue.
const COLOURS: [u8; 6] = [0b100, 0b010, 0b001, 0b110, 0b101, 0b011];
const TONE: i64 = 440;
const OTHER_TONE: i64 = 1_320;

/// What was seen and heard.
#[derive(Debug, Deserialize)]
struct Told {
    /// By second of the presentation: how many frames of which colour.
    colours: BTreeMap<usize, BTreeMap<u8, u32>>,
    /// Hertz; 0 when it was silent.
    tone: i64,
    /// The same, before another sound was chosen.
    #[serde(rename = "toneBefore")]
    tone_before: i64,
    /// Where the player lives.
    home: String,
    duration: f64,
    at: f64,
    buffered: Vec<(f64, f64)>,
    size: [u32; 2],
    cues: Vec<String>,
    texts: Vec<String>,
    error: Option<String>,
}

async fn play(stream: &str) -> Result<Told> {
    play_choosing(stream, None).await
}

/// The same, with a sound chosen half-way.
async fn play_choosing(stream: &str, language: Option<&str>) -> Result<Told> {
    let origin = Origin::start("").await?;
    let page = Page::open(origin.address(), PHONE).await?;
    let src = format!("{}/streams/{stream}", origin.address());
    let told = page.run(include_str!("corpus/plays.js"), &[json!(src), json!(language)]).await;
    serde_json::from_value(told.with_context(|| format!("{stream} does not play"))?)
        .context(stream.to_owned())
}

impl Told {
    /// The right duration, the end reached, one range without a hole, and nothing said to be wrong.
    fn is_whole(&self) -> Result<()> {
        ensure!((self.duration - SECONDS).abs() < SLACK, "it lasts {} s: {self:?}", self.duration);
        ensure!((self.at - self.duration).abs() < SLACK, "it ends at {}: {self:?}", self.at);
        ensure!(self.buffered.len() == 1, "there are holes: {self:?}");
        let (start, end) = self.buffered[0];
        ensure!(start < SLACK && end > SECONDS - SLACK, "there is too little: {self:?}");
        ensure!(self.error.is_none() && self.home == "worker", "{self:?}");
        Ok(())
    }

    /// Each of these seconds was seen, in its own colour.
    fn shows(&self, seconds: &[usize]) -> Result<()> {
        let end = self.duration.round() as usize;
        for (second, colours) in &self.colours {
            let total: u32 = colours.values().sum();
            let right = colours.get(&COLOURS[second % COLOURS.len()]).copied().unwrap_or(0);
            // The first and last frame of a second may be counted to its neighbour.
            let stray = total - if *second < end { right } else { 0 };
            ensure!(stray <= 1 || (*second == end && stray <= 2), "second {second}: {self:?}");
        }
        let seen = |second: &usize| {
            self.colours.get(second).is_some_and(|colours| colours.values().sum::<u32>() >= 4)
        };
        ensure!(seconds.iter().all(seen), "not all of {seconds:?} were shown: {self:?}");
        Ok(())
    }

    /// The tone that was put in, as exactly as a short look tells.
    fn sounds(&self, tone: i64) -> Result<()> {
        ensure!((self.tone - tone).abs() <= 20, "{} Hz and not {tone}: {self:?}", self.tone);
        Ok(())
    }
}

/// The stream plays as it was made, with this tone.
async fn plays(stream: &str, tone: i64) -> Result<Told> {
    let told = play(stream).await?;
    told.is_whole()?;
    told.shows(&[0, 1, 2, 3])?;
    told.sounds(tone)?;
    Ok(told)
}

#[tokio::test]
async fn pictures_and_sound_in_one_file_play_to_their_end() -> Result<()> {
    plays("muxed/media.m3u8", TONE).await.map(drop)
}

#[tokio::test]
async fn sound_of_its_own_playlist_plays_with_the_pictures() -> Result<()> {
    plays("demuxed/index.m3u8", OTHER_TONE).await.map(drop)
}

#[tokio::test]
async fn of_several_languages_the_default_one_is_heard() -> Result<()> {
    plays("renditions/index.m3u8", OTHER_TONE).await.map(drop)
}

#[tokio::test]
async fn another_language_is_heard_as_soon_as_it_is_chosen() -> Result<()> {
    let told = play_choosing("renditions/index.m3u8", Some("en")).await?;
    told.is_whole()?;
    told.shows(&[0, 1, 2, 3])?;
    ensure!((told.tone_before - OTHER_TONE).abs() <= 20, "{told:?}");
    told.sounds(TONE)
}

#[tokio::test]
async fn sound_without_pictures_plays_to_its_end() -> Result<()> {
    let told = play("sound-only/media.m3u8").await?;
    told.is_whole()?;
    told.sounds(TONE)
}

#[tokio::test]
async fn pictures_without_sound_play_to_their_end() -> Result<()> {
    plays("pictures-only/media.m3u8", 0).await.map(drop)
}

#[tokio::test]
async fn one_file_plays_by_its_byte_ranges() -> Result<()> {
    plays("byte-ranges/media.m3u8", TONE).await.map(drop)
}

#[tokio::test]
async fn another_initialization_segment_changes_the_size_and_leaves_no_seam() -> Result<()> {
    let told = plays("maps/media.m3u8", TONE).await?;
    ensure!(told.size == [96, 96], "{told:?}");
    Ok(())
}

#[tokio::test]
async fn a_programme_after_a_discontinuity_follows_at_once() -> Result<()> {
    plays("discontinuity/media.m3u8", TONE).await.map(drop)
}

#[tokio::test]
async fn a_gap_is_passed_over() -> Result<()> {
    let told = play("gap/media.m3u8").await?;
    ensure!((told.duration - SECONDS).abs() < SLACK && told.buffered.len() == 2, "{told:?}");
    told.shows(&[0, 2, 3])
}

#[tokio::test]
async fn variants_with_bit_rates_play_to_their_end() -> Result<()> {
    plays("bit-rate/index.m3u8", TONE).await.map(drop)
}

#[tokio::test]
async fn a_redundant_variant_takes_over_from_one_that_is_not_there() -> Result<()> {
    let told = play("redundant/index.m3u8").await?;
    told.shows(&[0, 1, 2, 3])?;
    told.sounds(TONE)
}

#[tokio::test]
async fn date_ranges_are_told_with_their_pictures() -> Result<()> {
    let told = plays("date-ranges/media.m3u8", TONE).await?;
    ensure!(told.cues == ["r0", "r1", "r2", "r3"], "{told:?}");
    Ok(())
}

#[tokio::test]
async fn messages_inside_the_media_are_told_with_their_pictures() -> Result<()> {
    let told = plays("event-messages/media.m3u8", TONE).await?;
    ensure!(told.cues.len() == 4, "{told:?}");
    Ok(())
}

#[tokio::test]
async fn variables_are_replaced_wherever_they_come_from() -> Result<()> {
    plays("variables/index.m3u8?end=m4s", TONE).await.map(drop)
}

#[tokio::test]
async fn playlists_of_key_frames_do_no_harm() -> Result<()> {
    plays("key-frames/index.m3u8", TONE).await.map(drop)
}

#[tokio::test]
async fn unknown_tags_do_no_harm() -> Result<()> {
    plays("unknown/index.m3u8", TONE).await.map(drop)
}

#[tokio::test]
async fn reordered_pictures_on_a_late_clock_begin_at_nought() -> Result<()> {
    plays("b-frames/media.m3u8", TONE).await.map(drop)
}

#[tokio::test]
async fn av1_and_opus_play_to_their_end() -> Result<()> {
    plays("av1-opus/media.m3u8", TONE).await.map(drop)
}

#[tokio::test]
async fn subtitles_show_with_their_pictures() -> Result<()> {
    let told = plays("subtitles/index.m3u8", TONE).await?;
    ensure!(told.texts == ["second 0", "second 1", "second 2", "second 3"], "{told:?}");
    Ok(())
}

/// A show that is produced part by part plays from its live edge to its end. Gives back what was seen and what was asked for.
async fn plays_in_parts(habit: Habit) -> Result<(Told, Vec<String>)> {
    let origin = Origin::start("").await?;
    let page = Page::open(origin.address(), PHONE).await?;
    let src = format!("{}/parts/{}/media.m3u8", origin.address(), habit.name());
    let told = page.run(include_str!("corpus/plays.js"), &[json!(src), json!(null)]).await;
    let told: Told = serde_json::from_value(told.with_context(|| format!("{habit:?} does not play"))?)?;
    let end = part_show::SECONDS as f64;
    ensure!((told.duration - end).abs() < SLACK && (told.at - end).abs() < SLACK, "{told:?}");
    ensure!(told.buffered.last().is_some_and(|range| range.1 > end - SLACK), "{told:?}");
    ensure!(told.error.is_none() && told.home == "worker", "{told:?}");
    told.sounds(TONE)?;
    Ok((told, origin.asked()))
}

#[tokio::test]
async fn a_low_latency_show_plays_from_its_edge_to_its_end() -> Result<()> {
    let (told, asked) = plays_in_parts(Habit::None).await?;
    told.shows(&[8, 9, 10, 11])?;
    ensure!(told.buffered.len() == 1, "there are holes: {told:?}");
    ensure!(told.buffered[0].0 > 6.0, "it did not begin near the live edge: {told:?}");
    let parts = asked.iter().filter(|query| query.contains("_HLS_part=")).count();
    let deltas = asked.iter().filter(|query| query.contains("_HLS_skip=")).count();
    ensure!(
        parts >= 10 && deltas >= 10,
        "it does not wait for parts, or reads old segments again: {asked:?}"
    );
    Ok(())
}

#[tokio::test]
async fn a_lost_part_is_passed_over() -> Result<()> {
    let (told, _) = plays_in_parts(Habit::Gap).await?;
    told.shows(&[8, 10, 11])?;
    ensure!(told.buffered.len() == 2, "{told:?}");
    let hole = (told.buffered[0].1, told.buffered[1].0);
    ensure!(hole.0 > 9.3 && hole.1 < 10.1, "more is missing than what was lost: {told:?}");
    Ok(())
}

#[tokio::test]
async fn whole_segments_that_are_hinted_at_play_to_the_end() -> Result<()> {
    let (told, asked) = plays_in_parts(Habit::WholeSegments).await?;
    told.shows(&[8, 9, 10, 11])?;
    ensure!(told.buffered.len() == 1, "there are holes: {told:?}");
    ensure!(
        asked.iter().any(|query| query.contains("_HLS_msn=")),
        "it does not wait for segments: {asked:?}"
    );
    Ok(())
}

#[tokio::test]
async fn a_server_that_forgets_low_latency_now_and_then_is_played_to_the_end() -> Result<()> {
    let (told, _) = plays_in_parts(Habit::Flaps).await?;
    told.shows(&[9, 10, 11])?;
    ensure!(told.buffered.len() == 1, "there are holes: {told:?}");
    Ok(())
}

#[tokio::test]
async fn parts_that_become_longer_play_to_the_end() -> Result<()> {
    let (told, _) = plays_in_parts(Habit::LongerParts).await?;
    told.shows(&[8, 9, 10, 11])?;
    ensure!(told.buffered.len() == 1, "there are holes: {told:?}");
    Ok(())
}

/// What was read after a choice in the element's menu: the text of every frame's cue, and the frame's own second.
#[derive(Debug, Deserialize)]
struct Read {
    /// Frames whose text was that of their second, and frames with another text.
    right: u32,
    wrong: u32,
    /// Texts on the screen before there was a choice, and after "off".
    before: u32,
    after: u32,
    offered: Vec<String>,
}

#[tokio::test]
async fn live_subtitles_come_and_go_by_the_menu() -> Result<()> {
    let origin = Origin::start("<live-stall controls muted autoplay lang=en src=/live/index.m3u8>").await?;
    let page = Page::open(origin.address(), PHONE).await?;
    let read: Read = serde_json::from_value(page.run(include_str!("corpus/reads.js"), &[]).await?)?;
    ensure!(read.offered == ["Off", "English"] && read.before + read.after == 0, "{read:?}");
    ensure!(read.right >= 20 && read.wrong <= read.right / 10, "{read:?}");
    Ok(())
}

/// What the element said of a stream that it does not play.
#[derive(Debug, Deserialize)]
struct Refused {
    kind: String,
    cause: String,
    message: String,
    face: String,
    title: String,
    hint: String,
    code: String,
    /// Whether `play()` resolved; `None` while it is pending.
    played: Option<bool>,
}

/// The element refuses a stream with this cause, and tells people so and what to do.
async fn refuses(stream: &str, cause: &str, title: &str, hint: &str) -> Result<()> {
    let origin = Origin::start("").await?;
    let page = Page::open(origin.address(), PHONE).await?;
    let src = format!("{}/streams/{stream}", origin.address());
    let refused = page.run(include_str!("corpus/refuses.js"), &[json!(src)]).await;
    let refused: Refused = serde_json::from_value(refused.with_context(|| stream.to_owned())?)?;
    ensure!(refused.kind == "unsupported" && refused.cause == cause && refused.code == cause, "{refused:?}");
    ensure!(refused.face == "unsupported" && refused.played == Some(false), "{refused:?}");
    ensure!(refused.title == title && refused.hint.contains(hint), "{refused:?}");
    ensure!(refused.message.contains("supported") || refused.message.contains("play"), "{refused:?}");
    Ok(())
}

const NOT_YET: &str = "This stream cannot be played yet";
const TELL: &str = "please tell the shop the code";

#[tokio::test]
async fn transport_streams_are_refused_for_now() -> Result<()> {
    refuses("transport-stream/media.m3u8", "container", NOT_YET, TELL).await
}

#[tokio::test]
async fn sound_without_a_container_is_refused_for_now() -> Result<()> {
    refuses("packed-audio/media.m3u8", "container", NOT_YET, TELL).await
}

#[tokio::test]
async fn encrypted_segments_are_refused_for_now() -> Result<()> {
    refuses("aes-128/media.m3u8", "encrypted", NOT_YET, TELL).await
}

#[tokio::test]
async fn encrypted_samples_are_refused_for_now() -> Result<()> {
    refuses("sample-aes/media.m3u8", "encrypted", NOT_YET, TELL).await
}

#[tokio::test]
async fn content_protection_is_refused() -> Result<()> {
    refuses("fair-play/index.m3u8", "drm", NOT_YET, TELL).await
}

#[tokio::test]
async fn protected_media_is_refused_though_no_playlist_says_so() -> Result<()> {
    refuses("common-encryption/media.m3u8", "drm", NOT_YET, TELL).await
}

#[tokio::test]
async fn hevc_is_refused_where_the_browser_has_it_not_and_another_variant_plays() -> Result<()> {
    plays("hevc/index.m3u8", TONE).await?;
    if let Ok(told) = plays("hevc/hevc/media.m3u8", TONE).await {
        return told.is_whole();
    }
    refuses("hevc/hevc/media.m3u8", "codecs", "This browser cannot play the video", "update").await
}
