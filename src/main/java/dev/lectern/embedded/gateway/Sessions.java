package dev.lectern.embedded.gateway;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The sessions that are open.
final class Sessions {

    private final Set<Session> open = ConcurrentHashMap.newKeySet();
    private final Map<Integer, Session> byBackend = new ConcurrentHashMap<>();

    void opened(Session session) {
        open.add(session);
    }

    /// The session's backend has told its process id.
    void known(Session session) {
        byBackend.put(session.backendPid(), session);
    }

    void closed(Session session) {
        open.remove(session);
        byBackend.remove(session.backendPid(), session);
    }

    @Nullable
    Session ofBackend(int pid) {
        return byBackend.get(pid);
    }

    void each(Consumer<Session> action) {
        open.forEach(action);
    }

    /// Ends those of the pooler, whose clients see nothing but the end when a compute goes away.
    void cutPooled() {
        each(session -> {
            if (session.pooled()) {
                session.end();
            }
        });
    }
}
