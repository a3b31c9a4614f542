package dev.lectern.cli.probe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lectern.cli.Terminal;
import dev.lectern.neon.NeonUrl;
import dev.lectern.neon.failure.DatabaseFailure.Down;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CheckReportTest {

    private static final NeonUrl URL = NeonUrl.parse("postgresql://reader:s3cret-word@db.example.org/books");
    private static final List<Step> STEPS = List.of(
            Step.ok("name", "db.example.org is 192.0.2.7", Map.of("addresses", List.of("192.0.2.7")))
                    .took(Duration.ofMillis(12)),
            Step.warning(
                            "tls",
                            "not encrypted",
                            Map.of("encrypted", false),
                            Remark.warning("not encrypted", "Mend it."))
                    .took(Duration.ofNanos(420_000)),
            Step.failed("login", "the server says: no", Remark.of(new Down(Down.Reason.CREDENTIALS)))
                    .took(Duration.ofMillis(3210)),
            Step.skipped("schema", "not looked at: see login"));
    private static final CheckReport REPORT =
            new CheckReport(URL, Instant.parse("2026-11-24T10:00:00Z"), STEPS, Verdict.of(STEPS, "it answers"));

    @Test
    void is_a_line_for_each_step_and_then_the_verdict_with_what_to_do() {
        assertThat(REPORT.text(Terminal.NONE)).isEqualTo("""
                Check of postgresql://reader:****@db.example.org:5432/books

                  ok       name        12 ms  db.example.org is 192.0.2.7
                  warning  tls       0.42 ms  not encrypted
                  failed   login       3.2 s  the server says: no
                  skipped  schema             not looked at: see login

                DOWN (down/credentials): the server refuses the user, the password or the database.
                Next: Compare user, password and database of the connection string with those of the server; Neon's \
                console shows them under Connect.
                """);
    }

    @Test
    void has_colours_on_a_terminal_and_nowhere_else() {
        String text = REPORT.text(new Terminal(true, true, true));

        assertThat(text).contains("\u001b[32mok     \u001b[0m", "\u001b[31mDOWN\u001b[0m");
        assertThat(text.replaceAll("\u001b\\[\\d+m", "")).isEqualTo(REPORT.text(Terminal.NONE));
    }

    @Test
    void is_json_for_programs_with_the_figures_of_each_step() throws Exception {
        String json = new ObjectMapper().writeValueAsString(REPORT.members());

        assertThat(json)
                .isEqualTo("{\"at\":\"2026-11-24T10:00:00Z\","
                        + "\"database\":\"postgresql://reader:****@db.example.org:5432/books\","
                        + "\"verdict\":{\"level\":\"down\",\"class\":\"down/credentials\",\"sentence\":\"the server"
                        + " refuses the user, the password or the database\",\"next\":\"Compare user, password and"
                        + " database of the connection string with those of the server; Neon's console shows them"
                        + " under Connect.\"},\"steps\":["
                        + "{\"name\":\"name\",\"outcome\":\"ok\",\"seen\":\"db.example.org is 192.0.2.7\","
                        + "\"took_ms\":12.0,\"addresses\":[\"192.0.2.7\"]},"
                        + "{\"name\":\"tls\",\"outcome\":\"warning\",\"seen\":\"not encrypted\",\"took_ms\":0.42,"
                        + "\"encrypted\":false},"
                        + "{\"name\":\"login\",\"outcome\":\"failed\",\"seen\":\"the server says: no\","
                        + "\"took_ms\":3210.0},"
                        + "{\"name\":\"schema\",\"outcome\":\"skipped\",\"seen\":\"not looked at: see login\","
                        + "\"took_ms\":null}]}");
    }
}
