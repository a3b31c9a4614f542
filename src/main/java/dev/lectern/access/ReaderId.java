package dev.lectern.access;

import java.util.UUID;

/// The identity of a reader: a UUIDv7 that the reader's token carries.
public record ReaderId(UUID value) {}
