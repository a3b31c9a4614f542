package dev.lectern.neon.monitor;

import dev.lectern.neon.failure.DatabaseFailure;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// What one request has cost the database so far: whoever serves it binds one as [#CURRENT], and the connection layer
/// adds to it what is done on that thread.
///
/// Where none is bound nothing is added up.
public final class WorkAccount {

    /// The account of the request that the running thread serves.
    public static final ScopedValue<WorkAccount> CURRENT = ScopedValue.newInstance();

    private final String requestId;
    private final AtomicLong pieces = new AtomicLong();
    private final AtomicLong roundTrips = new AtomicLong();
    private final AtomicLong waitedNanos = new AtomicLong();
    private final AtomicLong heldNanos = new AtomicLong();
    private volatile String route;
    private volatile @Nullable DatabaseFailure failure;

    /// Opens one.
    ///
    /// @param route what the request is for, as a template such as `GET /books/{book}`
    /// @param requestId which request it is
    public WorkAccount(String route, String requestId) {
        this.route = route;
        this.requestId = requestId;
    }

    /// The account that the running thread adds to; null where there is none.
    public static @Nullable WorkAccount current() {
        return CURRENT.isBound() ? CURRENT.get() : null;
    }

    /// What the request is for.
    public String route() {
        return route;
    }

    /// Names what the request is for, where that is known only after it has begun.
    public void route(String known) {
        this.route = known;
    }

    /// Which request it is.
    public String requestId() {
        return requestId;
    }

    /// How many pieces of work were asked for; one that is repeated counts once.
    public long pieces() {
        return pieces.get();
    }

    /// How often something was sent to the server and its answer waited for: statements, batches, further rows of a
    /// cursor, commits and rollbacks, those of repetitions too.
    public long roundTrips() {
        return roundTrips.get();
    }

    /// How long the work waited until it had a connection or was refused: for the database, a permit and the
    /// connection.
    public Duration waited() {
        return Duration.ofNanos(waitedNanos.get());
    }

    /// For how long the work held connections.
    public Duration held() {
        return Duration.ofNanos(heldNanos.get());
    }

    /// The slug of the failure that the work met last, even where a repetition made up for it; null where it met none.
    public @Nullable String failure() {
        DatabaseFailure last = failure;
        return last == null ? null : last.slug();
    }

    /// Work was asked for.
    public void addPiece() {
        pieces.incrementAndGet();
    }

    /// Something was sent whose answer is waited for.
    public void addRoundTrip() {
        roundTrips.incrementAndGet();
    }

    /// Work has waited for a connection.
    public void addWaited(Duration time) {
        waitedNanos.addAndGet(time.toNanos());
    }

    /// Work has held a connection.
    public void addHeld(Duration time) {
        heldNanos.addAndGet(time.toNanos());
    }

    /// Work met a failure.
    public void failed(DatabaseFailure with) {
        this.failure = with;
    }
}
