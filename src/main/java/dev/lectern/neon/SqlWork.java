package dev.lectern.neon;

import java.sql.Connection;
import java.sql.SQLException;

/// What is done while a connection is held: one round trip where one can do.
@FunctionalInterface
public interface SqlWork<T> {

    /// Does it.
    ///
    /// @param connection in autocommit; closing it is not the work's business
    T run(Connection connection) throws SQLException;
}
