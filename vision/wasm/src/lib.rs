//! What the browser's worker asks of vision. A module of its own, loaded when a camera is near.

mod eye;
mod wanted;

pub use eye::{Eye, differs};

/// A list of what is free, instead of the standard library's allocator of many lists: a look has few things in memory
/// at once and most of them are large, so it is as quick.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static MEMORY: lol_alloc::LockedAllocator<lol_alloc::FreeListAllocator> =
    lol_alloc::LockedAllocator::new(lol_alloc::FreeListAllocator::new());
