package dev.lectern.console;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A client's session as the server shows it.
///
/// @param stateForMs since when it is in its state
/// @param waitsOn what it waits for, other than its client
/// @param sql its last statement in one line, without the texts in it; null where it may not be seen
/// @param blockedBy the sessions that have to end something first
/// @param ours whether it is of a Lectern
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record ServerSession(
        int pid,
        String application,
        String role,
        @Nullable String state,
        @Nullable Long stateForMs,
        @Nullable String waitsOn,
        @Nullable String sql,
        List<Integer> blockedBy,
        boolean ours) {

    ServerSession {
        blockedBy = List.copyOf(blockedBy);
    }
}
