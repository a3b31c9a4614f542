package dev.lectern.neon.monitor;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The connection layer at one moment, read without asking the database.
///
/// @param state of the database
/// @param active connections in use
/// @param idle connections open and unused
/// @param waiting pieces of work that wait for a permit
/// @param permits permits that are out
/// @param maximum of connections: what is asked for, or this process's share of what the server has
/// @param configured how many of them are asked for
/// @param server what the server has for all clients, as last seen; null before the first connection
/// @param pausedUntil when an operator's pause ends by itself; null where there is none
/// @param wakeP50 what half of the last 64 wakes took at most; null before the first
/// @param wakeP95 what nineteen of twenty took at most; null before the first
/// @param holders who held the server's connections when it last had no more, most first; empty where it never was so
/// @param totals since the start
public record NeonSnapshot(
        DatabaseState state,
        int active,
        int idle,
        int waiting,
        int permits,
        int maximum,
        int configured,
        @Nullable ServerSlots server,
        @Nullable Instant pausedUntil,
        @Nullable Duration wakeP50,
        @Nullable Duration wakeP95,
        List<SlotHolder> holders,
        Totals totals) {

    /// What happened since the start.
    ///
    /// @param finished pieces of work that gave their connection back
    /// @param refused pieces of work that never got one
    /// @param failed failures that work met, repeated or not
    /// @param repeated pieces of work that were done once more
    /// @param opened connections made
    /// @param attemptsFailed attempts to make a connection that failed
    /// @param closed connections ended
    public record Totals(
            long finished, long refused, long failed, long repeated, long opened, long attemptsFailed, long closed) {}
}
