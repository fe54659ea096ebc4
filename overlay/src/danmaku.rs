//! Comments over the picture, as nodes that the compositor moves. Which ones, where and when is the timeline's say.

mod animation;
mod layer;
pub(crate) mod local;
mod measure;
mod sky;

pub(crate) use layer::Layer;
pub(crate) use measure::{Measure, PLAIN_STAGE};
pub(crate) use sky::Sky;
