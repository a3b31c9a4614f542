package dev.lectern.neon;

import dev.lectern.neon.internal.BareDataSource;
import java.sql.Connection;
import java.sql.SQLException;

/// Hands out the connection that the calling work holds, and none elsewhere.
record HeldConnectionDataSource(ScopedValue<Connection> held) implements BareDataSource {

    @Override
    public Connection getConnection() throws SQLException {
        return held.orElseThrow(() -> new SQLException("a connection was asked for outside of read or write"));
    }
}
