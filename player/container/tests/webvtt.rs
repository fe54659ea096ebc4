//! WebVTT as servers write it.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

use container::webvtt::{Cue, MAX_CUE, MAX_CUES, read};
use proptest::prelude::*;

fn cue(start: f64, end: f64, settings: &str, text: &str) -> Cue {
    Cue { start, end, settings: settings.into(), text: text.into() }
}

#[test]
fn cues_keep_their_times_settings_and_lines() {
    let text = "\u{feff}WEBVTT - tea\r\nX-TIMESTAMP-MAP=MPEGTS:900000,LOCAL:00:00:01.000\r\n\r\nNOTE a\r\nremark\r\n\r\n\
                one\r\n00:01.500 --> 00:02.250 line:0 align:start\r\n<b>hot</b>\r\ntea\r\n\r\n1:00:00.000-->1:00:01.000\r\nlate\r\n";
    let document = read(text).unwrap();
    assert_eq!(document.shift, 9.0);
    let expected =
        [cue(1.5, 2.25, "line:0 align:start", "<b>hot</b>\ntea"), cue(3_600.0, 3_601.0, "", "late")];
    assert_eq!(document.cues, expected);
}

#[test]
fn a_cue_that_cannot_be_read_is_left_out_and_the_next_is_not() {
    for bad in ["00:0x.000 --> 00:02.000", "00:03.000 --> 00:02.000", "--> 00:02.000", "00:01 -->"] {
        let text = ["WEBVTT\n\n", bad, "\nlost\n\n00:04.000 --> 00:05.000\nkept"].concat();
        assert_eq!(read(&text).unwrap().cues, [cue(4.0, 5.0, "", "kept")], "{bad}");
    }
}

#[test]
fn what_is_no_webvtt_is_none() {
    for text in ["", "WEBVTTX\n", "<html>", "1\n00:00:01,000 --> 00:00:02,000\nsubrip"] {
        assert_eq!(read(text), None, "{text}");
    }
}

#[test]
fn styles_and_regions_are_no_cues() {
    let text = "WEBVTT\n\nSTYLE\n::cue { color: red }\n\nREGION\nid:a\n\n00:01.000 --> 00:02.000\nx\n";
    assert_eq!(read(text).unwrap().cues.len(), 1);
}

#[test]
fn the_break_between_two_lines_counts_too() {
    let lines = ["x".repeat(MAX_CUE / 2), "y".repeat(MAX_CUE - MAX_CUE / 2)].join("\n");
    let text = ["WEBVTT\n\n00:01.000 --> 00:02.000\n", &lines].concat();
    assert_eq!(read(&text).unwrap().cues, []);
}

#[test]
fn too_many_cues_and_too_long_ones_are_left_out() {
    let many = ["WEBVTT\n\n", &"00:01.000 --> 00:02.000\nx\n\n".repeat(MAX_CUES + 9)].concat();
    assert_eq!(read(&many).unwrap().cues.len(), MAX_CUES);
    let long = ["WEBVTT\n\n00:01.000 --> 00:02.000\n", &"x".repeat(MAX_CUE + 1)].concat();
    assert_eq!(read(&long).unwrap().cues, []);
}

proptest! {
    #[test]
    fn any_text_is_read_within_bounds(text in "(WEBVTT)?(\n|X-TIMESTAMP-MAP=|LOCAL:|MPEGTS:|,| --> |[0-9]{1,16}|:|\\.|[a-zé])*") {
        for cue in read(&text).unwrap_or_default().cues {
            prop_assert!(cue.start.is_finite() && cue.end.is_finite() && cue.start < cue.end);
            prop_assert!(cue.text.len() <= MAX_CUE);
        }
    }
}
