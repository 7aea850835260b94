//! The crate whose calls the fixtures of flow have a model for: a copy of a builder is a handle to the same one.
#[derive(Clone, Copy)]
pub struct Builder;

impl Builder {
    pub fn new() -> Self {
        Self
    }
    pub fn set(self, _: u8) -> Self {
        self
    }
    pub fn verify(self, _: bool) -> Self {
        self
    }
    pub fn build(self) -> Result<Self, ()> {
        Ok(self)
    }
}

pub struct Peer;

impl Peer {
    pub fn name(&self) -> &str {
        ""
    }
}

pub fn peer() -> Peer {
    Peer
}

pub fn secret() -> u8 {
    0
}

/// Of this and what follows the model says nothing.
pub fn each<T>(_: Vec<T>, _: impl FnMut(T)) {}

pub fn once(_: impl FnOnce()) {}

pub fn perhaps(_: Option<impl FnOnce()>) {}

pub fn keep<T>(it: T) -> T {
    it
}
