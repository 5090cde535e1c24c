//! Settings: flags, then environment variables, then a file, checked before anything starts.
//!
//! Flags and environment are read in `command`; here they are [`Given`] values like those of the
//! file. Start at [`Settings::resolve`].

mod given;
mod settings;

pub use given::{FileError, Given};
pub use settings::{Publisher, SettingError, Settings};
