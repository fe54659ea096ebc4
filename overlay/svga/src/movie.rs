//! `MovieEntity`.

use crate::{
    Cell, Picture, Shape, Sprite, SvgaError, limits,
    sprite::{Shared, Unbound},
    wire::Fields,
};
use miniz_oxide::inflate::{TINFLStatus, decompress_to_vec_zlib_with_limit};
use std::collections::BTreeMap;

/// An animation.
#[derive(Debug, Clone, PartialEq)]
pub struct Movie {
    /// Of the view box, pixels.
    pub width: u32,
    /// Of the view box, pixels.
    pub height: u32,
    /// Frames a second.
    pub rate: u32,
    /// Frames.
    pub frames: usize,
    /// Its pictures.
    pub pictures: Vec<Picture>,
    /// Its sprites, the lowest first.
    pub sprites: Vec<Sprite>,
    /// Lists of shapes that frames have.
    pub drawings: Vec<Vec<Shape>>,
    /// Paths as SVG writes them (SVG 2 9.3), each once.
    pub paths: Vec<String>,
}

/// A sprite that is seen, or seen through, in a frame.
#[derive(Debug, Clone, Copy)]
pub struct Drawn<'a> {
    /// Its number.
    pub number: usize,
    /// The sprite.
    pub sprite: &'a Sprite,
    /// How it is then.
    pub cell: &'a Cell,
}

impl Movie {
    /// Reads a file.
    ///
    /// # Errors
    /// When it is no SVGA 2, or has more of something than [`limits`] allows.
    pub fn decode(file: &[u8]) -> Result<Self, SvgaError> {
        let inflated = decompress_to_vec_zlib_with_limit(file, limits::MOVIE_BYTES).map_err(|error| {
            match error.status {
                TINFLStatus::HasMoreOutput => SvgaError::TooMany {
                    what: "bytes once inflated",
                    most: limits::MOVIE_BYTES,
                    found: limits::MOVIE_BYTES + 1,
                },
                _ => SvgaError::NotZlib,
            }
        })?;
        Self::read(&inflated)
    }

    /// Reads an inflated file.
    ///
    /// # Errors
    /// As for [`Self::decode`].
    pub fn read(inflated: &[u8]) -> Result<Self, SvgaError> {
        let (mut params, mut pictures, mut sprites) = (Params::default(), Vec::new(), Vec::new());
        let (mut shared, mut decoded) = (Shared::default(), 0);
        for field in Fields::of("MovieEntity", inflated) {
            let field = field?;
            match field.number {
                2 => params = Params::read(field.message("MovieParams")?)?,
                3 => {
                    if let Some(picture) = picture(field.message("images")?)? {
                        decoded += picture.decoded_bytes();
                        bounded("bytes of decoded pictures", decoded, limits::PICTURE_BYTES)?;
                        bounded("pictures", pictures.len() + 1, limits::PICTURES)?;
                        pictures.push(picture);
                    }
                }
                4 => {
                    bounded("sprites", sprites.len() + 1, limits::SPRITES)?;
                    sprites.push(Unbound::read(field.message("SpriteEntity")?, &mut shared)?);
                }
                // The version, which zlib tells already, and sounds.
                _ => {}
            }
        }
        params.check()?;
        Ok(Self {
            width: params.width as u32,
            height: params.height as u32,
            rate: params.rate as u32,
            frames: params.frames as usize,
            sprites: bind(sprites, &pictures),
            pictures,
            drawings: shared.drawings,
            paths: shared.paths.all,
        })
    }

    /// What a frame draws, the lowest first; nothing for a frame that there is not.
    pub fn frame(&self, number: usize) -> impl Iterator<Item = Drawn<'_>> {
        let sprites = self.sprites.iter().enumerate().filter(move |_| number < self.frames);
        sprites.filter_map(move |(at, sprite)| {
            let cell = sprite.cells.get(number).filter(|cell| cell.alpha > 0.0)?;
            Some(Drawn { number: at, sprite, cell })
        })
    }

    /// Bytes of all pictures once decoded.
    pub fn decoded_bytes(&self) -> usize {
        self.pictures.iter().map(Picture::decoded_bytes).sum()
    }
}

/// `MovieParams`.
#[derive(Default)]
struct Params {
    width: f32,
    height: f32,
    rate: u64,
    frames: u64,
}

impl Params {
    fn read(fields: Fields<'_>) -> Result<Self, SvgaError> {
        let mut params = Self::default();
        for field in fields {
            let field = field?;
            match field.number {
                1 => params.width = field.float()?,
                2 => params.height = field.float()?,
                3 => params.rate = field.integer()?,
                4 => params.frames = field.integer()?,
                _ => {}
            }
        }
        Ok(params)
    }

    fn check(&self) -> Result<(), SvgaError> {
        for side in [self.width, self.height] {
            if !(1.0..=limits::SIDE as f32).contains(&side) {
                let (what, expected) = ("a side of the view box in pixels", "1 to 2048");
                return Err(SvgaError::BadNumber { what, expected, found: side as i64 });
            }
        }
        if !(1..=u64::from(limits::RATE)).contains(&self.rate) {
            let found = self.rate.cast_signed();
            return Err(SvgaError::BadNumber { what: "frames a second", expected: "1 to 120", found });
        }
        if !(1..=limits::FRAMES as u64).contains(&self.frames) {
            let found = self.frames.cast_signed();
            return Err(SvgaError::BadNumber { what: "frames", expected: "1 to 1800", found });
        }
        Ok(())
    }
}

/// An entry of `images`: a name, and bytes.
fn picture(fields: Fields<'_>) -> Result<Option<Picture>, SvgaError> {
    let (mut key, mut bytes) = ("", &[][..]);
    for field in fields {
        let field = field?;
        match field.number {
            1 => key = field.text()?,
            2 => bytes = field.bytes()?,
            _ => {}
        }
    }
    Picture::read(key, bytes)
}

/// Looks names up. A sprite whose picture or mask is not there is drawn without.
fn bind(sprites: Vec<Unbound<'_>>, pictures: &[Picture]) -> Vec<Sprite> {
    let pictures: BTreeMap<&str, usize> = pictures.iter().map(|one| one.key.as_str()).zip(0..).collect();
    let masks = sprites.iter().zip(0..).filter(|(sprite, _)| sprite.is_mask());
    let masks: BTreeMap<&str, usize> = masks.map(|(sprite, number)| (sprite.picture, number)).collect();
    let bound = |sprite: Unbound<'_>| Sprite {
        picture: pictures.get(sprite.picture()).copied(),
        mask: masks.get(sprite.mask).copied(),
        is_mask: sprite.is_mask(),
        cells: sprite.cells,
    };
    sprites.into_iter().map(bound).collect()
}

/// Paths, each once.
#[derive(Default)]
pub(crate) struct Paths<'a> {
    all: Vec<String>,
    known: BTreeMap<&'a str, u32>,
}

impl<'a> Paths<'a> {
    /// The number of a path.
    pub(crate) fn number(&mut self, path: &'a str) -> Result<u32, SvgaError> {
        if let Some(known) = self.known.get(path) {
            return Ok(*known);
        }
        bounded("bytes of a path", path.len(), limits::PATH_BYTES)?;
        bounded("paths", self.all.len() + 1, limits::PATHS)?;
        if !path
            .bytes()
            .all(|byte| byte.is_ascii_digit() || b"MmLlHhVvCcSsQqTtAaZzEe+-., \n\t\r".contains(&byte))
        {
            return Err(SvgaError::BadText { what: "a path", expected: "the commands and numbers of SVG's" });
        }
        let number = u32::try_from(self.all.len()).unwrap_or(u32::MAX);
        self.all.push(path.to_owned());
        self.known.insert(path, number);
        Ok(number)
    }
}

pub(crate) fn bounded(what: &'static str, found: usize, most: usize) -> Result<(), SvgaError> {
    if found > most { Err(SvgaError::TooMany { what, most, found }) } else { Ok(()) }
}
