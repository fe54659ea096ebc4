//! What an encoder says of itself before its first frame (`onMetaData`).

use crate::amf0::Value;

/// What an encoder says of itself. All of it is a claim.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Metadata {
    /// Whether there will be pictures; `None` when it does not say.
    pub video: Option<bool>,
    /// Whether there will be sound; `None` when it does not say.
    pub audio: Option<bool>,
    /// Frames a thousand seconds.
    pub millihertz: Option<u32>,
    /// Name of the encoder, at most 64 characters.
    pub encoder: String,
}

impl Metadata {
    /// Reads the values of a data message; `None` when it is about something else.
    pub(crate) fn from_values(values: &[Value]) -> Option<Self> {
        let values = match values.first()?.text()? {
            "@setDataFrame" => values.get(1..)?,
            _ => values,
        };
        let [name, properties, ..] = values else { return None };
        if name.text()? != "onMetaData" || !matches!(properties, Value::Object(_)) {
            return None;
        }
        let video = properties.get("videocodecid").is_some();
        let audio = properties.get("audiocodecid").is_some();
        // An encoder that names neither codec says nothing of its tracks.
        let named = video || audio;
        let rate = properties.get("framerate").and_then(Value::number);
        Some(Self {
            video: named.then_some(video),
            audio: named.then_some(audio),
            millihertz: rate
                .filter(|rate| (1.0..=1_000.0).contains(rate))
                .map(|rate| (rate * 1_000.0) as u32),
            encoder: properties
                .get("encoder")
                .and_then(Value::text)
                .unwrap_or_default()
                .chars()
                .take(64)
                .collect(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set_data_frame(properties: Vec<(&str, Value)>) -> Vec<Value> {
        let properties = properties.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        vec![
            Value::Text("@setDataFrame".to_owned()),
            Value::Text("onMetaData".to_owned()),
            Value::Object(properties),
        ]
    }

    #[test]
    fn an_encoder_that_names_one_codec_sends_one_track() {
        let values = set_data_frame(vec![
            ("audiocodecid", Value::Number(10.0)),
            ("framerate", Value::Number(f64::NAN)),
        ]);
        let metadata = Metadata::from_values(&values).unwrap();
        assert_eq!((metadata.video, metadata.audio, metadata.millihertz), (Some(false), Some(true), None));
    }

    #[test]
    fn an_encoder_that_names_no_codec_says_nothing_of_tracks() {
        let metadata =
            Metadata::from_values(&set_data_frame(vec![("framerate", Value::Number(29.97))])).unwrap();
        assert_eq!((metadata.video, metadata.audio, metadata.millihertz), (None, None, Some(29_970)));
    }
}
