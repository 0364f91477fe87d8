//! Numbers to text and back, as the C library does it: `snprintf(3)` and `strtod(3)`.

use std::ffi::CString;

use nix::libc;

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

/// Writes a number at the end of `out`.
///
/// # Errors
/// EINVAL for a format that does not fit the number, ENOMEM and EOVERFLOW where the text is too long.
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
    let Ok(text) = CString::new(text) else { return (0.0, 0, true) };
    let mut end = std::ptr::null_mut();
    Errno::clear();
    // SAFETY: the text ends with a NUL byte, and `end` is only compared with its beginning.
    let value = unsafe { libc::strtod(text.as_ptr(), &raw mut end) };
    let used = end.addr().saturating_sub(text.as_ptr().addr());
    (value, used, Errno::last() != Errno::ERANGE)
}
