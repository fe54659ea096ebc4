//! The last stretch of the network, in virtual time: what comes down it at one moment shares it alike, as separate
//! connections do.

use playback::Event;

/// Times are milliseconds.
#[derive(Debug)]
pub struct Line {
    /// Bits a second of everything together; may change at any moment.
    pub rate: f64,
    now: f64,
    coming: Vec<Body>,
}

#[derive(Debug)]
struct Body {
    begins: f64,
    bits: f64,
    event: Event,
    /// Milliseconds that it takes from the end of the line on.
    after: u64,
    /// It is not produced before.
    produced: u64,
}

impl Line {
    pub fn new(rate: f64, now: u64) -> Self {
        Self { rate, now: now as f64, coming: Vec::new() }
    }

    /// The first byte of `bytes` comes at `begins`, the last one not before `produced`; `event` is heard `after` that.
    pub fn send(&mut self, (begins, produced): (u64, u64), bytes: usize, event: Event, after: u64) {
        self.coming.push(Body { begins: begins as f64, bits: bytes as f64 * 8.0, event, after, produced });
    }

    /// What is under way and is not kept never comes.
    pub fn retain(&mut self, mut keep: impl FnMut(&Event) -> bool) {
        self.coming.retain(|body| keep(&body.event));
    }

    pub fn events(&mut self) -> impl Iterator<Item = &mut Event> {
        self.coming.iter_mut().map(|body| &mut body.event)
    }

    /// When the next body is whole, if nothing else is sent until then.
    pub fn next(&self) -> Option<u64> {
        (!self.coming.is_empty()).then(|| self.step().ceil() as u64)
    }

    /// Lets time pass; gives what became whole, when it did, and what it takes from there.
    pub fn advance(&mut self, until: u64) -> Vec<(u64, Event)> {
        let mut done = Vec::new();
        while self.now < until as f64 {
            let next = self.step().min(until as f64);
            let share = self.rate / self.sharing().max(1) as f64 * (next - self.now) / 1_000.0;
            for body in self.coming.iter_mut().filter(|body| body.begins <= self.now) {
                body.bits -= share;
            }
            self.now = next;
            while let Some(place) =
                self.coming.iter().position(|body| body.begins <= self.now && body.bits < 1.0)
            {
                let body = self.coming.remove(place);
                done.push(((self.now.ceil() as u64).max(body.produced) + body.after, body.event));
            }
        }
        done
    }

    fn sharing(&self) -> usize {
        self.coming.iter().filter(|body| body.begins <= self.now).count()
    }

    /// When a body begins or ends next.
    fn step(&self) -> f64 {
        let share = self.rate / self.sharing().max(1) as f64 / 1_000.0;
        let change = |body: &Body| {
            if body.begins > self.now { body.begins } else { self.now + body.bits / share }
        };
        self.coming.iter().map(change).fold(f64::INFINITY, f64::min)
    }
}
