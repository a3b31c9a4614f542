package dev.lectern.neon;

import java.sql.Connection;

/// What must be done once before the database serves anything, such as migrating its schema. It runs when the
/// database is first reached, be that at the start or, after an outage at the start, later; until it has ended
/// well, work waits.
@FunctionalInterface
public interface Preparation {

    /// Nothing is to be done.
    Preparation NONE = connection -> {};

    /// Does it.
    ///
    /// @param connection the first connection, which the pool uses afterwards
    /// @throws Exception where the database must not be used; it is tried again some seconds later
    void prepare(Connection connection) throws Exception;

    /// This, and then another, on the same connection.
    default Preparation then(Preparation next) {
        return connection -> {
            prepare(connection);
            next.prepare(connection);
        };
    }
}
