//! Numbers to text and back, as the C library does it: `snprintf(3)`, `strtod(3)` and `strtoll(3)`.

use std::ffi::CString;

use nix::libc::{self, c_char};

use super::Errno;

/// A number to be written.
#[derive(Debug, Clone, Copy)]
pub enum Number {
    /// For the conversions `d i`, and in two's complement for `o u x X`.
    Integer(i64),
    /// For the conversions `a A e E f F g G`.
    Real(f64),
}

/// How a number is written.
#[derive(Debug, Clone, Copy)]
pub struct Format<'a> {
    /// Of the characters `-+ #0`.
    pub flags: &'a [u8],
    /// At least so many characters.
    pub width: i32,
    /// Negative: as if there were none.
    pub precision: i32,
    /// The letter.
    pub conversion: u8,
}

/// Writes a number at the end of `out`. EINVAL for a format that does not fit the number, ENOMEM and EOVERFLOW where
/// the text is too long.
pub fn print(format: Format<'_>, number: Number, out: &mut Vec<u8>) -> Result<(), Errno> {
    let (known, length): (&[u8], &[u8]) = match number {
        Number::Integer(_) => (b"diouxX", b"ll"),
        Number::Real(_) => (b"aAeEfFgG", b""),
    };
    if !known.contains(&format.conversion) || !format.flags.iter().all(|flag| b"-+ #0".contains(flag)) {
        return Err(Errno::EINVAL);
    }
    let text = [b"%", format.flags, b"*.*", length, &[format.conversion]].concat();
    let text = CString::new(text).map_err(|_| Errno::EINVAL)?;
    let (spec, width, precision) = (text.as_ptr(), format.width, format.precision);
    let mut room = 64;
    loop {
        out.try_reserve(room).map_err(|_| Errno::ENOMEM)?;
        let spare = out.spare_capacity_mut();
        let (to, size) = (spare.as_mut_ptr().cast(), spare.len());
        let written = match number {
            // SAFETY: the format takes two `int`s and a `long long`; no more than `size` bytes are written.
            Number::Integer(value) => unsafe { libc::snprintf(to, size, spec, width, precision, value) },
            // SAFETY: the same with a `double`.
            Number::Real(value) => unsafe { libc::snprintf(to, size, spec, width, precision, value) },
        };
        let written = usize::try_from(written).map_err(|_| Errno::last())?;
        if written < size {
            // SAFETY: so many bytes behind the old end have just been written.
            unsafe { out.set_len(out.len() + written) };
            return Ok(());
        }
        room = written.saturating_add(1);
    }
}

/// The number with which a text begins, how many bytes of the text it has, and whether a `double` can hold it.
pub fn parse_real(text: &[u8]) -> (f64, usize, bool) {
    // SAFETY: `parse` gives a string that ends with a NUL byte.
    parse(text, |text, end| unsafe { libc::strtod(text, end) })
}

/// The same for a decimal, octal or hexadecimal integer; what is beyond the bounds becomes the nearer one.
pub fn parse_signed(text: &[u8]) -> (i64, usize, bool) {
    // SAFETY: as above.
    parse(text, |text, end| unsafe { libc::strtoll(text, end, 0) })
}

/// The same for one without a sign, in two's complement.
pub fn parse_unsigned(text: &[u8]) -> (i64, usize, bool) {
    // SAFETY: as above.
    parse(text, |text, end| unsafe { libc::strtoull(text, end, 0) }.cast_signed())
}

fn parse<N: Default>(
    text: &[u8],
    read: impl FnOnce(*const c_char, *mut *mut c_char) -> N,
) -> (N, usize, bool) {
    let Ok(text) = CString::new(text) else { return (N::default(), 0, true) };
    let mut end = std::ptr::null_mut();
    Errno::clear();
    let value = read(text.as_ptr(), &raw mut end);
    let used = end.addr().saturating_sub(text.as_ptr().addr());
    (value, used, Errno::last() != Errno::ERANGE)
}
