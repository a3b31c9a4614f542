package dev.lectern.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lectern.cli.CommandFailedException;
import dev.lectern.cli.Terminal;
import dev.lectern.testing.TypedCommand;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WatchCommandTest {

    private static final Instant NOW = Instant.parse("2026-11-24T10:00:07Z");

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private StubAdminPort admin;
    private @Nullable String token;

    @BeforeEach
    void start() throws IOException {
        admin = new StubAdminPort();
    }

    @AfterEach
    void stop() {
        admin.close();
    }

    @Test
    void looks_once_and_ends_well_where_all_is_well() throws Exception {
        watch("--once");

        assertThat(text()).startsWith("2026-11-24T10:00:07Z good ready | ").hasLineCount(1);
    }

    @Test
    void ends_with_1_where_it_is_bad_and_with_2_where_it_is_critical() {
        admin.snapshot = StubAdminPort.SATURATED;
        assertThatThrownBy(() -> watch("--once"))
                .satisfies(e -> assertThat(exitCode(e)).isEqualTo(1));

        admin.snapshot = StubAdminPort.SATURATED.replace("\"bad\"", "\"critical\"");
        assertThatThrownBy(() -> watch("--once"))
                .satisfies(e -> assertThat(exitCode(e)).isEqualTo(2));
    }

    @Test
    void says_that_no_lectern_is_there() {
        admin.close();

        assertThatThrownBy(() -> watch("--once"))
                .satisfies(e -> assertThat(exitCode(e)).isEqualTo(2));
        assertThat(text().strip())
                .isEqualTo("2026-11-24T10:00:07Z not there | no Lectern answers at " + admin.url()
                        + "; bin/run starts one");
    }

    @Test
    void goes_on_looking_where_no_lectern_is_there() throws Exception {
        admin.status = 500;

        // Whoever reads leaves after the second line: the one that says that Lectern is back.
        TypedCommand.run(command(new LeavingReader(2, () -> admin.status = 200)), arguments("--interval", "100ms"));

        assertThat(text().lines().toList())
                .satisfiesExactly(
                        line -> assertThat(line).contains("not there | what answers at "),
                        line -> assertThat(line).contains("good ready | "));
    }

    @Test
    void shows_its_token_and_says_so_where_one_is_wanted() throws Exception {
        admin.token = "the-operators-token";
        assertThatThrownBy(() -> watch("--once"))
                .satisfies(e -> assertThat(exitCode(e)).isEqualTo(2));
        assertThat(text()).contains("wants its token: set LECTERN_ADMIN_TOKEN");

        token = "an-old-token";
        assertThatThrownBy(() -> watch("--once"))
                .satisfies(e -> assertThat(exitCode(e)).isEqualTo(2));
        assertThat(text()).contains("refuses the token of LECTERN_ADMIN_TOKEN").doesNotContain("an-old-token");

        token = "the-operators-token\n";
        watch("--once");
        assertThat(text()).contains("good ready").doesNotContain("the-operators-token");
    }

    @Test
    void prints_a_line_of_json_at_each_look_with_the_events_that_are_new() throws Exception {
        TypedCommand.run(command(new LeavingReader(2, () -> {})), arguments("--interval", "100ms", "--json"));

        List<JsonNode> lines = new ArrayList<>();
        for (String line : text().lines().toList()) {
            lines.add(new ObjectMapper().readTree(line));
        }
        assertThat(lines).hasSize(2);
        assertThat(lines.getFirst().at("/there").asBoolean()).isTrue();
        assertThat(lines.getFirst().at("/snapshot/pool/maximum").asInt()).isEqualTo(16);
        assertThat(lines.getFirst().at("/events")).hasSize(3);
        assertThat(lines.getLast().at("/events")).isEmpty();
    }

    @Test
    void an_address_that_is_none_is_refused_without_quoting_it() {
        assertThatThrownBy(() -> watch("--admin", "http://me:s3cret@host:1/"))
                .hasMessage("--admin is written as http://127.0.0.1:8081")
                .satisfies(e -> assertThat(exitCode(e)).isEqualTo(64));
        assertThatThrownBy(() -> watch("--interval", "1ms"))
                .satisfies(e -> assertThat(exitCode(e)).isEqualTo(64));
    }

    private void watch(String... options) throws Exception {
        printed.reset();
        TypedCommand.run(command(printed), arguments(options));
    }

    private String[] arguments(String... options) {
        List<String> all = new ArrayList<>(List.of("--admin", admin.url()));
        all.addAll(List.of(options));
        return all.toArray(String[]::new);
    }

    private WatchCommand command(OutputStream out) {
        return new WatchCommand(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                Terminal.NONE,
                new ObjectMapper(),
                () -> NOW,
                name -> name.equals("LECTERN_ADMIN_TOKEN") ? token : null);
    }

    private static int exitCode(Throwable failure) {
        return ((CommandFailedException) failure).exitCode();
    }

    private String text() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    /// Reads some lines, as `head` does, and then reads no more.
    private final class LeavingReader extends OutputStream {

        private final int lines;
        private final Runnable afterFirst;
        private int read;

        LeavingReader(int lines, Runnable afterFirst) {
            this.lines = lines;
            this.afterFirst = afterFirst;
        }

        @Override
        public void write(int character) {
            printed.write(character);
            if (character == '\n') {
                read++;
                if (read == 1) {
                    afterFirst.run();
                }
            }
        }

        @Override
        public void flush() throws IOException {
            if (read >= lines) {
                throw new IOException("the reader has left");
            }
        }
    }
}
