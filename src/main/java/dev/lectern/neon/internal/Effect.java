package dev.lectern.neon.internal;

import dev.lectern.neon.failure.DatabaseFailure;

/// What work does to the database, and so whether it may be done once more.
public enum Effect {
    READS,
    WRITES,
    /// Writes what a key settles.
    WRITES_IDEMPOTENTLY;

    /// Whether work that met the failure may be done once more.
    boolean repeatsAfter(DatabaseFailure failure) {
        return switch (failure.response().repetition()) {
            case ALWAYS -> true;
            case IF_IDEMPOTENT -> this != WRITES;
            case NEVER -> false;
        };
    }
}
