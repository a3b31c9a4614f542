package dev.lectern.embedded.gateway;

/// What a client has sent up to the point where it waits for an answer.
///
/// @param pooled whether to the pooler
/// @param inTransaction whether in a transaction that was open before
/// @param writes whether a statement of it writes
/// @param commits whether a statement of it ends a transaction
/// @param questions how many answers it demands
record Flight(boolean pooled, boolean inTransaction, boolean writes, boolean commits, int questions) {}
