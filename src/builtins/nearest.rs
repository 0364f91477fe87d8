//! What a person may have meant who mistyped the name of a command or a directory.

use strsim::generic_damerau_levenshtein;

use crate::pipeline::report::shown;
use crate::state::Shell;
use crate::sys::files;

use super::TABLE;

/// How many names are offered.
const OFFERED: usize = 3;

/// `; did you mean …?` with the nearest commands, for a message to a person; else nothing.
pub fn of_commands(name: &[u8], shell: &Shell) -> String {
    let mut nearest = Nearest::new(name);
    TABLE.iter().for_each(|builtin| nearest.try_name(builtin.name.as_bytes()));
    shell.functions.keys().chain(shell.aliases.keys()).for_each(|name| nearest.try_name(name));
    for directory in files::directories(shell.path()) {
        files::for_each_name(directory, |name, _| nearest.try_name(name));
    }
    nearest.names.retain(|name| is_command(name, shell));
    question(&nearest.names)
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
        let mut nearest = Nearest::new(part);
        let parent = if found.is_empty() { b"." } else { found.as_slice() };
        files::for_each_name(parent, |name, is_directory| {
            if is_directory != Some(false) && !name.starts_with(b".") {
                nearest.try_name(name)
            }
        });
        nearest.names.retain(|name| files::is_directory(&below(name)));
        match nearest.names.first() {
            Some(name) => found = below(name),
            None => return String::new(),
        }
    }
    question(&[found])
}

fn question(names: &[Vec<u8>]) -> String {
    match names {
        [] => String::new(),
        names => {
            let names = names.iter().take(OFFERED).map(|name| shown(name)).collect::<Vec<_>>();
            format!("; did you mean {}?", names.join(" or "))
        }
    }
}

/// The names that differ least from what was typed: by letters that are missing, too many, wrong or swapped.
struct Nearest<'a> {
    typed: &'a [u8],
    names: Vec<Vec<u8>>,
    distance: usize,
}

impl Nearest<'_> {
    fn new(typed: &[u8]) -> Nearest<'_> {
        // Of a short word, too little would be left.
        Nearest { typed, names: Vec::new(), distance: (typed.len() / 2).min(2) }
    }

    fn try_name(&mut self, name: &[u8]) {
        if name.len().abs_diff(self.typed.len()) > self.distance {
            return;
        }
        let distance = generic_damerau_levenshtein(self.typed, name);
        if distance < self.distance {
            self.names.clear();
            self.distance = distance;
        }
        if distance == self.distance && distance > 0 && !self.names.iter().any(|known| known == name) {
            self.names.push(name.to_vec());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_names_are_those_with_the_fewest_mistakes() {
        let near = |typed: &str, names: &[&str]| {
            let mut nearest = Nearest::new(typed.as_bytes());
            names.iter().for_each(|name| nearest.try_name(name.as_bytes()));
            question(&nearest.names)
        };
        assert_eq!(near("gti", &["git", "gtk", "tig", "g"]), "; did you mean git or gtk?");
        assert_eq!(near("gerp", &["grep", "egrep", "vim"]), "; did you mean grep?");
        assert_eq!(near("l", &["ls", "w"]), "");
        assert_eq!(near("cargo", &["make"]), "");
    }
}
