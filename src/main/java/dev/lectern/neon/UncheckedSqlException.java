package dev.lectern.neon;

import java.sql.SQLException;

/// An ordinary error of a statement, such as a violated constraint: the database is well.
public final class UncheckedSqlException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final SQLException sqlException;

    /// Wraps the error of a statement.
    ///
    /// @param cause as the driver gave it
    public UncheckedSqlException(SQLException cause) {
        super(cause.getMessage(), cause);
        this.sqlException = cause;
    }

    /// The error as the driver gave it.
    public SQLException sqlException() {
        return sqlException;
    }
}
