package dev.lectern.access;

import dev.lectern.access.KnownKeys.Snapshot;
import dev.lectern.persistence.Database;
import dev.lectern.persistence.Wakefulness;
import dev.lectern.problem.ProblemException;
import dev.lectern.problem.UnavailableException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// Verifies API keys in memory, by a snapshot of all keys.
///
/// The snapshot is renewed in the background once it is 30 s old, so that nobody waits while keys are in
/// steady use. Who finds one that is older than 60 s waits for one renewal, shared by all, for two seconds
/// at most: a revocation takes effect within 60 s. Three cases have the snapshot count for longer.
///
/// - The database does not answer. A key that was revoked in it meanwhile still opens what needs no
///   database: books that anybody may read, answers that cannot be stored, the admin port. It opens nothing
///   that is stored, and is refused with the first renewal after the outage. Where the database is down for
///   everybody, nobody can have revoked a key.
/// - A request that needs no database, that is one that looks at the admin port, finds that nobody in this
///   process has used the database of late. Such requests come from programs, every few seconds, and asking
///   the database for each would keep it awake for ever. The next work on the database ends that, `POST
///   /tasks/refresh-api-keys` does at once, and where there is none such a request itself asks once in six
///   hours. Whoever changes something does not come under this, nor does a request that uses the database
///   itself.
/// - A key is unknown. It may be new, or made up by somebody; so it is looked for where the database is
///   awake anyway, and once in five seconds for all such keys together.
public final class ApiKeys {

    static final Duration RENEWED_AFTER = Duration.ofSeconds(30);
    static final Duration GOOD_FOR = Duration.ofSeconds(60);

    /// How long a snapshot is good for those who only look, while nobody uses the database. It is four wakes a day.
    static final Duration GOOD_WHILE_QUIET = Duration.ofHours(6);

    private final KnownKeys known;
    private final Wakefulness others;
    private final InstantSource clock;
    private final KeyUses uses;
    private final KeyRenewal renewal;

    /// @param known has what was read when the database was first reached
    /// @param others tells whether the database is awake anyway
    public ApiKeys(Database database, KnownKeys known, Wakefulness others, InstantSource clock) {
        this(
                new ApiKeyDao(database),
                known,
                others,
                clock,
                flight -> Thread.ofVirtual().name("api-keys").start(flight));
    }

    ApiKeys(ApiKeyStore store, KnownKeys known, Wakefulness others, InstantSource clock, Executor flights) {
        this.known = known;
        this.others = others;
        this.clock = clock;
        this.uses = new KeyUses(store);
        this.renewal = new KeyRenewal(store, known, others, uses, clock, flights);
    }

    /// What a request is for.
    enum Purpose {
        /// It works on the database itself, or changes something: it may wake the database.
        WORKS,
        /// It looks at what is in memory, and may do so every second.
        LOOKS
    }

    /// Who bears this key; empty where it is malformed, unknown, revoked or expired.
    ///
    /// @throws ProblemException 503 where nobody can tell, because the database was never reached
    Optional<Caller> verify(String bearer, Purpose purpose) {
        Optional<ApiKeyText> text = ApiKeyText.parse(bearer);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Snapshot now = snapshot();
        if (!now.byId().containsKey(text.get().id()) && others.isThere()) {
            now = renewed(now);
        }
        ApiKey key = good(text.get(), now);
        if (key == null) {
            return Optional.empty();
        }
        // Before the renewal, which writes it.
        uses.note(key.id(), clock.instant());
        if (isDue(now, purpose)) {
            key = good(text.get(), renewing(now));
        }
        return key == null ? Optional.empty() : Optional.of(Caller.server(key.id(), key.scopes()));
    }

    /// Who bears a key that was found good, by its name as far as the snapshot tells.
    Operator operator(String bearer) {
        String id = ApiKeyText.parse(bearer).map(ApiKeyText::id).orElseThrow();
        Snapshot last = known.last();
        ApiKey key = last == null ? null : last.byId().get(id);
        return Operator.bearing(id, key == null ? null : key.name());
    }

    /// Who bears this key as far as the snapshot tells, which nothing is done to renew; that is no use of the key.
    Optional<Caller> remembered(String bearer) {
        Snapshot last = known.last();
        return last == null
                ? Optional.empty()
                : ApiKeyText.parse(bearer)
                        .map(text -> good(text, last))
                        .map(key -> Caller.server(key.id(), key.scopes()));
    }

    /// Renews the snapshot now.
    ///
    /// @throws ProblemException 503 where the database cannot serve
    void refresh() {
        renewal.now();
    }

    private boolean isDue(Snapshot snapshot, Purpose purpose) {
        boolean free = purpose == Purpose.WORKS || others.isThere();
        return snapshot.isOlderThan(free ? RENEWED_AFTER : GOOD_WHILE_QUIET, clock.instant());
    }

    private @Nullable ApiKey good(ApiKeyText text, Snapshot snapshot) {
        ApiKey key = snapshot.byId().get(text.id());
        return key != null && key.isOpenedBy(text) && key.isGoodAt(clock.instant()) ? key : null;
    }

    private Snapshot snapshot() {
        Snapshot last = known.last();
        if (last != null) {
            return last;
        }
        Optional<ProblemException> failure = renewal.await();
        Snapshot first = known.last();
        if (first == null) {
            throw failure.orElseGet(() -> new UnavailableException(
                    "database-waking",
                    "API keys are kept in the database, which is not there yet.",
                    KeyRenewal.PAUSE,
                    null));
        }
        return first;
    }

    private Snapshot renewing(Snapshot last) {
        if (last.isOlderThan(GOOD_FOR, clock.instant())) {
            return renewed(last);
        }
        renewal.begin();
        return last;
    }

    private Snapshot renewed(Snapshot last) {
        renewal.await();
        Snapshot next = known.last();
        return next == null ? last : next;
    }
}
