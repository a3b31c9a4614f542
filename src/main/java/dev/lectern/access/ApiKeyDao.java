package dev.lectern.access;

import dev.lectern.persistence.Database;
import dev.lectern.problem.ProblemException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jspecify.annotations.Nullable;

/// API keys in their table. Each method is one statement.
record ApiKeyDao(Database database) implements ApiKeyStore {

    private static final String INSUFFICIENT_PRIVILEGE = "42501";

    private static final String ALL = """
            SELECT id, name, scopes, hash, created_at, expires_at, revoked_at, last_used_at
            FROM api_key
            ORDER BY created_at, id
            """;

    private static final String INSERT = """
            INSERT INTO api_key (id, name, scopes, hash, created_at, expires_at)
            VALUES (:id, :name, :scopes, :hash, :createdAt, :expiresAt)
            """;

    private static final String REVOKE = """
            UPDATE api_key
            SET revoked_at = coalesce(revoked_at, :now)
            WHERE id = :id
            RETURNING id, name, scopes, hash, created_at, expires_at, revoked_at, last_used_at
            """;

    private static final String USED = """
            UPDATE api_key
            SET last_used_at = greatest(last_used_at, used.at::timestamptz)
            FROM unnest(:ids, :times) AS used (key, at)
            WHERE id = used.key
            """;

    @Override
    public List<ApiKey> keys() {
        return database.consult(
                handle -> handle.createQuery(ALL).map((row, _) -> key(row)).list());
    }

    /// The same for an operator, who has time for a wake.
    List<ApiKey> list() {
        return database.background(
                handle -> handle.createQuery(ALL).map((row, _) -> key(row)).list());
    }

    /// All keys, by a connection that is at hand.
    static List<ApiKey> keys(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(ALL)) {
            List<ApiKey> keys = new ArrayList<>();
            while (rows.next()) {
                keys.add(key(rows));
            }
            return keys;
        }
    }

    @Override
    public void used(Map<String, Instant> lastUses) {
        List<Map.Entry<String, Instant>> uses = List.copyOf(lastUses.entrySet());
        database.background(handle -> handle.createUpdate(USED)
                .bindArray(
                        "ids",
                        String.class,
                        uses.stream().map(Map.Entry::getKey).toList())
                .bindArray(
                        "times",
                        String.class,
                        uses.stream().map(use -> use.getValue().toString()).toList())
                .execute());
    }

    /// @throws ProblemException 403 where the role may not
    void insert(ApiKey key) {
        asOwner(handle -> handle.createUpdate(INSERT)
                .bind("id", key.id())
                .bind("name", key.name())
                .bindArray(
                        "scopes",
                        String.class,
                        key.scopes().stream().map(Scope::toString).sorted().toList())
                .bind("hash", HexFormat.of().parseHex(key.hash()))
                .bind("createdAt", key.createdAt())
                .bind("expiresAt", key.expiresAt())
                .execute());
    }

    /// Empty where there is no such key. One that was revoked before stays revoked since then.
    ///
    /// @throws ProblemException 403 where the role may not
    Optional<ApiKey> revoke(String id, Instant now) {
        return asOwner(handle -> handle.createQuery(REVOKE)
                .bind("id", id)
                .bind("now", now)
                .map((row, _) -> key(row))
                .findOne());
    }

    /// The role of a server's process may make no keys, where it is not the owner's.
    private <T> T asOwner(Function<Handle, T> work) {
        try {
            return database.background(work);
        } catch (UnableToExecuteStatementException e) {
            if (e.getCause() instanceof SQLException refused && INSUFFICIENT_PRIVILEGE.equals(refused.getSQLState())) {
                throw ProblemException.forbidden("the database's role may make and revoke no keys: set"
                        + " DATABASE_URL_DIRECT to a connection string with the role that owns the tables");
            }
            throw e;
        }
    }

    private static ApiKey key(ResultSet row) throws SQLException {
        return new ApiKey(
                row.getString("id"),
                row.getString("name"),
                scopes((String[]) row.getArray("scopes").getArray()),
                HexFormat.of().formatHex(row.getBytes("hash")),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                time(row, "expires_at"),
                time(row, "revoked_at"),
                time(row, "last_used_at"));
    }

    /// One that a newer Lectern knows opens nothing here.
    private static Set<Scope> scopes(String[] words) {
        Set<Scope> scopes = EnumSet.noneOf(Scope.class);
        Arrays.stream(words).map(Scope::of).flatMap(Optional::stream).forEach(scopes::add);
        return scopes;
    }

    private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
