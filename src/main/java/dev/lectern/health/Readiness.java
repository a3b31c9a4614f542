package dev.lectern.health;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.lectern.book.Library;
import dev.lectern.neon.monitor.DatabaseState;
import dev.lectern.neon.monitor.DatabaseState.Status;
import dev.lectern.neon.monitor.NeonSnapshot;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Whether anything can be served: all of it, or only what the books in memory allow.
record Readiness(Supplier<NeonSnapshot> snapshots, Library library) {

    /// What is found.
    ///
    /// @param status `ready`, `degraded` (the books are served, the rest is refused) or `unavailable`
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
        int books = library.books().size();
        return new Report(
                status(state.status(), books),
                state.status().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                state.cause() == null ? null : state.cause().message(),
                books);
    }

    private static String status(Status database, int books) {
        return switch (database) {
            case READY, ASLEEP -> "ready";
            case WAKING, SATURATED, READ_ONLY, DOWN -> books > 0 ? "degraded" : "unavailable";
        };
    }
}
