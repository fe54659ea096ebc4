use crate::{SvgaError, wire::Fields};

/// `Layout`: a rectangle in a sprite's own pixels.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Rect {
    /// From the left.
    pub x: f32,
    /// From the top.
    pub y: f32,
    /// To the right of `x`.
    pub width: f32,
    /// Below `y`.
    pub height: f32,
}

impl Rect {
    pub(crate) fn read(fields: Fields<'_>) -> Result<Self, SvgaError> {
        let [x, y, width, height] = floats(fields)?;
        Ok(Self { x, y, width, height })
    }
}

/// `Transform`: a matrix as a canvas takes it, `a b c d tx ty`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Transform(pub [f32; 6]);

impl Default for Transform {
    fn default() -> Self {
        Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0])
    }
}

impl Transform {
    pub(crate) fn read(fields: Fields<'_>) -> Result<Self, SvgaError> {
        floats(fields).map(Self)
    }
}

/// The floats of the fields 1 to `COUNT`; those that are left out are 0.
pub(crate) fn floats<const COUNT: usize>(fields: Fields<'_>) -> Result<[f32; COUNT], SvgaError> {
    let mut all = [0.0; COUNT];
    for field in fields {
        let field = field?;
        let index = usize::try_from(field.number).ok().and_then(|number| number.checked_sub(1));
        if let Some(slot) = index.and_then(|index| all.get_mut(index)) {
            *slot = field.float()?;
        }
    }
    Ok(all)
}
