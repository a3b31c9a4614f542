package dev.lectern.embedded;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The process that runs the embedded database of a home, as it tells others in `owner.json`.
///
/// @param pid its process id
/// @param run a name for this very run of it, since process ids come back: in a container always the same
/// @param jdbcUrl where its server listens, with user and password; null until that is up
/// @param adminUrl where its admin console listens; null until that is known
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Owner(
        long pid,
        UUID run,
        @Nullable String jdbcUrl,
        @Nullable String adminUrl) {

    private static final UUID THIS_RUN = UUID.randomUUID();

    static Owner thisProcess() {
        return new Owner(ProcessHandle.current().pid(), THIS_RUN, null, null);
    }

    boolean isThisProcess() {
        return run.equals(THIS_RUN);
    }

    Owner withJdbcUrl(String url) {
        return new Owner(pid, run, url, adminUrl);
    }

    Owner withAdminUrl(String url) {
        return new Owner(pid, run, jdbcUrl, url);
    }

    /// Without the password.
    @Override
    public String toString() {
        return "Owner[pid=%d, ready=%b, adminUrl=%s]".formatted(pid, jdbcUrl != null, adminUrl);
    }
}
