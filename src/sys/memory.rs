//! Memory for small things. A shell makes and drops words of a few bytes all the time, and a parser whole
//! trees of them. So free blocks are kept in lists, one for each size, and what is larger comes from the
//! system. Each thread has lists of its own, so that nothing is locked; a block may end in another's list.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::ptr::null_mut;

/// The allocator of the program.
#[derive(Debug)]
pub struct Pools;

/// Sizes are rounded up to multiples of this, which is also what all blocks are aligned to.
const STEP: usize = 16;
/// How many sizes have a list.
const SIZES: usize = 32;
/// How much is taken from the system at once.
const CHUNK: usize = 64 * 1024;

/// A block that is not in use holds the address of the next one.
struct Free(Cell<*mut Free>);

thread_local! {
    static FREE: [Cell<*mut Free>; SIZES] = const { [const { Cell::new(null_mut()) }; SIZES] };
    /// The rest of a chunk that has never been used: where it begins and how long it is.
    static REST: Cell<(*mut u8, usize)> = const { Cell::new((null_mut(), 0)) };
}

/// The number of the list for blocks of this layout, if there is one.
fn list(layout: Layout) -> usize {
    if layout.align() <= STEP { layout.size().wrapping_sub(1) / STEP } else { SIZES }
}

// SAFETY: a block is at least as large as its list says and aligned to STEP, is in no list while it is in use,
// and is used by one thread at a time.
unsafe impl GlobalAlloc for Pools {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        FREE.with(|lists| match lists.get(list(layout)) {
            Some(first) if !first.get().is_null() => {
                let block = first.get();
                // SAFETY: what is in a list is a `Free`.
                first.set(unsafe { (*block).0.get() });
                block.cast()
            }
            // SAFETY: the caller's promise.
            _ => unsafe { unused(layout) },
        })
    }

    // SAFETY: the caller gives back what it got here.
    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        FREE.with(|lists| match lists.get(list(layout)) {
            Some(first) => {
                let free = block.cast::<Free>();
                // SAFETY: the block is not used any more, and is large enough and aligned for a `Free`.
                unsafe { free.write(Free(Cell::new(first.get()))) };
                first.set(free);
            }
            // SAFETY: the caller's promise; it came from the system.
            None => unsafe { System.dealloc(block, layout) },
        });
    }

    // SAFETY: the caller gives back what it got here.
    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // SAFETY: the caller's promise that it does not overflow.
        let new_layout = unsafe { Layout::from_size_align_unchecked(size, layout.align()) };
        let (old, new) = (list(layout), list(new_layout));
        if old >= SIZES && new >= SIZES {
            // SAFETY: the caller's promise; it came from the system.
            return unsafe { System.realloc(block, layout, size) };
        }
        if old == new {
            return block;
        }
        // SAFETY: two blocks, of at least these sizes.
        unsafe {
            let new_block = self.alloc(new_layout);
            if !new_block.is_null() {
                block.copy_to_nonoverlapping(new_block, layout.size().min(size));
                self.dealloc(block, layout);
            }
            new_block
        }
    }
}

/// A block that was never used, or one from the system that is too large for the lists.
///
/// # Safety
/// The size is not zero.
#[cold]
unsafe fn unused(layout: Layout) -> *mut u8 {
    let size = (list(layout) + 1) * STEP;
    REST.with(|rest| {
        let (mut start, mut length) = rest.get();
        if size > SIZES * STEP {
            // SAFETY: the caller's promise.
            return unsafe { System.alloc(layout) };
        }
        if length < size {
            // SAFETY: the size is not zero.
            start = unsafe { System.alloc(Layout::from_size_align_unchecked(CHUNK, STEP)) };
            length = CHUNK;
            if start.is_null() {
                return start;
            }
        }
        rest.set((start.wrapping_add(size), length - size));
        start
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use super::*;

    #[test]
    fn blocks_of_all_sizes_keep_what_is_in_them() {
        let layout = |size: usize| Layout::from_size_align(size, 8).unwrap();
        let mut blocks: Vec<(*mut u8, usize)> = Vec::new();
        for round in 0..20_000_usize {
            let size = 1 + round * 7919 % 700;
            // SAFETY: sizes are not zero; what is written, read, resized and freed has the size noted for it.
            unsafe {
                let block = Pools.alloc(layout(size));
                block.write_bytes(size as u8, size);
                blocks.push((block, size));
                let (block, old) = blocks.swap_remove(round * 31 % blocks.len());
                let new = 1 + old * 3 % 900;
                let moved = Pools.realloc(block, layout(old), new);
                let kept = std::slice::from_raw_parts(moved, old.min(new));
                assert!(kept.iter().all(|&byte| byte == old as u8) && moved.addr() % STEP == 0);
                moved.write_bytes(new as u8, new);
                match round % 3 {
                    0 => Pools.dealloc(moved, layout(new)),
                    _ => blocks.push((moved, new)),
                }
            }
        }
        // SAFETY: as above.
        blocks.iter().for_each(|&(block, size)| unsafe { Pools.dealloc(block, layout(size)) });
    }
}
