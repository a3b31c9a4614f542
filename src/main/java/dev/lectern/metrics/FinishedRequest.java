package dev.lectern.metrics;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A request whose response is at its end.
///
/// @param method of HTTP, or `_OTHER`
/// @param route the path's template as the contract writes it; empty where there is none
/// @param took from its head to the end of its response
/// @param model what language models took of that
/// @param firstText from its head to the first text of a language model; null where there was none
/// @param pieces of work that it had the database do
/// @param waited for permits and for the database
/// @param held for how long it held a connection
/// @param failure the slug of the last failure of the database that it met, such as `saturated/permits`
/// @param degraded why its answer is less than it could be: a slug
record FinishedRequest(
        String method,
        String route,
        int status,
        Duration took,
        Duration model,
        @Nullable Duration firstText,
        long pieces,
        long roundTrips,
        Duration waited,
        Duration held,
        @Nullable String failure,
        @Nullable String degraded) {

    private static final int TOO_MANY = 429;
    private static final int UNAVAILABLE = 503;

    /// What it took beside the language model.
    Duration own() {
        return took.minus(model);
    }

    boolean refused() {
        return status == TOO_MANY || status == UNAVAILABLE;
    }

    boolean failed() {
        return status >= 500 && status != UNAVAILABLE;
    }

    /// What became of it, in a word: of a request that was refused, and of an answer that is degraded by the database,
    /// the class and the cause.
    String outcome() {
        if (failed()) {
            return "failed";
        }
        if (refused()) {
            return failure == null ? "refused" : failure;
        }
        if (degraded != null) {
            return "degraded";
        }
        return status >= 400 ? "rejected" : "ok";
    }
}
