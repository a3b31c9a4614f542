package dev.lectern.console.action;

import dev.lectern.console.action.BackendDao.Backend;
import dev.lectern.neon.NeonDatabase;
import dev.lectern.neon.monitor.DatabaseState.Status;
import dev.lectern.problem.Problem;
import dev.lectern.problem.ProblemException;
import java.util.Locale;
import java.util.Set;

/// Ends one session at the server: the statement that it runs is rolled back.
///
/// @param application what this process calls itself there
record TerminateBackend(NeonDatabase neon, BackendDao backends, String application) implements Action {

    private static final String CLIENT = "client backend";

    /// In these the compute is awake, so that to ask it wakes nothing.
    private static final Set<Status> AWAKE = Set.of(Status.READY, Status.SATURATED, Status.READ_ONLY);

    @Override
    public String name() {
        return "terminate-backend";
    }

    @Override
    public Step prepare(Fields fields) {
        int pid = fields.number("pid", 1, Integer.MAX_VALUE);
        fields.end();
        Status status = neon.snapshot().state().status();
        if (!AWAKE.contains(status)) {
            throw refused(
                    "database-not-ready",
                    "The database is " + status.name().toLowerCase(Locale.ROOT) + ": it is not woken for this.");
        }
        Backend backend = backends.find(pid)
                .orElseThrow(() -> ProblemException.unprocessable(
                        "no-such-backend",
                        "There is no such session",
                        "The server has no session of pid " + pid + "."));
        if (!backend.kind().equals(CLIENT)) {
            throw ProblemException.unprocessable(
                    "not-a-client",
                    "That is no client's session",
                    "Pid " + pid + " is the server's own " + backend.kind() + ", which is not ended from here.");
        }
        String who = "`" + backend.application() + "` (" + backend.role() + ", pid " + pid + ")";
        String warning = backend.application().equals(application)
                ? " It is one of Lectern's own: a request that uses it is tried again or fails."
                : "";
        return new Step(
                Outcome.of("Ends the session of " + who + ", which is "
                        + (backend.state() == null ? "in a state that is not shown" : backend.state())
                        + ", and rolls back what it does." + warning),
                () -> end(pid, who));
    }

    private Outcome end(int pid, String who) {
        if (!backends.terminate(pid)) {
            throw refused("not-terminated", "The session of " + who + " has ended already, or may not be ended.");
        }
        return Outcome.of("The session of " + who + " was told to end.");
    }

    private static ProblemException refused(String slug, String detail) {
        return new ProblemException(Problem.of(409, slug, "It cannot be done now", detail));
    }
}
