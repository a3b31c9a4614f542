package dev.lectern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lectern.testing.LecternClient;
import dev.lectern.testing.LecternServer;
import dev.lectern.testing.RawHttp;
import dev.lectern.testing.TestPostgres;
import java.io.EOFException;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A reader takes away what is kept, which is far more than the sockets hold in between, from a server with one
/// connection to its database.
@Timeout(120)
class ExportIT {

    private static final int MESSAGES = 3000;

    private final String database = TestPostgres.freshDatabase();
    private LecternServer lectern;
    private LecternClient reader;
    private String conversation;

    @BeforeEach
    void start() throws Exception {
        lectern = LecternServer.start(
                TestPostgres.jdbcUrl(database),
                Map.of("database.maximumPoolSize", "1", "warmup.policy", "off", "warmup.earlyWake", "false"));
        reader = lectern.reader();
        conversation = reader.post("/conversations", "{}").json().at("/id").asText();
        execute("""
                INSERT INTO message (id, conversation, role, content, created_at)
                SELECT gen_random_uuid(), '%s', 'user', repeat('what? ', 1300), now() FROM generate_series(1, %d)
                """.formatted(conversation, MESSAGES));
    }

    @AfterEach
    void stop() {
        reader.close();
        lectern.close();
    }

    @Test
    void a_client_that_dawdles_holds_no_connection_and_gets_everything() throws Exception {
        try (RawHttp http = export();
                LecternClient other = lectern.reader()) {
            RawHttp.Reply head = http.readHead();
            assertThat(head.status()).isEqualTo(200);

            assertThat(other.get("/conversations").status()).isEqualTo(200);

            assertThat(new ObjectMapper().readTree(http.readBody(head)).at("/conversations/0/messages"))
                    .hasSize(MESSAGES);
        }
    }

    @Test
    void an_export_that_cannot_be_finished_is_no_document() throws Exception {
        try (RawHttp http = export()) {
            RawHttp.Reply head = http.readHead();

            execute("ALTER TABLE message RENAME TO gone");

            assertThatThrownBy(() -> new ObjectMapper().readTree(http.readBody(head)))
                    .isInstanceOfAny(JsonProcessingException.class, EOFException.class);
        }
    }

    private RawHttp export() throws Exception {
        RawHttp http = new RawHttp(lectern.url().getPort());
        http.send("""
                GET /api/v1/readers/me/export HTTP/1.1
                Host: localhost
                Authorization: Bearer %s

                """.formatted(reader.token()).replace("\n", "\r\n"));
        return http;
    }

    private void execute(String sql) throws Exception {
        try (Connection connection = TestPostgres.administrator(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
