package dev.lectern.metrics;

import dev.lectern.neon.monitor.WorkAccount;
import java.time.Duration;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/// A request on its way, for whatever on its thread has something to add. For one thread.
final class RequestInProgress {

    /// Of the thread; not bound outside of requests.
    static final ScopedValue<RequestInProgress> CURRENT = ScopedValue.newInstance();

    private final LongSupplier nanoTime;
    private final long arrival;
    private final WorkAccount account = new WorkAccount("", Objects.requireNonNullElse(MDC.get("request_id"), ""));
    private Duration model = Duration.ZERO;
    private @Nullable Duration firstText;
    private @Nullable String degraded;

    /// @param nanoTime as [System#nanoTime()]
    RequestInProgress(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.arrival = nanoTime.getAsLong();
    }

    static @Nullable RequestInProgress current() {
        return CURRENT.isBound() ? CURRENT.get() : null;
    }

    /// What it has cost the database.
    WorkAccount account() {
        return account;
    }

    /// A language model's call has just ended.
    void modelEnded(@Nullable Duration toFirstText, Duration took) {
        model = model.plus(took);
        if (firstText == null && toFirstText != null) {
            firstText = elapsed().minus(took).plus(toFirstText);
        }
    }

    void degraded(String reason) {
        degraded = reason;
    }

    FinishedRequest finish(String method, String route, int status) {
        return new FinishedRequest(
                method,
                route,
                status,
                elapsed(),
                model,
                firstText,
                account.pieces(),
                account.roundTrips(),
                account.waited(),
                account.held(),
                account.failure(),
                degraded);
    }

    private Duration elapsed() {
        return Duration.ofNanos(nanoTime.getAsLong() - arrival);
    }
}
