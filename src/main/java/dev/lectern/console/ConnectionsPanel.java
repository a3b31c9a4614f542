package dev.lectern.console;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.lectern.neon.admission.Criticality;
import dev.lectern.neon.monitor.DatabaseState.Status;
import dev.lectern.neon.monitor.HeldConnection;
import dev.lectern.problem.Problem;
import dev.lectern.problem.ProblemException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Who holds connections here, and, where that is wanted, who has sessions at the server.
record ConnectionsPanel(Watched watched, ServerSessionsDao sessions, InstantSource clock) {

    /// In these the compute is awake, so that to ask it wakes nothing.
    private static final Set<Status> AWAKE = EnumSet.of(Status.READY, Status.SATURATED, Status.READ_ONLY);

    @JsonNaming(SnakeCaseStrategy.class)
    record Shown(
            long thresholdMs, List<Held> held, @Nullable Server server) {}

    @JsonNaming(SnakeCaseStrategy.class)
    record Held(
            @Nullable String route,
            @Nullable String requestId,
            String criticality,
            int pid,
            long ageMs,
            @Nullable String sql,
            boolean tooLong,
            List<String> stack) {

        static Held of(HeldConnection held) {
            return new Held(
                    held.route(),
                    held.requestId(),
                    word(held.criticality()),
                    held.backendPid(),
                    held.age().toMillis(),
                    held.sql(),
                    held.tooLong(),
                    held.stack().stream().map(StackTraceElement::toString).toList());
        }

        private static String word(Criticality criticality) {
            return criticality.name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    record Server(Instant at, List<ServerSession> sessions) {}

    /// @param server whether the server is to be asked, once
    Shown shown(boolean server) {
        return new Shown(
                watched.neon().longestHold().toMillis(),
                watched.neon().holders().stream().map(Held::of).toList(),
                server ? ask() : null);
    }

    private Server ask() {
        Status status = watched.neon().snapshot().state().status();
        if (!AWAKE.contains(status)) {
            throw new ProblemException(Problem.of(
                    409,
                    "database-not-ready",
                    "The database is not ready",
                    "It is " + SnapshotPanel.word(status) + ": the console neither wakes it nor waits for it."));
        }
        return new Server(clock.instant(), sessions.sessions());
    }
}
