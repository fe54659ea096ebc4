//! What a show's parts are called, as WebVTT. Does not decide where a part begins.

use std::fmt::Write;
use std::time::Duration;

/// A chapter's title, from where it begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chapter {
    /// From the start of the show.
    pub start: Duration,
    /// Plain text.
    pub title: String,
}

/// Chapters as WebVTT (<https://www.w3.org/TR/webvtt1/#introduction-chapters>); each lasts until the next, the last until
/// `end`. Chapters come in order; one that would last no time is left out.
#[must_use]
pub fn chapters_vtt(chapters: &[Chapter], end: Duration) -> String {
    let mut text = String::from("WEBVTT\n");
    for (index, chapter) in chapters.iter().enumerate() {
        let until = chapters.get(index + 1).map_or(end, |next| next.start.min(end));
        if until <= chapter.start {
            continue;
        }
        // Writing to a String does not fail.
        let _ = write!(text, "\n{} --> {}\n", stamp(chapter.start), stamp(until));
        // A line break, or an arrow, would end the cue's text.
        for char in chapter.title.chars() {
            match char {
                '&' => text.push_str("&amp;"),
                '<' => text.push_str("&lt;"),
                '>' => text.push_str("&gt;"),
                char if char.is_control() => text.push(' '),
                char => text.push(char),
            }
        }
        text.push('\n');
    }
    text
}

fn stamp(time: Duration) -> String {
    let seconds = time.as_secs();
    let (hours, minutes) = (seconds / 3_600, seconds / 60 % 60);
    format!("{hours:02}:{minutes:02}:{:02}.{:03}", seconds % 60, time.subsec_millis())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chapters_last_until_the_next_and_their_titles_are_text() {
        let chapter =
            |seconds, title: &str| Chapter { start: Duration::from_secs(seconds), title: title.to_owned() };
        let chapters =
            [chapter(0, "茶 <b> & --> x"), chapter(0, "杯"), chapter(3_725, "a\nb"), chapter(9_000, "over")];
        let text = chapters_vtt(&chapters, Duration::from_millis(4_000_500));
        assert_eq!(
            text,
            "WEBVTT\n\n00:00:00.000 --> 01:02:05.000\n杯\n\n01:02:05.000 --> 01:06:40.500\na b\n"
        );
        assert!(chapters_vtt(&chapters[..1], Duration::from_secs(1)).contains("茶 &lt;b&gt; &amp; --&gt; x"));
    }
}
