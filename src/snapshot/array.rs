//! Numbers in a row, in memory or in a mapped file.

use super::map::Map;
use bytemuck::AnyBitPattern;
use std::marker::PhantomData;
use std::ops::{Deref, Range};
use std::sync::Arc;

#[cfg(target_endian = "big")]
compile_error!("the files of snapshots hold little-endian numbers and are read as they lie there");

/// A slice that is owned, or is a part of a mapped file.
#[derive(Debug)]
pub(super) enum Array<T> {
    /// In memory.
    Owned(Vec<T>),
    /// In a file.
    Mapped(Part<T>),
}

/// A part of a mapped file, in bytes.
#[derive(Debug)]
pub(super) struct Part<T> {
    map: Arc<Map>,
    bytes: Range<usize>,
    of: PhantomData<T>,
}

impl<T: AnyBitPattern> Array<T> {
    /// A part of a map. `None` if it is not within the map, not aligned, or ends within an item.
    pub(super) fn mapped(map: &Arc<Map>, bytes: Range<usize>) -> Option<Self> {
        let _: &[T] = bytemuck::try_cast_slice(map.get(bytes.clone())?).ok()?;
        Some(Self::Mapped(Part { map: Arc::clone(map), bytes, of: PhantomData }))
    }
}

impl<T> Default for Array<T> {
    fn default() -> Self {
        Self::Owned(Vec::new())
    }
}

impl<T: AnyBitPattern> Deref for Array<T> {
    type Target = [T];

    #[inline]
    fn deref(&self) -> &[T] {
        match self {
            Self::Owned(items) => items,
            // Both were seen to hold when the array was made.
            Self::Mapped(part) => {
                let bytes = part.map.get(part.bytes.clone()).unwrap_or_default();
                bytemuck::try_cast_slice(bytes).unwrap_or_default()
            }
        }
    }
}
