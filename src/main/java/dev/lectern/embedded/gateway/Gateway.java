package dev.lectern.embedded.gateway;

import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// The way to the embedded database: a port that behaves as Neon's proxy, and the compute behind it.
public final class Gateway implements AutoCloseable {

    private final Compute compute;
    private final Listener listener;
    private final Sessions sessions = new Sessions();
    private final Meter meter = new Meter();
    private final RequestTally requests = new RequestTally();
    private final Faults faults;

    private Gateway(OptionalInt port, GatewaySettings settings, Postgres.Starter starter, Path folder)
            throws IOException {
        StandingFaults standing = new StandingFaults();
        compute = new Compute(starter, settings, server -> Faults.greet(server, standing), sessions::cutPooled);
        Reception reception =
                new Reception(compute, sessions, meter, standing, new Encryption(folder), settings.roundTripDelay());
        listener = new Listener(port.orElse(0), meter, reception::receive);
        faults = new Faults(standing, listener, compute, sessions);
    }

    /// Takes connections on a port of the loopback address. The compute is idle.
    ///
    /// @param port empty for any free one
    /// @param folder where it keeps its certificate
    /// @throws IOException where the port cannot be had
    public static Gateway open(OptionalInt port, GatewaySettings settings, Postgres.Starter starter, Path folder)
            throws IOException {
        return new Gateway(port, settings, starter, folder);
    }

    /// Where it takes connections.
    public int port() {
        return listener.port();
    }

    public Compute compute() {
        return compute;
    }

    /// What goes wrong on command.
    public Faults faults() {
        return faults;
    }

    public Counts counts() {
        return meter.counts();
    }

    /// The round trips that were made for a request since [#attribute] told of it; empty where it never did, or too
    /// long ago.
    public OptionalLong roundTrips(String requestId) {
        return requests.roundTrips(requestId);
    }

    /// Counts from zero again. What is open stays.
    public void resetCounts() {
        meter.reset();
        requests.reset();
    }

    /// From now on the round trips of a backend's connection are made for a request.
    ///
    /// @param requestId null for no request
    public void attribute(int backendPid, @Nullable String requestId) {
        Session session = sessions.ofBackend(backendPid);
        if (session != null) {
            session.attribute(requestId == null ? null : requests.of(requestId));
        }
    }

    /// Ends all connections, and the server.
    @Override
    public void close() {
        listener.close();
        compute.close();
    }
}
