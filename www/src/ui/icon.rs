//! Line icons, drawn here so that no font or sheet is loaded. Always beside or inside something that has a name.

use leptos::prelude::*;

/// What an icon shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    Arrow,
    Back,
    Bag,
    Check,
    Copy,
    Eye,
    Globe,
    Horn,
    Key,
    Pen,
    Pin,
    Plus,
    Receipt,
    Send,
    Ticket,
    Warning,
}

impl Shape {
    const fn path(self) -> &'static str {
        match self {
            Self::Arrow => "M5 12h14M13 6l6 6-6 6",
            Self::Back => "M15 5l-7 7 7 7",
            Self::Bag => "M5 8h14l1 12H4L5 8zM9 8V6a3 3 0 0 1 6 0v2",
            Self::Check => "M5 12.5l4.5 4.5L19 7.5",
            Self::Copy => "M9 9h10v11H9zM15 9V4H5v11h4",
            Self::Eye => {
                "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6z"
            }
            Self::Globe => {
                "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM3 12h18M12 3c3 3 3.5 6 3.5 9s-.5 6-3.5 9c-3-3-3.5-6-3.5-9S9 6 12 3z"
            }
            Self::Horn => "M4 10v4h4l8 4V6l-8 4H4zM19 9a4 4 0 0 1 0 6",
            Self::Pen => "M4 20h4L19 9l-4-4L4 16v4zM13 7l4 4",
            Self::Key => "M8 11a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM11 12l9-9M17 6l3 3M14 9l2 2",
            Self::Pin => "M9 4h6l-1 6 4 4H6l4-4-1-6zM12 14v7",
            Self::Plus => "M12 5v14M5 12h14",
            Self::Receipt => "M6 3h12v18l-3-2-3 2-3-2-3 2V3zM9 8h6M9 12h6",
            Self::Send => "M4 12l16-8-6 16-3-7-7-1z",
            Self::Ticket => "M3 8h18v3a2 2 0 0 0 0 4v3H3v-3a2 2 0 0 0 0-4V8zM14 8v10",
            Self::Warning => "M12 4l9 16H3L12 4zM12 10v4M12 17v.5",
        }
    }
}

/// An icon as tall as the text around it.
#[component]
pub(crate) fn Icon(shape: Shape) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
            <path d=shape.path()></path>
        </svg>
    }
}
