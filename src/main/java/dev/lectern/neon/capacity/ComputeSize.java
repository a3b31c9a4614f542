package dev.lectern.neon.capacity;

import java.util.Optional;
import java.util.stream.DoubleStream;

/// The size of a compute of Neon's, and how many connections it allows.
///
/// With autoscaling, what counts is the least of the largest size and eight times the smallest,
/// https://neon.com/docs/connect/connection-pooling#connection-limits-without-connection-pooling
///
/// @param units CU, 0.25 to 56
public record ComputeSize(double units) {

    /// How many connections only Neon itself gets.
    public static final int RESERVED = 7;

    private static final double CONNECTIONS_PER_UNIT = 419.66;
    private static final int FEWEST_CONNECTIONS = 100;
    private static final int MOST_CONNECTIONS = 4000;

    /// Those that differ in their connections.
    private static final double[] SIZES = {0.25, 0.5, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10};

    public ComputeSize {
        if (!(units >= 0.25 && units <= 56)) {
            throw new IllegalArgumentException("a compute has between 0.25 and 56 units, not " + units);
        }
    }

    /// The smallest that allows so many connections; empty where none does.
    public static Optional<ComputeSize> smallestFor(int connections) {
        return DoubleStream.of(SIZES)
                .mapToObj(ComputeSize::new)
                .filter(size -> size.usableConnections() >= connections)
                .findFirst();
    }

    /// PostgreSQL's `max_connections`.
    public int maximumConnections() {
        return Math.clamp((long) Math.floor(CONNECTIONS_PER_UNIT * units), FEWEST_CONNECTIONS, MOST_CONNECTIONS);
    }

    /// How many all clients together may have.
    public int usableConnections() {
        return maximumConnections() - RESERVED;
    }
}
