package dev.lectern.neon.admission;

/// How much a piece of work matters, most first: permits are given in this order, and what matters least is refused
/// first. No class but the first can have all permits while others want some.
public enum Criticality {
    /// Stores what was already paid for, such as an answer that a model has written: refused only where it would
    /// come too late.
    COMPLETION,
    /// A person waits for a change to be stored.
    INTERACTIVE_WRITE,
    /// A person waits for something to be shown.
    INTERACTIVE_READ,
    /// Nobody waits.
    BACKGROUND
}
