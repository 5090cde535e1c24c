//! A file as memory: the one place where mapping is called, which the compiler cannot check.

use memmap2::Mmap;
use std::fs::File;
use std::io;
use std::ops::Deref;

/// The bytes of a file, read by the system when they are first looked at and shared by all processes that map it.
#[derive(Debug)]
pub(super) struct Map(Mmap);

impl Map {
    /// Maps a whole file to read it.
    ///
    /// # Errors
    /// What the system says.
    #[expect(unsafe_code, reason = "memory that a file stands behind can change under a reference, see below")]
    pub(super) fn of(file: &File) -> io::Result<Self> {
        // SAFETY: a mapped file must not change as long as it is mapped, since the compiler relies on bytes behind a
        // shared reference to stay as they are. Files of snapshots are never changed: a new one is written beside
        // under another name and takes the place of the old name, while the old file lives on, without a name, as
        // long as somebody maps it. The map is read-only, so nothing can write through it either.
        //
        // Somebody with the rights to the directory can break this from outside. One who truncates the file ends the
        // process with SIGBUS at the next look behind its end; that is a crash, never a wrong read. One who
        // overwrites bytes changes what is read later. Nothing relies on these bytes to be sound: they are only ever
        // taken as plain numbers, which any bytes are, and as text, which is checked to be UTF-8 each time it is
        // read; every place that a number names is checked to be within the map.
        let map = unsafe { Mmap::map(file)? };
        Ok(Self(map))
    }
}

impl Deref for Map {
    type Target = [u8];

    #[inline]
    fn deref(&self) -> &[u8] {
        &self.0
    }
}
