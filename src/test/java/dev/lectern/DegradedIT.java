package dev.lectern;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lectern.cli.AskCommand;
import dev.lectern.testing.LecternClient;
import dev.lectern.testing.LecternClient.Event;
import dev.lectern.testing.LecternClient.Reply;
import dev.lectern.testing.LecternServer;
import dev.lectern.testing.TestPostgres;
import dev.lectern.testing.TypedCommand;
import dev.lectern.testing.WireTap;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What goes on while the database is away, and that everything does when it is back.
class DegradedIT {

    private WireTap tap;
    private String database;
    private LecternServer lectern;
    private LecternClient reader;
    private String conversation;

    @BeforeEach
    void start() {
        tap = WireTap.open("127.0.0.1", TestPostgres.port());
        database = TestPostgres.freshDatabase();
        lectern = LecternServer.start(
                        "postgresql://postgres:postgres@127.0.0.1:" + tap.port() + "/" + database + "?sslmode=disable",
                        Map.of())
                .withPoolsBook();
        reader = lectern.reader();
        conversation = reader.converse("pools");
    }

    @AfterEach
    void stop() {
        reader.close();
        lectern.close();
        tap.close();
    }

    @Test
    void without_a_database_books_search_and_questions_go_on_and_the_rest_is_refused() throws Exception {
        cutOff();

        assertThat(reader.get("/books/pools/chapters/pools").status()).isEqualTo(200);
        assertThat(reader.get("/search?q=permit").json().at("/items/0/snippet").asText())
                .contains("permit");

        Reply answer = reader.ask(conversation, "What is a permit?");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().at("/saved").asBoolean(true)).isFalse();
        assertThat(answer.json().at("/grounded").asBoolean()).isTrue();
        assertThat(answer.json().at("/degraded/reason").asText()).startsWith("database-");
        assertThat(answer.json().at("/degraded/retry_after").asInt()).isPositive();

        List<Event> stream = reader.stream(conversation, "What is a permit?");
        assertThat(stream.getLast().name()).isEqualTo("done");
        assertThat(stream.getLast().data().at("/saved").asBoolean(true)).isFalse();

        for (Reply refused : List.of(
                reader.get("/conversations"),
                reader.get("/conversations/" + conversation + "/messages"),
                reader.post("/conversations", "{}"),
                reader.delete("/conversations/" + conversation))) {
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.json().at("/type").asText()).startsWith("urn:lectern:problem:database-");
            assertThat(Integer.parseInt(String.valueOf(refused.header("Retry-After"))))
                    .isPositive();
        }

        assertThat(health("ready")).contains("degraded");
        assertThat(health("alive")).contains("alive");
    }

    @Test
    void when_the_database_is_back_so_is_everything_and_a_repeated_question_is_stored_once() {
        cutOff();
        assertThat(reader.ask(conversation, "What is a permit?", "Idempotency-Key", "k")
                        .json()
                        .at("/saved")
                        .asBoolean(true))
                .isFalse();

        tap.resume();
        Reply messages = untilServed();

        assertThat(messages.json().at("/items")).isEmpty();
        assertThat(reader.ask(conversation, "What is a permit?", "Idempotency-Key", "k")
                        .json()
                        .at("/saved")
                        .asBoolean())
                .isTrue();
        assertThat(reader.ask(conversation, "What is a permit?", "Idempotency-Key", "k")
                        .json()
                        .at("/saved")
                        .asBoolean())
                .isTrue();
        assertThat(reader.get("/conversations/" + conversation + "/messages")
                        .json()
                        .at("/items"))
                .hasSize(2);
    }

    @Test
    void a_new_reader_of_the_command_line_is_answered_without_a_database() throws Exception {
        cutOff();

        assertThat(askCommand()).contains("A permit is the right to use one connection.", "not saved: database-");
    }

    @Test
    void a_new_reader_of_the_command_line_is_answered_by_a_database_that_is_read_only() throws Exception {
        makeReadOnly();

        assertThat(askCommand())
                .contains("A permit is the right to use one connection.", "not saved: database-read-only");
    }

    /// What the command line prints for a question.
    private String askCommand() throws Exception {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        TypedCommand.run(
                new AskCommand(new PrintStream(printed, true, StandardCharsets.UTF_8), new ObjectMapper()),
                "--book",
                "pools",
                "--url",
                lectern.url().toString(),
                "What is a permit?");
        return printed.toString(StandardCharsets.UTF_8);
    }

    /// A session learns of it when it begins: those that there are must end.
    private void makeReadOnly() throws SQLException {
        try (Connection administrator = TestPostgres.administrator();
                Statement statement = administrator.createStatement()) {
            statement.execute("ALTER DATABASE " + database + " SET default_transaction_read_only = on");
        }
        tap.cutAll();
    }

    private void cutOff() {
        tap.refuseConnections();
        tap.cutAll();
    }

    /// Asks until the database serves; each request waits inside the server, so this does not spin.
    private Reply untilServed() {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        Reply reply = reader.get("/conversations/" + conversation + "/messages");
        while (reply.status() == 503 && System.nanoTime() < end) {
            reply = reader.get("/conversations/" + conversation + "/messages");
        }
        assertThat(reply.status()).isEqualTo(200);
        return reply;
    }

    private String health(String type) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> response = http.send(
                    HttpRequest.newBuilder(URI.create(lectern.adminUrl() + "/health-check?type=" + type))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).isEqualTo(200);
            return response.body();
        }
    }
}
