//! The options of the shell (POSIX XCU set): one table.

macro_rules! options {
    ($($flag:ident $letter:expr, $name:literal;)*) => {
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Flag {
            $($flag),*
        }

        /// Each option, its letter if it has one, and its name.
        pub const TABLE: &[(Flag, Option<u8>, &str)] = &[$((Flag::$flag, $letter, $name)),*];
    };
}

options! {
    AllExport Some(b'a'), "allexport";
    Emacs None, "emacs";
    ErrExit Some(b'e'), "errexit";
    HashAll Some(b'h'), "hashall";
    IgnoreEof None, "ignoreeof";
    Monitor Some(b'm'), "monitor";
    NoClobber Some(b'C'), "noclobber";
    NoExec Some(b'n'), "noexec";
    NoGlob Some(b'f'), "noglob";
    NoLog None, "nolog";
    Notify Some(b'b'), "notify";
    NoUnset Some(b'u'), "nounset";
    PipeFail None, "pipefail";
    Posix None, "posix";
    Verbose Some(b'v'), "verbose";
    Vi None, "vi";
    XTrace Some(b'x'), "xtrace";
}

/// Which options are on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Options(u32);

impl Options {
    pub fn has(self, flag: Flag) -> bool {
        self.0 & (1 << flag as u32) != 0
    }

    /// Turns an option on or off. `vi` and `emacs` exclude each other.
    pub fn set(&mut self, flag: Flag, is_on: bool) {
        match (flag, is_on) {
            (Flag::Vi, true) => self.set(Flag::Emacs, false),
            (Flag::Emacs, true) => self.set(Flag::Vi, false),
            _ => {}
        }
        let bit = 1 << flag as u32;
        self.0 = if is_on { self.0 | bit } else { self.0 & !bit };
    }

    /// The letters of the options that are on, as `$-` has them.
    pub fn letters(self) -> impl Iterator<Item = u8> {
        TABLE.iter().filter(move |(flag, ..)| self.has(*flag)).filter_map(|(_, letter, _)| *letter)
    }
}

pub fn by_letter(letter: u8) -> Option<Flag> {
    TABLE.iter().find(|(_, one, _)| *one == Some(letter)).map(|(flag, ..)| *flag)
}

pub fn by_name(name: &[u8]) -> Option<Flag> {
    TABLE.iter().find(|(_, _, one)| one.as_bytes() == name).map(|(flag, ..)| *flag)
}
