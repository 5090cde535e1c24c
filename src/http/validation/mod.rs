//! Validation of what is sent: at `/validate` for programs and people, and as the EU Interoperability Test
//! Bed has it. Nothing that is sent is kept, and none of it enters the graph or the register.
//!
//! | what | where |
//! |---|---|
//! | `/validate`, and its page | `data`, `page`, `report` |
//! | `/cpsv-ap/api/…` and `/api/info` | `test_bed`, `test_bed_input`, `test_report` |
//! | reading, checking, and how much of it at once | `validator`, `turn` |

mod data;
mod page;
pub(super) mod report;
mod test_bed;
mod test_bed_input;
mod test_report;
mod turn;
mod validator;

pub(super) use data::{get_page, post_data};
pub(super) use test_bed::{get_information, get_information_of_all, post_one, post_several};
pub(super) use turn::Turns;
pub(super) use validator::Validator;
