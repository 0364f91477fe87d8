//! Pathname expansion (POSIX XCU 2.6.6, 2.14.3): a pattern becomes the sorted names of the files that it
//! matches, component by component.

use std::ops::Range;

use crate::syntax::Bytes;
use crate::syntax::pattern::{self, Pattern};
use crate::sys::files;
use crate::sys::listing::Listing;

/// A component of a pathname and the slashes behind it.
struct Component {
    pattern: Pattern,
    /// What it is if it can be nothing else.
    text: Option<Vec<u8>>,
    slashes: usize,
}

/// The pathnames that match, sorted; none if there are none. `quoted` is where `text` stands for itself.
pub fn expand(text: &[u8], quoted: &[Range<usize>], utf8: bool, listing: &Listing) -> Vec<Bytes> {
    let components = components(text, quoted, utf8);
    let mut found = Vec::new();
    if components.iter().any(|component| component.text.is_none()) {
        walk(&components, Vec::new(), listing, &mut found);
    }
    sorted(found)
}

/// Sorts by eight bytes at once, behind those with which all begin: names in a folder are often alike.
fn sorted(names: Vec<Bytes>) -> Vec<Bytes> {
    let Some(first) = names.first().cloned() else { return names };
    let shared = names.iter().fold(first.len(), |shared, name| {
        first.iter().take(shared).zip(name.iter()).take_while(|(a, b)| a == b).count()
    });
    let key = |name: &Bytes| {
        let mut key = [0; 8];
        key.iter_mut().zip(name.iter().skip(shared)).for_each(|(to, from)| *to = *from);
        u64::from_be_bytes(key)
    };
    let mut keyed: Vec<(u64, Bytes)> = names.into_iter().map(|name| (key(&name), name)).collect();
    // By the number alone, which is compared without a branch; then those that are alike.
    keyed.sort_unstable_by_key(|(key, _)| *key);
    keyed.chunk_by_mut(|(a, _), (b, _)| a == b).for_each(|alike| alike.sort_unstable());
    keyed.into_iter().map(|(_, name)| name).collect()
}

fn components(text: &[u8], quoted: &[Range<usize>], utf8: bool) -> Vec<Component> {
    let is_quoted = |at: usize| super::is_in(quoted, at);
    let mut components = Vec::new();
    let mut start = 0;
    while start < text.len() {
        let rest = text.get(start..).unwrap_or_default();
        let length = rest.iter().position(|&byte| byte == b'/').unwrap_or(rest.len());
        let slashes = rest.iter().skip(length).take_while(|&&byte| byte == b'/').count();
        let name = rest.get(..length).unwrap_or_default();
        let pattern = Pattern::new(name, |at| is_quoted(start + at), utf8);
        let as_written = (!pattern::has_special(name)).then_some(name);
        let text = pattern.as_text().or(as_written).map(<[u8]>::to_vec);
        components.push(Component { pattern, text, slashes });
        start += length + slashes;
    }
    components
}

/// Goes on from the directory `path`, which is empty or ends with a slash.
fn walk(components: &[Component], mut path: Vec<u8>, listing: &Listing, found: &mut Vec<Bytes>) {
    let mut rest = components.iter();
    let pattern = rest.find(|component| match &component.text {
        Some(text) => {
            path.extend_from_slice(text);
            path.resize(path.len() + component.slashes, b'/');
            false
        }
        None => true,
    });
    let Some(component) = pattern else {
        if files::exists(&path) {
            found.push(path.into());
        }
        return;
    };
    let directory = if path.is_empty() { b".".as_slice() } else { &path };
    // Directories are walked when this one is closed, so that no depth needs many descriptors.
    let mut below = Vec::new();
    listing.for_each_name(directory, |name, is_directory| {
        let is_hidden = name.starts_with(b".");
        let is_link = name == b"." || name == b"..";
        let is_shown = !is_hidden || (component.pattern.begins_with_period() && !is_link);
        if !is_shown || !component.pattern.matches(name) {
            return;
        }
        match component.slashes {
            0 if path.is_empty() => found.push(name.into()),
            0 => found.push([&path, name].concat().into()),
            _ if is_directory == Some(false) => {}
            _ => below.push([&path, name, &b"/".repeat(component.slashes)].concat()),
        }
    });
    below.into_iter().for_each(|next| walk(rest.as_slice(), next, listing, found));
}
