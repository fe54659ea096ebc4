use leptos::prelude::*;

/// What an icon shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    Bag,
    Close,
    Send,
    Check,
    Minus,
    Plus,
    Comments,
    CommentsOff,
    Receipt,
    Eye,
    Down,
    Sliders,
    Envelope,
    Search,
    Horn,
    Gift,
    Heart,
}

impl Shape {
    /// The path, for strokes of 24 × 24 units.
    const fn path(self) -> &'static str {
        match self {
            Self::Bag => "M5 8h14l-1 12H6L5 8Zm4 0V7a3 3 0 0 1 6 0v1",
            Self::Close => "m6 6 12 12M18 6 6 18",
            Self::Send => "M12 19V5m-6 6 6-6 6 6",
            Self::Check => "m5 12.5 4.5 4.5L19 7.5",
            Self::Minus => "M6 12h12",
            Self::Plus => "M6 12h12M12 6v12",
            Self::Comments => "M4 5h16v11h-9l-4 4v-4H4V5Zm4 4h8m-8 3.5h5",
            Self::CommentsOff => "M4 5h16v11h-9l-4 4v-4H4V5ZM3 21 21 3",
            Self::Receipt => "M6 4h12v16l-3-2-3 2-3-2-3 2V4Zm3 5h6m-6 4h6",
            Self::Eye => {
                "M3 12c2.5-4.5 5.5-6 9-6s6.5 1.5 9 6c-2.5 4.5-5.5 6-9 6s-6.5-1.5-9-6Zm9 2.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5Z"
            }
            Self::Down => "M12 5v14m-6-6 6 6 6-6",
            Self::Envelope => {
                "M5 3h14v18H5V3Zm0 4.5c4.5 3.5 9.5 3.5 14 0M12 8.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5Z"
            }
            Self::Sliders => {
                "M4 8h9m5 0h2M4 16h2m5 0h9M15.5 10.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5Zm-7 8a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5Z"
            }
            Self::Search => "m20 20-4.5-4.5M11 17a6 6 0 1 0 0-12 6 6 0 0 0 0 12Z",
            Self::Gift => "M4 11h16v9H4v-9Zm-1-4h18v4H3V7Zm9 0v13M12 7C9 2 5 4 7.5 7m4.5 0c3-5 7-3 4.5 0",
            Self::Heart => "M12 20 4.8 12.7a4.6 4.6 0 0 1 6.6-6.5l.6.7.6-.7a4.6 4.6 0 0 1 6.6 6.5L12 20Z",
            Self::Horn => "M4 10v4h4l7 4V6l-7 4H4Zm14-1a4 4 0 0 1 0 6",
        }
    }
}

/// A drawing beside words, or on a button that has a label: said to nobody by itself.
#[component]
pub(crate) fn Icon(shape: Shape) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
            <path d=shape.path() />
        </svg>
    }
}
