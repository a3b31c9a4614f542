package dev.lectern.attack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.testing.LecternClient;
import dev.lectern.testing.LecternServer;
import dev.lectern.testing.RawHttp;
import dev.lectern.testing.TestPostgres;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// One more than there may be of whatever has a measure. Depth, numbers and names of JSON, long lines and large
/// heads are in `InputLimitsIT`.
class OversizeIT {

    private static LecternServer lectern;
    private static Attacker reader;
    private static String conversation;
    private static String answer;

    @BeforeAll
    static void start() {
        lectern = LecternServer.start(TestPostgres.jdbcUrl(TestPostgres.freshDatabase()), Map.of())
                .withPoolsBook();
        try (LecternClient client = lectern.reader()) {
            reader = Attacker.at(lectern).as(Objects.requireNonNull(client.token()));
            conversation = client.converse("pools");
            answer = client.ask(conversation, "What is a permit?")
                    .json()
                    .at("/id")
                    .asText();
        }
    }

    @AfterAll
    static void stop() {
        lectern.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            POST /conversations                       | {"title": "%s"}                                | 200  | /title
            PATCH /conversations/CONVERSATION         | {"title": "%s"}                                | 200  | /title
            POST /conversations/CONVERSATION/messages | {"question": "%s"}                             | 4000 | /question
            POST /conversations/CONVERSATION/messages | {"question": "What?", "selected_text": "%s"}   | 8000 | /selected_text
            POST /conversations/CONVERSATION/messages | {"question": "What?", "page_url": "%s"}        | 2048 | /page_url
            POST /chat                                | {"query": "%s"}                                | 4000 | /query
            POST /chat                                | {"query": "What?", "selected_text": "%s"}      | 8000 | /selected_text
            POST /chat                                | {"query": "What?", "session_id": "%s"}         | 36   | /session_id
            POST /chat                                | {"query": "What?", "book_id": "%s"}            | 64   | /book_id
            PUT /messages/ANSWER/feedback             | {"comment": "%s"}                              | 2000 | /comment
            """)
    void a_field_with_one_character_more_is_refused_by_name(String line, String body, int longest, String pointer)
            throws IOException {
        String request = line.replace(" /", " /api/v1/")
                .replace("CONVERSATION", conversation)
                .replace("ANSWER", answer);
        Attacker.refused(reader.sendJson(request, body.replace("%s", "a".repeat(longest + 1))), 400, pointer);
        // A character that takes two units counts as one.
        Attacker.refused(
                reader.sendJson(request, body.replace("%s", "\\ud83d\\ude00".repeat(longest + 1))), 400, pointer);
    }

    @ParameterizedTest
    @CsvSource({
        "/search?q=%s, 401, q, 400",
        "/search?q=a&limit=%s, 12, limit, 400",
        "/conversations?limit=%s, 5000, limit, 400",
        "/conversations?cursor=%s, 5000, cursor, 400",
        "/books?cursor=%s, 5000, cursor, 400"
    })
    void a_parameter_without_measure_is_refused_by_name(String path, int length, String name, int status)
            throws IOException {
        Attacker.refused(reader.send("GET /api/v1" + path.replace("%s", "9".repeat(length))), status, name);
    }

    @ParameterizedTest
    @CsvSource({
        "/books/%s, 7000, 404",
        "/conversations/%s, 7000, 404",
        "/books/pools/chapters/%s, 7000, 404",
        "/search?q=a&book=%s, 7000, 404"
    })
    void a_name_without_measure_is_nobodys(String path, int length, int status) throws IOException {
        Attacker.refused(reader.send("GET /api/v1" + path.replace("%s", "a".repeat(length))), status);
    }

    @ParameterizedTest
    @CsvSource({"Idempotency-Key, 129", "Last-Event-ID, 200"})
    void a_header_that_is_too_long_is_refused_by_name(String header, int length) throws IOException {
        Attacker.refused(
                reader.sendJson(
                        "POST /api/v1/conversations/" + conversation + "/messages",
                        "{\"question\": \"What?\"}",
                        "Accept: text/event-stream",
                        header + ": " + "a".repeat(length)),
                400,
                header);
    }

    @Test
    void a_thousand_parameters_and_as_many_segments_are_no_more_than_a_long_line() throws IOException {
        assertThat(reader.send("GET /api/v1/search?q=permit" + "&a".repeat(1_000))
                        .status())
                .isIn(200, 400);
        assertThat(reader.send("GET /api/v1/books" + "/a".repeat(3_000)).status())
                .isEqualTo(404);
        assertThat(reader.send("GET /api/v1/books" + ";a=b".repeat(1_500)).status())
                .isIn(200, 404);
        Attacker.refused(reader.send("GET /api/v1/search?q=permit" + "&a".repeat(5_000)), 414);
        Attacker.refused(reader.send("GET /api/v1/books", "Cookie: a=b; ".repeat(1_000)), 431);
        Attacker.refused(reader.send("GET /api/v1/books", "Accept: text/plain" + ", text/a".repeat(1_500)), 431);
    }

    @Test
    void a_body_is_refused_by_its_announced_length_before_it_is_sent() throws IOException {
        String json = "Content-Type: application/json";
        Attacker.refused(reader.send("POST /api/v1/conversations", json, "Content-Length: 1048577"), 413);
        Attacker.refused(
                reader.as(LecternServer.API_KEY)
                        .send("PUT /api/v1/books/a", "Content-Type: application/zip", "Content-Length: 67108865"),
                413);
    }

    @Test
    void a_body_of_no_announced_length_is_refused_where_it_passes_the_measure() throws IOException {
        try (RawHttp http = new RawHttp(lectern.url().getPort())) {
            http.send("POST /api/v1/conversations HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " + reader.token()
                    + "\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n");
            String chunk = "10000\r\n" + " ".repeat(1 << 16) + "\r\n";
            for (int i = 0; i < 17; i++) {
                http.send(chunk);
            }

            Attacker.refused(http.read(), 413);
        }
    }

    @Test
    void a_text_without_measure_is_refused_before_its_end_and_is_not_kept_until_then() throws IOException {
        try (RawHttp http = new RawHttp(lectern.url().getPort())) {
            String begun = "{\"title\": \"" + "a".repeat(200_000);
            http.send("POST /api/v1/conversations HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " + reader.token()
                    + "\r\nContent-Type: application/json\r\nContent-Length: 1000000\r\n\r\n" + begun);

            Attacker.refused(http.read(), 400, "/title");
        }
    }

    @Test
    void a_small_body_that_unpacks_to_a_large_one_is_refused() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            byte[] blanks = " ".repeat(1 << 20).getBytes(ISO_8859_1);
            for (int i = 0; i < 100; i++) {
                gzip.write(blanks);
            }
        }
        String body = packed.toString(ISO_8859_1);
        assertThat(body.length()).isLessThan(200_000);

        Attacker.refused(reader.sendJson("POST /api/v1/conversations", body, "Content-Encoding: gzip"), 413);
    }
}
