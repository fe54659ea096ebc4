//! A camera: pictures that carry the wall clock of the moment they were made, through ffmpeg to a server.
//!
//! The clock is in the pixels, so what a viewer's screen shows can be dated without trusting any playlist, player or
//! server. The top row of the picture is a bar code of macroblocks: white, black, 28 bits of milliseconds since 1970
//! (lowest first), four bits of check sum, white. `stamp.js` of the benchmark reads it back.

use anyhow::{Context, Result, bail};
use std::{
    io::Write,
    process::{Child, ChildStdin, Command, Stdio},
    thread,
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

/// Luma pixels of a picture.
const WIDTH: usize = 640;
const HEIGHT: usize = 360;
/// Pictures a second.
const RATE: u32 = 30;
/// One macroblock: the encoder keeps its edges sharp.
const CELL: usize = 16;
/// The clock's bits: three days.
const CLOCK_BITS: u32 = 28;
const CHECK_BITS: u32 = 4;

/// A camera on the air. Dropping it ends it.
#[derive(Debug)]
pub struct Camera {
    ffmpeg: Child,
}

impl Camera {
    /// Films to `url`: H.264 without reordering at 800 kbit/s, a keyframe every two seconds, and a tone.
    pub fn start(url: &str) -> Result<Self> {
        let mut command = Command::new("ffmpeg");
        command.args(["-hide_banner", "-loglevel", "error", "-probesize", "32", "-analyzeduration", "0"]);
        command.args(["-f", "rawvideo", "-pix_fmt", "yuv420p", "-video_size", &format!("{WIDTH}x{HEIGHT}")]);
        command.args(["-framerate", &RATE.to_string(), "-i", "pipe:0"]);
        // No `-re`: the tone is read as far as the pictures have come, so that neither waits for the other.
        command.args(["-f", "lavfi", "-i", "sine=frequency=440:sample_rate=48000"]);
        command.args(["-map", "0:v", "-map", "1:a", "-c:v", "libx264", "-preset", "ultrafast"]);
        command.args(["-tune", "zerolatency", "-b:v", "800k", "-g", "60", "-keyint_min", "60"]);
        command.args(["-sc_threshold", "0", "-c:a", "aac", "-b:a", "64k", "-flush_packets", "1"]);
        command.args(["-f", "flv", url]).stdin(Stdio::piped());
        let mut ffmpeg = command.spawn().context("cannot start ffmpeg")?;
        let pictures = ffmpeg.stdin.take().context("ffmpeg has no standard input")?;
        thread::spawn(move || film(pictures));
        Ok(Self { ffmpeg })
    }

    /// Fails when the server has cut it off.
    pub fn still_running(&mut self) -> Result<()> {
        match self.ffmpeg.try_wait()? {
            None => Ok(()),
            Some(status) => bail!("ffmpeg ended with {status}"),
        }
    }
}

impl Drop for Camera {
    fn drop(&mut self) {
        // The thread that films ends with the pipe.
        let _ = self.ffmpeg.kill();
        let _ = self.ffmpeg.wait();
    }
}

/// Writes picture after picture, each when it is due, until nobody reads.
fn film(mut pictures: ChildStdin) {
    let scenery = scenery();
    let mut picture = vec![128_u8; WIDTH * HEIGHT * 3 / 2];
    let started = Instant::now();
    for number in 0_u32.. {
        let due = started + Duration::from_secs(1) * number / RATE;
        thread::sleep(due.saturating_duration_since(Instant::now()));
        pan(&mut picture, &scenery, number as usize);
        stamp(&mut picture, SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default());
        if pictures.write_all(&picture).is_err() {
            return;
        }
    }
}

/// Two pictures wide, and seamless: something to pan over that costs an encoder about what a calm shot does.
fn scenery() -> Vec<u8> {
    let at = |x: usize, y: usize| {
        let slope = (x * 100 / (2 * WIDTH)).abs_diff(50) + y * 60 / HEIGHT;
        let tiles = if (x / 40 + y / 40).is_multiple_of(3) { 60 } else { 0 };
        u8::try_from(40 + slope + tiles).unwrap_or(u8::MAX)
    };
    (0..HEIGHT).flat_map(|y| (0..2 * WIDTH).map(move |x| at(x, y))).collect()
}

fn pan(picture: &mut [u8], scenery: &[u8], number: usize) {
    let from = number * 2 % WIDTH;
    let luma = picture.chunks_exact_mut(WIDTH).take(HEIGHT);
    for (row, wide) in luma.zip(scenery.chunks_exact(2 * WIDTH)) {
        row.copy_from_slice(&wide[from..from + WIDTH]);
    }
}

/// Paints `since_1970` over the top row of macroblocks.
fn stamp(picture: &mut [u8], since_1970: Duration) {
    let clock = since_1970.as_millis() as u32 & ((1 << CLOCK_BITS) - 1);
    let nibbles = (0..CLOCK_BITS / 4).map(|at| clock >> (4 * at) & 15);
    let check = nibbles.fold(0, |sum, nibble| (sum + nibble) & 15);
    let bits = (0..CLOCK_BITS).map(|at| clock >> at & 1).chain((0..CHECK_BITS).map(|at| check >> at & 1));
    let cells = [1, 0].into_iter().chain(bits).chain([1]);
    for (at, white) in cells.enumerate() {
        for row in picture.chunks_exact_mut(WIDTH).take(CELL) {
            row[at * CELL..(at + 1) * CELL].fill(if white == 1 { 235 } else { 16 });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{CELL, HEIGHT, WIDTH, stamp};
    use std::time::Duration;

    #[test]
    fn the_clock_is_in_the_pixels_lowest_bit_first() {
        let mut picture = vec![0; WIDTH * HEIGHT * 3 / 2];
        stamp(&mut picture, Duration::from_millis(0b1010_0011));
        let cells: String =
            (0..35).map(|at| if picture[at * CELL + CELL / 2] > 128 { '1' } else { '0' }).collect();
        assert_eq!(cells, format!("10{}{}{}1", "11000101", "0".repeat(20), "1011"), "check sum is 3 + 10");
    }
}
