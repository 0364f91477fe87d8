//! Text as the shell holds it everywhere: shared, and in place where it is short, as most words are.

use std::borrow::Borrow;
use std::fmt;
use std::ops::Deref;
use std::rc::Rc;

/// A piece of text: a word, a name, a value. Not always UTF-8, and without NUL bytes. Cheap to clone.
#[derive(Clone, PartialEq, Eq)]
pub struct Bytes(Text);

/// Texts of up to seven bytes stand where the others have their length, with their own behind them. Equal texts are
/// held alike.
#[derive(Clone, PartialEq, Eq)]
enum Text {
    Short([u8; 8]),
    Long(Rc<[u8]>),
}

impl From<&[u8]> for Bytes {
    // So that a short one is made in registers, and no copy has to wait for it.
    #[inline(always)]
    fn from(text: &[u8]) -> Bytes {
        let length = text.len();
        if length > 7 {
            return Bytes(Text::Long(long(text)));
        }
        // Copied as numbers: a call for so few bytes takes longer. What is copied twice comes to the same place.
        let number = |bytes: &[u8; 4]| u64::from(u32::from_le_bytes(*bytes));
        let byte = |at: usize| Some(u64::from(*text.get(at)?) << (8 * at));
        let bytes = match (text.first_chunk(), text.last_chunk()) {
            (Some(first), Some(last)) => number(first) | number(last) << (8 * (length - 4)),
            _ => byte(0)
                .map_or(0, |first| first | byte(length / 2).unwrap_or(0) | byte(length - 1).unwrap_or(0)),
        };
        Bytes(Text::Short((bytes | (length as u64) << 56).to_le_bytes()))
    }
}

#[inline(never)]
fn long(text: &[u8]) -> Rc<[u8]> {
    text.into()
}

impl From<Vec<u8>> for Bytes {
    fn from(text: Vec<u8>) -> Bytes {
        text.as_slice().into()
    }
}

impl Deref for Bytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match &self.0 {
            Text::Short(text @ [.., length]) => text.get(..usize::from(*length)).unwrap_or_default(),
            Text::Long(text) => text,
        }
    }
}

impl Default for Bytes {
    fn default() -> Bytes {
        Bytes(Text::Short([0; 8]))
    }
}

impl Borrow<[u8]> for Bytes {
    fn borrow(&self) -> &[u8] {
        self
    }
}

impl AsRef<[u8]> for Bytes {
    fn as_ref(&self) -> &[u8] {
        self
    }
}

impl Ord for Bytes {
    fn cmp(&self, other: &Bytes) -> std::cmp::Ordering {
        (**self).cmp(other)
    }
}

impl PartialOrd for Bytes {
    fn partial_cmp(&self, other: &Bytes) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Debug for Bytes {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(formatter)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_texts_take_no_more_room_than_the_pointer_to_long_ones() {
        assert_eq!(size_of::<Bytes>(), size_of::<Rc<[u8]>>());
        for length in 0..20 {
            let text = b"0123456789abcdefghij".get(..length).unwrap_or_default();
            assert_eq!(*Bytes::from(text), *text);
        }
    }
}
