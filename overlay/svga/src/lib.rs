//! SVGA 2 animations, the format that most live gifts in China come in: zlib over a protobuf `MovieEntity`, to what is to be
//! drawn in each frame. Draws nothing, decodes no picture, plays no sound.
//!
//! Files come from the network: every length, count and size has a bound in [`limits`], and a file beyond one is refused.
//! Field numbers are those of `svga.proto` (package `com.opensource.svga`, version 2.0.0).

mod error;
mod geometry;
pub mod limits;
#[cfg(feature = "module")]
mod module;
mod movie;
mod picture;
mod shape;
mod sprite;
mod wire;

pub use error::SvgaError;
pub use geometry::{Rect, Transform};
pub use movie::{Drawn, Movie};
pub use picture::Picture;
pub use shape::{Cap, Color, Join, Outline, Shape, Style};
pub use sprite::{Cell, Sprite};
