//! `livestall admin gifts import FILE`: a catalogue in JSON whose assets are files beside it.

use anyhow::{Context, anyhow, ensure};
use protocol::{GiftCatalogue, LIMITS, NewGiftCatalogue};
use std::path::Path;

use crate::gifts;
use crate::state::App;
use crate::store;

/// A catalogue's own text: a hundred gifts are 50 kB.
const CATALOGUE_BYTES: u64 = 1 << 20;

/// Puts the gifts of a file in force; `asset` and `icon` name files beside it.
///
/// # Errors
/// When a file cannot be read, or a gift is not fit to be in force.
pub async fn import(app: &App, file: &Path) -> anyhow::Result<GiftCatalogue> {
    let text = read(file, CATALOGUE_BYTES).await?;
    let mut new: NewGiftCatalogue = serde_json::from_slice(&text)
        .with_context(|| format!("{}: expected {{\"gifts\": […]}}", file.display()))?;
    let folder = file.parent().unwrap_or(Path::new("."));
    for gift in &mut new.gifts {
        for path in [&mut gift.asset, &mut gift.icon] {
            if !path.is_empty() && !path.starts_with('/') {
                *path = keep(app, &folder.join(path.as_str())).await?;
            }
        }
    }
    let mut tx = app.store.write().await?;
    let published =
        gifts::publish(app, &mut tx, new.gifts).await.map_err(|error| anyhow!(error.problem().detail))?;
    store::commit(tx).await?;
    Ok(published)
}

async fn keep(app: &App, file: &Path) -> anyhow::Result<String> {
    let bytes = read(file, u64::try_from(LIMITS.gift_asset_bytes)?).await?;
    let kept = app.gifts.keep(&bytes).await;
    kept.map_err(|error| anyhow!("{}: {}", file.display(), error.problem().detail))
}

async fn read(file: &Path, most: u64) -> anyhow::Result<Vec<u8>> {
    let about = || format!("cannot read {}", file.display());
    let length = tokio::fs::metadata(file).await.with_context(about)?.len();
    ensure!(length <= most, "{}: expected at most {most} bytes, found {length}", file.display());
    tokio::fs::read(file).await.with_context(about)
}
