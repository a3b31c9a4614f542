package dev.lectern.console.action;

import dev.lectern.persistence.Database;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One session at the server.
record BackendDao(Database database) {

    /// What a session is, as the server says.
    record Backend(
            String kind,
            String application,
            String role,
            @Nullable String state,
            boolean here) {}

    Optional<Backend> find(int pid) {
        return database.observe(handle -> handle.createQuery("""
                        SELECT backend_type, coalesce(nullif(application_name, ''), '(unnamed)') AS application,
                               coalesce(usename, '(unknown)') AS role, state, pid = pg_backend_pid() AS here
                        FROM pg_stat_activity
                        WHERE pid = :pid""")
                .bind("pid", pid)
                .map((row, _) -> new Backend(
                        String.valueOf(row.getString("backend_type")),
                        row.getString("application"),
                        row.getString("role"),
                        row.getString("state"),
                        row.getBoolean("here")))
                .findFirst());
    }

    /// Ends the session, if it is still a client's.
    ///
    /// @return whether the server sent it the signal
    boolean terminate(int pid) {
        return database.observe(handle -> handle.createQuery("""
                        SELECT pg_terminate_backend(pid)
                        FROM pg_stat_activity
                        WHERE pid = :pid AND backend_type = 'client backend' AND pid <> pg_backend_pid()""")
                .bind("pid", pid)
                .mapTo(boolean.class)
                .findFirst()
                .orElse(false));
    }
}
