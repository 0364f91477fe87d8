//! What was typed at the prompt: one SQLite database for all sessions. A row is written when a command starts
//! and completed when it ends. What cannot be written stays in memory, and is tried again with the next command.
//!
//! The file is open only while a line is edited or something is read or written: no other code runs with its
//! descriptors, and no child is forked with a connection, which SQLite forbids to use there.

use std::cell::{Cell, OnceCell, RefCell};
use std::error::Error;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, OptionalExtension, Row, named_params, params};

use crate::sys::{files, reason};

/// How long to wait for another session that is writing.
const PATIENCE: Duration = Duration::from_millis(150);

const INSERT: &str = "INSERT INTO history VALUES (nullif(?1, 0), ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
/// A row may have been deleted meanwhile, and its number given to another.
const COMPLETE: &str = "UPDATE history SET text = ?2, duration = ?6, status = ?7, stages = ?8
    WHERE id = ?1 AND folder = ?3 AND session = ?4 AND started = ?5";

const SCHEMA: &str = "
    PRAGMA journal_mode = WAL;
    CREATE TABLE IF NOT EXISTS history (
        id INTEGER PRIMARY KEY, text TEXT NOT NULL, folder BLOB NOT NULL, session TEXT NOT NULL,
        started INTEGER NOT NULL,  -- milliseconds since 1970
        duration INTEGER,          -- milliseconds
        status INTEGER,            -- $?
        stages TEXT                -- PIPESTATUS, as in 0|141|1
    );
    CREATE INDEX IF NOT EXISTS by_text ON history (text);
    CREATE INDEX IF NOT EXISTS by_folder ON history (folder, text);
    PRAGMA user_version = 1;";

/// Read by people and by suggestions at every key: a part of the newest rows, and of those that an index finds.
const SUGGEST: &str = "
    SELECT text FROM (
        SELECT id FROM (SELECT id, text FROM history WHERE id <= :top ORDER BY id DESC LIMIT 300)
            WHERE text > :from AND text < :to
        UNION SELECT id FROM
            (SELECT id FROM history WHERE folder = :folder AND text > :from AND text < :to LIMIT 200)
        UNION SELECT id FROM (SELECT id FROM history WHERE text > :from AND text < :to LIMIT 200))
    JOIN history USING (id)
    ORDER BY status IS 0 DESC, status IS 0 AND folder = :folder DESC, id DESC LIMIT 1";

/// What this session ran, and all others; each text only where it is met first when going back.
const MINE: &str = "id > :base AND session = :session AND NOT EXISTS (SELECT 1 FROM history AS later
    WHERE later.text = history.text AND later.id > history.id AND later.session = :session)";
const OTHERS: &str = "session <> :session
    AND NOT EXISTS (SELECT 1 FROM history AS later
        WHERE later.text = history.text AND later.id > history.id)
    AND NOT EXISTS (SELECT 1 FROM history AS mine
        WHERE mine.text = history.text AND mine.id > :base AND mine.session = :session)";

/// A command that was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entry {
    /// Its number, by which `fc` and `history` name it.
    pub number: i64,
    /// All its lines.
    pub text: String,
    /// The working directory that it began in.
    pub folder: Vec<u8>,
    /// Who ran it.
    pub session: String,
    /// When, in milliseconds since 1970.
    pub started: i64,
    /// How long it ran, in milliseconds, if its end is known.
    pub duration: Option<i64>,
    /// `$?` after it.
    pub status: Option<u8>,
    /// The status of each stage of its last pipeline, as in `0|141|1`.
    pub stages: Option<String>,
}

/// Where to look for a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// At its start, where it goes on.
    Start,
    /// Anywhere in it.
    Anywhere,
}

/// The history of a session.
#[derive(Debug, Default)]
pub struct History {
    /// None for one that is only in memory.
    file: Option<PathBuf>,
    session: String,
    /// Kept open while a line is edited.
    connection: RefCell<Option<Connection>>,
    is_kept: Cell<bool>,
    /// What ran and is not in the file yet.
    memory: RefCell<Vec<Entry>>,
    /// The command that runs; a number other than 0 is that of its row.
    running: RefCell<Option<Entry>>,
    /// The last row that there was before this session.
    base: Cell<Option<i64>>,
    /// The last row that there was when this line began.
    top: Cell<i64>,
    is_new: Cell<bool>,
    /// Why it could not be read or written the first time.
    problem: OnceCell<String>,
    is_told: Cell<bool>,
}

impl History {
    /// The history in this file, which is opened when it is needed; without one, a history in memory.
    pub fn new(file: Option<PathBuf>) -> History {
        let session = format!("{}.{}", crate::sys::Pid::this(), now() / 1000);
        History { file, session, ..History::default() }
    }

    /// Whether there was no history before this session.
    pub fn is_new(&self) -> bool {
        self.with(|_| Ok(()));
        self.is_new.get()
    }

    /// What went wrong, told only once.
    pub fn problem(&self) -> Option<String> {
        self.problem.get().filter(|_| !self.is_told.replace(true)).cloned()
    }

    /// A command starts.
    pub fn begin(&self, text: &str, folder: &[u8]) {
        let (text, folder, session) = (text.to_owned(), folder.to_vec(), self.session.clone());
        self.running.replace(Some(Entry { text, folder, session, started: now(), ..Entry::default() }));
        self.write();
    }

    /// The command that runs has ended: the status of each stage of its last pipeline, `$?`, and how long it ran.
    pub fn end(&self, stages: String, status: u8, elapsed: Duration) {
        let Some(mut entry) = self.running.take() else { return };
        entry.duration = i64::try_from(elapsed.as_millis()).ok();
        (entry.status, entry.stages) = (Some(status), Some(stages));
        self.memory.borrow_mut().push(entry);
        self.write();
    }

    /// The command that runs is another one than was typed: `fc` found or made it.
    pub fn rename(&self, text: &str) {
        if let Some(entry) = self.running.borrow_mut().as_mut() {
            text.clone_into(&mut entry.text);
        }
        self.write();
    }

    /// Writes what is only in memory.
    fn write(&self) {
        let (mut memory, mut running) = (self.memory.borrow_mut(), self.running.borrow_mut());
        self.with(|file| {
            for entry in memory.iter_mut().chain(running.as_mut()) {
                let Entry { number, text, folder, session, started, duration, status, stages } = &*entry;
                let query = if *number == 0 { INSERT } else { COMPLETE };
                file.execute(
                    query,
                    params![number, text, folder, session, started, duration, status, stages],
                )?;
                if *number == 0 {
                    entry.number = file.last_insert_rowid();
                }
                self.top.set(self.top.get().max(entry.number));
            }
            Ok(())
        });
        memory.retain(|entry| entry.number == 0);
    }

    /// Keeps the file open while a line is edited: it is asked at every key.
    pub fn keep_open<T>(&self, edit: impl FnOnce() -> T) -> T {
        self.is_kept.set(true);
        let edited = edit();
        self.is_kept.set(false);
        self.connection.take();
        edited
    }

    /// In a child that was forked while the file was open: this copy is not touched, not even to close it.
    pub fn abandon(&self) {
        std::mem::forget(self.connection.take());
    }

    /// Does something with the file, opening it if it is not. None where there is none or it failed.
    fn with<T>(&self, act: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Option<T> {
        let path = self.file.as_deref()?;
        let mut connection = self.connection.borrow_mut();
        let opened = connection.take().map_or_else(|| self.open(path), Ok);
        match opened.and_then(|file| Ok((act(&file)?, file))) {
            Ok((value, file)) => {
                *connection = Some(file).filter(|_| self.is_kept.get());
                Some(value)
            }
            Err(problem) => {
                self.problem.get_or_init(|| format!("{}: {problem}", path.display()));
                None
            }
        }
    }

    fn open(&self, path: &Path) -> Result<Connection, Box<dyn Error>> {
        let made = files::make_private(path).map_err(|errno| format!("cannot create: {}", reason(errno)))?;
        self.is_new.set(self.is_new.get() || made);
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let file = Connection::open_with_flags(path, flags)?;
        file.busy_timeout(PATIENCE)?;
        // Short, since whoever is alone when opening the file reads all of the log.
        file.execute_batch("PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 100")?;
        file.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
        if file.query_row("PRAGMA user_version", [], |row| row.get::<_, i64>(0))? == 0 {
            file.execute_batch(SCHEMA)?;
        }
        let top = file.query_row("SELECT coalesce(max(id), 0) FROM history", [], |row| row.get(0))?;
        self.top.set(top);
        self.base.set(self.base.get().or(Some(top)));
        Ok(file)
    }

    /// A whole line for its beginning: of those that succeeded, the newest in this folder, else the newest, else
    /// the newest of all.
    pub fn suggestion(&self, prefix: &str, folder: &[u8]) -> Option<String> {
        if prefix.is_empty() {
            return None;
        }
        // No text has a character that is greater.
        let to = format!("{prefix}{}", char::MAX);
        let found = self.with(|file| {
            let all = named_params! { ":top": self.top.get(), ":from": prefix, ":to": to, ":folder": folder };
            file.query_row(SUGGEST, all, |row| row.get(0)).optional()
        });
        let in_memory = || Some(self.in_memory(usize::MAX, true, prefix, Place::Start)?.1);
        found.flatten().or_else(in_memory).filter(|text| !text.contains(char::is_control))
    }

    /// Greater than the position of any entry. What other sessions and earlier ones ran stands before what this one
    /// ran, and that before what is only in memory.
    pub fn end_of_positions(&self) -> usize {
        self.with(|_| Ok(()));
        position(2 * self.top.get() + 1) + self.memory.borrow().len()
    }

    /// The nearest entry with a text in it, at this position or before or after it.
    pub fn nearest(&self, from: usize, back: bool, term: &str, place: Place) -> Option<(usize, String)> {
        let in_memory = || self.in_memory(from, back, term, place);
        let top = self.top.get();
        let from = i64::try_from(from).unwrap_or(i64::MAX);
        let in_file = |whose, offset| {
            let (compare, order) = if back { ("<=", "DESC") } else { (">=", "ASC") };
            let term_at = if place == Place::Start { "= 1 AND text <> :term" } else { "> 0" };
            let query = format!(
                "SELECT id, text FROM history WHERE {whose} AND id {compare} :from AND id <= :top
                 AND instr(text, :term) {term_at} ORDER BY id {order} LIMIT 1"
            );
            let (base, session) = (self.base.get(), &self.session);
            let found = self.with(|file| {
                let all = named_params! {
                ":base": base, ":session": session, ":top": top, ":from": from - offset, ":term": term };
                let found = |row: &Row<'_>| Ok((position(row.get::<_, i64>(0)? + offset), row.get(1)?));
                file.query_row(&query, all, found).optional()
            });
            found.flatten()
        };
        let (mine, others) = (|| in_file(MINE, top), || in_file(OTHERS, 0));
        match back {
            true => in_memory().or_else(mine).or_else(others),
            false => others().or_else(mine).or_else(in_memory),
        }
    }

    fn in_memory(&self, from: usize, back: bool, term: &str, place: Place) -> Option<(usize, String)> {
        let unwritten = self.unwritten().into_iter();
        let mut places = unwritten.map(|entry| (position(entry.number + self.top.get()), entry.text));
        let is_wanted = |(at, text): &(usize, String)| {
            let is_there = if back { *at <= from } else { *at >= from };
            let begins = || text.starts_with(term) && text != term;
            is_there && if place == Place::Start { begins() } else { text.contains(term) }
        };
        if back { places.filter(is_wanted).last() } else { places.find(is_wanted) }
    }

    /// What is not in the file yet, with the numbers that it will have if nobody else writes.
    fn unwritten(&self) -> Vec<Entry> {
        let numbered = |(entry, number): (&Entry, i64)| Entry { number, ..entry.clone() };
        self.memory.borrow().iter().zip(self.top.get() + 1..).map(numbered).collect()
    }

    /// The newest entries that are wanted, the oldest of them first, without the command that runs.
    pub fn newest(&self, count: usize, mut is_wanted: impl FnMut(&Entry) -> bool) -> Vec<Entry> {
        let running = self.running.borrow().as_ref().map_or(0, |entry| entry.number);
        let unwritten = self.unwritten().into_iter();
        let mut found: Vec<Entry> = unwritten.rev().filter(&mut is_wanted).take(count).collect();
        self.with(|file| {
            let mut query = file.prepare("SELECT * FROM history WHERE id <> ? ORDER BY id DESC")?;
            let mut rows = query.query([running])?;
            while found.len() < count
                && let Some(row) = rows.next()?
            {
                found.extend(Some(entry(row)?).filter(&mut is_wanted));
            }
            Ok(())
        });
        found.reverse();
        found
    }

    /// The number that the next command will have.
    pub fn next_number(&self) -> i64 {
        self.with(|_| Ok(()));
        self.unwritten().last().map_or(self.top.get(), |entry| entry.number) + 1
    }

    /// Whether an entry is of this session, or was there before it.
    pub fn is_mine_or_older(&self, entry: &Entry) -> bool {
        entry.session == self.session || self.base.get().is_some_and(|base| entry.number <= base)
    }

    /// Forgets these entries, so that no trace of them is in the file. Gives whether that was done.
    pub fn delete(&self, doomed: &[Entry]) -> bool {
        let is_doomed =
            |entry: &Entry| doomed.iter().any(|one| one.text == entry.text && one.started == entry.started);
        self.memory.borrow_mut().retain(|entry| !is_doomed(entry));
        let done = self.with(|file| {
            file.execute_batch("PRAGMA secure_delete = ON; BEGIN IMMEDIATE")?;
            for entry in doomed {
                file.execute("DELETE FROM history WHERE id = ?", [entry.number])?;
            }
            file.execute_batch("COMMIT; PRAGMA wal_checkpoint(TRUNCATE)")
        });
        done.is_some() || self.file.is_none()
    }
}

fn entry(row: &Row<'_>) -> rusqlite::Result<Entry> {
    let (number, text, folder, session, started, duration, status, stages) = row.try_into()?;
    Ok(Entry { number, text, folder, session, started, duration, status, stages })
}

fn position(number: i64) -> usize {
    usize::try_from(number).unwrap_or(0)
}

fn now() -> i64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ran(history: &History, text: &str, folder: &str, status: u8) {
        history.begin(text, folder.as_bytes());
        history.end(status.to_string(), status, Duration::ZERO);
    }

    #[test]
    fn suggestions_prefer_what_succeeded_here_then_what_succeeded() {
        let directory = tempfile::tempdir().unwrap();
        let in_file = History::new(Some(directory.path().join("state/history.db")));
        assert!(in_file.is_new());
        ran(&in_file, "make here", "/a", 0);
        ran(&in_file, "make there", "/b", 0);
        ran(&in_file, "make fails", "/a", 2);
        let suggested = |prefix: &str, folder: &str| in_file.suggestion(prefix, folder.as_bytes());
        assert_eq!(suggested("make", "/a").as_deref(), Some("make here"));
        assert_eq!(suggested("make", "/b").as_deref(), Some("make there"));
        assert_eq!(suggested("make ", "/c").as_deref(), Some("make there"));
        assert_eq!(suggested("make f", "/c").as_deref(), Some("make fails"));
        assert_eq!(suggested("make here", "/a"), None);
        assert_eq!(suggested("", "/a"), None);
        ran(&in_file, "evil \u{1b}[2J", "/a", 0);
        assert_eq!(suggested("evil", "/a"), None);
    }

    #[test]
    fn each_text_is_walked_to_once_and_what_this_session_ran_comes_first() {
        let directory = tempfile::tempdir().unwrap();
        let file = Some(directory.path().join("history.db"));
        let other = History::new(file.clone());
        ["a", "b", "old"].iter().for_each(|text| ran(&other, text, "/", 0));
        // Two sessions of one process would have the same name.
        let history = History { session: "mine".to_owned(), ..History::new(file) };
        history.is_new();
        ran(&history, "b", "/", 0);
        ran(&other, "new", "/", 0);
        ran(&history, "mine", "/", 0);
        let walk = |back: bool| {
            let mut at = if back { history.end_of_positions() } else { 0 };
            let step = |at: usize| if back { at.checked_sub(1) } else { Some(at + 1) };
            let mut texts = Vec::new();
            while let Some(next) = step(at)
                && let Some((found, text)) = history.nearest(next, back, "", Place::Anywhere)
            {
                texts.push(text);
                at = found;
            }
            texts
        };
        assert_eq!(walk(true), ["mine", "b", "new", "old", "a"]);
        assert_eq!(walk(false), ["a", "old", "new", "b", "mine"]);
        let found = history.nearest(usize::MAX, true, "l", Place::Anywhere).map(|(_, text)| text);
        assert_eq!(found.as_deref(), Some("old"));
        let seen = history.newest(9, |entry| history.is_mine_or_older(entry));
        assert_eq!(seen.iter().map(|entry| &*entry.text).collect::<Vec<_>>(), ["a", "b", "old", "b", "mine"]);
    }

    #[test]
    fn a_command_that_ends_does_not_take_the_row_of_another() {
        let directory = tempfile::tempdir().unwrap();
        let file = Some(directory.path().join("history.db"));
        let session = |name: &str| History { session: name.to_owned(), ..History::new(file.clone()) };
        let (one, two, three) = (session("one"), session("two"), session("three"));
        one.begin("secret", b"/");
        assert!(two.delete(&two.newest(1, |_| true)));
        ran(&three, "kept", "/", 0);
        one.end("0".to_owned(), 0, Duration::ZERO);
        let left = two.newest(9, |_| true);
        assert_eq!(left.iter().map(|entry| &*entry.text).collect::<Vec<_>>(), ["kept"]);
    }

    #[test]
    fn without_a_file_everything_is_in_memory() {
        let history = History::new(None);
        ran(&history, "one", "/", 0);
        history.begin("two", b"/");
        let seen = history.newest(9, |_| true);
        assert_eq!(seen.iter().map(|entry| (entry.number, &*entry.text)).collect::<Vec<_>>(), [(1, "one")]);
        history.end("1".to_owned(), 1, Duration::ZERO);
        assert_eq!(history.next_number(), 3);
        assert_eq!(history.suggestion("o", b"/").as_deref(), Some("one"));
        assert_eq!(history.nearest(history.end_of_positions() - 1, true, "", Place::Start).unwrap().1, "two");
        assert!(history.delete(&history.newest(1, |_| true)));
        assert_eq!(history.newest(9, |_| true).len(), 1);
    }
}
