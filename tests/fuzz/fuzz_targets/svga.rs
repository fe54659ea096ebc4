//! Any bytes: a gift's file, packed or inflated, is refused, or read within its bounds.
#![no_main]

use libfuzzer_sys::fuzz_target;
use svga::{Movie, Outline, limits};

fuzz_target!(|bytes: &[u8]| {
    for read in [Movie::decode(bytes), Movie::read(bytes)] {
        match read {
            Ok(movie) => check(&movie),
            Err(error) => assert!(!error.to_string().is_empty()),
        }
    }
});

fn check(movie: &Movie) {
    assert!((1..=limits::SIDE).contains(&movie.width) && (1..=limits::SIDE).contains(&movie.height));
    assert!((1..=limits::RATE).contains(&movie.rate) && (1..=limits::FRAMES).contains(&movie.frames));
    assert!(movie.decoded_bytes() <= limits::PICTURE_BYTES && movie.pictures.len() <= limits::PICTURES);
    assert!(movie.paths.len() <= limits::PATHS && movie.paths.iter().all(|path| path.len() <= limits::PATH_BYTES));
    let shapes = movie.drawings.iter().flatten();
    assert!(shapes.clone().count() <= limits::SHAPES);
    for shape in shapes {
        assert!(!matches!(shape.outline, Outline::Path(number) if number as usize >= movie.paths.len()));
        assert!(shape.transform.0.iter().all(|number| number.is_finite()));
    }
    for number in 0..=movie.frames {
        for drawn in movie.frame(number) {
            let cell = drawn.cell;
            assert!(number < movie.frames && (0.0..=1.0).contains(&cell.alpha));
            assert!(cell.clip.is_none_or(|path| (path as usize) < movie.paths.len()));
            assert!(cell.drawings.is_none_or(|list| (list as usize) < movie.drawings.len()));
            assert!(drawn.sprite.picture.is_none_or(|picture| picture < movie.pictures.len()));
            assert!(drawn.sprite.mask.is_none_or(|mask| movie.sprites[mask].is_mask));
        }
    }
}
