//! The limit for documents: axum serving bytes that it has in memory, and nothing else.
//!
//! `cargo run --release --example static -- PORT BYTES`; see docs/BENCHMARKS.md.
#![expect(clippy::print_stderr, reason = "a program for the terminal")]

use axum::Router;
use axum::body::Bytes;
use axum::http::header;
use axum::routing::get;
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let mut arguments = std::env::args().skip(1).filter_map(|argument| argument.parse::<usize>().ok());
    let (Some(port), Some(bytes)) = (arguments.next(), arguments.next()) else {
        eprintln!("static PORT BYTES");
        return Ok(());
    };
    let body = Bytes::from(vec![b'x'; bytes]);
    let answer = move || async move { ([(header::CONTENT_TYPE, "text/turtle; charset=utf-8")], body) };
    let listener = TcpListener::bind(("127.0.0.1", u16::try_from(port).unwrap_or_default())).await?;
    axum::serve(listener, Router::new().route("/static", get(answer))).await
}
