//! Variables (POSIX XCU 2.5.3): a slot each, found by name once and by number from then on; the environment
//! that programs get, kept ready; and a journal, by which what a subshell did in this process is undone.

use std::collections::BTreeMap;
use std::ffi::CString;
use std::os::unix::ffi::OsStringExt;
use std::rc::Rc;

use crate::pipeline::shown;
use crate::syntax::Bytes;
use crate::syntax::ast::Name;
use crate::sys::files;

/// A variable, set or only marked.
#[derive(Debug, Clone, Default)]
pub struct Variable {
    pub name: Bytes,
    pub value: Option<Bytes>,
    pub is_exported: bool,
    /// Whether it can be changed no more.
    pub is_readonly: bool,
    /// It was unset: if the shell makes its value when it is asked for, that is over.
    is_plain: bool,
    /// In which generation it was last put into the journal.
    generation: u32,
}

/// A variable of one program: its name and its value.
pub type Pair = (Bytes, Bytes);

/// An attempt to change a variable that is read-only.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}: this variable is read-only", shown(.0))]
pub struct ReadOnly(pub Bytes);

/// The variables that the shell itself reads often, or whose changes it notes, have the first slots, in this order.
const WELL_KNOWN: [&[u8]; 6] = [b"IFS", b"PATH", b"LC_ALL", b"LC_CTYPE", b"LANG", b"OPTIND"];

#[derive(Debug, Default)]
pub struct Variables {
    slots: Vec<Variable>,
    index: BTreeMap<Bytes, u32>,
    /// What came with the environment and is no name, or the shell's own number of the line: passed on as it is.
    foreign: Vec<CString>,
    environment: Option<Rc<[CString]>>,
    /// What variables were before subshells that run in this process changed them.
    journal: Vec<(u32, Variable)>,
    /// That of the innermost such subshell; 0 where there is none.
    generation: u32,
    last_generation: u32,
    is_utf8: bool,
    /// `set -a`: each assignment exports.
    pub exports_all: bool,
    /// Where `getopts` is in the word that OPTIND names; 0, its beginning, once OPTIND is assigned.
    pub option_offset: usize,
    /// PATH was assigned: what was found in it is forgotten.
    pub path_is_new: bool,
}

/// Where the journal was when a subshell began.
pub struct Mark {
    length: usize,
    generation: u32,
}

impl Variables {
    /// The variables of this process's environment, all exported, and the prompts that it does not set.
    pub fn from_environment() -> Variables {
        let mut variables = Variables::default();
        for name in WELL_KNOWN {
            variables.slot(name);
        }
        variables.put(b"PS2", b"> ".as_slice().into());
        variables.put(b"PS4", b"+ ".as_slice().into());
        for (name, value) in std::env::vars_os() {
            let (name, value) = (name.into_vec(), value.into_vec());
            if Name::is_valid(&name) && name != b"LINENO" {
                variables.put(&name, value.into());
                variables.export(&name);
            } else {
                variables.foreign.extend(CString::new([name, value].join(&b'=')));
            }
        }
        variables
    }

    /// The value of a variable, looked up by a name that remembers its slot.
    pub fn get(&self, name: &Name) -> Option<&Bytes> {
        self.slots.get(self.number(name)? as usize)?.value.as_ref()
    }

    /// Whether a variable is as it was when the shell began, without a value.
    pub fn is_untouched(&self, name: &Name) -> bool {
        let variable = self.number(name).and_then(|number| self.slots.get(number as usize));
        variable.is_none_or(|variable| !variable.is_plain)
    }

    fn number(&self, name: &Name) -> Option<u32> {
        let remembered = name.slot.get();
        if self.slots.get(remembered as usize).is_some_and(|variable| variable.name == name.text) {
            return Some(remembered);
        }
        let number = *self.index.get(&name.text)?;
        name.slot.set(number);
        Some(number)
    }

    /// The value of the variable of this name.
    pub fn value(&self, name: &[u8]) -> Option<&Bytes> {
        self.variable(name)?.value.as_ref()
    }

    /// The same, empty where it is unset.
    pub fn text(&self, name: &[u8]) -> &[u8] {
        self.value(name).map_or(b"", |value| value)
    }

    /// PWD, where it is an absolute path of the working directory without `.` and `..`: a script may give it any value.
    pub fn working_directory(&self) -> Option<&Bytes> {
        let is_dots = |part: &[u8]| matches!(part, b"." | b"..");
        let is_tidy = |pwd: &[u8]| pwd.starts_with(b"/") && !pwd.split(|&byte| byte == b'/').any(is_dots);
        self.value(b"PWD").filter(|pwd| is_tidy(pwd) && files::is_same(pwd, b"."))
    }

    /// The file `minish/…` in the directory that a variable of the XDG base directories names, else in one below
    /// the home. Without a home there is none.
    pub fn own_file(&self, variable: &[u8], below_home: &[u8], file: &[u8]) -> Option<Vec<u8>> {
        let directory = match (self.text(variable), self.text(b"HOME")) {
            (b"", b"") => return None,
            (b"", home) => files::join(home, below_home),
            (directory, _) => directory.to_vec(),
        };
        Some(files::join(&directory, &[b"minish/", file].concat()))
    }

    /// The variable of this name, if it was ever mentioned.
    pub fn variable(&self, name: &[u8]) -> Option<&Variable> {
        self.slots.get(*self.index.get(name)? as usize)
    }

    /// IFS.
    pub fn separators(&self) -> Option<&Bytes> {
        self.slots.first()?.value.as_ref()
    }

    /// Whether characters can have several bytes: the locale's codeset is UTF-8 (XBD 8.2).
    pub fn is_utf8(&self) -> bool {
        self.is_utf8
    }

    /// Sets a variable, by a name that remembers its slot.
    pub fn assign(&mut self, name: &Name, value: Bytes) -> Result<(), ReadOnly> {
        let number = self.number(name).unwrap_or_else(|| self.slot(&name.text));
        self.assign_slot(number, value)
    }

    pub fn set(&mut self, name: &[u8], value: impl Into<Bytes>) -> Result<(), ReadOnly> {
        let number = self.slot(name);
        self.assign_slot(number, value.into())
    }

    /// Sets a variable that the shell itself keeps, read-only or not.
    pub fn put(&mut self, name: &[u8], value: Bytes) {
        let number = self.slot(name);
        self.change(number, |variable| variable.value = Some(value));
    }

    fn assign_slot(&mut self, number: u32, value: Bytes) -> Result<(), ReadOnly> {
        let exports = self.exports_all;
        self.try_change(number, |variable| {
            variable.value = Some(value);
            variable.is_exported |= exports;
        })
    }

    fn try_change(&mut self, number: u32, change: impl FnOnce(&mut Variable)) -> Result<(), ReadOnly> {
        if let Some(variable) = self.slots.get(number as usize).filter(|variable| variable.is_readonly) {
            return Err(ReadOnly(variable.name.clone()));
        }
        self.change(number, change);
        Ok(())
    }

    /// The only way to a change: writes the journal and drops what no longer holds.
    fn change(&mut self, number: u32, change: impl FnOnce(&mut Variable)) {
        let Some(variable) = self.slots.get_mut(number as usize) else { return };
        if variable.generation != self.generation {
            if self.generation != 0 {
                self.journal.push((number, variable.clone()));
            }
            variable.generation = self.generation;
        }
        let was_exported = variable.is_exported;
        change(variable);
        if was_exported || variable.is_exported {
            self.environment = None;
        }
        match number {
            1 => self.path_is_new = true,
            2..=4 => self.is_utf8 = self.has_utf8_locale(),
            5 => self.option_offset = 0,
            _ => {}
        }
    }

    fn has_utf8_locale(&self) -> bool {
        let mut values = self.slots.iter().skip(2).take(3).filter_map(|variable| variable.value.as_ref());
        let locale = values.find(|value| !value.is_empty()).map(|value| value.to_ascii_lowercase());
        locale.is_some_and(|locale| locale.ends_with(b"utf-8") || locale.ends_with(b"utf8"))
    }

    /// Marks a variable to be given to programs.
    pub fn export(&mut self, name: &[u8]) {
        let number = self.slot(name);
        self.change(number, |variable| variable.is_exported = true);
    }

    /// Makes a variable read-only.
    pub fn protect(&mut self, name: &[u8]) {
        let number = self.slot(name);
        self.change(number, |variable| variable.is_readonly = true);
    }

    /// Unsets a variable and takes its marks.
    pub fn unset(&mut self, name: &[u8]) -> Result<(), ReadOnly> {
        let number = self.slot(name);
        self.try_change(number, |variable| {
            variable.value = None;
            variable.is_exported = false;
            variable.is_plain = true;
        })
    }

    /// A variable as it is, to be put back by `restore`.
    pub fn save(&mut self, name: &[u8]) -> Variable {
        let number = self.slot(name);
        self.slots.get(number as usize).cloned().unwrap_or_default()
    }

    /// Puts a variable back as it was.
    pub fn restore(&mut self, saved: Variable) {
        let number = self.slot(&saved.name);
        self.change(number, |variable| *variable = Variable { generation: variable.generation, ..saved });
    }

    /// Begins a subshell in this process: from here on, changes can be undone.
    pub fn begin(&mut self) -> Mark {
        let mark = Mark { length: self.journal.len(), generation: self.generation };
        self.last_generation += 1;
        self.generation = self.last_generation;
        mark
    }

    /// Ends a subshell in this process: all is as it was.
    pub fn undo(&mut self, mark: &Mark) {
        while self.journal.len() > mark.length
            && let Some((number, saved)) = self.journal.pop()
        {
            // It was changed in this generation: that is not written down again.
            self.change(number, |variable| *variable = saved);
        }
        self.generation = mark.generation;
    }

    /// Becomes a process of its own: nothing will be undone.
    pub fn forget_journal(&mut self) {
        self.journal.clear();
        self.generation = 0;
    }

    fn slot(&mut self, name: &[u8]) -> u32 {
        if let Some(&number) = self.index.get(name) {
            return number;
        }
        let number = u32::try_from(self.slots.len()).unwrap_or(u32::MAX);
        let name: Bytes = name.into();
        self.index.insert(name.clone(), number);
        let generation = self.generation;
        let variable = Variable { name, generation, ..Variable::default() };
        if generation != 0 {
            self.journal.push((number, Variable { generation: 0, ..variable.clone() }));
        }
        self.slots.push(variable);
        number
    }

    /// All variables that are set or marked, in order of their names.
    pub fn all(&self) -> impl Iterator<Item = &Variable> {
        self.index.values().filter_map(|&slot| self.slots.get(slot as usize))
    }

    /// The environment of a program: what is exported and set.
    pub fn environment(&mut self) -> Rc<[CString]> {
        let environment = self.environment.take().unwrap_or_else(|| self.environment_with(&[]));
        self.environment = Some(Rc::clone(&environment));
        environment
    }

    /// The environment of a program that has some variables of its own.
    pub fn environment_with(&self, own: &[Pair]) -> Rc<[CString]> {
        let exported = self.all().filter(|variable| variable.is_exported);
        let set = exported.filter_map(|variable| Some((&variable.name, variable.value.as_ref()?)));
        // The last of a name counts.
        let all: BTreeMap<_, _> = set.chain(own.iter().map(|(name, value)| (name, value))).collect();
        let pair = |(name, value): (&Bytes, &Bytes)| CString::new([name, &**value].join(&b'=')).ok();
        all.into_iter().filter_map(pair).chain(self.foreign.iter().cloned()).collect()
    }
}
