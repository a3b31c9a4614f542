package dev.lectern.neon.admission;

/// How much a piece of work matters, most first.
///
/// Permits are given in the order of coming whatever the criticality: today it only labels what listeners are told,
/// and is carried so that a later queue can refuse the last first.
public enum Criticality {
    /// Stores what was already paid for, such as an answer that a model has written.
    COMPLETION,
    /// A person waits for a change to be stored.
    INTERACTIVE_WRITE,
    /// A person waits for something to be shown.
    INTERACTIVE_READ,
    /// Nobody waits.
    BACKGROUND
}
