package dev.lectern.access;

import dev.lectern.neon.admission.Criticality;
import dev.lectern.neon.admission.Permit;
import dev.lectern.persistence.Wakefulness;
import dev.lectern.problem.UnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Keys whose database is a map, which counts how often it is asked, and a clock that the test moves.
/// Flights run on the thread that begins them, unless the test has them wait.
final class KeysInMemory implements ApiKeyStore {

    static final Instant NOW = Instant.parse("2026-11-29T09:00:00Z");

    final AtomicReference<Instant> now = new AtomicReference<>(NOW);
    final List<Runnable> waiting = new ArrayList<>();
    final Map<String, Instant> written = new HashMap<>();
    final KnownKeys known = new KnownKeys(now::get);
    final Wakefulness others = new Wakefulness(Duration.ofMinutes(1), now::get);
    int asked;
    int writes;
    boolean flightsWait;
    private boolean failing;
    private final Map<String, ApiKey> stored = new LinkedHashMap<>();

    ApiKeys verifier() {
        return new ApiKeys(this, known, others, now::get, flight -> {
            if (flightsWait) {
                waiting.add(flight);
            } else {
                flight.run();
            }
        });
    }

    /// The database is reached for the first time.
    KeysInMemory loaded() {
        known.take(List.copyOf(stored.values()), now.get());
        return this;
    }

    String add(Scope... scopes) {
        return add(null, scopes);
    }

    String add(@Nullable Instant expiresAt, Scope... scopes) {
        ApiKeyText text = ApiKeyText.random();
        stored.put(
                text.id(),
                new ApiKey(text.id(), "a server", Set.of(scopes), text.hash(), now.get(), expiresAt, null, null));
        return text.written();
    }

    void revokeAll() {
        stored.replaceAll((_, key) -> new ApiKey(
                key.id(), key.name(), key.scopes(), key.hash(), key.createdAt(), key.expiresAt(), now.get(), null));
    }

    void fail(boolean fails) {
        failing = fails;
    }

    void pass(Duration time) {
        now.updateAndGet(instant -> instant.plus(time));
    }

    /// Somebody in this process uses the database.
    void otherWork() {
        others.workFinished(Criticality.INTERACTIVE_READ, Duration.ofMillis(1), Permit.Outcome.SUCCESS);
    }

    @Override
    public List<ApiKey> keys() {
        asked++;
        if (failing) {
            throw new UnavailableException("database-down", "It cannot be had.", Duration.ofSeconds(2), null);
        }
        // As the connection layer does on the thread that does the work.
        otherWork();
        return List.copyOf(stored.values());
    }

    @Override
    public void used(Map<String, Instant> lastUses) {
        writes++;
        written.putAll(lastUses);
    }
}
