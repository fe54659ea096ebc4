//! A snapshot as a multivariant playlist (RFC 8216bis 4.4.6): one variant, pictures and sound together.

use playlist::{Multivariant, Resolution, StreamInfo, Variant};

use crate::{MediaTime, Segment, Snapshot};

impl Snapshot {
    /// Text of the multivariant playlist; `None` when there is nothing to play. `media` is the media playlist's address.
    #[must_use]
    pub fn multivariant_playlist(&self, media: &str) -> Option<String> {
        let newest = self.newest()?;
        let (peak, average) = self.bit_rates();
        let info = StreamInfo {
            bandwidth: peak,
            average_bandwidth: Some(average),
            codecs: Some(newest.init.codecs.clone()),
            resolution: newest
                .init
                .dimensions
                .map(|size| Resolution { width: size.width, height: size.height }),
            ..StreamInfo::default()
        };
        let variant = Variant {
            uri: media.to_owned(),
            info,
            frame_rate: newest.init.dimensions.and_then(|_| self.frame_rate()),
            ..Variant::default()
        };
        let playlist = Multivariant { version: 6, variants: vec![variant], ..Multivariant::default() };
        Some(playlist.to_string())
    }

    /// Peak and average bits per second, of whole segments if there are any. Never 0.
    fn bit_rates(&self) -> (u64, u64) {
        let measured: Vec<_> = if self.listed.is_empty() {
            self.open.iter().map(weight).collect()
        } else {
            self.listed.iter().map(weight).collect()
        };
        let peak = measured.iter().map(|(bits, time)| rate(*bits, *time)).max().unwrap_or(1);
        let (bits, time) = measured.iter().fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
        // A tenth above what was seen, since segments to come may be larger.
        (peak + peak / 10, rate(bits, time))
    }

    /// Pictures a second: of the last whole segment, else as the encoder said.
    fn frame_rate(&self) -> Option<f64> {
        let measured = self.listed.last().and_then(|segment| {
            let rate = f64::from(segment.pictures()) / segment.duration.duration().as_secs_f64();
            rate.is_finite().then_some((rate * 1_000.0).round() / 1_000.0)
        });
        let said = self.millihertz.map(|millihertz| f64::from(millihertz) / 1_000.0);
        // What the encoder said is exact; what was counted may be one off.
        match (measured, said) {
            (Some(measured), Some(said)) if (measured - said).abs() > said * 0.05 => Some(measured),
            (measured, said) => said.or(measured),
        }
    }
}

fn weight(segment: &std::sync::Arc<Segment>) -> (u64, u64) {
    (segment.size() as u64 * 8, u64::try_from(segment.duration.ticks()).unwrap_or(0))
}

fn rate(bits: u64, ticks: u64) -> u64 {
    (bits.saturating_mul(MediaTime::TIMESCALE.into()) / ticks.max(1)).max(1)
}
