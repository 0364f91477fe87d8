//! Files and folders, as bytes.

use std::ffi::{CStr, CString, OsStr};
use std::os::fd::{AsFd, AsRawFd, OwnedFd};
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::os::unix::fs::DirBuilderExt;

use bstr::ByteSlice;
use nix::NixPath;
use nix::fcntl::{AtFlags, OFlag};
use nix::sys::stat::{FileStat, Mode, SFlag, lstat, stat};
pub use nix::unistd::chdir as change_directory;
use nix::unistd::{AccessFlags, access, faccessat};

use super::{Errno, fd};

/// Why a file cannot be executed, if it can't (POSIX XCU 2.9.1.4): missing, not allowed, a directory.
pub fn check_executable(path: &[u8]) -> Result<(), Errno> {
    let found = stat(path)?;
    match kind(&found) {
        SFlag::S_IFDIR => Err(Errno::EISDIR),
        SFlag::S_IFREG => faccessat(nix::fcntl::AT_FDCWD, path, AccessFlags::X_OK, AtFlags::AT_EACCESS),
        _ => Err(Errno::EACCES),
    }
}

/// What is searched where PATH is unset.
pub const DEFAULT_PATH: &[u8] = b"/usr/local/bin:/usr/bin:/bin";

/// Finds a program as `execvp(3)` does: in the directories of `path`, separated by `:`, where an empty one is the
/// working directory; a name with a `/` is a path already. The error is that of the best candidate; ENOENT where there
/// is none.
pub fn find_program(name: &[u8], path: &[u8]) -> Result<CString, Errno> {
    let as_path = |bytes: Vec<u8>| CString::new(bytes).map_err(|_| Errno::ENOENT);
    if name.contains(&b'/') {
        return check_executable(name).and_then(|()| as_path(name.to_vec()));
    }
    let mut reason = Errno::ENOENT;
    for directory in directories(path).filter(|_| !name.is_empty()) {
        let candidate = join(directory, name);
        match check_executable(&candidate) {
            Ok(()) => return as_path(candidate),
            Err(Errno::ENOENT | Errno::ENOTDIR | Errno::EISDIR) => {}
            // In a directory that may not be searched, nothing is found.
            Err(_) if !exists(&candidate) => {}
            Err(errno) => reason = if reason == Errno::ENOENT { errno } else { reason },
        }
    }
    Err(reason)
}

/// The directories of a path as PATH is one: an empty one is the working directory.
pub fn directories(path: &[u8]) -> impl Iterator<Item = &[u8]> {
    path.split(|&byte| byte == b':').map(|directory| if directory.is_empty() { b"." } else { directory })
}

/// `directory/name`.
pub fn join(directory: &[u8], name: &[u8]) -> Vec<u8> {
    let slash: &[u8] = if directory.ends_with(b"/") { b"" } else { b"/" };
    [directory, slash, name].concat()
}

/// Whether opening this file may wait for somebody else: it is a FIFO, a device or a socket, but not `/dev/null`.
pub fn may_block(path: &CStr) -> bool {
    let is_plain = |found| matches!(kind(&found), SFlag::S_IFREG | SFlag::S_IFDIR);
    path != c"/dev/null" && stat(path).is_ok_and(|found| !is_plain(found))
}

fn kind(found: &FileStat) -> SFlag {
    SFlag::from_bits_truncate(found.st_mode) & SFlag::S_IFMT
}

/// Whether something with this name is there, a symbolic link that leads nowhere included.
pub fn exists(path: &[u8]) -> bool {
    lstat(path).is_ok()
}

pub fn is_directory(path: &[u8]) -> bool {
    stat(path).is_ok_and(|found| kind(&found) == SFlag::S_IFDIR)
}

/// Whether both paths lead to the same file.
pub fn is_same(one: &[u8], other: &[u8]) -> bool {
    let identity = |path: &[u8]| stat(path).map(|found| (found.st_dev, found.st_ino));
    identity(one).is_ok_and(|one| identity(other) == Ok(one))
}

/// Whether this path could be reached and searched.
pub fn check_searchable(path: &[u8]) -> Result<(), Errno> {
    access(path, AccessFlags::X_OK)
}

/// The working directory, with no symbolic links in it. ENOENT where it has been removed.
pub fn working_directory() -> Result<Vec<u8>, Errno> {
    nix::unistd::getcwd().map(|path| path.into_os_string().into_vec())
}

/// A field of the first entry in `/etc/passwd` (`passwd(5)`) of which another one is so. The C library would ask
/// further sources by loading modules, which a static program cannot do: it crashes.
pub fn user(field: usize, is: &[u8], wanted: usize) -> Option<Vec<u8>> {
    let users = read(b"/etc/passwd").ok()?;
    let mut entries = users.split(|&byte| byte == b'\n').map(|line| line.split(|&byte| byte == b':'));
    let mut entry = entries.find(|entry| entry.clone().nth(field) == Some(is))?;
    entry.nth(wanted).map(<[u8]>::to_vec)
}

/// Makes a file that is only for this user, with all directories above it, and tells whether it was missing.
pub fn make_private(path: &std::path::Path) -> Result<bool, Errno> {
    if path.exists() {
        return Ok(false);
    }
    if let Some(directory) = path.parent() {
        std::fs::DirBuilder::new().recursive(true).mode(0o700).create(directory).map_err(errno)?;
    }
    let flags = OFlag::O_RDWR | OFlag::O_CREAT | OFlag::O_CLOEXEC;
    nix::fcntl::open(path, flags, Mode::S_IRUSR | Mode::S_IWUSR).map(|_| true)
}

/// Writes a new file in this directory that is only for this user; gives its path.
pub fn write_temporary(directory: &[u8], text: &[u8]) -> Result<Vec<u8>, Errno> {
    let (file, path) = nix::unistd::mkstemp(join(directory, b"minish.XXXXXX").as_slice())?;
    let path = path.into_os_string().into_vec();
    // Nobody else knows that it is there.
    fd::write_all(file.as_raw_fd(), text).inspect_err(|_| remove(&path))?;
    Ok(path)
}

pub fn remove(path: &[u8]) {
    // Where it is gone already, that is what was wanted.
    let _ = nix::unistd::unlink(path);
}

/// Whether the user may do everything.
pub fn is_superuser() -> bool {
    nix::unistd::geteuid().is_root()
}

pub fn read(path: &[u8]) -> Result<Vec<u8>, Errno> {
    std::fs::read(OsStr::from_bytes(path)).map_err(errno)
}

/// How much of a script is read at once: of most, all.
const BLOCK: usize = 32 * 1024;

/// A script that is read as far as it is run.
pub struct Script {
    /// None where all of it has been read.
    file: Option<OwnedFd>,
    /// What was read and not given.
    read: Vec<u8>,
}

impl Script {
    /// Opens a script and reads what it begins with.
    pub fn open(path: &[u8]) -> Result<Script, Errno> {
        let mut script = Script { file: Some(self::open(path)?), read: Vec::new() };
        script.read_block()?;
        Ok(script)
    }

    /// Whether its first line holds a NUL byte: then it is no text.
    pub fn is_binary(&self) -> bool {
        self.read.iter().take_while(|&&byte| byte != b'\n').any(|&byte| byte == 0)
    }

    /// Its next lines, with their newlines; nothing at its end.
    pub fn next_lines(&mut self) -> Result<Vec<u8>, Errno> {
        let mut searched = 0;
        while self.file.is_some() {
            if let Some(newline) = self.read.get(searched..).and_then(|new| new.rfind_byte(b'\n')) {
                let rest = self.read.split_off(searched + newline + 1);
                return Ok(std::mem::replace(&mut self.read, rest));
            }
            searched = self.read.len();
            self.read_block()?;
        }
        Ok(std::mem::take(&mut self.read))
    }

    /// Reads on once: what a command appends to its own script is still read.
    fn read_block(&mut self) -> Result<(), Errno> {
        if let Some(file) = &self.file
            && fd::read_some(file.as_fd(), BLOCK, &mut self.read)? == 0
        {
            self.file = None;
        }
        Ok(())
    }
}

pub fn errno(error: std::io::Error) -> Errno {
    Errno::from_raw(error.raw_os_error().unwrap_or(nix::libc::EIO))
}

/// The interpreter that the `#!` line of a file names.
pub fn interpreter(path: &CStr) -> Option<CString> {
    let mut start = [0; 256];
    let line = first_line(path, &mut start)?.strip_prefix(b"#!")?;
    CString::new(line.split(|byte| b" \t".contains(byte)).find(|word| !word.is_empty())?).ok()
}

/// The first line of a file, or as much of it as there is room for. Allocates nothing: a child that shares memory
/// with the shell does this.
pub(super) fn first_line<'r>(path: &CStr, room: &'r mut [u8]) -> Option<&'r [u8]> {
    let file = open_to_read(path).ok()?;
    let length = nix::unistd::read(&file, room).ok()?;
    room.get(..length)?.split(|&byte| byte == b'\n').next()
}

/// How many bytes of arguments and environment a program may be given, and how many one of them may have.
pub fn argument_limits() -> (usize, usize) {
    let all = nix::unistd::sysconf(nix::unistd::SysconfVar::ARG_MAX).ok().flatten();
    (all.and_then(|limit| usize::try_from(limit).ok()).unwrap_or(usize::MAX), 32 * 4096)
}

/// Whether a path names a file that is no directory and that this process may read.
pub fn is_readable_file(path: &[u8]) -> bool {
    !is_directory(path) && access(path, AccessFlags::R_OK).is_ok()
}

/// What `test -LETTER path` asks (POSIX XCU test). `None` for a letter that asks nothing of a file.
pub fn test(letter: u8, path: &[u8]) -> Option<bool> {
    let can = |mode| faccessat(nix::fcntl::AT_FDCWD, path, mode, AtFlags::AT_EACCESS).is_ok();
    let is = |wanted| stat(path).is_ok_and(|found| kind(&found) == wanted);
    let has = |bit: Mode| stat(path).is_ok_and(|found| found.st_mode & bit.bits() != 0);
    Some(match letter {
        b'a' | b'e' => stat(path).is_ok(),
        b'b' => is(SFlag::S_IFBLK),
        b'c' => is(SFlag::S_IFCHR),
        b'd' => is(SFlag::S_IFDIR),
        b'f' => is(SFlag::S_IFREG),
        b'p' => is(SFlag::S_IFIFO),
        b'S' => is(SFlag::S_IFSOCK),
        b'h' | b'L' => lstat(path).is_ok_and(|found| kind(&found) == SFlag::S_IFLNK),
        b'g' => has(Mode::S_ISGID),
        b'k' => has(Mode::S_ISVTX),
        b'u' => has(Mode::S_ISUID),
        b'r' => can(AccessFlags::R_OK),
        b'w' => can(AccessFlags::W_OK),
        b'x' => can(AccessFlags::X_OK),
        b's' => stat(path).is_ok_and(|found| found.st_size > 0),
        b'O' => stat(path).is_ok_and(|found| found.st_uid == nix::unistd::geteuid().as_raw()),
        b'G' => stat(path).is_ok_and(|found| found.st_gid == nix::unistd::getegid().as_raw()),
        b'N' => stat(path)
            .is_ok_and(|found| (found.st_mtime, found.st_mtime_nsec) > (found.st_atime, found.st_atime_nsec)),
        _ => return None,
    })
}

/// Whether `one` was changed later than `other`, or exists where the other does not.
pub fn is_newer(one: &[u8], other: &[u8]) -> bool {
    let time = |path: &[u8]| stat(path).ok().map(|found| (found.st_mtime, found.st_mtime_nsec));
    time(one) > time(other)
}

/// Whether a path names what can be read only once, and perhaps not all at once: a pipe, a terminal.
pub fn is_stream(path: &[u8]) -> bool {
    stat(path).is_ok_and(|found| matches!(kind(&found), SFlag::S_IFIFO | SFlag::S_IFCHR | SFlag::S_IFSOCK))
}

/// Opens a file for the shell itself to read.
pub fn open(path: &[u8]) -> Result<OwnedFd, Errno> {
    fd::duplicate_own(open_to_read(path)?.as_raw_fd())
}

fn open_to_read(path: &(impl NixPath + ?Sized)) -> Result<OwnedFd, Errno> {
    nix::fcntl::open(path, OFlag::O_RDONLY | OFlag::O_CLOEXEC, Mode::empty())
}
