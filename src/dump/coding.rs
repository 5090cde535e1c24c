//! Bytes counted and digested while they are written, and compressed files.

use super::error::{At, DumpError};
use super::manifest::DumpCoding;
use crate::register::hex;
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::Path;

/// What is read and written at a time.
const CHUNK: usize = 128 << 10;

/// Counts and digests what is written through it.
pub(super) struct Digesting<W> {
    out: W,
    digest: Sha256,
    bytes: u64,
}

impl<W: Write> Digesting<W> {
    pub(super) fn new(out: W) -> Self {
        Self { out, digest: Sha256::new(), bytes: 0 }
    }

    /// How many bytes were written.
    pub(super) const fn bytes(&self) -> u64 {
        self.bytes
    }

    /// What is written to.
    pub(super) const fn out(&mut self) -> &mut W {
        &mut self.out
    }

    /// What was written to, the number of bytes, and their SHA-256 in hexadecimal digits.
    pub(super) fn finish(self) -> (W, u64, String) {
        (self.out, self.bytes, hex(&self.digest.finalize()))
    }
}

impl<W: Write> Write for Digesting<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.write(bytes)?;
        self.digest.update(bytes.get(..written).unwrap_or_default());
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// Compresses what is written through it.
pub(super) enum Coded<W: Write> {
    Gzip(flate2::write::GzEncoder<W>),
    Zstandard(zstd::Encoder<'static, W>),
}

impl<W: Write> Coded<W> {
    pub(super) fn new(out: W, coding: DumpCoding) -> io::Result<Self> {
        Ok(match coding {
            DumpCoding::Gzip => Self::Gzip(flate2::write::GzEncoder::new(out, flate2::Compression::default())),
            DumpCoding::Zstandard => Self::Zstandard(zstd::Encoder::new(out, zstd::DEFAULT_COMPRESSION_LEVEL)?),
        })
    }

    /// Writes what is left and gives back what was written to.
    pub(super) fn finish(self) -> io::Result<W> {
        match self {
            Self::Gzip(encoder) => encoder.finish(),
            Self::Zstandard(encoder) => encoder.finish(),
        }
    }
}

impl<W: Write> Write for Coded<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Gzip(encoder) => encoder.write(bytes),
            Self::Zstandard(encoder) => encoder.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Gzip(encoder) => encoder.flush(),
            Self::Zstandard(encoder) => encoder.flush(),
        }
    }
}

/// Compresses a file into another, and says how large that is and what its SHA-256 is.
pub(super) fn compress(
    from: &Path,
    to: &Path,
    coding: DumpCoding,
    is_ended: &dyn Fn() -> bool,
) -> Result<(u64, String), DumpError> {
    let mut plain = BufReader::with_capacity(CHUNK, File::open(from).at(from)?);
    let file = BufWriter::with_capacity(CHUNK, File::create(to).at(to)?);
    let mut coded = Coded::new(Digesting::new(file), coding).at(to)?;
    let mut chunk = vec![0; CHUNK];
    loop {
        if is_ended() {
            return Err(DumpError::Stopped);
        }
        let read = plain.read(&mut chunk).at(from)?;
        if read == 0 {
            break;
        }
        coded.write_all(chunk.get(..read).unwrap_or_default()).at(to)?;
    }
    let (mut file, bytes, sha256) = coded.finish().at(to)?.finish();
    file.flush().at(to)?;
    Ok((bytes, sha256))
}
