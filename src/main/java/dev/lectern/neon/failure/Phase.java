package dev.lectern.neon.failure;

/// What was going on when something failed.
public enum Phase {
    /// A connection was being made: nothing of ours had been sent.
    CONNECTING,
    /// Work held a connection: what it sent last may or may not have been done.
    WORKING
}
