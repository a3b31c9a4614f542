package dev.lectern.embedded;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/// Another process, or this one, runs the embedded database of the same home.
public final class HomeInUseException extends EmbeddedDatabaseException {

    private static final long serialVersionUID = 1L;

    private final transient Optional<Owner> owner;

    HomeInUseException(Path folder, Optional<Owner> owner) {
        super(owner.map(known -> "The embedded database in %s is in use by the process %d: stop that one first."
                        .formatted(folder, known.pid()))
                .orElseGet(() -> "The embedded database in %s is in use by another process: stop that one first."
                        .formatted(folder)));
        this.owner = owner;
    }

    /// The process that holds the home; empty where it has not told its name yet.
    public OptionalLong ownerPid() {
        return owner.map(known -> OptionalLong.of(known.pid())).orElseGet(OptionalLong::empty);
    }
}
