//! The names in a directory. Those of a long one are kept for the next time, as long as nothing in it changes.

use std::cell::RefCell;
use std::ops::Range;
use std::os::fd::OwnedFd;
use std::time::{SystemTime, UNIX_EPOCH};

use nix::fcntl::{OFlag, open};
use nix::sys::stat::{FileStat, Mode, fstat, stat};
use nix::sys::statfs::{self, fstatfs};
use rustix::fs::{FileType, RawDir};

/// How many names make a listing worth keeping, and not too large.
const KEPT: Range<usize> = 100..100_000;

/// How much of a directory is read at once.
const BLOCK: usize = 32 * 1024;

/// Seconds after which no change can bear the time of an earlier one, however coarse the file system's clock.
const SETTLED: u64 = 2;

/// The last long listing of a directory.
#[derive(Debug, Default)]
pub struct Listing(RefCell<Kept>);

#[derive(Debug, Default)]
struct Kept {
    /// By this path it was read.
    path: Vec<u8>,
    stamp: Option<Stamp>,
    /// All names, one behind the other.
    text: Vec<u8>,
    /// Where each ends, and whether it is a directory.
    names: Vec<(usize, Option<bool>)>,
}

/// Device, inode, and its last change in seconds and nanoseconds, which nobody can set (`inode(7)`).
type Stamp = (u64, u64, i64, i64);

fn stamp(found: &FileStat) -> Stamp {
    (found.st_dev, found.st_ino, found.st_ctime, found.st_ctime_nsec)
}

impl Listing {
    /// Calls `each` with the names in a directory, in no order, and whether each is a directory, where that is known.
    /// A directory that cannot be read has none.
    pub fn for_each_name(&self, directory: &[u8], mut each: impl FnMut(&[u8], Option<bool>)) {
        let mut kept = self.0.borrow_mut();
        if kept.path == directory && stat(directory).is_ok_and(|found| kept.stamp == Some(stamp(&found))) {
            let mut start = 0;
            for &(end, is_directory) in &kept.names {
                each(kept.text.get(start..end).unwrap_or_default(), is_directory);
                start = end;
            }
            return;
        }
        let begun = SystemTime::now();
        let mut new = Kept { path: directory.to_vec(), ..Kept::default() };
        let directory = read(directory, |name, is_directory| {
            each(name, is_directory);
            new.text.extend_from_slice(name);
            new.names.push((new.text.len(), is_directory));
        });
        if KEPT.contains(&new.names.len()) {
            new.stamp = directory.and_then(|directory| settled(&directory, begun));
            *kept = new;
        }
    }
}

/// The stamp of a directory in which nothing has changed since `time`, and for which no later change can be missed.
fn settled(directory: &OwnedFd, time: SystemTime) -> Option<Stamp> {
    let found = fstat(directory).ok()?;
    let now = time.duration_since(UNIX_EPOCH).ok()?.as_secs();
    let is_old = u64::try_from(found.st_ctime).is_ok_and(|changed| changed.saturating_add(SETTLED) < now);
    // Over a network, or in `/proc`, the time of change does not tell of each change at once.
    let is_local = matches!(
        fstatfs(directory).ok()?.filesystem_type(),
        statfs::EXT4_SUPER_MAGIC
            | statfs::BTRFS_SUPER_MAGIC
            | statfs::XFS_SUPER_MAGIC
            | statfs::TMPFS_MAGIC
            | statfs::OVERLAYFS_SUPER_MAGIC
    );
    (is_old && is_local).then(|| stamp(&found))
}

fn read(directory: &[u8], mut each: impl FnMut(&[u8], Option<bool>)) -> Option<OwnedFd> {
    let flags = OFlag::O_RDONLY | OFlag::O_DIRECTORY | OFlag::O_CLOEXEC;
    let directory = open(directory, flags, Mode::empty()).ok()?;
    let mut block = Vec::with_capacity(BLOCK);
    let mut entries = RawDir::new(&directory, block.spare_capacity_mut());
    while let Some(entry) = entries.next() {
        let entry = entry.ok()?;
        let is_directory = match entry.file_type() {
            FileType::Symlink | FileType::Unknown => None,
            kind => Some(kind == FileType::Directory),
        };
        each(entry.file_name().to_bytes(), is_directory);
    }
    Some(directory)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn names(listing: &Listing, directory: &[u8]) -> Vec<Vec<u8>> {
        let mut names = Vec::new();
        listing.for_each_name(directory, |name, _| names.push(name.to_vec()));
        names.sort();
        names
    }

    #[test]
    fn a_kept_listing_holds_until_something_changes() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().as_os_str().as_encoded_bytes();
        (0..KEPT.start)
            .for_each(|number| std::fs::write(folder.path().join(number.to_string()), "").unwrap());
        let listing = Listing::default();
        let first = names(&listing, path);
        assert_eq!(first.len(), KEPT.start + 2);
        assert_eq!(listing.0.borrow().stamp, None, "what has just changed may change again at the same time");
        listing.0.borrow_mut().stamp = Some(stamp(&stat(path).unwrap()));
        let last = listing.0.borrow().text.len() - 1;
        listing.0.borrow_mut().text[last] = b'!';
        assert_ne!(names(&listing, path), first, "it is read from memory");
        std::fs::remove_file(folder.path().join("7")).unwrap();
        let second = names(&listing, path);
        assert!(second.len() == first.len() - 1 && !second.contains(&b"7".to_vec()));
    }

    #[test]
    fn no_listing_is_kept_where_changes_leave_no_time() {
        let later = SystemTime::now() + Duration::from_secs(3600);
        assert_eq!(settled(&read(b"/proc", |_, _| {}).unwrap(), later), None);
    }
}
