//! `ShapeEntity`: vector drawings.

use crate::{
    SvgaError,
    geometry::{Rect, Transform, floats},
    movie::Paths,
    wire::Fields,
};

/// A drawing.
#[derive(Debug, Clone, PartialEq)]
pub struct Shape {
    /// Its outline.
    pub outline: Outline,
    /// How it is painted.
    pub style: Style,
    /// From its own pixels to the sprite's.
    pub transform: Transform,
}

/// An outline.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Outline {
    /// The path of this number among [`crate::Movie::paths`].
    Path(u32),
    /// A rectangle with round corners of this radius.
    Rect(Rect, f32),
    /// An ellipse: centre and half its width and height.
    Ellipse(Rect),
}

/// Red, green, blue and alpha, 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Color(pub [f32; 4]);

/// How a line ends.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Cap {
    /// At its end.
    #[default]
    Butt,
    /// In half a circle.
    Round,
    /// In half a square.
    Square,
}

/// How a line turns.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Join {
    /// In a point.
    #[default]
    Miter,
    /// In an arc.
    Round,
    /// Cut off.
    Bevel,
}

/// How an outline is painted.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Style {
    /// Inside.
    pub fill: Option<Color>,
    /// Along it.
    pub stroke: Option<Color>,
    /// The line's width.
    pub width: f32,
    /// The line's ends.
    pub cap: Cap,
    /// The line's turns.
    pub join: Join,
    /// How far a point may reach, in half widths.
    pub miter: f32,
    /// A dash, a gap, and where in them the line begins.
    pub dash: [f32; 3],
}

/// What a frame's list of shapes has: a drawing, or the wish to keep those of the frame before.
pub(crate) enum Entry {
    Shape(Shape),
    Keep,
    /// A path without a path.
    Nothing,
}

impl Entry {
    pub(crate) fn read<'a>(fields: Fields<'a>, paths: &mut Paths<'a>) -> Result<Self, SvgaError> {
        let (mut kind, mut path, mut rect, mut ellipse) = (0, None, [0.0; 5], [0.0; 4]);
        let (mut style, mut transform) = (Style::default(), Transform::default());
        for field in fields {
            let field = field?;
            match field.number {
                1 => kind = field.integer()?,
                2 => path = text(field.message("ShapeArgs")?)?,
                3 => rect = floats(field.message("RectArgs")?)?,
                4 => ellipse = floats(field.message("EllipseArgs")?)?,
                10 => style = Style::read(field.message("ShapeStyle")?)?,
                11 => transform = Transform::read(field.message("Transform")?)?,
                _ => {}
            }
        }
        let [x, y, width, height, corner] = rect;
        let [center_x, center_y, radius_x, radius_y] = ellipse;
        let outline = match kind {
            0 => match path {
                Some(path) => Outline::Path(paths.number(path)?),
                None => return Ok(Self::Nothing),
            },
            1 => Outline::Rect(Rect { x, y, width, height }, corner.max(0.0)),
            2 => Outline::Ellipse(Rect {
                x: center_x,
                y: center_y,
                width: radius_x.max(0.0),
                height: radius_y.max(0.0),
            }),
            3 => return Ok(Self::Keep),
            found => {
                let (what, expected) = ("ShapeType", "0 to 3");
                return Err(SvgaError::BadNumber { what, expected, found: found.cast_signed() });
            }
        };
        Ok(Self::Shape(Shape { outline, style, transform }))
    }
}

/// `ShapeArgs.d`, unless it is empty.
fn text(fields: Fields<'_>) -> Result<Option<&str>, SvgaError> {
    let mut path = None;
    for field in fields {
        let field = field?;
        if field.number == 1 {
            path = Some(field.text()?).filter(|text| !text.is_empty());
        }
    }
    Ok(path)
}

impl Style {
    fn read(fields: Fields<'_>) -> Result<Self, SvgaError> {
        let mut style = Self::default();
        for field in fields {
            let field = field?;
            match field.number {
                1 => style.fill = Color::read(field.message("RGBAColor")?)?,
                2 => style.stroke = Color::read(field.message("RGBAColor")?)?,
                3 => style.width = field.float()?.max(0.0),
                4 => {
                    style.cap = match field.integer()? {
                        1 => Cap::Round,
                        2 => Cap::Square,
                        _ => Cap::Butt,
                    }
                }
                5 => {
                    style.join = match field.integer()? {
                        1 => Join::Round,
                        2 => Join::Bevel,
                        _ => Join::Miter,
                    }
                }
                6 => style.miter = field.float()?.max(0.0),
                7 => style.dash[0] = field.float()?.max(0.0),
                8 => style.dash[1] = field.float()?.max(0.0),
                9 => style.dash[2] = field.float()?.max(0.0),
                _ => {}
            }
        }
        Ok(style)
    }
}

impl Color {
    /// None for what cannot be seen.
    fn read(fields: Fields<'_>) -> Result<Option<Self>, SvgaError> {
        let color: [f32; 4] = floats(fields)?;
        Ok(Some(Self(color.map(|part| part.clamp(0.0, 1.0)))).filter(|color| color.0[3] > 0.0))
    }
}
