//! The fuzzer's bytes as a tape of choices. Past its end every choice is 0, which is always the sanest one.

pub struct Tape<'a>(pub &'a [u8]);

impl<'a> Tape<'a> {
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn byte(&mut self) -> u8 {
        let Some((first, rest)) = self.0.split_first() else { return 0 };
        self.0 = rest;
        *first
    }

    pub fn word(&mut self) -> u16 {
        u16::from_le_bytes([self.byte(), self.byte()])
    }

    pub fn long(&mut self) -> u64 {
        (0..4).fold(0, |number, _| number << 16 | u64::from(self.word()))
    }

    pub fn chance(&mut self) -> bool {
        self.byte() & 1 != 0
    }

    pub fn below(&mut self, count: usize) -> usize {
        usize::from(self.byte()) % count
    }

    pub fn take(&mut self, count: usize) -> &'a [u8] {
        let (taken, rest) = self.0.split_at(count.min(self.0.len()));
        self.0 = rest;
        taken
    }

    /// A number that a browser may report: mostly seconds, now and then anything.
    pub fn number(&mut self) -> f64 {
        match self.below(4) {
            3 => f64::from_bits(self.long()),
            _ => f64::from(self.word()) / 256.0,
        }
    }
}
