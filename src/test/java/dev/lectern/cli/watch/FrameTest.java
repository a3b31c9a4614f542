package dev.lectern.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lectern.cli.Terminal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrameTest {

    private static final String URL = "http://127.0.0.1:8081";
    private static final Instant NOW = Instant.parse("2026-11-24T10:00:07.123Z");
    private static final Terminal PLAIN = Terminal.NONE;

    @Test
    void shows_the_verdict_first_and_the_newest_event_on_top() {
        List<String> lines =
                frame(seen(StubAdminPort.SATURATED, StubAdminPort.EVENTS)).lines(PLAIN, 100, 24);

        assertThat(String.join("\n", lines)).isEqualTo("""
                Lectern at http://127.0.0.1:8081   2026-11-24T10:00:07Z

                BAD  The server has no connection left: etl holds 71.
                Next  Ask etl to release some.

                database  saturated since 10:00:03  localhost/books, embedded, pooled
                          saturated/slots: all connections are in use
                pool      [##################..............................]
                          6 in use, 0 idle, 9 waiting, of 16; the server has 97
                held by   etl 71, lectern 6
                requests  served 240, refused 12, failed 0, timed out 1.5 a second
                readers   p95 1,240 ms of 200 ms, burn rate 14.2 over 5 min, 3.0 over 1 h

                events
                10:00:04  action    resize-pool to 12, by operator (etl runs)
                10:00:03  state     ready  [31m to saturated
                09:12:01  process   Lectern has started""");
    }

    @Test
    void shows_little_where_little_is_the_matter() {
        List<String> lines = frame(seen(StubAdminPort.GOOD, "{\"events\": []}")).lines(PLAIN, 100, 24);

        assertThat(String.join("\n", lines)).isEqualTo("""
                Lectern at http://127.0.0.1:8081   2026-11-24T10:00:07Z

                GOOD  The database is ready, and no request waits.

                database  ready since 09:12:01  ep-a-1.eu-central-1.aws.neon.tech/books
                pool      [############============........................]
                          4 in use, 4 idle, 0 waiting, of 16; the server has 97
                requests  served 12, refused 0, failed 0, timed out 0 a second
                readers   p95 38 ms of 200 ms, burn rate 0.3 over 5 min, - over 1 h""");
    }

    @Test
    void says_clearly_that_no_lectern_is_there_and_what_was_seen_last() {
        Sighting gone = new Sighting.Absent("no Lectern answers at " + URL + "; bin/run starts one");

        List<String> lines =
                new Frame(URL, NOW, gone, seen(StubAdminPort.GOOD, StubAdminPort.EVENTS)).lines(PLAIN, 100, 24);

        assertThat(lines)
                .contains(
                        "NOT THERE  no Lectern answers at http://127.0.0.1:8081; bin/run starts one.",
                        "Last seen at 10:00:00: The database is ready, and no request waits.");
    }

    @Test
    void fits_any_terminal() {
        for (int width : new int[] {1, 20, 40, 79, 200}) {
            for (int height : new int[] {1, 5, 12, 50}) {
                List<String> lines = frame(seen(StubAdminPort.SATURATED, StubAdminPort.EVENTS))
                        .lines(PLAIN, width, height);

                assertThat(lines).hasSizeLessThanOrEqualTo(height);
                assertThat(lines).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(width));
            }
        }
    }

    @Test
    void the_verdict_and_what_to_do_are_shown_in_full_where_the_terminal_is_narrow() {
        List<String> lines =
                frame(seen(StubAdminPort.SATURATED, StubAdminPort.EVENTS)).lines(PLAIN, 30, 24);

        assertThat(lines.subList(2, 7))
                .containsExactly(
                        "BAD  The server has no",
                        "  connection left: etl holds",
                        "  71.",
                        "Next  Ask etl to release some.",
                        "");
    }

    @Test
    void colours_change_no_character() {
        Terminal coloured = new Terminal(true, true, false);
        Frame frame = frame(seen(StubAdminPort.SATURATED, StubAdminPort.EVENTS));

        List<String> lines = frame.lines(coloured, 100, 24);

        assertThat(lines.get(2)).startsWith("\u001b[33mBAD\u001b[0m");
        assertThat(lines.stream().map(line -> line.replaceAll("\u001b\\[\\d+m", "")))
                .containsExactlyElementsOf(frame.lines(PLAIN, 100, 24));
    }

    @Test
    void what_would_command_the_terminal_is_taken_out() {
        String hostile = StubAdminPort.GOOD.replace("no request waits", "\\u001b]0;owned\\u0007");

        assertThat(String.join("", frame(seen(hostile, StubAdminPort.EVENTS)).lines(PLAIN, 200, 50)))
                .doesNotContain("\u001b", "\u0007");
    }

    @Test
    void one_connection_in_use_is_seen_however_many_there_may_be() {
        Snapshot one = new Snapshot(json("{\"pool\": {\"active\": 1, \"idle\": 0, \"maximum\": 900}}"));
        Snapshot over = new Snapshot(json("{\"pool\": {\"active\": 9, \"idle\": 9, \"maximum\": 4}}"));
        Snapshot none = new Snapshot(json("{}"));

        assertThat(Frame.bar(one, PLAIN, 10)).isEqualTo("[#.........]");
        assertThat(Frame.bar(over, PLAIN, 10)).isEqualTo("[#####=====]");
        assertThat(Frame.bar(none, PLAIN, 10)).isEqualTo("[..........]");
        assertThat(Frame.bar(one, new Terminal(true, false, true), 10)).isEqualTo("[█·········]");
    }

    private static Frame frame(Sighting.Seen seen) {
        return new Frame(URL, NOW, seen, null);
    }

    static Sighting.Seen seen(String snapshot, String events) {
        List<JsonNode> log = new ArrayList<>();
        json(events).at("/events").forEach(log::add);
        return new Sighting.Seen(json(snapshot), log);
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
