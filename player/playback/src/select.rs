//! Which variant to play: throughput and buffer both, no wider than the element. Fetches nothing.

use playlist::Variant;

/// Bits a second assumed before anything is known: most phones manage this.
const FIRST_GUESS: f64 = 2_000_000.0;
/// Share of the throughput that a variant may use to be kept, and to be climbed to.
const KEEP: f64 = 0.9;
const CLIMB: f64 = 0.7;
/// Seconds in which a buffer may be used up: one that has as many to spare lends as much again as the line carries.
const LENT_OVER: f64 = 20.0;

/// What the choice depends on.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Situation {
    /// Bits a second; `None` when not known yet.
    pub(crate) throughput: Option<f64>,
    /// The buffer is as full as it should be.
    pub(crate) comfortable: bool,
    /// Seconds that the buffer holds beyond those that it should.
    pub(crate) spare: f64,
    /// Width of the element in device pixels; 0 when not known.
    pub(crate) pixel_width: u32,
    /// Bits a second of the lowest variant that was too much for the machine's decoder.
    pub(crate) too_heavy: Option<u64>,
    /// What plays now.
    pub(crate) current: Option<usize>,
}

/// Chooses among the variants that the browser can play, given as indices. `None` when there is none.
pub(crate) fn choose(variants: &[Variant], playable: &[usize], situation: Situation) -> Option<usize> {
    let ladder: Vec<(usize, &Variant)> =
        playable.iter().filter_map(|index| Some((*index, variants.get(*index)?))).collect();
    // A buffer with something to spare evens out the peaks.
    let needs = |variant: &Variant| match variant.info.average_bandwidth {
        Some(average) if situation.spare > 0.0 => average,
        _ => variant.info.bandwidth,
    };
    let rate = |entry: &&(usize, &Variant)| entry.1.info.bandwidth;
    let widest = widest_useful(&ladder, situation.pixel_width);
    let lowest = ladder.iter().min_by_key(rate)?.0;
    let fits = |variant: &Variant, share: f64| {
        let budget = situation.throughput.unwrap_or(FIRST_GUESS) * share;
        (needs(variant) as f64) <= budget
            && width(variant) <= widest
            && situation.too_heavy.is_none_or(|heavy| variant.info.bandwidth < heavy)
    };
    let current = situation.current.and_then(|index| ladder.iter().find(|(at, _)| *at == index));
    let best = |share| {
        let fitting = ladder.iter().filter(|(_, variant)| fits(variant, share));
        fitting.max_by_key(rate).map_or(lowest, |(index, _)| *index)
    };
    let lent = 1.0 + situation.spare.max(0.0) / LENT_OVER;
    // The buffer lends for staying, but what the line does not carry is never climbed to.
    let climb = (CLIMB * lent).min(KEEP);
    let Some((index, variant)) = current else { return Some(best(climb)) };
    if situation.throughput.is_none() {
        return Some(*index);
    }
    let candidate = best(climb);
    if !fits(variant, KEEP * lent) {
        return Some(candidate);
    }
    let higher = variants.get(candidate).is_some_and(|to| to.info.bandwidth > variant.info.bandwidth);
    Some(if higher && situation.comfortable { candidate } else { *index })
}

fn width(variant: &Variant) -> u32 {
    variant.info.resolution.map_or(0, |resolution| resolution.width)
}

/// The narrowest picture that fills the element; anything wider is thrown away by the screen.
fn widest_useful(ladder: &[(usize, &Variant)], pixel_width: u32) -> u32 {
    if pixel_width == 0 {
        return u32::MAX;
    }
    ladder
        .iter()
        .map(|(_, variant)| width(variant))
        .filter(|width| *width >= pixel_width)
        .min()
        .unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use playlist::{Resolution, StreamInfo};

    use super::*;

    fn ladder() -> Vec<Variant> {
        [(400_000, 426), (1_200_000, 854), (3_000_000, 1280), (6_000_000, 1920)]
            .into_iter()
            .map(|(bandwidth, width)| Variant {
                info: StreamInfo {
                    bandwidth,
                    resolution: Some(Resolution { width, height: width * 9 / 16 }),
                    ..StreamInfo::default()
                },
                ..Variant::default()
            })
            .collect()
    }

    fn choice(situation: Situation) -> Option<usize> {
        choose(&ladder(), &[0, 1, 2, 3], situation)
    }

    #[test]
    fn begins_cautiously() {
        assert_eq!(choice(Situation::default()), Some(1));
    }

    #[test]
    fn never_loads_more_pixels_than_the_element_shows() {
        let situation = Situation { throughput: Some(5e7), pixel_width: 800, ..Situation::default() };
        assert_eq!(choice(situation), Some(1));
    }

    #[test]
    fn climbs_only_with_a_comfortable_buffer() {
        let situation = Situation { throughput: Some(5e7), current: Some(1), ..Situation::default() };
        assert_eq!(choice(situation), Some(1));
        assert_eq!(choice(Situation { comfortable: true, ..situation }), Some(3));
    }

    #[test]
    fn a_full_buffer_is_used_before_the_quality_falls() {
        let situation = Situation { throughput: Some(2e6), current: Some(2), ..Situation::default() };
        assert_eq!(choice(situation), Some(1));
        assert_eq!(choice(Situation { spare: 20.0, ..situation }), Some(2));
    }

    #[test]
    fn a_full_buffer_does_not_climb_beyond_the_line() {
        let situation = Situation {
            throughput: Some(3.2e6),
            comfortable: true,
            spare: 20.0,
            current: Some(1),
            ..Situation::default()
        };
        assert_eq!(choice(situation), Some(1));
        assert_eq!(choice(Situation { throughput: Some(3.4e6), ..situation }), Some(2));
    }

    #[test]
    fn falls_at_once_when_the_network_does() {
        let situation = Situation { throughput: Some(1e6), current: Some(3), ..Situation::default() };
        assert_eq!(choice(situation), Some(0));
    }

    #[test]
    fn falls_below_what_the_machine_cannot_decode_and_stays_there() {
        let situation = Situation {
            throughput: Some(5e7),
            comfortable: true,
            too_heavy: Some(3_000_000),
            current: Some(2),
            ..Situation::default()
        };
        assert_eq!(choice(situation), Some(1));
        assert_eq!(choice(Situation { current: Some(1), ..situation }), Some(1));
    }

    #[test]
    fn plays_the_lowest_when_nothing_fits() {
        let situation = Situation { throughput: Some(1e3), ..Situation::default() };
        assert_eq!(choice(situation), Some(0));
    }

    #[test]
    fn has_no_choice_when_nothing_is_playable() {
        assert_eq!(choose(&ladder(), &[], Situation::default()), None);
    }
}
