package dev.lectern.embedded.gateway;

import dev.lectern.embedded.gateway.Verdict.Fate;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// A client's connection with the server's that was made for it.
final class Session {

    private final Wire client;
    private final Wire server;
    private final boolean pooled;
    private volatile boolean loggedIn;
    private volatile boolean inTransaction;
    private volatile boolean swallowing;
    private volatile int backendPid;
    private volatile Expected expected = new Expected(Fate.ANSWERED, 0);

    @Nullable
    private volatile LongAdder attributed;

    /// How the flight ends that is under way.
    ///
    /// @param fate how it ends
    /// @param answers how many answers it demands
    record Expected(Fate fate, int answers) {}

    Session(Wire client, Wire server, boolean pooled) {
        this.client = client;
        this.server = server;
        this.pooled = pooled;
    }

    Wire client() {
        return client;
    }

    Wire server() {
        return server;
    }

    boolean pooled() {
        return pooled;
    }

    boolean loggedIn() {
        return loggedIn;
    }

    boolean inTransaction() {
        return inTransaction;
    }

    /// The server is ready.
    ///
    /// @param status `I` outside of a transaction
    void ready(byte status) {
        loggedIn = true;
        inTransaction = status != 'I';
    }

    /// The process that serves it; 0 where that is not known yet.
    int backendPid() {
        return backendPid;
    }

    void backend(int pid) {
        backendPid = pid;
    }

    /// From now on its round trips count here too.
    void attribute(@Nullable LongAdder tally) {
        attributed = tally;
    }

    void roundTrip() {
        LongAdder tally = attributed;
        if (tally != null) {
            tally.increment();
        }
    }

    void expects(Fate fate, int answers) {
        if (fate != Fate.ANSWERED || expected.fate() != Fate.ANSWERED) {
            expected = new Expected(fate, answers);
        }
    }

    Expected expected() {
        return expected;
    }

    /// From now on all that is said is lost, and nobody is told.
    void swallow() {
        swallowing = true;
    }

    /// Whether what has just been said is lost. Who has lost something cannot go on.
    boolean swallows(StandingFaults faults) {
        if (!swallowing && faults.blackHole()) {
            swallowing = true;
        }
        return swallowing;
    }

    /// Ends both sides; what was said last still arrives. One that swallows leaves its client alone.
    void end() {
        if (!swallowing) {
            client.end();
        }
        server.end();
    }

    /// Breaks the client's side off.
    void reset() {
        client.reset();
        server.end();
    }
}
