//! `eusl token`: who may write over the network.

use super::options::{SettingOptions, Token, TokenAdd};
use super::task::{Answer, Task};
use super::{Ending, report, writer};
use crate::catalogue::{Author, ListedToken, NewToken, TokenState};
use crate::config::Settings;
use crate::register::Location;
use anyhow::{Result, bail};

/// What stands for a value that there is none of.
const NONE: &str = "–";

pub(super) fn run(settings: SettingOptions, token: Token) -> Result<Ending> {
    let settings = settings.resolve()?;
    match token {
        Token::Add(add_token) => add(&settings, add_token),
        Token::List => list(&settings),
        Token::Revoke { prefix } => revoke(&settings, prefix),
    }
}

fn add(settings: &Settings, add: TokenAdd) -> Result<Ending> {
    if settings.data == Location::Memory {
        bail!("--data :memory: keeps nothing, a token neither; name the data directory of the server");
    }
    let new = NewToken {
        name: add.name,
        role: add.role,
        organisation: add.organisation,
        kinds: add.kinds.into_iter().collect(),
        numbers: add.numbers,
        expires: add.expires,
    };
    let Answer::TokenAdded(made) = writer::perform(settings, Task::AddToken(new))? else {
        return Err(Answer::misplaced());
    };
    let [prefix, name, role, organisation, kinds, numbers] = described(&made.author);
    report::note(&format!("token {prefix} of {name}, for the organisation {organisation}"));
    report::note(&format!("role {role}; kinds {kinds}; numbers of service types {numbers}"));
    report::note(&format!("last day {}", made.ends.as_deref().unwrap_or(NONE)));
    report::note("it is shown this once, and is sent as: Authorization: Bearer TOKEN");
    report::line(made.text.reveal());
    Ok(Ending::Done)
}

fn list(settings: &Settings) -> Result<Ending> {
    there_is_a_register(settings)?;
    let Answer::Tokens(tokens) = writer::perform(settings, Task::ListTokens)? else { return Err(Answer::misplaced()) };
    if tokens.is_empty() {
        report::note("there is no token; `eusl token add` makes one");
        return Ok(Ending::Done);
    }
    let head = ["prefix", "name", "role", "organisation", "kinds", "numbers", "made", "ends", "state"];
    let rows = std::iter::once(head.map(str::to_owned)).chain(tokens.iter().map(row));
    for line in aligned(&rows.collect::<Vec<_>>()) {
        report::line(&line);
    }
    Ok(Ending::Done)
}

fn revoke(settings: &Settings, prefix: String) -> Result<Ending> {
    there_is_a_register(settings)?;
    let Answer::TokenRevoked(revoked) = writer::perform(settings, Task::RevokeToken(prefix))? else {
        return Err(Answer::misplaced());
    };
    let [prefix, name, ..] = described(&revoked.author);
    report::line(&format!("token {prefix} of {name} is revoked; nobody writes with it any more"));
    Ok(Ending::Done)
}

fn there_is_a_register(settings: &Settings) -> Result<()> {
    if !settings.data.has_register() {
        bail!("there is no register ({}), so there are no tokens; `eusl token add` makes one", settings.data);
    }
    Ok(())
}

/// Prefix, name, role, organisation, kinds and numbers in words.
fn described(author: &Author) -> [String; 6] {
    let kinds: Vec<&str> = author.kinds.iter().map(String::as_str).collect();
    let numbers = author.numbers.as_ref().map(|numbers| format!("{}-{}", numbers.start(), numbers.end()));
    [
        author.token.clone().unwrap_or_default(),
        author.name.clone(),
        author.role.name().to_owned(),
        author.organisation.clone().unwrap_or_else(|| NONE.to_owned()),
        if kinds.is_empty() { "all".to_owned() } else { kinds.join(",") },
        numbers.unwrap_or_else(|| "all".to_owned()),
    ]
}

fn row(token: &ListedToken) -> [String; 9] {
    let [prefix, name, role, organisation, kinds, numbers] = described(&token.author);
    let ends = token.ends.clone().unwrap_or_else(|| NONE.to_owned());
    let state = match &token.state {
        TokenState::Valid => "valid".to_owned(),
        TokenState::Expired => "expired".to_owned(),
        TokenState::Revoked(day) => format!("revoked {day}"),
    };
    [prefix, name, role, organisation, kinds, numbers, token.made.clone(), ends, state]
}

/// Lines whose cells stand below each other, two spaces apart.
fn aligned<const N: usize>(rows: &[[String; N]]) -> Vec<String> {
    let mut widths = [0; N];
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count());
        }
    }
    let line = |row: &[String; N]| {
        let cells: Vec<String> = row.iter().zip(widths).map(|(cell, width)| format!("{cell:width$}")).collect();
        cells.join("  ").trim_end().to_owned()
    };
    rows.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_stand_below_each_other_whatever_letters_they_hold() {
        let rows = [["name", "role"], ["Århus", "edit"], ["Gent", ""]].map(|row| row.map(str::to_owned));
        assert_eq!(aligned(&rows), ["name   role", "Århus  edit", "Gent"]);
    }
}
