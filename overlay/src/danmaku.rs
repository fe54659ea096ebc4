//! Comments over the picture, as nodes on strips that the compositor moves: between two changes the page has nothing to
//! do, however many fly. Which ones, where and when is the timeline's say.

mod animation;
mod catch;
mod caught;
mod layer;
pub(crate) mod local;
mod measure;
mod node;
mod pace;
pub(crate) mod picture;
pub(crate) mod settings;
mod sky;
mod strip;

pub(crate) use catch::catch;
pub(crate) use caught::{Caught, CaughtMenu};
pub(crate) use layer::Layer;
pub(crate) use measure::{Measure, PLAIN_STAGE};
pub(crate) use settings::DanmakuSheet;
pub(crate) use sky::Sky;
