//! What an origin does wrong, and how often.

use std::time::Duration;

/// What goes wrong with an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Another status, without the body.
    Status(u16),
    /// Half of the body, announced as if it were all.
    Truncated,
    /// More is announced than comes before the connection ends.
    WrongLength,
    /// Half of the body, then nothing while the connection stays.
    Stalled,
    /// The connection ends without an answer.
    Broken,
    /// All samples are overwritten: the boxes around them are whole.
    Corrupted,
}

/// Which answers it goes wrong with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum On {
    /// The next playlists.
    Playlists,
    /// The next segments.
    Segments,
    /// One segment, whenever it is asked for: the one that is asked for next.
    OneSegment,
}

/// How long a stalled body stays.
const STALL: Duration = Duration::from_secs(60);

/// Faults that are still to come.
#[derive(Debug, Default)]
pub struct Faults {
    rule: Option<Rule>,
    offline: bool,
    hits: u32,
}

#[derive(Debug)]
struct Rule {
    on: On,
    fault: Fault,
    left: u32,
    path: Option<String>,
}

impl Faults {
    /// From now on, so many times.
    pub fn set(&mut self, on: On, fault: Fault, times: u32) {
        self.rule = Some(Rule { on, fault, left: times, path: None });
        self.hits = 0;
    }

    /// Nothing of the stream is answered, or it is again.
    pub fn set_offline(&mut self, offline: bool) {
        self.offline = offline;
    }

    /// How often something went wrong since it was set.
    pub const fn hits(&self) -> u32 {
        self.hits
    }

    /// What goes wrong with the answer to a request for a file of the stream.
    pub fn strike(&mut self, path: &str) -> Option<Fault> {
        if self.offline {
            self.hits += 1;
            return Some(Fault::Broken);
        }
        let rule = self.rule.as_mut().filter(|rule| rule.left > 0)?;
        let suits = match rule.on {
            On::Playlists => path.ends_with(".m3u8"),
            On::Segments => path.ends_with(".m4s"),
            On::OneSegment => {
                path.ends_with(".m4s") && rule.path.get_or_insert_with(|| path.to_owned()) == path
            }
        };
        suits.then(|| {
            rule.left -= 1;
            self.hits += 1;
            rule.fault
        })
    }
}

/// What is sent for an answer: its bytes, and how long the connection stays after them (`None`: for more requests).
#[derive(Debug)]
pub struct Delivery {
    /// Status line, headers, body.
    pub bytes: Vec<u8>,
    /// When the connection ends.
    pub linger: Option<Duration>,
}

impl Delivery {
    /// `head` is the rest of the headers, each with its end of line.
    pub fn new(status: u16, head: &str, mut body: Vec<u8>, fault: Option<Fault>) -> Self {
        let (mut status, mut announced, mut linger) = (status, body.len(), None);
        match fault {
            None => {}
            Some(Fault::Status(other)) => {
                status = other;
                body.clear();
                announced = 0;
            }
            Some(Fault::Truncated) => {
                body.truncate(body.len() / 2);
                announced = body.len();
            }
            Some(Fault::WrongLength) => {
                announced += 1_000;
                linger = Some(Duration::ZERO);
            }
            Some(Fault::Stalled) => {
                body.truncate(body.len() / 2);
                linger = Some(STALL);
            }
            Some(Fault::Broken) => return Self { bytes: Vec::new(), linger: Some(Duration::ZERO) },
            Some(Fault::Corrupted) => corrupt(&mut body),
        }
        let head = format!("HTTP/1.1 {status} .\r\ncontent-length: {announced}\r\n{head}\r\n");
        Self { bytes: [head.as_bytes(), &body].concat(), linger }
    }
}

/// Overwrites what is in the `mdat` boxes.
fn corrupt(body: &mut [u8]) {
    let mut at = 0;
    while let Some(&[a, b, c, d, ref name @ ..]) = body.get(at..at + 8) {
        let end = at.saturating_add(u32::from_be_bytes([a, b, c, d]) as usize).max(at + 8).min(body.len());
        if name == b"mdat" {
            body[at + 8..end].fill(0xff);
        }
        at = end;
    }
}

#[cfg(test)]
mod tests {
    use super::{Delivery, Fault, Faults, On};

    #[test]
    fn a_fault_strikes_as_often_as_it_was_asked_to() {
        let mut faults = Faults::default();
        faults.set(On::Segments, Fault::Status(404), 2);
        let struck = ["a.m3u8", "1.m4s", "1.m4s", "2.m4s"].map(|path| faults.strike(path).is_some());
        assert_eq!((struck, faults.hits()), ([false, true, true, false], 2));
    }

    #[test]
    fn one_segment_stays_the_same_one() {
        let mut faults = Faults::default();
        faults.set(On::OneSegment, Fault::Corrupted, 9);
        assert_eq!(
            ["1.m4s", "2.m4s", "1.m4s"].map(|path| faults.strike(path).is_some()),
            [true, false, true]
        );
    }

    #[test]
    fn samples_are_overwritten_and_boxes_are_not() {
        let body = b"\0\0\0\x0amoofab\0\0\0\x0amdatab".to_vec();
        let delivery = Delivery::new(200, "", body, Some(Fault::Corrupted));
        assert!(delivery.bytes.ends_with(b"\0\0\0\x0amoofab\0\0\0\x0amdat\xff\xff"));
    }
}
