//! Content codings: compression for clients that ask for it, and for no others.
//!
//! <https://www.rfc-editor.org/rfc/rfc9110#name-accept-encoding>

use super::negotiate::{joined, weight};
use axum::http::{HeaderMap, header};
use std::io::{self, Write};

/// How the bytes of an answer are coded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Encoding {
    Identity,
    /// <https://www.rfc-editor.org/rfc/rfc8878>
    Zstandard,
    /// <https://www.rfc-editor.org/rfc/rfc7932>
    Brotli,
    /// <https://www.rfc-editor.org/rfc/rfc1952>
    Gzip,
}

/// The compressing codings, of equally wanted ones the first: the smaller answers in front, since
/// an answer is compressed once and kept.
const CODINGS: [Encoding; 3] = [Encoding::Brotli, Encoding::Zstandard, Encoding::Gzip];

/// Bytes below which an answer is not compressed: it fits a packet as it is.
const SMALL: usize = 600;

/// Brotli's quality, of 11: above it each step costs twice the time for a hundredth of the size.
const BROTLI_QUALITY: i32 = 6;

/// The window of Brotli, as a power of two in bytes: its usual one.
const BROTLI_WINDOW: i32 = 22;

impl Encoding {
    /// The coding's registered name; nothing for bytes as they are.
    pub(super) const fn name(self) -> Option<&'static str> {
        match self {
            Self::Identity => None,
            Self::Zstandard => Some("zstd"),
            Self::Brotli => Some("br"),
            Self::Gzip => Some("gzip"),
        }
    }

    /// The coding that `Accept-Encoding` wants most.
    ///
    /// Bytes go out as they are where the header is missing or names none of ours: `*` alone is no
    /// wish to have them compressed. They also do where the client forbids that and every coding
    /// of ours (`identity;q=0`): an answer that may not be readable is better than none.
    pub(super) fn choose(headers: &HeaderMap) -> Self {
        let Some(list) = joined(headers, &header::ACCEPT_ENCODING) else { return Self::Identity };
        let identity = weight(&list, "identity");
        let forbidden = identity == Some(0) || (identity.is_none() && weight(&list, "*") == Some(0));
        // Unless it says otherwise, a client that names a coding wants it rather than none.
        let mut best = (identity.unwrap_or(0), Self::Identity);
        for coding in CODINGS {
            let named = coding.name().and_then(|name| match (name, weight(&list, name)) {
                ("gzip", None) => weight(&list, "x-gzip"),
                (_, weight) => weight,
            });
            // Who refuses bytes as they are takes by `*` whatever else there is.
            let wanted = named.or_else(|| if forbidden { weight(&list, "*") } else { None }).unwrap_or(0);
            if wanted > best.0 {
                best = (wanted, coding);
            }
        }
        best.1
    }

    /// The coding for an answer of so many bytes.
    pub(super) fn for_length(self, bytes: usize) -> Self {
        if bytes < SMALL { Self::Identity } else { self }
    }

    /// Codes bytes.
    ///
    /// # Errors
    /// The encoder's; writing into memory gives none.
    pub(super) fn encode(self, bytes: &[u8]) -> io::Result<Vec<u8>> {
        match self {
            Self::Identity => Ok(bytes.to_vec()),
            Self::Zstandard => zstd::encode_all(bytes, zstd::DEFAULT_COMPRESSION_LEVEL),
            Self::Brotli => {
                let parameters = brotli::enc::BrotliEncoderParams {
                    quality: BROTLI_QUALITY,
                    lgwin: BROTLI_WINDOW,
                    size_hint: bytes.len(),
                    ..Default::default()
                };
                let mut coded = Vec::new();
                brotli::BrotliCompress(&mut &*bytes, &mut coded, &parameters)?;
                Ok(coded)
            }
            Self::Gzip => {
                let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
                encoder.write_all(bytes)?;
                encoder.finish()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    fn chosen(accept: &str) -> Encoding {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT_ENCODING, accept.parse().unwrap());
        Encoding::choose(&headers)
    }

    #[test]
    fn nothing_is_compressed_unasked() {
        assert_eq!(Encoding::choose(&HeaderMap::new()), Encoding::Identity);
        for accept in
            ["", "identity", "*", "*;q=0.5", "gzip;q=0", "deflate", "gzip;q=0, br;q=0", "gzip;q=0.3, identity"]
        {
            assert_eq!(chosen(accept), Encoding::Identity, "{accept:?}");
        }
    }

    #[test]
    fn the_coding_wanted_most_is_chosen() {
        for (accept, coding) in [
            ("gzip, deflate, br, zstd", Encoding::Brotli),
            ("gzip", Encoding::Gzip),
            ("x-gzip", Encoding::Gzip),
            ("GZIP;q=0.9, zstd;q=0.8", Encoding::Gzip),
            ("gzip;q=0.001", Encoding::Gzip),
            ("zstd;q=1, br;q=0.5", Encoding::Zstandard),
            ("identity;q=0, *", Encoding::Brotli),
            ("*;q=0, gzip", Encoding::Gzip),
            ("identity;q=0", Encoding::Identity),
        ] {
            assert_eq!(chosen(accept), coding, "{accept:?}");
        }
    }

    #[test]
    fn what_was_coded_is_read_back() {
        let text = "Abandoned vehicles. ".repeat(200).into_bytes();
        let read = |coding: Encoding| {
            let coded = coding.encode(&text).unwrap();
            assert!(coding == Encoding::Identity || coded.len() < text.len() / 4, "{coding:?}");
            let mut plain = Vec::new();
            match coding {
                Encoding::Identity => plain = coded,
                Encoding::Zstandard => plain = zstd::decode_all(&*coded).unwrap(),
                Encoding::Brotli => {
                    brotli::Decompressor::new(&*coded, 4096).read_to_end(&mut plain).unwrap();
                }
                Encoding::Gzip => {
                    flate2::read::GzDecoder::new(&*coded).read_to_end(&mut plain).unwrap();
                }
            }
            plain
        };
        for coding in [Encoding::Identity, Encoding::Zstandard, Encoding::Brotli, Encoding::Gzip] {
            assert_eq!(read(coding), text, "{coding:?}");
        }
    }
}
