package dev.lectern.metrics;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Finished requests for tests.
record RequestOf(String method, String route) {

    static final RequestOf READING = new RequestOf("GET", "/api/v1/books");
    static final RequestOf ASKING = new RequestOf("POST", "/api/v1/conversations/{id}/messages");

    FinishedRequest took(long millis) {
        return finished(200, millis, 0, null, 0, 0);
    }

    FinishedRequest ended(int status) {
        return finished(status, 1, 0, null, 0, 0);
    }

    FinishedRequest cost(long roundTrips, long heldMillis) {
        return finished(200, 10, 0, null, roundTrips, heldMillis);
    }

    FinishedRequest wroteByModel(long millis, long modelMillis, long firstTextMillis) {
        return finished(200, millis, modelMillis, Duration.ofMillis(firstTextMillis), 2, 4);
    }

    private FinishedRequest finished(
            int status, long millis, long model, @Nullable Duration firstText, long roundTrips, long held) {
        return new FinishedRequest(
                method,
                route,
                status,
                Duration.ofMillis(millis),
                Duration.ofMillis(model),
                firstText,
                roundTrips,
                roundTrips,
                Duration.ZERO,
                Duration.ofMillis(held),
                null,
                null);
    }
}
