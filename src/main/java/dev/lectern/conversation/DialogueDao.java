package dev.lectern.conversation;

import dev.lectern.access.ReaderId;
import dev.lectern.conversation.Opening.Answered;
import dev.lectern.conversation.Opening.KeyReused;
import dev.lectern.conversation.Opening.NoConversation;
import dev.lectern.conversation.Opening.Opened;
import dev.lectern.conversation.Opening.Running;
import dev.lectern.conversation.Opening.Turn;
import dev.lectern.persistence.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Questions and answers on their way. Each method is one statement in autocommit: one round trip.
final class DialogueDao {

    /// `claim` does not skip a key that is there already, but writes it as it was: so READ COMMITTED returns
    /// the newest version, also of a claim that was committed after the statement's snapshot was taken.
    /// `attempt` tells who won. `owned` keeps the conversation from being deleted before the statement's end.
    static final String OPEN = """
            WITH asks AS MATERIALIZED (
                SELECT :reader::uuid AS reader, :conversation::uuid AS conversation, :starts::boolean AS starts,
                       :book::text AS book, :title::text AS title, :question::uuid AS question, :answer::uuid AS answer,
                       :text::text AS text, :selectedText::text AS selected_text, :pageUrl::text AS page_url,
                       :now::timestamptz AS now, :key::text AS key, decode(:requestHash::text, 'hex') AS request_hash,
                       :holder::uuid AS holder, :leaseUntil::timestamptz AS lease_until,
                       :expiresAt::timestamptz AS expires_at
            ), owned AS (
                SELECT c.id
                FROM conversation c, asks
                WHERE c.id = asks.conversation AND c.reader = asks.reader
                FOR KEY SHARE OF c
            ), allowed AS (
                SELECT * FROM asks WHERE starts OR EXISTS (SELECT FROM owned)
            ), claim AS (
                INSERT INTO idempotency_key AS k
                    (reader, key, request_hash, conversation, question, answer, expires_at,
                     attempt, holder, lease_until)
                SELECT reader, key, request_hash, conversation, question, answer, expires_at,
                       question, holder, lease_until
                FROM allowed
                WHERE key IS NOT NULL
                ON CONFLICT (reader, key) DO UPDATE SET
                    (request_hash, conversation, question, answer, expires_at, answered,
                     attempt, holder, lease_until) = (
                        SELECT CASE WHEN expired THEN excluded.request_hash ELSE k.request_hash END,
                               CASE WHEN expired THEN excluded.conversation ELSE k.conversation END,
                               CASE WHEN expired THEN excluded.question ELSE k.question END,
                               CASE WHEN expired THEN excluded.answer ELSE k.answer END,
                               CASE WHEN expired THEN excluded.expires_at ELSE k.expires_at END,
                               k.answered AND NOT expired,
                               CASE WHEN expired OR dead THEN excluded.attempt ELSE k.attempt END,
                               CASE WHEN expired OR dead THEN excluded.holder ELSE k.holder END,
                               CASE WHEN expired OR dead THEN excluded.lease_until ELSE k.lease_until END
                        FROM (SELECT k.expires_at <= asks.now AS expired,
                                     k.request_hash = excluded.request_hash AND NOT k.answered
                                         AND (k.lease_until <= asks.now OR k.holder = excluded.holder) AS dead
                              FROM asks) AS found)
                RETURNING k.request_hash, k.conversation, k.question, k.answer, k.answered, k.attempt
            ), asked AS (
                SELECT claim.conversation, claim.question, claim.answer
                FROM claim, asks
                WHERE claim.attempt = asks.question
                UNION ALL
                SELECT conversation, question, answer FROM allowed WHERE key IS NULL
            ), started AS (
                INSERT INTO conversation (id, reader, book, title, created_at, updated_at)
                SELECT asked.conversation, reader, book, title, now, now FROM asked, asks WHERE starts
                ON CONFLICT (id) DO NOTHING
            ), stored AS (
                INSERT INTO message (id, conversation, role, content, selected_text, page_url, created_at)
                SELECT asked.question, asked.conversation, 'user', text, selected_text, page_url, now FROM asked, asks
                ON CONFLICT (id) DO NOTHING
            ), recent AS (
                SELECT m.id, m.role, m.content
                FROM asked
                CROSS JOIN LATERAL (
                    SELECT id, role, content
                    FROM message
                    WHERE conversation = asked.conversation AND id < asked.question
                    ORDER BY id DESC
                    LIMIT 6
                ) m
            )
            SELECT (SELECT revision FROM library) AS revision,
                   CASE WHEN NOT EXISTS (SELECT FROM allowed) THEN 'no conversation'
                        WHEN asked.question IS NOT NULL THEN 'opened'
                        WHEN claim.request_hash <> asks.request_hash THEN 'key reused'
                        WHEN a.id IS NOT NULL THEN 'answered'
                        ELSE 'running' END AS outcome,
                   asked.conversation AS asked_conversation, asked.question AS asked_question,
                   asked.answer AS asked_answer, CASE WHEN c.id IS NULL THEN asks.book ELSE c.book END AS asked_book,
                   ARRAY(SELECT role = 'user' FROM recent ORDER BY id) AS turns_by_reader,
                   ARRAY(SELECT content FROM recent ORDER BY id) AS turns_text,
                   a.id, a.conversation, a.answers, a.content, a.citations, a.grounded, a.stopped, a.model, a.timings,
                   a.created_at
            FROM asks
            LEFT JOIN claim ON true
            LEFT JOIN asked ON true
            LEFT JOIN conversation c ON c.id = asked.conversation
            LEFT JOIN message a ON a.id = claim.answer AND claim.answered
            """;

    /// The conversation is locked before its claim, as a deletion does it, so that the two cannot deadlock.
    /// An answer that is there already is written as it was: so READ COMMITTED returns the newest version, and
    /// what is stored can be told from what was to be.
    /// Expired keys are deleted in passing, a few at a time, so that no job need wake the database for it.
    static final String STORE = """
            WITH gives AS MATERIALIZED (
                SELECT :reader::uuid AS reader, :key::text AS key, :title::text AS title, :id::uuid AS id,
                       :conversation::uuid AS conversation, :question::uuid AS question, :content::text AS content,
                       :citations::jsonb AS citations, :grounded::boolean AS grounded, :stopped::boolean AS stopped,
                       :model::text AS model, :timings::jsonb AS timings, :createdAt::timestamptz AS created_at,
                       :now::timestamptz AS now
            ), kept AS (
                UPDATE conversation c
                SET updated_at = greatest(c.updated_at, gives.now), title = coalesce(c.title, gives.title)
                FROM gives
                WHERE c.id = gives.conversation AND c.reader = gives.reader
                RETURNING c.id
            ), stored AS (
                INSERT INTO message
                    (id, conversation, role, content, answers, citations, grounded, stopped, model, timings, created_at)
                SELECT gives.id, kept.id, 'assistant', content, question, citations, grounded, stopped, model, timings,
                       created_at
                FROM gives, kept
                ON CONFLICT (id) DO UPDATE SET role = message.role
                RETURNING content
            ), claim AS (
                UPDATE idempotency_key k
                SET answered = true
                FROM gives, kept
                WHERE k.reader = gives.reader AND k.key = gives.key AND k.answer = gives.id
            ), expired AS MATERIALIZED (
                SELECT reader, key
                FROM idempotency_key
                WHERE expires_at <= :now::timestamptz AND (reader, key) IS DISTINCT FROM (:reader::uuid, :key::text)
                ORDER BY expires_at
                LIMIT 20
                FOR UPDATE SKIP LOCKED
            ), forgotten AS (
                DELETE FROM idempotency_key k
                USING expired
                WHERE k.reader = expired.reader AND k.key = expired.key
            )
            SELECT revision,
                   CASE WHEN NOT EXISTS (SELECT FROM kept) THEN 'no conversation'
                        WHEN EXISTS (SELECT FROM stored, gives WHERE stored.content = gives.content) THEN 'stored'
                        ELSE 'another is stored' END AS outcome
            FROM library
            """;

    static final String ANSWER = """
            SELECT m.id, m.conversation, m.answers, m.content, m.citations, m.grounded, m.stopped, m.model, m.timings,
                   m.created_at
            FROM message m
            JOIN conversation c ON c.id = m.conversation
            WHERE m.id = :id AND m.role = 'assistant' AND c.reader = :reader
            """;

    static final String ANSWERED = """
            SELECT m.id, m.conversation, m.answers, m.content, m.citations, m.grounded, m.stopped, m.model, m.timings,
                   m.created_at
            FROM idempotency_key k
            JOIN message m ON m.id = k.answer
            WHERE k.reader = :reader AND k.key = :key AND k.request_hash = decode(:requestHash, 'hex')
              AND k.answered AND k.expires_at > :now
            """;

    /// The claim of a keyed question.
    ///
    /// @param requestHash in hexadecimal digits
    /// @param holder the process that it runs in
    record Claim(String key, String requestHash, UUID holder, Instant leaseUntil, Instant expiresAt) {}

    private record Row<T>(long revision, T value) {}

    private final Database database;
    private final LongConsumer revisionSeen;
    private final MessageColumns columns = new MessageColumns();

    DialogueDao(Database database, LongConsumer revisionSeen) {
        this.database = database;
        this.revisionSeen = revisionSeen;
    }

    /// Safe to repeat: the ids settle what was stored already.
    ///
    /// @param title of a conversation that is made along
    Opening open(Question question, String title, Instant now, @Nullable Claim claim) {
        return seen(database.writeIdempotent(handle -> handle.createQuery(OPEN)
                .bind("reader", question.reader().value())
                .bind("conversation", question.conversation())
                .bind("starts", question.newConversation())
                .bind("book", question.book())
                .bind("title", title)
                .bind("question", question.id())
                .bind("answer", question.answerId())
                .bind("text", question.text())
                .bind("selectedText", question.selectedText())
                .bind("pageUrl", question.pageUrl())
                .bind("now", now)
                .bind("key", claim == null ? null : claim.key())
                .bind("requestHash", claim == null ? null : claim.requestHash())
                .bind("holder", claim == null ? null : claim.holder())
                .bind("leaseUntil", claim == null ? null : claim.leaseUntil())
                .bind("expiresAt", claim == null ? null : claim.expiresAt())
                .map((row, _) -> new Row<>(row.getLong("revision"), opening(row)))
                .one()));
    }

    /// Safe to repeat: what is stored stays as it is.
    ///
    /// @return whether it is this answer that is stored; empty where the conversation is gone
    Optional<Boolean> store(ReaderId reader, @Nullable String key, String title, Answer answer, Instant now) {
        return seen(database.complete(handle -> handle.createQuery(STORE)
                .bind("reader", reader.value())
                .bind("key", key)
                .bind("title", title)
                .bind("id", answer.id())
                .bind("conversation", answer.conversation())
                .bind("question", answer.question())
                // A model may write what PostgreSQL cannot store; no answer is lost for it.
                .bind("content", answer.content().replace("\0", ""))
                .bind("citations", columns.json(answer.citations()))
                .bind("grounded", answer.grounded())
                .bind("stopped", answer.stopped())
                .bind("model", answer.model())
                .bind("timings", columns.json(answer.timings()))
                .bind("createdAt", answer.createdAt())
                .bind("now", now)
                .map((row, _) -> new Row<>(row.getLong("revision"), stored(row)))
                .one()));
    }

    Optional<Answer> answer(ReaderId reader, UUID id) {
        return database.read(handle -> handle.createQuery(ANSWER)
                .bind("id", id)
                .bind("reader", reader.value())
                .map((row, _) -> columns.answer(row))
                .findOne());
    }

    /// @param requestHash in hexadecimal digits
    Optional<Answer> answered(ReaderId reader, String key, String requestHash, Instant now) {
        return database.read(handle -> handle.createQuery(ANSWERED)
                .bind("reader", reader.value())
                .bind("key", key)
                .bind("requestHash", requestHash)
                .bind("now", now)
                .map((row, _) -> columns.answer(row))
                .findOne());
    }

    private <T> T seen(Row<T> row) {
        revisionSeen.accept(row.revision());
        return row.value();
    }

    private static Optional<Boolean> stored(ResultSet row) throws SQLException {
        String outcome = row.getString("outcome");
        return outcome.equals("no conversation") ? Optional.empty() : Optional.of(outcome.equals("stored"));
    }

    private Opening opening(ResultSet row) throws SQLException {
        String outcome = row.getString("outcome");
        return switch (outcome) {
            case "no conversation" -> new NoConversation();
            case "key reused" -> new KeyReused();
            case "running" -> new Running();
            case "answered" -> new Answered(columns.answer(row));
            case "opened" ->
                new Opened(
                        row.getObject("asked_conversation", UUID.class),
                        row.getObject("asked_question", UUID.class),
                        row.getObject("asked_answer", UUID.class),
                        row.getString("asked_book"),
                        turns(row));
            default -> throw new SQLException("an unknown outcome: " + outcome);
        };
    }

    private static List<Turn> turns(ResultSet row) throws SQLException {
        Boolean[] byReader = (Boolean[]) row.getArray("turns_by_reader").getArray();
        String[] texts = (String[]) row.getArray("turns_text").getArray();
        return IntStream.range(0, texts.length)
                .mapToObj(i -> new Turn(byReader[i], texts[i]))
                .toList();
    }
}
