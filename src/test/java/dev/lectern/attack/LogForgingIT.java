package dev.lectern.attack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.lectern.testing.LecternClient;
import dev.lectern.testing.LecternServer;
import dev.lectern.testing.OperatorClient;
import dev.lectern.testing.RawHttp.Reply;
import dev.lectern.testing.TestPostgres;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/// Text that would begin a line of its own in a log, or colour a terminal, wherever a client can put text.
@Isolated
class LogForgingIT {

    private static final String MARK = "forgedline";

    /// What ends a line somewhere, and what moves a terminal's cursor, erases, or turns what follows.
    private static final List<String> ODD = List.of(
            "\n", "\r\u2028\u0085\u001b[2K", "\u001b[2K", "\u0000", "\u009b2K", "\u0085", "\u2028", "\u202e", "\t");

    /// Those of them that a header may hold.
    private static final List<String> LET_IN = ODD.subList(4, ODD.size());

    private static final List<String> HEADERS = List.of(
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
            "Content-Type");

    /// Those of them that are refused before a request is one that is logged; of tokens there is one already.
    private static final List<String> READ_FIRST = List.of("Accept", "Authorization", "Content-Type");

    private interface Visit {
        void to(LecternServer lectern) throws IOException;
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "text"})
    void no_client_writes_a_line_of_the_log(String format) throws IOException {
        List<String> served = new ArrayList<>();

        String printed = printed(format, lectern -> attack(lectern, served));

        assertThat(printed).contains("POST /api/v1/conversations 201");
        assertThat(served).hasSize(LET_IN.size() * (HEADERS.size() - READ_FIRST.size()));
        assertThat(printed).contains(served);
        assertThat(printed.lines()).noneMatch(line -> line.contains(MARK));
        assertThat(printed).doesNotContain(unescaped());
    }

    @Test
    void whatever_is_logged_as_json_is_one_line_that_moves_no_terminal() throws IOException {
        assertThat(printed("json", _ -> sayAll()))
                .contains("said: \\n\\r\\u2028\\u0085\\u001B[2K\\u001B[2K\\u0000\\u009b2K\\u0085\\u2028\\u202e\\t!\"")
                .doesNotContain(unescaped());
    }

    @Test
    void whatever_is_logged_as_text_moves_no_terminal_and_begins_no_line_at_the_margin() throws IOException {
        assertThat(printed("text", _ -> sayAll()))
                .contains(
                        "said: \n    \\u000d\\u2028\\u0085\\u001b[2K\\u001b[2K\\u0000\\u009b2K\\u0085\\u2028\\u202e\t!")
                .doesNotContain(unescaped());
    }

    /// As the message of a database or of a model might, which Lectern does not word.
    private static void sayAll() {
        LoggerFactory.getLogger("dev.lectern.attack").warn("said: {}!", String.join("", ODD));
    }

    private static List<String> unescaped() {
        return ODD.stream()
                .flatMap(odd -> odd.codePoints().mapToObj(Character::toString))
                .filter(odd -> !odd.equals("\n") && !odd.equals("\t") && !odd.matches("[ -~]"))
                .toList();
    }

    private static String printed(String format, Visit visit) throws IOException {
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
            visit.to(lectern);
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
        return printed.toString(UTF_8);
    }

    /// @param served gets the ids of the requests whose header was let in, and which are in the log for that
    private static void attack(LecternServer lectern, List<String> served) throws IOException {
        for (String odd : ODD) {
            String text = JsonNodeFactory.instance.textNode("a" + odd + MARK).toString();
            String escaped = URLEncoder.encode("a" + odd + MARK, UTF_8);
            try (LecternClient reader = lectern.reader();
                    OperatorClient operator = new OperatorClient(lectern)) {
                Attacker raw = Attacker.at(lectern).as(Objects.requireNonNull(reader.token()));
                lectern.importBook(
                        "evil",
                        Map.of(
                                "a" + odd + MARK + ".md",
                                "# a" + odd + MARK + "\nText.",
                                "b.md",
                                "---\ntitle: " + text + "\n---\n# B\nText. --8<-- \"x" + odd + MARK + ".md\""));
                reader.post("/conversations", "{\"title\": " + text + "}");
                reader.post("/chat", "{\"query\": " + text + ", \"selected_text\": " + text + "}");
                reader.post("/chat", "{\"query\": \"What?\", " + text + ": 1}");
                reader.get("/search?q=" + escaped + "&book=" + escaped);
                reader.get("/books/" + escaped);
                reader.delete("/conversations/" + escaped);
                for (String header : HEADERS) {
                    Reply reply = raw.send("GET /api/v1/books", header + ": a" + bytes(odd) + MARK);
                    assertThat(reply.header("X-Request-Id")).isNotBlank().doesNotContain(MARK);
                    if (LET_IN.contains(odd) && !READ_FIRST.contains(header)) {
                        served.add(Objects.requireNonNull(reply.header("X-Request-Id")));
                    }
                }
                for (String host : new String[] {"<" + MARK + ">", "a:" + MARK, "[" + MARK, "a\r\nHost: " + MARK}) {
                    raw.calling(host).send("GET /api/v1/books");
                }
                raw.send("BREW" + bytes(odd) + MARK + " /api/v1/books");
                operator.act("pause", "{\"preview\": true, \"reason\": " + text + ", \"actor\": " + text + "}");
                operator.act(escaped, "{}");
                operator.send("POST", "/tasks/" + escaped, "");
                operator.get("/console/" + escaped);
            }
        }
    }

    /// A character for each byte, as a raw request has them.
    private static String bytes(String text) {
        return new String(text.getBytes(UTF_8), ISO_8859_1);
    }
}
