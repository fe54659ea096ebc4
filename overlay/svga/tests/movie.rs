//! Whole files: what is read of them, what is refused, and that nothing else can happen.

#[path = "support/encode.rs"]
mod encode;

use encode::{Message, frame, movie, picture, sprite};
use proptest::prelude::*;
use svga::{Cap, Cell, Color, Join, Movie, Outline, Rect, SvgaError, Transform, limits};

const STILL: [f32; 6] = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

fn path(text: &str) -> Message {
    Message::default().number(1, 0).message(2, Message::default().bytes(1, text))
}

#[test]
fn a_sprite_is_drawn_where_each_frame_says_and_not_at_all_at_alpha_0() {
    let frames = [
        frame(1.0, [0.0, 0.0, 8.0, 6.0], STILL),
        Message::default(),
        frame(0.5, [0.0; 4], [0.0, 1.0, -1.0, 0.0, 3.0, 4.0]),
    ];
    let file = movie(100.0, 50.0, 20, 3).message(3, picture("a", 8, 6)).message(4, sprite("a", "", frames));
    let movie = Movie::decode(&file.deflated()).unwrap();
    assert_eq!((movie.width, movie.height, movie.rate, movie.frames), (100, 50, 20, 3));
    assert_eq!(movie.decoded_bytes(), 8 * 6 * 4);
    let cells: Vec<Option<Cell>> = (0..4).map(|at| movie.frame(at).next().map(|drawn| *drawn.cell)).collect();
    let layout = Rect { x: 0.0, y: 0.0, width: 8.0, height: 6.0 };
    assert_eq!(cells[0], Some(Cell { alpha: 1.0, layout, ..Cell::default() }));
    assert_eq!(cells[1], None);
    let turned = Transform([0.0, 1.0, -1.0, 0.0, 3.0, 4.0]);
    assert_eq!(cells[2], Some(Cell { alpha: 0.5, transform: turned, ..Cell::default() }));
    assert_eq!(cells[3], None);
    assert_eq!(movie.sprites[0].picture, Some(0));
}

#[test]
fn a_shape_has_its_outline_its_style_and_its_own_matrix() {
    let color = |parts: [f32; 4]| Message::floats(&parts);
    let style =
        Message::default().message(1, color([1.0, 0.5, 0.0, 1.0])).message(2, color([0.0, 0.0, 0.0, 0.0]));
    let style =
        style.float(3, 2.0).number(4, 1).number(5, 2).float(6, 9.0).float(7, 4.0).float(8, 5.0).float(9, 6.0);
    let round = Message::default().number(1, 1).message(3, Message::floats(&[1.0, 2.0, 3.0, 4.0, 0.5]));
    let round = round.message(10, style).message(11, Message::floats(&[2.0, 0.0, 0.0, 2.0, 7.0, 8.0]));
    let oval = Message::default().number(1, 2).message(4, Message::floats(&[5.0, 5.0, 2.0, 1.0]));
    let shown = frame(1.0, [0.0; 4], STILL).message(5, round).message(5, oval).message(5, path("M0 0L1 1Z"));
    let movie =
        Movie::decode(&movie(9.0, 9.0, 10, 1).message(4, sprite("", "", [shown])).deflated()).unwrap();
    let [round, oval, path] = &movie.drawings[0][..] else { panic!("{:?}", movie.drawings) };
    assert_eq!(round.outline, Outline::Rect(Rect { x: 1.0, y: 2.0, width: 3.0, height: 4.0 }, 0.5));
    assert_eq!(round.transform, Transform([2.0, 0.0, 0.0, 2.0, 7.0, 8.0]));
    let style = round.style;
    assert_eq!((style.fill, style.stroke), (Some(Color([1.0, 0.5, 0.0, 1.0])), None));
    assert_eq!((style.width, style.cap, style.join, style.miter), (2.0, Cap::Round, Join::Bevel, 9.0));
    assert_eq!(style.dash, [4.0, 5.0, 6.0]);
    assert_eq!(oval.outline, Outline::Ellipse(Rect { x: 5.0, y: 5.0, width: 2.0, height: 1.0 }));
    assert_eq!(path.outline, Outline::Path(0));
    assert_eq!(movie.paths, ["M0 0L1 1Z"]);
}

#[test]
fn a_frame_that_keeps_has_the_drawings_of_the_one_before() {
    let keep = || Message::default().number(1, 3);
    let shown = || frame(1.0, [0.0; 4], STILL);
    let frames = [
        shown().message(5, keep()),
        shown().message(5, path("M1 1")),
        shown().message(5, keep()),
        shown(),
        shown().message(5, keep()),
    ];
    let movie = Movie::decode(&movie(9.0, 9.0, 10, 5).message(4, sprite("", "", frames)).deflated()).unwrap();
    let drawings: Vec<_> = movie.sprites[0].cells.iter().map(|cell| cell.drawings).collect();
    assert_eq!(drawings, [None, Some(0), Some(0), None, None]);
}

#[test]
fn a_sprite_knows_its_mask_and_equal_paths_are_kept_once() {
    let clipped = || frame(1.0, [0.0; 4], STILL).bytes(4, "M0 0L9 9");
    let file = movie(9.0, 9.0, 10, 2)
        .message(3, picture("a", 1, 1))
        .message(3, Message::default().bytes(1, "tune").bytes(2, "ID3"));
    let file = file
        .message(4, sprite("a.matte", "", [clipped()]))
        .message(4, sprite("a", "a.matte", [clipped(), clipped()]));
    let movie = Movie::decode(&file.message(4, sprite("gone", "gone.matte", [])).deflated()).unwrap();
    let known: Vec<_> =
        movie.sprites.iter().map(|sprite| (sprite.picture, sprite.mask, sprite.is_mask)).collect();
    assert_eq!(known, [(Some(0), None, true), (Some(0), Some(0), false), (None, None, false)]);
    assert_eq!((movie.paths.len(), movie.pictures.len()), (1, 1));
}

#[test]
fn what_is_no_svga_2_is_refused_and_told() {
    assert_eq!(Movie::decode(b"PK\x03\x04"), Err(SvgaError::NotZlib));
    let whole = movie(9.0, 9.0, 10, 1).deflated();
    assert_eq!(Movie::decode(&whole[..whole.len() - 6]), Err(SvgaError::NotZlib));
    let refused = |file: Message| Movie::decode(&file.deflated()).unwrap_err().to_string();
    assert_eq!(refused(Message::default()), "a side of the view box in pixels: expected 1 to 2048, found 0");
    assert_eq!(
        refused(movie(9.0, f32::NAN, 10, 1)),
        "MovieParams: field 2: expected a number, found an infinite one or none"
    );
    assert_eq!(refused(movie(9.0, 9.0, 0, 1)), "frames a second: expected 1 to 120, found 0");
    assert_eq!(refused(movie(9.0, 9.0, 10, 1_801)), "frames: expected 1 to 1800, found 1801");
    let mut cut = movie(9.0, 9.0, 10, 1);
    cut.0.extend([0x22, 9, 0]);
    assert_eq!(refused(cut), "MovieEntity: expected a whole field, found its end after 1 bytes");
    let script = frame(1.0, [0.0; 4], STILL).bytes(4, "url(javascript:1)");
    assert_eq!(
        refused(movie(9.0, 9.0, 10, 1).message(4, sprite("", "", [script]))),
        "a path: expected the commands and numbers of SVG's, found something else"
    );
    let group = Message(vec![0x1b]);
    assert_eq!(
        refused(group),
        "MovieEntity: field 3: expected a number, bytes or a message, found wire type 3"
    );
}

#[test]
fn a_file_that_swells_beyond_its_bounds_is_refused() {
    let bomb = miniz_oxide::deflate::compress_to_vec_zlib(&vec![0; limits::MOVIE_BYTES + 1], 9);
    assert!(bomb.len() < 20_000);
    assert!(matches!(Movie::decode(&bomb), Err(SvgaError::TooMany { what: "bytes once inflated", .. })));
    let sprites =
        (0..=limits::SPRITES).fold(movie(9.0, 9.0, 10, 1), |file, _| file.message(4, Message::default()));
    assert!(matches!(Movie::read(&sprites.0), Err(SvgaError::TooMany { what: "sprites", .. })));
    let large = movie(9.0, 9.0, 10, 1).message(3, picture("a", 2_049, 1));
    assert!(matches!(Movie::read(&large.0), Err(SvgaError::BadNumber { .. })));
    let many = (0..3).fold(movie(9.0, 9.0, 10, 1), |file, _| file.message(3, picture("a", 2_048, 2_048)));
    assert!(matches!(
        Movie::read(&many.0),
        Err(SvgaError::TooMany { what: "bytes of decoded pictures", .. })
    ));
}

/// All that a movie holds is within its bounds, and every frame of it can be asked for.
fn is_bounded(movie: &Movie) {
    assert!(movie.frames <= limits::FRAMES && movie.sprites.len() <= limits::SPRITES);
    assert!(movie.decoded_bytes() <= limits::PICTURE_BYTES && movie.paths.len() <= limits::PATHS);
    for number in 0..=movie.frames {
        for drawn in movie.frame(number) {
            assert!((0.0..=1.0).contains(&drawn.cell.alpha) && number < movie.frames);
            let cell = drawn.cell;
            assert!(cell.drawings.is_none_or(|list| (list as usize) < movie.drawings.len()));
            assert!(cell.clip.is_none_or(|path| (path as usize) < movie.paths.len()));
            assert!(drawn.sprite.picture.is_none_or(|picture| picture < movie.pictures.len()));
        }
    }
}

proptest! {
    #[test]
    fn any_bytes_are_refused_or_a_bounded_movie(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        for read in [Movie::decode(&bytes), Movie::read(&bytes)] {
            match read {
                Ok(movie) => is_bounded(&movie),
                Err(error) => prop_assert!(!error.to_string().is_empty()),
            }
        }
    }

    #[test]
    fn a_movie_with_any_byte_changed_is_refused_or_bounded(at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let shown = frame(1.0, [0.0, 0.0, 4.0, 4.0], STILL).bytes(4, "M0 0H4V4Z").message(5, path("M0 0L1 1"));
        let file = movie(64.0, 64.0, 20, 2).message(3, picture("a", 4, 4)).message(4, sprite("a", "", [shown]));
        let mut bytes = file.0;
        let at = at.index(bytes.len());
        bytes[at] = byte;
        if let Ok(movie) = Movie::read(&bytes) {
            is_bounded(&movie);
        }
    }

    #[test]
    fn what_is_written_is_read(
        side in 1_u32..=2_048, rate in 1_u64..=120, alphas in prop::collection::vec(0.01_f32..=1.0, 1..20),
        numbers in prop::array::uniform6(-1e4_f32..1e4), layout in prop::array::uniform4(-1e4_f32..1e4),
    ) {
        let frames = alphas.iter().map(|alpha| frame(*alpha, layout, numbers));
        let file = movie(side as f32, side as f32, rate, alphas.len() as u64).message(4, sprite("", "", frames));
        let movie = Movie::decode(&file.deflated()).unwrap();
        prop_assert_eq!((movie.width, u64::from(movie.rate), movie.frames), (side, rate, alphas.len()));
        let [x, y, width, height] = layout;
        for (number, alpha) in alphas.into_iter().enumerate() {
            let cell = *movie.frame(number).next().unwrap().cell;
            let layout = Rect { x, y, width, height };
            prop_assert_eq!(cell, Cell { alpha, layout, transform: Transform(numbers), clip: None, drawings: None });
        }
    }
}
