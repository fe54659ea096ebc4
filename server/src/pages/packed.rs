//! Files packed with brotli as tightly as it can, once: that takes seconds for a WebAssembly module, so that whoever
//! comes meanwhile gets what the router packs on the way.

use brotli::enc::BrotliEncoderParams;
use bytes::Bytes;
use std::collections::HashMap;
use std::sync::{Mutex, OnceLock, PoisonError};

/// By path: the tag of the file that was packed, and what came of it once it is there.
type Packed = HashMap<String, (String, Option<Bytes>)>;

fn packed() -> &'static Mutex<Packed> {
    static PACKED: OnceLock<Mutex<Packed>> = OnceLock::new();
    PACKED.get_or_init(Mutex::default)
}

/// The packed file, if it is there; else begins to pack it.
pub(super) fn get(path: &str, tag: &str, whole: &Bytes) -> Option<Bytes> {
    // In debug the files change under us, and packing takes a minute.
    if cfg!(debug_assertions) {
        return None;
    }
    let mut table = packed().lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((of, bytes)) = table.get(path)
        && of == tag
    {
        return bytes.clone();
    }
    table.insert(path.to_owned(), (tag.to_owned(), None));
    drop(table);
    let (path, tag, whole) = (path.to_owned(), tag.to_owned(), whole.clone());
    tokio::task::spawn_blocking(move || {
        let bytes = pack(&whole);
        packed().lock().unwrap_or_else(PoisonError::into_inner).insert(path, (tag, bytes));
    });
    None
}

fn pack(whole: &[u8]) -> Option<Bytes> {
    let mut bytes = Vec::new();
    let params =
        BrotliEncoderParams { quality: 11, size_hint: whole.len(), ..BrotliEncoderParams::default() };
    match brotli::BrotliCompress(&mut &*whole, &mut bytes, &params) {
        Ok(_) => Some(bytes.into()),
        Err(error) => {
            tracing::warn!(%error, "A file could not be packed");
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_unpacks_to_the_same() {
        let whole = "live stall ".repeat(1_000);
        let packed = pack(whole.as_bytes()).unwrap();
        assert!(packed.len() < 100);
        let mut again = Vec::new();
        brotli::BrotliDecompress(&mut &*packed, &mut again).unwrap();
        assert_eq!(again, whole.as_bytes());
    }
}
