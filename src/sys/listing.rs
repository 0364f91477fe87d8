//! The names in a directory. Those of a long one are kept for the next time, as long as nothing in it changes.

use std::cell::RefCell;
use std::ops::Range;
use std::os::fd::{AsRawFd, BorrowedFd};
use std::time::{SystemTime, UNIX_EPOCH};

use nix::dir::{Dir, OwningIter, Type};
use nix::fcntl::OFlag;
use nix::sys::stat::{FileStat, Mode, fstat, stat};
use nix::sys::statfs::{self, fstatfs};

/// How many names make a listing worth keeping, and not too large.
const KEPT: Range<usize> = 100..100_000;

/// Seconds after which no change can bear the time of an earlier one, however coarse the file system's clock.
const SETTLED: u64 = 2;

/// The last long listing of a directory.
#[derive(Debug, Default)]
pub struct Listing(RefCell<Kept>);

#[derive(Debug, Default)]
struct Kept {
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
    /// As [`for_each_name`], from memory where what is kept still holds.
    pub fn for_each_name(&self, directory: &[u8], mut each: impl FnMut(&[u8], Option<bool>)) {
        let mut kept = self.0.borrow_mut();
        if kept.stamp.is_some() && stat(directory).ok().as_ref().map(stamp) == kept.stamp {
            let mut start = 0;
            for &(end, is_directory) in &kept.names {
                each(kept.text.get(start..end).unwrap_or_default(), is_directory);
                start = end;
            }
            return;
        }
        let begun = SystemTime::now();
        let mut new = Kept::default();
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
fn settled(directory: &OwningIter, time: SystemTime) -> Option<Stamp> {
    // SAFETY: the directory is open as long as this is borrowed.
    let fd = unsafe { BorrowedFd::borrow_raw(directory.as_raw_fd()) };
    let found = fstat(fd).ok()?;
    let now = time.duration_since(UNIX_EPOCH).ok()?.as_secs();
    let is_old = u64::try_from(found.st_ctime).is_ok_and(|changed| changed.saturating_add(SETTLED) < now);
    // Over a network, or in `/proc`, the time of change does not tell of each change at once.
    let is_local = matches!(
        fstatfs(fd).ok()?.filesystem_type(),
        statfs::EXT4_SUPER_MAGIC
            | statfs::BTRFS_SUPER_MAGIC
            | statfs::XFS_SUPER_MAGIC
            | statfs::TMPFS_MAGIC
            | statfs::OVERLAYFS_SUPER_MAGIC
    );
    (is_old && is_local).then(|| stamp(&found))
}

/// Calls `each` with the names in a directory, in no order, and whether each is a directory, where that is known.
/// A directory that cannot be read has none.
pub fn for_each_name(directory: &[u8], each: impl FnMut(&[u8], Option<bool>)) {
    read(directory, each);
}

fn read(directory: &[u8], mut each: impl FnMut(&[u8], Option<bool>)) -> Option<OwningIter> {
    let flags = OFlag::O_RDONLY | OFlag::O_DIRECTORY | OFlag::O_CLOEXEC;
    let mut entries = Dir::open(directory, flags, Mode::empty()).ok()?.into_iter();
    let is_directory =
        |kind: Option<Type>| kind.filter(|kind| *kind != Type::Symlink).map(|kind| kind == Type::Directory);
    for entry in entries.by_ref().flatten() {
        each(entry.file_name().to_bytes(), is_directory(entry.file_type()));
    }
    Some(entries)
}
