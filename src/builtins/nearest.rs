//! What a person may have meant who mistyped the name of a command or a directory.

use std::collections::BTreeSet;

use strsim::generic_damerau_levenshtein;

use crate::pipeline::shown;
use crate::state::Shell;
use crate::sys::files;
use crate::sys::listing::Listing;

use super::TABLE;

const OFFERED: usize = 3;

/// `; did you mean …?` with the nearest commands, for a message to a person; else nothing.
pub fn of_commands(name: &[u8], shell: &Shell) -> String {
    let mut names: Vec<Vec<u8>> = TABLE.iter().map(|builtin| builtin.name.into()).collect();
    names.extend(shell.functions.keys().chain(shell.aliases.keys()).map(|name| name.to_vec()));
    for directory in files::directories(shell.path()) {
        shell.listing.for_each_name(directory, |name, _| names.push(name.to_vec()));
    }
    question(nearest(name, names).filter(|name| is_command(name, shell)))
}

/// Whether something runs by this name.
pub fn is_command(name: &[u8], shell: &Shell) -> bool {
    shell.functions.contains_key(name)
        || shell.aliases.contains_key(name)
        || super::find(name).is_some()
        || files::find_program(name, shell.path()).is_ok()
}

/// The same with the nearest directory, each part of whose path may be mistyped.
pub fn of_directories(path: &[u8]) -> String {
    let mut found = if path.starts_with(b"/") { b"/".to_vec() } else { Vec::new() };
    for part in path.split(|&byte| byte == b'/').filter(|part| !part.is_empty()) {
        let below = |name: &[u8]| if found.is_empty() { name.to_vec() } else { files::join(&found, name) };
        if files::is_directory(&below(part)) {
            found = below(part);
            continue;
        }
        let mut names = Vec::new();
        let parent = if found.is_empty() { b"." } else { found.as_slice() };
        Listing::default().for_each_name(parent, |name, is_directory| {
            if is_directory != Some(false) && !name.starts_with(b".") {
                names.push(name.to_vec());
            }
        });
        let mut near = nearest(part, names).map(|name| below(&name));
        let Some(path) = near.find(|path| files::is_directory(path)) else { return String::new() };
        found = path;
    }
    question([found].into_iter())
}

fn question(names: impl Iterator<Item = Vec<u8>>) -> String {
    let names = names.take(OFFERED).map(|name| shown(&name)).collect::<Vec<_>>();
    if names.is_empty() { String::new() } else { format!("; did you mean {}?", names.join(" or ")) }
}

/// The names that differ least from what was typed: by letters that are missing, too many, wrong or swapped.
fn nearest(typed: &[u8], mut names: Vec<Vec<u8>>) -> impl Iterator<Item = Vec<u8>> {
    // Of a short word, too little would be left.
    let most = (typed.len() / 2).min(2);
    let mut known = BTreeSet::new();
    names.retain(|name| name.len().abs_diff(typed.len()) <= most && known.insert(name.clone()));
    let measured = |name: Vec<u8>| (generic_damerau_levenshtein(typed, &name), name);
    let mut near: Vec<_> = names.into_iter().map(measured).collect();
    near.retain(|(distance, _)| (1..=most).contains(distance));
    let least = near.iter().map(|(distance, _)| *distance).min();
    near.into_iter().filter(move |(distance, _)| Some(*distance) == least).map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_names_are_those_with_the_fewest_mistakes() {
        let near = |typed: &str, names: &[&str]| {
            question(nearest(typed.as_bytes(), names.iter().map(|name| (*name).into()).collect()))
        };
        assert_eq!(near("gti", &["git", "gtk", "tig", "g"]), "; did you mean git or gtk?");
        assert_eq!(near("gerp", &["grep", "egrep", "vim"]), "; did you mean grep?");
        assert_eq!(near("l", &["ls", "w"]), "");
        assert_eq!(near("cargo", &["make"]), "");
    }
}
