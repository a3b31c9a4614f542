package dev.lectern.neon.monitor;

/// What the server has of connections, as it said when it was last connected to after an absence.
///
/// @param maximum for everybody, or for this role or database where that is less
/// @param reserved which of them only superusers and roles with `pg_use_reserved_connections` get
public record ServerSlots(int maximum, int reserved) {}
