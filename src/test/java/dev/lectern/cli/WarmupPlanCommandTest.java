package dev.lectern.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.lectern.testing.TypedCommand;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WarmupPlanCommandTest {

    private static final long[] STORED = {
        Instant.parse("2026-01-05T08:00:00Z").toEpochMilli(),
        Instant.parse("2026-01-05T09:00:00Z").toEpochMilli()
    };

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final WarmupPlanCommand command = new WarmupPlanCommand(
            new PrintStream(printed, true, StandardCharsets.UTF_8),
            new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
            new ObjectMapper()
                    .registerModules(new JavaTimeModule(), new Jdk8Module())
                    .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS),
            configuration -> configuration.equals("with.yml") ? STORED.clone() : new long[0]);

    @TempDir
    Path folder;

    private Path trace = Path.of("trace");

    /// A reader every ten minutes for a day: without warm-up each of them is cold.
    @BeforeEach
    void write() throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i <= 144; i++) {
            lines.add(
                    Instant.parse("2026-01-05T00:00:00Z").plusSeconds(600L * i).toString());
        }
        trace = folder.resolve("arrivals.txt");
        Files.write(trace, lines);
    }

    @Test
    void every_policy_has_a_row() throws Exception {
        run("--trace", trace.toString());

        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("145 arrivals judged, from 2026-01-05 to 2026-01-06")
                .containsPattern("off +145 100\\.0 % +700 ms")
                .containsPattern("always +1 +0\\.7 % +0 ms")
                .containsPattern("traffic +1 +0\\.7 % +0 ms")
                .containsPattern("hours +85 ")
                .contains("hybrid histogram", "learned");
    }

    @Test
    void or_as_json() throws Exception {
        run("--trace", trace.toString(), "--json", "--price", "0.2");

        JsonNode json = new ObjectMapper().readTree(printed.toByteArray());
        assertThat(json.at("/policies/0/name").asText()).isEqualTo("off");
        assertThat(json.at("/policies/0/cold").asInt()).isEqualTo(145);
        assertThat(json.at("/policies/0/cu_hours").asDouble()).isCloseTo(3.0, within(0.001));
        assertThat(json.at("/policies/1/added_cu_hours").asDouble()).isCloseTo(3.0, within(0.001));
        assertThat(json.at("/policies/1/money").asDouble()).isCloseTo(1.2, within(0.001));
        assertThat(json.at("/curve").size()).isGreaterThan(5);
    }

    @Test
    void what_is_learned_from_is_not_judged() throws Exception {
        run("--trace", trace.toString(), "--learn-until", "50%");

        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("73 arrivals judged");
    }

    @Test
    void a_budget_that_ends_is_told() throws Exception {
        run("--trace", trace.toString(), "--budget", "0.1usd");

        assertThat(printed.toString(StandardCharsets.UTF_8))
                .containsPattern("always: the budget was spent before the end of 1 months; then there was no warm-up")
                .doesNotContain("off: the budget");
    }

    @Test
    void the_arrivals_may_be_those_of_the_database() throws Exception {
        run("--from-database", "--config", "with.yml");

        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("2 arrivals judged");
        assertThatThrownBy(() -> run("--from-database", "--config", "without.yml"))
                .isInstanceOf(CommandFailedException.class)
                .hasMessageContaining("no questions yet");
    }

    @Test
    void the_picture_is_drawn() throws Exception {
        Path picture = folder.resolve("plan.svg");
        run("--trace", trace.toString(), "--svg", picture.toString());

        var svg = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(picture.toFile());
        assertThat(svg.getElementsByTagName("circle").getLength()).isEqualTo(6);
        assertThat(Files.readString(picture))
                .contains("CU-hours that warm-up adds in a month", "hybrid histogram", "prefers-color-scheme: dark")
                .doesNotContain("NaN");
    }

    @Test
    void a_csv_is_read_by_the_name_of_its_column() throws Exception {
        Files.writeString(trace, """
                who,"at"
                "a, b",2026-01-05T01:00:00+01:00
                c,"2026-01-05T00:00:01.500Z"
                """);
        run("--trace", trace.toString(), "--column", "at");

        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("2 arrivals judged, from 2026-01-05");
    }

    @Test
    void a_file_that_does_not_exist_is_a_matter_of_usage() {
        assertThatThrownBy(() -> run("--trace", folder.resolve("none.txt").toString()))
                .isInstanceOfSatisfying(
                        CommandFailedException.class,
                        failure -> assertThat(failure.exitCode()).isEqualTo(64))
                .hasMessageContaining("There is no file");
    }

    @Test
    void a_bad_line_is_named() throws IOException {
        Files.writeString(trace, "2026-01-05T00:00:00Z\n\n2026-13-05T00:00:00Z\n");
        assertFails("arrivals.txt:3: \"2026-13-05T00:00:00Z\" is no time", "--trace", trace.toString());

        Files.writeString(trace, "time\n2026-01-05T00:00:00Z\n");
        assertFails("arrivals.txt:1: there is no column at, but [time]", "--trace", trace.toString(), "--column", "at");

        Files.writeString(trace, "\n");
        assertFails("has no arrivals", "--trace", trace.toString());
    }

    @Test
    void a_time_that_has_no_milliseconds_and_a_file_that_is_no_text_are_named() throws IOException {
        Files.writeString(trace, "+999999999-12-31T23:59:59Z\n");
        assertFails("arrivals.txt:1: \"+999999999-12-31T23:59:59Z\" is no time", "--trace", trace.toString());

        Files.write(trace, new byte[] {'2', '0', (byte) 0xff});
        assertFails("arrivals.txt is not UTF-8", "--trace", trace.toString());
    }

    @ParameterizedTest
    @CsvSource({
        "--cu,none",
        "--cu,0",
        "--price,-1",
        "--suspend,5",
        "--suspend,1s",
        "--wake,soon",
        "--budget,much",
        "--hours,never",
        "--zone,Nowhere",
        "--learn-until,tomorrow",
        "--learn-until,2030-01-01"
    })
    void an_option_that_is_none_is_a_matter_of_usage(String option, String value) {
        assertThatThrownBy(() -> run("--trace", trace.toString(), option + "=" + value))
                .isInstanceOfSatisfying(
                        CommandFailedException.class,
                        failure -> assertThat(failure.exitCode()).isEqualTo(64));
    }

    @Test
    void a_missing_file_is_named() {
        assertThatThrownBy(() -> run("--trace", folder.resolve("none.txt").toString()))
                .hasMessageContaining("none.txt");
    }

    private void assertFails(String message, String... arguments) {
        assertThatThrownBy(() -> run(arguments))
                .isInstanceOf(CommandFailedException.class)
                .hasMessageContaining(message);
    }

    private void run(String... arguments) throws Exception {
        TypedCommand.run(command, arguments);
    }
}
