//! The overlay's style sheets, one a part. Colours and sizes come from the element's `--stall-…` properties; every one
//! has a fallback here, so that the overlay looks right wherever it is mounted.

/// All of them.
pub(crate) const STYLE: &str = concat!(
    include_str!("style/frame.css"),
    include_str!("style/controls.css"),
    include_str!("style/chat.css"),
    include_str!("style/danmaku.css"),
    include_str!("style/cards.css"),
    include_str!("style/sheet.css"),
    include_str!("style/wide.css"),
    include_str!("style/prefers.css"),
);
