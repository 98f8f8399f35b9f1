//! Values of a screen: kept as long as it stands, and watched where it must follow them.
//!
//! Like [`crate::view`], this gives Leptos one static type to work with: each further type of a
//! signal or a stored value would bring its own copy of the arena's and the graph's code.

use std::any::Any;
use std::cell::RefCell;
use std::marker::PhantomData;
use std::rc::Rc;

use reactive_graph::owner::{LocalStorage, StoredValue};
use reactive_graph::signal::ArcTrigger;
use reactive_graph::traits::{GetValue, Notify, Track};

/// A value that lives as long as the screen that made it. Copies are the same value.
pub struct State<T> {
    cell: StoredValue<Rc<dyn Any>, LocalStorage>,
    of: PhantomData<fn() -> T>,
}

struct Cell<T> {
    value: RefCell<T>,
    changed: ArcTrigger,
}

impl<T> Clone for State<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for State<T> {}

impl<T: 'static> State<T> {
    /// A value of the screen that is being made.
    pub fn new(value: T) -> Self {
        let cell: Rc<dyn Any> = Rc::new(Cell { value: RefCell::new(value), changed: ArcTrigger::new() });
        Self { cell: StoredValue::new_local(cell), of: PhantomData }
    }

    /// Looks at it, and watches it.
    pub fn with<R>(self, look: impl FnOnce(&T) -> R) -> R {
        let cell = self.cell();
        let cell = expect_type::<T>(&cell);
        cell.changed.track();
        look(&cell.value.borrow())
    }

    /// Looks at it without watching.
    pub fn with_now<R>(self, look: impl FnOnce(&T) -> R) -> R {
        look(&expect_type::<T>(&self.cell()).value.borrow())
    }

    /// Changes it, and tells who watches. Nothing happens once the screen is gone.
    pub fn update<R: Default>(self, change: impl FnOnce(&mut T) -> R) -> R {
        let Some(cell) = self.cell.try_get_value() else { return R::default() };
        let cell = expect_type::<T>(&cell);
        let result = change(&mut cell.value.borrow_mut());
        cell.changed.notify();
        result
    }

    /// Replaces it, and tells who watches. Nothing happens once the screen is gone.
    pub fn set(self, value: T) {
        self.update(|old| *old = value);
    }

    fn cell(self) -> Rc<dyn Any> {
        self.cell.get_value()
    }
}

impl<T: Clone + 'static> State<T> {
    /// A copy of it; watched.
    pub fn get(self) -> T {
        self.with(T::clone)
    }

    /// A copy of it; not watched.
    pub fn now(self) -> T {
        self.with_now(T::clone)
    }
}

fn expect_type<T: 'static>(cell: &Rc<dyn Any>) -> &Cell<T> {
    cell.downcast_ref().expect("a state holds the type that it was made with")
}
