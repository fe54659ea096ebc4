use super::{
    node::Node,
    pace::Pace,
    strip::{Course, Strip},
};
use protocol::{DanmakuMode, StreamTime};
use std::{cmp::Reverse, collections::HashMap};
use timeline::{Flight, Follower, Motion};
use web_sys::HtmlElement;

/// What is on the sky. Comments come onto it some at a time, so that a burst never holds up the page.
pub(crate) struct Layer {
    sky: HtmlElement,
    /// Width of the sky, in pixels.
    width: f64,
    /// Height of a row, in pixels.
    row: f64,
    placed: HashMap<u64, Placed>,
    /// By number; numbers are not used twice.
    strips: HashMap<u32, Strip>,
    last_strip: u32,
    /// Those that fly and are not on the sky yet; the next is the last.
    waiting: Vec<Flight>,
    pace: Pace,
    /// How often it has been told what to show.
    round: u64,
}

/// A comment that is on the sky.
struct Placed {
    node: Node,
    way: Way,
    /// The strip that it is in; none when it stands.
    strip: Option<u32>,
    /// When it is past the edge, in milliseconds of StreamTime.
    end: f64,
    /// The last round that had it.
    round: u64,
}

/// What makes a flight another one: when that changes, it is placed anew.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Way {
    row: usize,
    launch: StreamTime,
    held: Option<StreamTime>,
}

impl Way {
    const fn of(flight: &Flight) -> Self {
        let Flight { row, launch, held, .. } = *flight;
        Self { row, launch, held }
    }
}

impl Drop for Layer {
    fn drop(&mut self) {
        // Those that fly go with their strips.
        let standing = self.placed.values().filter(|placed| placed.strip.is_none());
        standing.for_each(|placed| placed.node.element.remove());
    }
}

impl Layer {
    pub(crate) fn new(sky: HtmlElement, width: f64, row: f64) -> Self {
        Self {
            sky,
            width,
            row,
            placed: HashMap::new(),
            strips: HashMap::new(),
            last_strip: 0,
            waiting: Vec::new(),
            pace: Pace::default(),
            round: 0,
        }
    }

    /// These are to be shown and no others. Those that are new wait for [`Self::place`].
    pub(crate) fn show(&mut self, flights: &[Flight], follower: &Follower, now: f64) {
        self.round += 1;
        self.waiting.clear();
        for flight in flights {
            let placed = self.placed.get_mut(&flight.key);
            match placed.filter(|placed| placed.way == Way::of(flight)) {
                Some(placed) => {
                    placed.round = self.round;
                    placed.node.set_count(flight.count);
                    placed.node.set_likes(flight.likes);
                }
                None => self.waiting.push(flight.clone()),
            }
        }
        // What the viewer said or holds first; then those that share a strip, from the top: each strip is then drawn once.
        self.waiting.sort_by_key(|flight| {
            Reverse((!flight.own && flight.held.is_none(), flight.width as u32, flight.row))
        });
        self.sweep(follower.position(now));
    }

    /// Puts as many of those that wait onto the sky as a frame has time for; answers whether there are more.
    pub(crate) fn place(&mut self, follower: &Follower, now: f64) -> bool {
        if self.waiting.is_empty() {
            return false;
        }
        for _ in 0..self.pace.next(now) {
            let Some(flight) = self.waiting.pop() else { break };
            if let Some(placed) = self.put(&flight, follower, now) {
                self.placed.insert(flight.key, placed);
            }
        }
        self.pace.rest(self.waiting.is_empty());
        !self.waiting.is_empty()
    }

    /// Keeps everything in step with the picture.
    pub(crate) fn follow(&self, motion: Motion, now: f64) {
        if motion != Motion::Keep {
            self.strips.values().for_each(|strip| strip.follow(motion, now));
        }
    }

    /// Takes away what is no longer shown. What has flown past the edge goes with its strip: nothing is seen of it.
    fn sweep(&mut self, position: Option<f64>) {
        let (round, strips) = (self.round, &mut self.strips);
        self.placed.retain(|_, placed| {
            if placed.round == round {
                return true;
            }
            let strip = placed.strip.and_then(|strip| strips.get_mut(&strip));
            if strip.is_none() || position.is_none_or(|position| position < placed.end) {
                placed.node.element.remove();
            }
            if let Some(strip) = strip {
                strip.flying -= 1;
            }
            false
        });
        self.strips.retain(|_, strip| strip.flying > 0);
    }

    fn put(&mut self, flight: &Flight, follower: &Follower, now: f64) -> Option<Placed> {
        let node = Node::new(&self.sky, flight)?;
        let launch = flight.launch.millis() as f64;
        let moves = matches!(flight.mode, DanmakuMode::Scroll | DanmakuMode::Reverse);
        let (left, strip) = if moves && flight.held.is_none() {
            let number = self.strip_for(flight, follower, now)?;
            (self.strips.get_mut(&number)?.add(&node.element, launch)?, Some(number))
        } else {
            self.sky.append_child(&node.element).ok()?;
            (flight.left(flight.launch, self.width), None)
        };
        node.lie(left, flight.row as f64 * self.row, flight.color);
        let (way, end) = (Way::of(flight), launch + flight.duration_ms as f64);
        Some(Placed { node, way, strip, end, round: self.round })
    }

    /// The strip in which `flight` belongs, a new one if need be.
    fn strip_for(&mut self, flight: &Flight, follower: &Follower, now: f64) -> Option<u32> {
        let (course, launch) = (Course::of(flight, self.width), flight.launch.millis() as f64);
        let taking = self.strips.iter().find(|(_, strip)| strip.takes(course, launch));
        if let Some((number, _)) = taking {
            return Some(*number);
        }
        let strip = Strip::new(&self.sky, course, launch)?;
        strip.place(follower, now);
        self.last_strip += 1;
        self.strips.insert(self.last_strip, strip);
        Some(self.last_strip)
    }
}
