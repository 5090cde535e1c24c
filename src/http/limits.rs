//! Requests whose head is larger than any that means something here.

use super::problem::{Problem, ProblemType};
use axum::extract::Request;

/// The longest address, in bytes, its query included: a longer query is sent in a body.
const LONGEST_ADDRESS: usize = 32 << 10;

/// The most that header fields may take together, in bytes.
const LARGEST_FIELDS: usize = 32 << 10;

/// Refuses an address that is too long with 414, header fields that are too large with 431.
///
/// # Errors
/// Those two.
pub(super) fn refuse_oversized(request: &Request) -> Result<(), Problem> {
    let address = request.uri().path_and_query().map_or(0, |address| address.as_str().len());
    if address > LONGEST_ADDRESS {
        let detail = format!(
            "the address has {address} bytes, {LONGEST_ADDRESS} are read; send a long query in the body of a POST"
        );
        return Err(Problem::new(ProblemType::AddressTooLong, detail));
    }
    let fields: usize = request.headers().iter().map(|(name, value)| name.as_str().len() + value.len()).sum();
    if fields > LARGEST_FIELDS {
        let detail = format!("the header fields have {fields} bytes, {LARGEST_FIELDS} are read; send fewer cookies");
        return Err(Problem::new(ProblemType::FieldsTooLarge, detail));
    }
    Ok(())
}
