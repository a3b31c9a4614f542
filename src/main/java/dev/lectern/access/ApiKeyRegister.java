package dev.lectern.access;

import dev.lectern.persistence.Database;
import dev.lectern.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What operators do with API keys.
public final class ApiKeyRegister {

    private final ApiKeyDao dao;
    private final InstantSource clock;

    public ApiKeyRegister(Database database, InstantSource clock) {
        this.dao = new ApiKeyDao(database);
        this.clock = clock;
    }

    /// A new key.
    ///
    /// @param text what its bearer sends; it is kept nowhere
    public record Created(ApiKey key, String text) {}

    /// Makes one.
    ///
    /// @param lifetime null for one that does not expire
    /// @throws ProblemException 403 where the database's role may not, 503 where the database cannot serve
    public Created create(String name, Set<Scope> scopes, @Nullable Duration lifetime) {
        ApiKeyText text = ApiKeyText.random();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        ApiKey key = new ApiKey(
                text.id(),
                name,
                Set.copyOf(scopes),
                text.hash(),
                now,
                lifetime == null ? null : now.plus(lifetime),
                null,
                null);
        dao.insert(key);
        return new Created(key, text.written());
    }

    /// All of them, the oldest first.
    public List<ApiKey> list() {
        return dao.list();
    }

    /// Has one refused from now on: at once in this database, and in a server when it reads its keys anew.
    ///
    /// @return empty where there is none with this id
    /// @throws ProblemException 403 where the database's role may not, 503 where the database cannot serve
    public Optional<ApiKey> revoke(String id) {
        return dao.revoke(id, clock.instant());
    }
}
