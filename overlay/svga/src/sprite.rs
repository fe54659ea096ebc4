//! `SpriteEntity` and its `FrameEntity`s.

use crate::{
    Shape, SvgaError,
    geometry::{Rect, Transform},
    limits,
    movie::{Paths, bounded},
    shape::Entry,
    wire::Fields,
};

/// What a sprite is called that is the mask of others.
const MASK: &str = ".matte";

/// A picture and drawings that move together.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Sprite {
    /// Its picture, among [`crate::Movie::pictures`].
    pub picture: Option<usize>,
    /// The sprite whose alpha it is seen through.
    pub mask: Option<usize>,
    /// Whether it is only there to be seen through.
    pub is_mask: bool,
    /// One a frame of the movie; after the last it is not seen.
    pub cells: Vec<Cell>,
}

/// A sprite in one frame.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Cell {
    /// 0 to 1; at 0 nothing of it is drawn.
    pub alpha: f32,
    /// Where its picture is, in its own pixels.
    pub layout: Rect,
    /// From its own pixels to the view box's.
    pub transform: Transform,
    /// The path, among [`crate::Movie::paths`], that it is clipped to, in its own pixels.
    pub clip: Option<u32>,
    /// Its drawings, among [`crate::Movie::drawings`].
    pub drawings: Option<u32>,
}

/// A sprite whose names are not looked up yet.
pub(crate) struct Unbound<'a> {
    pub(crate) picture: &'a str,
    pub(crate) mask: &'a str,
    pub(crate) cells: Vec<Cell>,
}

/// What sprites share while they are read.
#[derive(Default)]
pub(crate) struct Shared<'a> {
    pub(crate) paths: Paths<'a>,
    pub(crate) drawings: Vec<Vec<Shape>>,
    shapes: usize,
    cells: usize,
}

impl<'a> Unbound<'a> {
    pub(crate) fn read(fields: Fields<'a>, shared: &mut Shared<'a>) -> Result<Self, SvgaError> {
        let mut sprite = Self { picture: "", mask: "", cells: Vec::new() };
        let mut before = None;
        for field in fields {
            let field = field?;
            match field.number {
                1 => sprite.picture = field.text()?,
                2 => {
                    bounded("frames of a sprite", sprite.cells.len() + 1, limits::FRAMES)?;
                    shared.cells += 1;
                    bounded("frames of all sprites", shared.cells, limits::CELLS)?;
                    let cell = shared.cell(field.message("FrameEntity")?, before)?;
                    before = cell.drawings;
                    sprite.cells.push(cell);
                }
                3 => sprite.mask = field.text()?,
                _ => {}
            }
        }
        Ok(sprite)
    }

    pub(crate) fn is_mask(&self) -> bool {
        self.picture.ends_with(MASK)
    }

    /// What its picture is called.
    pub(crate) fn picture(&self) -> &'a str {
        self.picture.strip_suffix(MASK).unwrap_or(self.picture)
    }
}

impl<'a> Shared<'a> {
    /// A frame; `before` are the drawings of the one before, which it may keep.
    fn cell(&mut self, fields: Fields<'a>, before: Option<u32>) -> Result<Cell, SvgaError> {
        let mut cell = Cell::default();
        let (mut shapes, mut keeps) = (Vec::new(), false);
        for field in fields {
            let field = field?;
            match field.number {
                1 => cell.alpha = field.float()?.clamp(0.0, 1.0),
                2 => cell.layout = Rect::read(field.message("Layout")?)?,
                3 => cell.transform = Transform::read(field.message("Transform")?)?,
                4 => {
                    let path = Some(field.text()?).filter(|path| !path.is_empty());
                    cell.clip = path.map(|path| self.paths.number(path)).transpose()?;
                }
                5 => match Entry::read(field.message("ShapeEntity")?, &mut self.paths)? {
                    Entry::Shape(shape) => {
                        self.shapes += 1;
                        bounded("shapes", self.shapes, limits::SHAPES)?;
                        shapes.push(shape);
                    }
                    Entry::Keep => keeps = true,
                    Entry::Nothing => {}
                },
                _ => {}
            }
        }
        if keeps {
            cell.drawings = before;
        } else if !shapes.is_empty() {
            cell.drawings = u32::try_from(self.drawings.len()).ok();
            self.drawings.push(shapes);
        }
        Ok(cell)
    }
}
