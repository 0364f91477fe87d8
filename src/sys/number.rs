//! Floating-point numbers as the C library reads and writes them.

use std::ffi::CString;

use nix::libc;

/// The number at the beginning of a text, and how many of its bytes are it (`strtod(3)`).
pub fn parse(text: &[u8]) -> (f64, usize) {
    let Ok(text) = CString::new(text) else { return (0.0, 0) };
    let mut end = std::ptr::null_mut();
    // SAFETY: the text ends with a NUL byte, and outlives the call; `end` is set to a place in it.
    let value = unsafe { libc::strtod(text.as_ptr(), &raw mut end) };
    (value, end.addr() - text.as_ptr().addr())
}

/// A number as `printf(3)` writes it with these flags, by one of the conversions `aAeEfFgG`.
pub fn format(flags: &[u8], width: usize, precision: Option<usize>, conversion: u8, value: f64) -> Vec<u8> {
    let precision = precision.map_or(-1, |precision| i32::try_from(precision).unwrap_or(i32::MAX));
    let width = i32::try_from(width).unwrap_or(i32::MAX);
    let template = [b"%", flags, b"*.*", &[conversion]].concat();
    let Ok(template) = CString::new(template) else { return Vec::new() };
    let mut buffer = vec![0_u8; 64];
    loop {
        // SAFETY: the buffer has the size that is given; the arguments are those that the template names.
        let length = unsafe {
            libc::snprintf(
                buffer.as_mut_ptr().cast(),
                buffer.len(),
                template.as_ptr(),
                width,
                precision,
                value,
            )
        };
        let Ok(length) = usize::try_from(length) else { return Vec::new() };
        if length < buffer.len() {
            buffer.truncate(length);
            return buffer;
        }
        buffer.resize(length + 1, 0);
    }
}
