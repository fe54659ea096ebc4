//! Which languages there are, of sound and of subtitles.

use playlist::RenditionKind;

use super::{Desk, Session};
use crate::{Action, Rendition};

impl Session {
    /// Tells the page what else there is to choose from, if there is anything.
    pub(super) fn tell_renditions(&self, desk: &mut Desk<'_>) {
        let Some((list, chosen)) = self.multivariant.as_ref().zip(self.variant) else { return };
        let Some(variant) = list.variants.get(chosen) else { return };
        let of = |kind: RenditionKind, group: Option<&String>| -> Vec<Rendition> {
            let all = list
                .renditions
                .iter()
                .enumerate()
                .filter(|(_, it)| it.kind == kind && Some(&it.group_id) == group && it.uri.is_some());
            all.map(|(id, it)| Rendition {
                id,
                name: it.name.clone(),
                language: it.language.clone().unwrap_or_default(),
                default: it.default,
                forced: it.forced && it.autoselect,
                describes: it
                    .characteristics
                    .iter()
                    .flat_map(|marks| marks.split(','))
                    .any(|mark| mark.starts_with(DESCRIBES)),
            })
            .collect()
        };
        // Sound that comes in the pictures' own files cannot be left out.
        let group = self.heard.and(variant.audio.as_ref());
        let audio = of(RenditionKind::Audio, group);
        let subtitles = of(RenditionKind::Subtitles, variant.subtitles.as_ref());
        if audio.len() > 1 || !subtitles.is_empty() {
            desk.act(Action::Renditions { audio, heard: self.heard, subtitles });
        }
    }
}

/// In `CHARACTERISTICS` of subtitles for those who do not hear (RFC 8216bis 4.4.6.1).
const DESCRIBES: &str = "public.accessibility.";
