//! Queries to other endpoints, as `SERVICE` asks for them: whom, for how long and how much is bounded here.
//!
//! Nobody is asked but the endpoints of an [`AllowList`], which is empty unless the operator fills it. Names are
//! resolved here, and a connection goes to the very address that was checked. Knows no data and no register;
//! only this layer names the HTTP client. Start at [`Calls`].
//!
//! <https://www.w3.org/TR/sparql11-federated-query/>

mod address;
mod allow_list;
mod answer;
mod call;
mod client;
mod error;
mod resolver;
#[cfg(test)]
pub(crate) mod tests;

pub use allow_list::{AllowList, EndpointError};
pub use answer::Solutions;
pub use call::{CallLimits, Calls};
pub use error::CallError;
