//! One file per tag family: its type, how it is read, how it is written.

pub(crate) mod byte_range;
pub(crate) mod content_steering;
pub(crate) mod date_range;
pub(crate) mod define;
pub(crate) mod key;
pub(crate) mod map;
pub(crate) mod media;
pub(crate) mod preload_hint;
pub(crate) mod rendition_report;
pub(crate) mod server_control;
pub(crate) mod session_data;
pub(crate) mod skip;
pub(crate) mod start;
pub(crate) mod stream_inf;
