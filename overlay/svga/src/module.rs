//! What JavaScript sees of a movie: numbers in flat arrays, so that a frame is one call and one array.

use crate::{Cap, Color, Join, Outline, Rect, Shape};
use wasm_bindgen::prelude::*;

/// A movie that JavaScript holds.
#[wasm_bindgen]
pub struct Movie(crate::Movie);

#[wasm_bindgen]
impl Movie {
    /// Reads a file.
    ///
    /// # Errors
    /// When it is no SVGA 2, or has more of something than is played.
    #[wasm_bindgen(constructor)]
    pub fn new(file: &[u8]) -> Result<Self, JsError> {
        crate::Movie::decode(file).map(Self).map_err(|error| JsError::new(&error.to_string()))
    }

    /// `[width, height, rate, frames, pictures, decodedBytes]`.
    pub fn facts(&self) -> Vec<u32> {
        let movie = &self.0;
        let counts = [movie.frames, movie.pictures.len(), movie.decoded_bytes()];
        let counts = counts.map(|count| u32::try_from(count).unwrap_or(u32::MAX));
        [movie.width, movie.height, movie.rate].into_iter().chain(counts).collect()
    }

    /// A picture's PNG.
    pub fn picture(&self, number: usize) -> Vec<u8> {
        self.0.pictures.get(number).map(|picture| picture.png.clone()).unwrap_or_default()
    }

    /// A path's text.
    pub fn path(&self, number: usize) -> String {
        self.0.paths.get(number).cloned().unwrap_or_default()
    }

    /// Sixteen numbers for each sprite that the frame draws, -1 for none: picture, alpha, matrix (6), layout (4), path that
    /// clips, drawings, number of the sprite that is its mask, own number if it is a mask.
    pub fn frame(&self, number: usize) -> Vec<f32> {
        let mut numbers = Vec::new();
        for drawn in self.0.frame(number) {
            let (sprite, cell) = (drawn.sprite, drawn.cell);
            numbers.extend([or_none(sprite.picture), cell.alpha]);
            numbers.extend(cell.transform.0);
            numbers.extend(sides(cell.layout));
            numbers
                .extend([cell.clip, cell.drawings].map(|number| number.map_or(-1.0, |number| number as f32)));
            numbers.extend([or_none(sprite.mask), or_none(sprite.is_mask.then_some(drawn.number))]);
        }
        numbers
    }

    /// Twenty-eight numbers for each shape of a list: kind (0 path, 1 rectangle, 2 ellipse), outline (5: path's number, or
    /// rectangle and corner), matrix (6), fill and stroke (4 each, alpha 0 for none), line width, cap, join, miter, dash (3), 0.
    pub fn drawings(&self, list: usize) -> Vec<f32> {
        self.0.drawings.get(list).into_iter().flatten().flat_map(flat).collect()
    }
}

fn flat(shape: &Shape) -> [f32; 28] {
    let mut numbers = [0.0; 28];
    let (kind, outline) = match shape.outline {
        Outline::Path(number) => (0.0, [number as f32, 0.0, 0.0, 0.0, 0.0]),
        Outline::Rect(rect, corner) => {
            let [x, y, width, height] = sides(rect);
            (1.0, [x, y, width, height, corner])
        }
        Outline::Ellipse(rect) => {
            let [x, y, width, height] = sides(rect);
            (2.0, [x, y, width, height, 0.0])
        }
    };
    let style = &shape.style;
    let color = |color: Option<Color>| color.map_or([0.0; 4], |color| color.0);
    let cap = match style.cap {
        Cap::Butt => 0.0,
        Cap::Round => 1.0,
        Cap::Square => 2.0,
    };
    let join = match style.join {
        Join::Miter => 0.0,
        Join::Round => 1.0,
        Join::Bevel => 2.0,
    };
    let (fill, stroke) = (color(style.fill), color(style.stroke));
    let line = [style.width, cap, join, style.miter];
    let all = [&[kind][..], &outline, &shape.transform.0, &fill, &stroke, &line, &style.dash];
    for (slot, number) in numbers.iter_mut().zip(all.into_iter().flatten()) {
        *slot = *number;
    }
    numbers
}

const fn sides(rect: Rect) -> [f32; 4] {
    [rect.x, rect.y, rect.width, rect.height]
}

fn or_none(number: Option<usize>) -> f32 {
    number.map_or(-1.0, |number| number as f32)
}
