package dev.lectern.cli.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lectern.cli.CommandFailedException;
import dev.lectern.cli.Terminal;
import dev.lectern.testing.TypedCommand;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TargetOptionTest {

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @Test
    void no_database_anywhere_is_told_with_what_that_means() {
        assertThatThrownBy(() -> check())
                .isInstanceOfSatisfying(
                        CommandFailedException.class,
                        e -> assertThat(e.exitCode()).isEqualTo(64))
                .hasMessageContaining("DATABASE_URL is not set")
                .hasMessageContaining("bin/run");
        assertThat(printed.size()).isZero();
    }

    @Test
    void a_connection_string_that_cannot_be_read_is_told_without_its_password() {
        assertThatThrownBy(() -> check("--database-url", "postgresql://reader:s3cret/w@rd@host/db"))
                .isInstanceOfSatisfying(
                        CommandFailedException.class,
                        e -> assertThat(e.exitCode()).isEqualTo(64))
                .hasMessageContaining("percent-encoded")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("s3cret"));
    }

    @Test
    void a_timeout_that_is_none_is_told_with_what_one_is() {
        assertThatThrownBy(() -> check("--timeout", "soon")).hasMessageContaining("--timeout is written as");
        assertThatThrownBy(() -> check("--timeout", "5ms")).hasMessage("--timeout is between 1s and 10m, not 5ms");
    }

    @Test
    void what_is_down_ends_with_2_and_has_said_all_on_the_way() {
        assertThatThrownBy(() -> check("--database-url", "postgresql://reader:s3cret-word@no-such-host.invalid/db"))
                .isInstanceOfSatisfying(
                        CommandFailedException.class,
                        e -> assertThat(e.exitCode()).isEqualTo(2))
                .hasMessage("");
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("DOWN (down/unreachable)")
                .doesNotContain("s3cret-word");
    }

    private void check(String... arguments) throws Exception {
        CheckCommand command = new CheckCommand(
                new PrintStream(printed, true, StandardCharsets.UTF_8),
                Terminal.NONE,
                new ObjectMapper(),
                InstantSource.system(),
                file -> Optional.empty());
        TypedCommand.run(command, arguments);
    }
}
