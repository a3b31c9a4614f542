package dev.lectern.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlainViewTest {

    private static final Instant BEGIN = Instant.parse("2026-11-24T10:00:00.500Z");
    private static final String GOOD_LINE =
            "good ready | 4 in use, 4 idle, 0 waiting, of 16 | served 12, refused 0, failed 0, timed out 0 a second"
                    + " | p95 38 ms | The database is ready, and no request waits.";

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PlainView view = new PlainView(new PrintStream(printed, true, StandardCharsets.UTF_8));

    @Test
    void says_at_once_how_it_is_and_then_only_every_ten_seconds() {
        for (int second = 0; second <= 10; second++) {
            view.show(FrameTest.seen(StubAdminPort.GOOD, "{}"), BEGIN.plusSeconds(second));
        }

        assertThat(lines()).containsExactly("2026-11-24T10:00:00Z " + GOOD_LINE, "2026-11-24T10:00:10Z " + GOOD_LINE);
    }

    @Test
    void says_each_change_at_once() {
        view.show(FrameTest.seen(StubAdminPort.GOOD, "{}"), BEGIN);
        view.show(FrameTest.seen(StubAdminPort.SATURATED, "{}"), BEGIN.plusSeconds(1));
        view.show(new Sighting.Absent("no Lectern answers"), BEGIN.plusSeconds(2));
        view.show(new Sighting.Absent("no Lectern answers"), BEGIN.plusSeconds(3));
        view.show(FrameTest.seen(StubAdminPort.GOOD, "{}"), BEGIN.plusSeconds(4));

        assertThat(lines())
                .containsExactly(
                        "2026-11-24T10:00:00Z " + GOOD_LINE,
                        "2026-11-24T10:00:01Z bad saturated | 6 in use, 0 idle, 9 waiting, of 16 | served 240, refused"
                                + " 12, failed 0, timed out 1.5 a second | p95 1,240 ms | The server has no connection"
                                + " left: etl holds 71. Next: Ask etl to release some.",
                        "2026-11-24T10:00:02Z not there | no Lectern answers",
                        "2026-11-24T10:00:04Z " + GOOD_LINE);
    }

    @Test
    void figures_alone_are_no_change() {
        view.show(FrameTest.seen(StubAdminPort.GOOD, "{}"), BEGIN);
        view.show(FrameTest.seen(StubAdminPort.GOOD.replace("12.34", "99"), "{}"), BEGIN.plusSeconds(1));

        assertThat(lines()).hasSize(1);
    }

    @Test
    void tells_the_events_that_come_while_it_looks_and_not_those_of_before() {
        String before = StubAdminPort.EVENTS.replaceFirst("(?s),\\s*\\{\"id\": 2.*", "]}");
        view.show(FrameTest.seen(StubAdminPort.GOOD, before), BEGIN);
        view.show(FrameTest.seen(StubAdminPort.GOOD, StubAdminPort.EVENTS), BEGIN.plusSeconds(1));
        view.show(FrameTest.seen(StubAdminPort.GOOD, StubAdminPort.EVENTS), BEGIN.plusSeconds(2));

        assertThat(lines().subList(1, lines().size()))
                .containsExactly(
                        "2026-11-24T10:00:03Z warning state | ready  [31m to saturated",
                        "2026-11-24T10:00:04Z info action | resize-pool to 12, by operator (etl runs)");
    }

    private List<String> lines() {
        return printed.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
