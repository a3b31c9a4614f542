package dev.lectern.embedded.gateway;

import java.net.InetSocketAddress;

/// A PostgreSQL server that this process has started, and what can be done to it.
public interface Postgres {

    /// Starts servers, one after the other, on the same data.
    @FunctionalInterface
    interface Starter {

        /// Returns when the server takes connections.
        ///
        /// @throws RuntimeException where it does not start, with a sentence for the operator
        Postgres start();
    }

    /// Where it takes connections.
    InetSocketAddress address();

    /// Whether its first process runs.
    boolean alive();

    /// A JDBC URL for the role of the application, past the gateway.
    String ownerUrl();

    /// A JDBC URL for the role that sees everybody's activity, and takes no connection away from anybody.
    String monitorUrl();

    /// Has the server read these settings in addition to its own, without a restart; empty takes them back.
    void configure(String settings);

    /// Ends it by a fast shutdown (SIGINT): its clients are told 57P01.
    void stop();

    /// Kills all its processes (SIGKILL).
    void kill();
}
