//! The `minish` program: see the library's `cli`.

#![no_main]

#[path = "sys/entry.rs"]
mod entry;
