//! Requests whose head is larger than any that means something here, or names no host.

use super::problem::{Problem, ProblemType};
use axum::extract::Request;
use axum::http::{HeaderMap, Version, header};

/// The longest address, in bytes, its query included: a longer query is sent in a body.
const LONGEST_ADDRESS: usize = 32 << 10;

/// The most that header fields may take together, in bytes.
const LARGEST_FIELDS: usize = 32 << 10;

/// Refuses an address that is too long with 414, header fields that are too large with 431, and a
/// request of HTTP/1.1 that does not name one host with 400.
///
/// # Errors
/// Those three.
pub(super) fn check_head(request: &Request) -> Result<(), Problem> {
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
    if request.version() == Version::HTTP_11 && !names_one_host(request.headers()) {
        let detail = "the request must have one field Host that names a host, as HTTP/1.1 asks for";
        return Err(Problem::new(ProblemType::BadRequest, detail));
    }
    Ok(())
}

/// <https://www.rfc-editor.org/rfc/rfc9112#section-3.2>. Which host it is changes nothing here: our
/// addresses come from the settings.
fn names_one_host(headers: &HeaderMap) -> bool {
    let mut hosts = headers.get_all(header::HOST).iter();
    match (hosts.next(), hosts.next()) {
        (Some(host), None) => {
            host.as_bytes().iter().all(|byte| byte.is_ascii_alphanumeric() || b"-._~:[]%".contains(byte))
        }
        _ => false,
    }
}
