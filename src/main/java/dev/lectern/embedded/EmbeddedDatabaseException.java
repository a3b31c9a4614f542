package dev.lectern.embedded;

import org.jspecify.annotations.Nullable;

/// The embedded database cannot run. The message is one sentence or two for the operator.
public class EmbeddedDatabaseException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    EmbeddedDatabaseException(String message) {
        this(message, null);
    }

    EmbeddedDatabaseException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
