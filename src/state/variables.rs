//! Variables (POSIX XCU 2.5.3): a slot each, found by name once and by number from then on; and the
//! environment that programs get, kept ready.

use std::collections::BTreeMap;
use std::ffi::CString;
use std::os::unix::ffi::OsStringExt;
use std::rc::Rc;

use crate::syntax::Bytes;
use crate::syntax::ast::Name;

/// A variable, set or only marked.
#[derive(Debug, Clone)]
pub struct Variable {
    name: Bytes,
    /// Its value, if it is set.
    pub value: Option<Bytes>,
    /// Whether programs get it.
    pub is_exported: bool,
}

/// All variables of a shell.
#[derive(Debug, Default)]
pub struct Variables {
    slots: Vec<Variable>,
    index: BTreeMap<Bytes, u32>,
    /// What came with the environment and is no name: passed on as it is.
    foreign: Vec<CString>,
    environment: Option<Rc<[CString]>>,
}

impl Variables {
    /// The variables of this process's environment, all exported.
    pub fn from_environment() -> Variables {
        let mut variables = Variables::default();
        for (name, value) in std::env::vars_os() {
            let (name, value) = (name.into_vec(), value.into_vec());
            if Name::is_valid(&name) {
                let slot = variables.slot(&name);
                slot.value = Some(value.into());
                slot.is_exported = true;
            } else {
                variables.foreign.extend(CString::new([name, value].join(&b'=')));
            }
        }
        variables
    }

    /// The value of a variable, looked up by a name that remembers its slot.
    pub fn get(&self, name: &Name) -> Option<&Bytes> {
        let remembered = self.slots.get(name.slot.get() as usize);
        if let Some(variable) = remembered.filter(|variable| variable.name == name.text) {
            return variable.value.as_ref();
        }
        let slot = *self.index.get(&name.text)?;
        name.slot.set(slot);
        self.slots.get(slot as usize)?.value.as_ref()
    }

    /// The value of the variable of this name.
    pub fn value(&self, name: &[u8]) -> Option<&Bytes> {
        let slot = *self.index.get(name)?;
        self.slots.get(slot as usize)?.value.as_ref()
    }

    /// Sets a variable.
    pub fn set(&mut self, name: &[u8], value: impl Into<Bytes>) {
        let variable = self.slot(name);
        variable.value = Some(value.into());
        if variable.is_exported {
            self.environment = None;
        }
    }

    /// Marks a variable to be given to programs.
    pub fn export(&mut self, name: &[u8]) {
        self.slot(name).is_exported = true;
        self.environment = None;
    }

    /// Unsets a variable and takes its mark.
    pub fn unset(&mut self, name: &[u8]) {
        if self.index.contains_key(name) {
            let variable = self.slot(name);
            variable.value = None;
            variable.is_exported = false;
            self.environment = None;
        }
    }

    /// A variable as it is, to be put back by `restore`.
    pub fn save(&mut self, name: &[u8]) -> Variable {
        self.slot(name).clone()
    }

    /// Puts a variable back as it was.
    pub fn restore(&mut self, saved: Variable) {
        let name = Rc::clone(&saved.name);
        *self.slot(&name) = saved;
        self.environment = None;
    }

    fn slot(&mut self, name: &[u8]) -> &mut Variable {
        let number = match self.index.get(name) {
            Some(&number) => number as usize,
            None => {
                let number = self.slots.len();
                let name: Bytes = name.into();
                self.index.insert(Rc::clone(&name), u32::try_from(number).unwrap_or(u32::MAX));
                self.slots.push(Variable { name, value: None, is_exported: false });
                number
            }
        };
        // The index only holds numbers of slots.
        #[allow(clippy::indexing_slicing)]
        &mut self.slots[number]
    }

    /// The exported variables in order of their names.
    pub fn exported(&self) -> impl Iterator<Item = (&Bytes, Option<&Bytes>)> {
        let slots = self.index.values().filter_map(|&slot| self.slots.get(slot as usize));
        slots
            .filter(|variable| variable.is_exported)
            .map(|variable| (&variable.name, variable.value.as_ref()))
    }

    /// The environment of a program: what is exported and set.
    pub fn environment(&mut self) -> Rc<[CString]> {
        if let Some(environment) = &self.environment {
            return Rc::clone(environment);
        }
        let environment = self.environment_with(&[]);
        self.environment = Some(Rc::clone(&environment));
        environment
    }

    /// The environment of a program that has some `name=value` of its own.
    pub fn environment_with(&self, own: &[(Bytes, Bytes)]) -> Rc<[CString]> {
        let is_own = |name: &Bytes| own.iter().any(|(own, _)| own == name);
        let exported = self.exported().filter(|(name, _)| !is_own(name));
        let set = exported.filter_map(|(name, value)| Some((name, value?)));
        let last_of_each = own
            .iter()
            .enumerate()
            .filter(|(index, (name, _))| !own.iter().skip(index + 1).any(|(later, _)| later == name));
        let all = set.chain(last_of_each.map(|(_, (name, value))| (name, value)));
        let pairs = all.filter_map(|(name, value)| CString::new([name, &**value].join(&b'=')).ok());
        pairs.chain(self.foreign.iter().cloned()).collect()
    }
}
