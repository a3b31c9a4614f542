package dev.lectern.neon.monitor;

import dev.lectern.neon.admission.Criticality;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A connection that work holds at this moment.
///
/// @param route what the work's request is for; null where it has no [WorkAccount]
/// @param requestId which request it is; null where it has no account
/// @param backendPid the server's process behind it, as `pg_stat_activity` calls it
/// @param age for how long it has been held
/// @param sql the text of the work's last statement in one line, at most 200 characters of it and with `$1` for a
///     parameter; null where none was sent yet
/// @param tooLong whether that is longer than is thought right
/// @param stack where the thread that holds it is; empty where it is not held too long
public record HeldConnection(
        @Nullable String route,
        @Nullable String requestId,
        Criticality criticality,
        int backendPid,
        Duration age,
        @Nullable String sql,
        boolean tooLong,
        List<StackTraceElement> stack) {}
