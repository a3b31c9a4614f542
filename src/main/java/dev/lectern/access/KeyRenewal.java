package dev.lectern.access;

import dev.lectern.persistence.Wakefulness;
import dev.lectern.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads all API keys anew, in flights of which there is one at a time, and none within five seconds of the
/// last.
final class KeyRenewal {

    private static final Logger LOG = LoggerFactory.getLogger(KeyRenewal.class);

    static final Duration PAUSE = Duration.ofSeconds(5);

    /// How long a caller waits for a flight.
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final ApiKeyStore store;
    private final KnownKeys known;
    private final Wakefulness others;
    private final KeyUses uses;
    private final InstantSource clock;
    private final Executor flights;
    private final ReentrantLock lock = new ReentrantLock();

    /// Held while keys are read, so that what was read later counts.
    private final ReentrantLock reading = new ReentrantLock();

    private CompletableFuture<Void> latest = CompletableFuture.completedFuture(null);
    private @Nullable Instant begun;

    KeyRenewal(
            ApiKeyStore store,
            KnownKeys known,
            Wakefulness others,
            KeyUses uses,
            InstantSource clock,
            Executor flights) {
        this.store = store;
        this.known = known;
        this.others = others;
        this.uses = uses;
        this.clock = clock;
        this.flights = flights;
    }

    /// Begins a flight, unless there is one or it is too early for the next; and waits for nothing.
    void begin() {
        CompletableFuture<Void> _ = flight();
    }

    /// Begins one, or takes that which is under way, or the last.
    private CompletableFuture<Void> flight() {
        CompletableFuture<Void> next = new CompletableFuture<>();
        lock.lock();
        try {
            if (!latest.isDone() || isTooEarly()) {
                return latest;
            }
            begun = clock.instant();
            latest = next;
        } finally {
            lock.unlock();
        }
        flights.execute(() -> fly(next));
        return next;
    }

    /// The same, and waits for it a moment.
    ///
    /// @return why it failed; empty where it did not, or has not ended
    Optional<ProblemException> await() {
        try {
            flight().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return Optional.empty();
        } catch (ExecutionException e) {
            return e.getCause() instanceof ProblemException problem ? Optional.of(problem) : Optional.empty();
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /// Reads them on this thread, whatever else is under way.
    ///
    /// @throws ProblemException 503 where the database cannot serve
    void now() {
        others.borrow(this::read);
    }

    private void fly(CompletableFuture<Void> done) {
        try {
            now();
            done.complete(null);
        } catch (RuntimeException e) {
            LOG.info("API keys could not be read again, and are what they were: {}", e.toString());
            done.completeExceptionally(e);
        }
    }

    private void read() {
        reading.lock();
        try {
            Instant now = clock.instant();
            known.take(store.keys(), now);
            uses.write(now);
        } finally {
            reading.unlock();
        }
    }

    private boolean isTooEarly() {
        Instant last = begun;
        return last != null && Duration.between(last, clock.instant()).abs().compareTo(PAUSE) < 0;
    }
}
