package dev.lectern.neon.monitor;

/// Who holds how many of the server's connections.
///
/// @param application what it calls itself in `pg_stat_activity`
/// @param role its user
/// @param connections how many it holds
public record SlotHolder(String application, String role, int connections) {}
