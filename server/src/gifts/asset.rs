//! Files that gifts are played from, named by their contents: `/gifts/HASH.ext`.

use axum::extract::State;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use protocol::{GiftFormat, LIMITS};
use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::Gifts;
use crate::clock::hex;
use crate::error::{ApiError, ApiResult};
use crate::extract::Path;
use crate::state::App;

/// Where assets are asked for.
const FOLDER: &str = "/gifts/";
/// Hexadecimal digits of a name: 128 bits of SHA-256.
const DIGITS: usize = 32;

/// A kind of file that may be played.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Svg,
    Png,
    Jpeg,
    Gif,
    Webp,
    Svga,
    Mp4,
    Lottie,
}

impl Kind {
    const ALL: [Self; 8] =
        [Self::Svg, Self::Png, Self::Jpeg, Self::Gif, Self::Webp, Self::Svga, Self::Mp4, Self::Lottie];

    const fn suffix(self) -> &'static str {
        match self {
            Self::Svg => "svg",
            Self::Png => "png",
            Self::Jpeg => "jpg",
            Self::Gif => "gif",
            Self::Webp => "webp",
            Self::Svga => "svga",
            Self::Mp4 => "mp4",
            Self::Lottie => "json",
        }
    }

    const fn content_type(self) -> &'static str {
        match self {
            Self::Svg => "image/svg+xml",
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Gif => "image/gif",
            Self::Webp => "image/webp",
            Self::Svga => "application/octet-stream",
            Self::Mp4 => "video/mp4",
            Self::Lottie => "application/json",
        }
    }

    pub(super) const fn format(self) -> GiftFormat {
        match self {
            Self::Svg | Self::Png | Self::Jpeg | Self::Gif | Self::Webp => GiftFormat::Image,
            Self::Svga => GiftFormat::Svga,
            Self::Mp4 => GiftFormat::Vap,
            Self::Lottie => GiftFormat::Lottie,
        }
    }

    /// What a file is by its contents, whatever it is called.
    fn of(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Some(Self::Png),
            [0xff, 0xd8, 0xff, ..] => Some(Self::Jpeg),
            [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some(Self::Gif),
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Self::Webp),
            [_, _, _, _, b'f', b't', b'y', b'p', ..] => Some(Self::Mp4),
            // RFC 1950 2.2: deflate, and a check over the two bytes.
            [0x78, flags, ..] if (0x7800 + u16::from(*flags)) % 31 == 0 => Some(Self::Svga),
            text => Self::of_text(std::str::from_utf8(text).ok()?),
        }
    }

    fn of_text(text: &str) -> Option<Self> {
        let text = text.trim_start();
        if (text.starts_with("<svg") || text.starts_with("<?xml")) && text.contains("<svg") {
            return Some(Self::Svg);
        }
        /// What every Lottie has: frames a second, first and last frame, layers.
        #[derive(Deserialize)]
        struct Lottie {
            #[serde(rename = "fr")]
            _rate: f64,
            #[serde(rename = "ip")]
            _first: f64,
            #[serde(rename = "op")]
            _last: f64,
            #[serde(rename = "layers")]
            _layers: Vec<serde::de::IgnoredAny>,
        }
        serde_json::from_str::<Lottie>(text).ok().map(|_| Self::Lottie)
    }

    /// The kind of the asset at a path, if that is one.
    pub(super) fn at(path: &str) -> Option<Self> {
        Self::named(path.strip_prefix(FOLDER)?)
    }

    fn named(name: &str) -> Option<Self> {
        let (hash, suffix) = name.split_once('.')?;
        let digit = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
        let named = hash.len() == DIGITS && hash.bytes().all(digit);
        Self::ALL.into_iter().find(|kind| named && kind.suffix() == suffix)
    }
}

impl Gifts {
    /// Keeps a file; answers its path.
    ///
    /// # Errors
    /// 413 or 422 when it is too large or of no kind that is played.
    pub async fn keep(&self, bytes: &[u8]) -> ApiResult<String> {
        if bytes.len() > LIMITS.gift_asset_bytes {
            let detail = format!("expected an asset of at most {} bytes", LIMITS.gift_asset_bytes);
            return Err(ApiError::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", detail));
        }
        let kind = Kind::of(bytes).ok_or_else(|| {
            let detail = "expected SVG, PNG, JPEG, GIF, WebP, SVGA 2, MP4 or Lottie JSON";
            ApiError::new(StatusCode::UNPROCESSABLE_ENTITY, "bad_asset", detail)
        })?;
        let hash = hex(&Sha256::digest(bytes));
        let name = format!("{}.{}", hash.get(..DIGITS).unwrap_or_default(), kind.suffix());
        self.write(&name, bytes).await.map_err(|error| {
            tracing::error!(%error, name, "A gift's asset could not be kept");
            ApiError::internal()
        })?;
        Ok(format!("{FOLDER}{name}"))
    }

    /// Whole or not at all: what has its name has its contents.
    async fn write(&self, name: &str, bytes: &[u8]) -> std::io::Result<()> {
        tokio::fs::create_dir_all(&self.folder).await?;
        let to = self.file(name);
        if tokio::fs::try_exists(&to).await? {
            return Ok(());
        }
        let part = self.file(&format!(".{}", crate::clock::secret::<8>()));
        tokio::fs::write(&part, bytes).await?;
        tokio::fs::rename(&part, &to).await
    }

    /// Whether there is an asset at a path.
    pub(super) fn has(&self, path: &str) -> bool {
        Kind::at(path).is_some() && path.strip_prefix(FOLDER).is_some_and(|name| self.file(name).is_file())
    }
}

/// Answers an asset. What is named by its contents may be kept for good, by pages of any origin.
pub(crate) async fn serve(State(app): State<App>, Path(name): Path<String>) -> ApiResult<Response> {
    let unknown = || ApiError::unknown("unknown_asset", "there is no such asset");
    let kind = Kind::named(&name).ok_or_else(unknown)?;
    let bytes = tokio::fs::read(app.gifts.file(&name)).await.map_err(|_| unknown())?;
    let mut response = (StatusCode::OK, bytes).into_response();
    let set = [
        (header::CONTENT_TYPE, kind.content_type()),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
        (HeaderName::from_static("cross-origin-resource-policy"), "cross-origin"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        // A drawing that is opened as a page is a drawing still, and runs nothing.
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; style-src 'unsafe-inline'; sandbox"),
    ];
    for (name, value) in set {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    Ok(response)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_what_its_contents_say() {
        assert_eq!(Kind::of(b"\n<?xml version='1.0'?><svg/>"), Some(Kind::Svg));
        assert_eq!(Kind::of(b"\x78\x9c\x00"), Some(Kind::Svga));
        assert_eq!(Kind::of(b"\x00\x00\x00\x18ftypisom"), Some(Kind::Mp4));
        assert_eq!(
            Kind::of(br#"{"v":"5","fr":30,"ip":0,"op":60,"w":9,"h":9,"layers":[]}"#),
            Some(Kind::Lottie)
        );
        for nothing in [&b""[..], b"<html><svg>", b"{}", b"\x78\x9d", b"MZ", b"\xff\xfe"] {
            assert_eq!(Kind::of(nothing), None, "{nothing:?}");
        }
    }

    #[test]
    fn only_a_name_of_ours_is_looked_for() {
        let hash = "0123456789abcdef0123456789abcdef";
        assert_eq!(Kind::at(&format!("/gifts/{hash}.svga")), Some(Kind::Svga));
        for path in ["/gifts/../x.svg", "/gifts/0123.svg", "https://a/gifts/x.svg", "/gifts/", ""] {
            assert_eq!(Kind::at(path), None, "{path}");
        }
        assert_eq!(Kind::at(&format!("/gifts/{hash}.exe")), None);
        assert_eq!(Kind::at(&format!("/gifts/{}.svg", hash.to_uppercase())), None);
    }
}
