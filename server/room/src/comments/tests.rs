use super::*;
use proptest::prelude::*;

fn comment(at_ms: i64, mode: DanmakuMode, color: u32, text: &str) -> FiledComment {
    FiledComment {
        at_ms, mode, color, text: text.to_owned(), author: "林小".to_owned(), sent: 1_795_410_168
    }
}

fn some() -> Vec<FiledComment> {
    vec![
        comment(1_500, DanmakuMode::Scroll, 0x00ff_ffff, "<b>好茶</b> & \"甜\""),
        comment(2_000, DanmakuMode::Top, 0x0012_3456, "{\\an5}top \\N"),
        comment(3_661_230, DanmakuMode::Bottom, 0, "]]> 🍵"),
    ]
}

#[test]
fn a_file_in_each_format_reads_as_it_was_written_before() {
    let golden = [
        (Format::Xml, include_str!("golden/comments.xml")),
        (Format::Ass, include_str!("golden/comments.ass")),
        (Format::Json, include_str!("golden/comments.json")),
    ];
    for (format, golden) in golden {
        assert_eq!(write(format, "秋茶", &some()), golden, "{format:?}");
        let read = read(format, golden).unwrap();
        assert_eq!(read.refused_count, 0, "{:?}", read.refused);
        let sent = if format == Format::Ass { 0 } else { 1_795_410_168 };
        let expected: Vec<_> = some().into_iter().map(|comment| FiledComment { sent, ..comment }).collect();
        assert_eq!(read.comments, expected, "{format:?}");
    }
}

#[test]
fn what_other_programs_write_is_read() {
    let xml = "<?xml version='1.0'?><i><!-- <d p=\"0,1,25,0,0,0,0,0\">no</d> --><maxlimit>9</maxlimit>\
               <d p='12.34500,1,25,16777215,1422201084,0,057075e9,757076900' user=\"a&gt;b>\" raw=\"{}\">&#x597d;&#33;<![CDATA[<3]]></d></i>";
    let read = read(Format::Xml, xml).unwrap();
    assert_eq!(read.comments.len(), 1, "{read:?}");
    let found = &read.comments[0];
    assert_eq!((found.at_ms, found.text.as_str(), found.author.as_str()), (12_345, "好!<3", "a>b>"));
    let ass = "\u{feff}[Script Info]\n[Events]\nDialogue: 2,0:00:01.50,0:00:05.00,R2L,,20,20,2,,{\\move(1,2,3,4)\\1c&H0000FF&}a\\Nb, c\n";
    let found = super::read(Format::Ass, ass).unwrap().comments.remove(0);
    assert_eq!((found.at_ms, found.color, found.text.as_str()), (1_500, 0x00ff_0000, "a b, c"));
}

#[test]
fn a_file_that_breaks_off_says_so() {
    let xml = "<i><d p=\"1,1,25,0,0,0,0,0\">good</d><d p=\"2,1,25,0,0,0,0,0\">half";
    let read = read(Format::Xml, xml).unwrap();
    assert_eq!((read.comments.len(), read.refused_count), (1, 1));
    assert_eq!(read.refused[0].reason, "the file ends before it does");
}

#[test]
fn a_bad_comment_is_refused_alone_and_with_its_reason() {
    let xml = "<i><d p=\"x,1,25,0,0,0,0,0\">a</d><d p=\"1,8,25,0,0,0,0,0\">code</d><d>b</d><d p=\"1,1,25,0,0,0,0,0\"> </d>\
               <d p=\"1,1,25,0,0,0,0,0\">&nbsp;</d><d p=\"-1,1,25,0,0,0,0,0\">c</d><d p=\"1,1,25,0,0,0,0,0\">good</d></i>";
    let read = read(Format::Xml, xml).unwrap();
    assert_eq!(read.comments.len(), 1);
    let reasons: Vec<_> = read.refused.iter().map(|refused| (refused.number, &*refused.reason)).collect();
    assert_eq!(
        reasons,
        [
            (1, "time is \"x\"; expected a number"),
            (2, "mode is 8; expected 1 to 6"),
            (3, "it has no attribute p"),
            (4, "comment is empty; expected 1 to 100 characters"),
            (5, "&nbsp; is no character"),
            (6, "it is at -1000 ms; expected 0 to 172800000"),
        ]
    );
}

#[test]
fn a_file_of_another_format_or_with_a_document_type_is_refused() {
    for (format, file) in [(Format::Xml, "[]"), (Format::Ass, "<i/>"), (Format::Json, "<i/>")] {
        assert!(matches!(read(format, file), Err(FileError::NotOne { .. })), "{format:?}");
    }
    let bomb = "<!DOCTYPE i [<!ENTITY a \"aa\">]><i><d p=\"1,1,25,0,0,0,0,0\">&a;</d></i>";
    assert!(matches!(read(Format::Xml, bomb), Err(FileError::NotOne { .. })));
}

fn any_comment() -> impl Strategy<Value = FiledComment> {
    let mode = prop_oneof![
        Just(DanmakuMode::Scroll),
        Just(DanmakuMode::Reverse),
        Just(DanmakuMode::Top),
        Just(DanmakuMode::Bottom)
    ];
    let text = prop_oneof![".{1,40}", "[<>&\"'{}\\\\Nn,\\]h#; ]{1,40}"];
    (0..LONGEST_MS / 10, mode, 0..0x0100_0000_u32, text, "[^,]{0,20}").prop_map(
        |(at, mode, color, text, author)| FiledComment { at_ms: at * 10, mode, color, text, author, sent: 0 },
    )
}

proptest! {
    #[test]
    fn every_comment_that_a_room_takes_survives_each_format(all in prop::collection::vec(any_comment(), 0..20)) {
        let good: Vec<_> = all.into_iter().filter_map(|comment| check(&comment).ok()).collect();
        for format in [Format::Xml, Format::Ass, Format::Json] {
            let read = read(format, &write(format, "show", &good)).unwrap();
            prop_assert_eq!(&read.comments, &good, "{:?}", format);
        }
    }

    #[test]
    fn no_file_stops_the_reader(text in ".{0,400}", marked in "[<d p=\"1,5&#;/>\\[\\]!CDATA\\-]{0,200}") {
        for format in [Format::Xml, Format::Ass, Format::Json] {
            let _ = read(format, &text);
            let _ = read(format, &format!("[Script Info]\nDialogue:{text}"));
            let _ = read(format, &format!("<i><d {marked}"));
        }
    }
}

#[test]
fn a_comment_at_a_place_of_its_own_is_there_again_in_ass() {
    let mode = DanmakuMode::Positioned { x: 250, y: 400 };
    let file = super::ass::write("", &[comment(1_000, mode, 0, "here")]);
    let read = super::ass::read(&file).unwrap();
    assert_eq!(read.comments.iter().map(|comment| comment.mode).collect::<Vec<_>>(), [mode]);
}
