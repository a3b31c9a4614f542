package dev.lectern.attack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.lectern.testing.LecternClient;
import dev.lectern.testing.LecternServer;
import dev.lectern.testing.OperatorClient;
import dev.lectern.testing.TestPostgres;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URLEncoder;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Text that would begin a line of its own in a log, or colour a terminal, wherever a client can put text.
@Isolated
class LogForgingIT {

    private static final String MARK = "forgedline";

    @ParameterizedTest
    @ValueSource(strings = {"json", "text"})
    void no_client_writes_a_line_of_the_log(String format) throws IOException {
        String printed = printed(format);

        assertThat(printed).contains("POST /api/v1/conversations 201");
        assertThat(printed.lines()).noneMatch(line -> line.contains(MARK) || line.contains("\u001b"));
    }

    private static String printed(String format) throws IOException {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream both = new PrintStream(printed, true, UTF_8);
        System.setOut(both);
        System.setErr(both);
        try (LecternServer lectern = LecternServer.start(
                TestPostgres.jdbcUrl(TestPostgres.freshDatabase()),
                new HashMap<>(Map.of(
                        "logging.level",
                        "INFO",
                        "logging.loggers.dev\\.lectern",
                        "DEBUG",
                        "logging.appenders[0].format",
                        format)))) {
            attack(lectern);
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
        return printed.toString(UTF_8);
    }

    private static void attack(LecternServer lectern) throws IOException {
        for (String end : new String[] {"\n", "\r\u2028\u0085\u001b[2K"}) {
            String text = JsonNodeFactory.instance.textNode("a" + end + MARK).toString();
            String escaped = URLEncoder.encode("a" + end + MARK, UTF_8);
            try (LecternClient reader = lectern.reader();
                    OperatorClient operator = new OperatorClient(lectern)) {
                Attacker raw = Attacker.at(lectern).as(Objects.requireNonNull(reader.token()));
                lectern.importBook(
                        "evil",
                        Map.of(
                                "a" + end + MARK + ".md",
                                "# a" + end + MARK + "\nText.",
                                "b.md",
                                "---\ntitle: " + text + "\n---\n# B\nText. --8<-- \"x" + end + MARK + ".md\""));
                reader.post("/conversations", "{\"title\": " + text + "}");
                reader.post("/chat", "{\"query\": " + text + ", \"selected_text\": " + text + "}");
                reader.post("/chat", "{\"query\": \"What?\", " + text + ": 1}");
                reader.get("/search?q=" + escaped + "&book=" + escaped);
                reader.get("/books/" + escaped);
                reader.delete("/conversations/" + escaped);
                for (String header : new String[] {
                    "X-Request-Id",
                    "traceparent",
                    "tracestate",
                    "Idempotency-Key",
                    "User-Agent",
                    "Accept",
                    "Authorization",
                    "If-None-Match",
                    "X-Forwarded-For",
                    "Referer",
                    "Content-Type"
                }) {
                    raw.send("GET /api/v1/books", header + ": a" + end + MARK);
                }
                for (String host : new String[] {"<" + MARK + ">", "a:" + MARK, "[" + MARK, "a\r\nHost: " + MARK}) {
                    raw.calling(host).send("GET /api/v1/books");
                }
                raw.send("BREW" + end + MARK + " /api/v1/books");
                operator.act("pause", "{\"preview\": true, \"reason\": " + text + ", \"actor\": " + text + "}");
                operator.act(escaped, "{}");
                operator.send("POST", "/tasks/" + escaped, "");
                operator.get("/console/" + escaped);
            }
        }
    }
}
