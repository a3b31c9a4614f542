package dev.lectern.embedded.gateway;

import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// A client's connection with the server's that was made for it.
final class Session {

    private final Wire client;
    private final Wire server;
    private final boolean pooled;
    private volatile boolean loggedIn;
    private volatile int backendPid;

    @Nullable
    private volatile LongAdder attributed;

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

    void login() {
        loggedIn = true;
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

    /// Ends both sides; what was said last still arrives.
    void end() {
        client.end();
        server.end();
    }
}
