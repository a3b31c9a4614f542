package dev.lectern;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.testing.LecternClient;
import dev.lectern.testing.LecternServer;
import dev.lectern.testing.RawHttp;
import dev.lectern.testing.RawHttp.Reply;
import dev.lectern.testing.TestPostgres;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// What is too large, too deep or no text, at every place where the running application takes something.
class InputLimitsIT {

    /// As JSON escapes them, or as the bytes that they are: the surrogate D800 in what looks like UTF-8, a NUL in two
    /// bytes, and what begins no character.
    private static final List<String> NO_TEXT = List.of(
            "\\u0000",
            "a\\u0000b",
            "\\ud800",
            "a\\udc00",
            "\\udc00\\ud800",
            "\u00ed\u00a0\u0080",
            "\u00c0\u0080",
            "\u00ff");

    private static LecternServer lectern;
    private static String token;
    private static String conversation;
    private static String answer;

    @BeforeAll
    static void start() {
        lectern = LecternServer.start(TestPostgres.jdbcUrl(TestPostgres.freshDatabase()), Map.of())
                .withPoolsBook();
        try (LecternClient reader = lectern.reader()) {
            token = Objects.requireNonNull(reader.token());
            conversation = reader.converse("pools");
            answer = reader.ask(conversation, "What is a permit?")
                    .json()
                    .at("/id")
                    .asText();
        }
    }

    @AfterAll
    static void stop() {
        lectern.close();
    }

    static Stream<Arguments> fields() {
        String questions = "POST /api/v1/conversations/CONVERSATION/messages";
        return Stream.of(
                        Arguments.of("POST /api/v1/conversations", "{\"title\": \"%s\"}"),
                        Arguments.of("POST /api/v1/conversations", "{\"book\": \"%s\"}"),
                        Arguments.of("PATCH /api/v1/conversations/CONVERSATION", "{\"title\": \"%s\"}"),
                        Arguments.of(questions, "{\"question\": \"%s\"}"),
                        Arguments.of(questions, "{\"question\": \"What?\", \"selected_text\": \"%s\"}"),
                        Arguments.of(questions, "{\"question\": \"What?\", \"page_url\": \"%s\"}"),
                        Arguments.of(questions, "{\"question\": \"What?\", \"%s\": 1}"),
                        Arguments.of("POST /api/v1/chat", "{\"query\": \"%s\"}"),
                        Arguments.of("POST /api/v1/chat", "{\"query\": \"What?\", \"selected_text\": \"%s\"}"),
                        Arguments.of("POST /api/v1/chat", "{\"query\": \"What?\", \"session_id\": \"%s\"}"),
                        Arguments.of("POST /api/v1/chat", "{\"query\": \"What?\", \"book_id\": \"%s\"}"),
                        Arguments.of("PUT /api/v1/messages/ANSWER/feedback", "{\"rating\": \"%s\"}"),
                        Arguments.of("PUT /api/v1/messages/ANSWER/feedback", "{\"comment\": \"%s\"}"))
                .flatMap(field -> NO_TEXT.stream()
                        .map(text -> Arguments.of(field.get()[0], ((String) field.get()[1]).replace("%s", text))));
    }

    @ParameterizedTest
    @MethodSource("fields")
    void what_is_no_text_is_refused_in_every_field(String request, String body) throws IOException {
        assertThat(send(request, "application/json", body).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({
        "GET /api/v1/search?q=%00, 400",
        "GET /api/v1/search?q=%ed%a0%80, 400",
        "GET /api/v1/search?q=a&book=%00, 400",
        "GET /api/v1/conversations?cursor=%00, 400",
        "GET /api/v1/conversations?cursor=AAAA, 400",
        "GET /api/v1/conversations?limit=%00, 400",
        "GET /api/v1/conversations/%00, 400",
        "GET /api/v1/books/%ed%a0%80, 400",
        "GET /api/v1/books/pools/chapters/%00, 400"
    })
    void what_is_no_text_is_refused_in_every_path_and_query(String request, int status) throws IOException {
        assertThat(send(request, "application/json", "").status()).isEqualTo(status);
    }

    @Test
    void what_only_begins_like_utf_32_is_refused() throws IOException {
        String body = "\0\0\0\0rating\": null}";

        Reply reply = send("POST /api/v1/conversations", "application/json", body);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().at("/detail").asText()).isEqualTo("The body must be Unicode text");
    }

    static Stream<Arguments> sizes() {
        return Stream.of(
                Arguments.of("{\"title\": " + "[".repeat(33) + "]".repeat(33) + "}", 400),
                Arguments.of("[".repeat(100_000), 400),
                Arguments.of("{\"a\":".repeat(100_000), 400),
                Arguments.of("{\"title\": " + "1".repeat(1_001) + "}", 400),
                Arguments.of("{\"title\": 1e1000000000}", 400),
                Arguments.of("{\"" + "a".repeat(60_000) + "\": 1}", 400),
                Arguments.of("{\"title\": \"" + "a".repeat(1_000_000) + "\"}", 400),
                Arguments.of("{\"title\": \"" + "a".repeat(1 << 20) + "\"}", 413));
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void what_is_too_deep_or_too_long_is_refused(String body, int status) throws IOException {
        Reply reply = send("POST /api/v1/conversations", "application/json", body);

        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.body()).hasSizeLessThan(2_000);
    }

    @ParameterizedTest
    @CsvSource({
        "POST /api/v1/conversations",
        "PATCH /api/v1/conversations/CONVERSATION",
        "POST /api/v1/conversations/CONVERSATION/messages",
        "POST /api/v1/chat",
        "PUT /api/v1/messages/ANSWER/feedback"
    })
    void a_form_is_no_body_that_is_taken(String request) throws IOException {
        assertThat(send(request, "multipart/form-data; boundary=b", "--b--\r\n").status())
                .isEqualTo(415);
        assertThat(send(request, "application/x-www-form-urlencoded", "a=b").status())
                .isEqualTo(415);
    }

    @Test
    void a_form_is_no_book() {
        try (LecternClient importer = new LecternClient(lectern.url()).bearing(LecternServer.API_KEY)) {
            assertThat(importer.put("/books/a", "--b--\r\n".getBytes(UTF_8), "multipart/form-data; boundary=b")
                            .status())
                    .isEqualTo(415);
        }
    }

    @Test
    void a_long_line_and_a_large_head_are_refused_on_both_ports() throws IOException {
        for (int port : new int[] {lectern.url().getPort(), lectern.adminUrl().getPort()}) {
            String end = " HTTP/1.1\r\nHost: localhost\r\n";
            assertThat(RawHttp.exchange(port, "GET /" + "a".repeat(9_000) + end + "\r\n")
                            .status())
                    .isEqualTo(414);
            assertThat(RawHttp.exchange(port, "GET /" + end + "X: " + "a".repeat(9_000) + "\r\n\r\n")
                            .status())
                    .isEqualTo(431);
            assertThat(RawHttp.exchange(port, "GET /" + end + "X: a\r\n".repeat(3_000) + "\r\n")
                            .status())
                    .isEqualTo(431);
        }
    }

    /// Characters of the body up to U+00FF are bytes.
    private static Reply send(String request, String type, String body) throws IOException {
        String line = request.replace("CONVERSATION", conversation).replace("ANSWER", answer);
        return RawHttp.exchange(
                lectern.url().getPort(),
                line + " HTTP/1.1\r\nHost: books.example\r\nAuthorization: Bearer " + token + "\r\nContent-Type: "
                        + type + "\r\nContent-Length: " + body.getBytes(ISO_8859_1).length + "\r\n\r\n" + body);
    }
}
