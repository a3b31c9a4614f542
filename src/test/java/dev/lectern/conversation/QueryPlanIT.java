package dev.lectern.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.access.ReaderId;
import dev.lectern.conversation.ExportRows.Place;
import dev.lectern.conversation.Opening.Opened;
import dev.lectern.paging.PageRequest;
import dev.lectern.persistence.Database;
import dev.lectern.testing.TestPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;
import org.junit.jupiter.api.Test;

/// No statement reads a whole table, nor does what the foreign keys do behind it. PostgreSQL's module `auto_explain`
/// tells the plans of the very statements that run, with their parameters; the later runs are planned for any.
class QueryPlanIT {

    private static final int RUNS = 12;

    private final List<String> plans = new ArrayList<>();
    private final Conversations conversations = new Conversations(database());
    private final Dialogue dialogue = conversations.process();
    private final RetentionDao retention = new RetentionDao(conversations.database);
    private final PersonalDataDao personal = new PersonalDataDao(conversations.database);
    private final Conversation busy = conversations.begin(conversations.reader, "robotics");

    @Test
    void no_statement_reads_a_whole_table() {
        conversations.database.background(this::fill);
        conversations.database.write(this::watch);
        PageRequest<UUID> page = new PageRequest<>(20, null);

        for (int i = 0; i < RUNS; i++) {
            Question question = conversations.question(busy, "question " + i);
            Question keyed = conversations.keyed(busy, "question " + i, "key " + i);
            Question starting = conversations.starting("question " + i, "starting " + i);
            plans("open", () -> dialogue.open(question));
            Opened opened = (Opened) dialogue.open(keyed);
            Answer answer = conversations.answer(opened, "answer");
            plans("open a new conversation", () -> dialogue.open(starting));
            plans("store", () -> dialogue.store(keyed, answer));
            plans("open with the key of an answer", () -> dialogue.open(keyed));
            plans("answer with its key", () -> dialogue.answered(keyed));
            plans("answer", () -> dialogue.answer(conversations.reader, answer.id()));
            plans(
                    "feedback",
                    () -> conversations.dao.giveFeedback(
                            conversations.reader, answer.id(), new Feedback("like", null)));
            plans("list", () -> conversations.dao.list(conversations.reader, page));
            plans("messages", () -> conversations.dao.messages(conversations.reader, busy.id(), page));
            plans("get", () -> conversations.dao.get(conversations.reader, busy.id()));
            plans(
                    "rename",
                    () -> conversations.dao.rename(
                            conversations.reader, busy.id(), "title", conversations.clock.instant()));
            plans("delete", () -> conversations.dao.delete(conversations.reader, starting.conversation()));
            plans("export", () -> personal.export(conversations.reader, Place.BEGINNING, 100));
            plans("export the rest", () -> personal.export(conversations.reader, new Place(busy.id(), busy.id()), 100));
            plans(
                    "delete what is untouched",
                    () -> retention.deleteUntouched(conversations.clock.instant(), RetentionDao.Place.BEGINNING, 50));
            ReaderId leaver = new ReaderId(UUID.randomUUID());
            conversations.begin(leaver, "robotics");
            plans("delete all of a reader's", () -> personal.delete(leaver, 100));
        }
    }

    private void plans(String name, Runnable statement) {
        plans.clear();
        statement.run();
        assertThat(plans)
                .as(name)
                .isNotEmpty()
                .noneMatch(plan -> plan.contains("Seq Scan on conversation")
                        || plan.contains("Seq Scan on message")
                        || plan.contains("Seq Scan on idempotency_key"));
    }

    /// 10,000 conversations, 500 of them the reader's; 32,000 messages, 2,000 of them in one conversation; 10,000 keys,
    /// of which a quarter has expired.
    private int fill(Handle handle) {
        String reader = conversations.reader.value().toString();
        return handle.createScript("""
                        SET auto_explain.log_min_duration = -1;

                        INSERT INTO conversation (id, reader, book, title, created_at, updated_at)
                        SELECT gen_random_uuid(),
                               CASE WHEN n %% 20 = 0 THEN '%1$s' ELSE md5((n / 4)::text)::uuid END,
                               'robotics', 'a title', now(), now()
                        FROM generate_series(1, 10000) n;

                        INSERT INTO message (id, conversation, role, content, created_at)
                        SELECT gen_random_uuid(), id, 'user',
                               repeat('word ', 50), now()
                        FROM conversation, generate_series(1, 3) n;

                        INSERT INTO message (id, conversation, role, content, created_at)
                        SELECT gen_random_uuid(), '%2$s', 'user',
                               repeat('word ', 50), now()
                        FROM generate_series(1, 2000) n;

                        INSERT INTO idempotency_key (reader, key, request_hash, conversation, question, answer, attempt,
                                                     holder, lease_until, expires_at)
                        SELECT reader, id::text, '\\x00', id, id, id, id, id, now(),
                               timestamptz '%3$s' + (row_number() OVER () - 2500) * interval '1 s'
                        FROM conversation;

                        ANALYZE;

                        RESET auto_explain.log_min_duration;
                        """.formatted(reader, busy.id(), conversations.clock.instant()))
                .execute()
                .length;
    }

    private int watch(Handle handle) {
        handle.getJdbi().setSqlLogger(new SqlLogger() {
            @Override
            public void logAfterExecution(StatementContext context) {
                try {
                    for (SQLWarning w = context.getStatement().getWarnings(); w != null; w = w.getNextWarning()) {
                        plans.add(w.getMessage());
                    }
                } catch (SQLException e) {
                    throw new AssertionError(e);
                }
            }
        });
        return 0;
    }

    private static Database database() {
        String name = TestPostgres.freshDatabase();
        try (Connection connection = DriverManager.getConnection(TestPostgres.jdbcUrl(name));
                Statement statement = connection.createStatement()) {
            for (String setting : List.of(
                    "session_preload_libraries = 'auto_explain'",
                    "auto_explain.log_min_duration = 0",
                    "auto_explain.log_analyze = on",
                    "auto_explain.log_nested_statements = on",
                    "auto_explain.log_level = notice")) {
                statement.execute("ALTER DATABASE " + name + " SET " + setting);
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
        return TestPostgres.open(name);
    }
}
