package dev.lectern.console;

import dev.lectern.neon.failure.DatabaseFailure;
import dev.lectern.neon.monitor.DatabaseState;
import dev.lectern.neon.monitor.SlotHolder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// What is seen of the database, the pool and the readers at one moment: all that a verdict may speak of.
///
/// @param pausedUntil where an operator has all work refused
/// @param slow what readers wait for, where they wait for long
/// @param longest the work that holds a connection for longer than is thought right
record Symptoms(
        Instant now,
        DatabaseState state,
        @Nullable Instant pausedUntil,
        Slots slots,
        Load load,
        Warmth warmth,
        @Nullable Slow slow,
        @Nullable LongHold longest) {

    /// The connections.
    ///
    /// @param application what this process calls itself at the server
    /// @param held those that this process has
    /// @param limit of the server, less its reserved ones, where it is known
    /// @param holders who held the server's connections when it last had no more, most first
    record Slots(String application, int held, int maximum, int waiting, OptionalInt limit, List<SlotHolder> holders) {}

    /// What became of work in the last seconds.
    ///
    /// @param served pieces a second
    /// @param refused pieces a second that never had a connection
    /// @param failed failures a second that ended work
    /// @param repeated failures a second after which work was done once more
    /// @param refusedFor why most of them were, where some were
    /// @param failedFor why most of them did, repeated or not, where some did
    /// @param waitingRises whether more and more waits
    record Load(
            double served,
            double refused,
            double failed,
            double repeated,
            @Nullable DatabaseFailure refusedFor,
            @Nullable DatabaseFailure failedFor,
            boolean waitingRises) {}

    /// Warm-up.
    ///
    /// @param halted why it rests until readers are served again, where it does
    /// @param spentUntil when there is a budget again, where the month's is spent
    record Warmth(@Nullable String halted, @Nullable Instant spentUntil) {}

    /// What makes readers wait while the database is well.
    sealed interface Slow {}

    /// A route that takes longer than is promised.
    ///
    /// @param p95 without the language model
    /// @param held for how long one request holds connections, on average
    /// @param asks whether it calls a language model
    record SlowRoute(String name, Duration p95, Duration target, Duration held, boolean asks) implements Slow {}

    /// A language model that takes long.
    ///
    /// @param route which calls it
    /// @param median of its time
    record SlowModel(String route, Duration median) implements Slow {}

    /// Work that holds a connection for too long.
    record LongHold(String route, Duration age) {}
}
