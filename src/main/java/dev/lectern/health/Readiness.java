package dev.lectern.health;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.lectern.neon.monitor.DatabaseState;
import dev.lectern.neon.monitor.DatabaseState.Status;
import dev.lectern.neon.monitor.NeonSnapshot;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Whether anything can be served: all of it, or only what the books in memory allow.
///
/// @param books how many are served
/// @param impairment what of the search is missing
record Readiness(Supplier<NeonSnapshot> snapshots, IntSupplier books, Supplier<Optional<String>> impairment) {

    /// What is found.
    ///
    /// @param status `ready`, `degraded` (the books are served, the rest is refused or less good) or `unavailable`
    /// @param database the state of the database
    /// @param cause why it is not ready
    /// @param books how many are served
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Report(String status, String database, @Nullable String cause, int books) {

        boolean serving() {
            return !status.equals("unavailable");
        }
    }

    Report report() {
        DatabaseState state = snapshots.get().state();
        int served = books.getAsInt();
        String missing = impairment.get().orElse(null);
        return new Report(
                status(state.status(), served, missing),
                state.status().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                state.cause() == null ? missing : state.cause().message(),
                served);
    }

    private static String status(Status database, int books, @Nullable String missing) {
        return switch (database) {
            case READY, ASLEEP -> missing == null ? "ready" : "degraded";
            case WAKING, SATURATED, READ_ONLY, DOWN -> books > 0 ? "degraded" : "unavailable";
        };
    }
}
