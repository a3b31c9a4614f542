package dev.lectern.neon.monitor;

/// How many connections were told to end.
///
/// @param idle which end now
/// @param inUse which end when the work that holds them gives them back
public record Evicted(int idle, int inUse) {}
