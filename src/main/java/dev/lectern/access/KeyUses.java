package dev.lectern.access;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// When API keys were last used: noted in memory, and written with a renewal, at most once a minute for
/// each key.
final class KeyUses {

    private static final Logger LOG = LoggerFactory.getLogger(KeyUses.class);
    private static final Duration WRITTEN_EVERY = Duration.ofMinutes(1);

    private final ApiKeyStore store;

    /// Of genuine keys alone, so that there are no more than keys.
    private final Map<String, Instant> unwritten = new ConcurrentHashMap<>();

    private final Map<String, Instant> written = new ConcurrentHashMap<>();

    KeyUses(ApiKeyStore store) {
        this.store = store;
    }

    void note(String id, Instant now) {
        unwritten.put(id, now);
    }

    /// Where it cannot be written, it is with the next renewal.
    void write(Instant now) {
        Map<String, Instant> due = new HashMap<>(unwritten);
        due.keySet()
                .removeIf(id -> Duration.between(written.getOrDefault(id, Instant.EPOCH), now)
                                .compareTo(WRITTEN_EVERY)
                        < 0);
        if (due.isEmpty()) {
            return;
        }
        try {
            store.used(due);
        } catch (RuntimeException e) {
            LOG.debug("the last use of API keys could not be written", e);
            return;
        }
        due.forEach((id, at) -> {
            unwritten.remove(id, at);
            written.put(id, now);
        });
    }
}
