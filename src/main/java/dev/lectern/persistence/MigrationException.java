package dev.lectern.persistence;

/// The schema could not be brought up to date. The message is one line that names the migration, where one is to
/// blame.
public final class MigrationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MigrationException(Throwable cause) {
        super("the schema could not be brought up to date: " + oneLine(cause), cause);
    }

    private static String oneLine(Throwable cause) {
        return String.valueOf(cause.getMessage())
                .replaceAll("[\\s-]*\\R[\\s-]*", "; ")
                .strip();
    }
}
