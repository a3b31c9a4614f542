package dev.lectern.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PrintableTest {

    @Test
    void text_of_somebody_elses_commands_no_terminal_and_stays_on_one_line() {
        assertThat(Printable.line("a\u001b[31mb\r\nc\u009b1md\u202ee")).isEqualTo("a [31mb c 1md e");
        assertThat(Printable.line("Lücke – … 漢字")).isEqualTo("Lücke – … 漢字");
        assertThat(Printable.line("abcdef", 4)).isEqualTo("abc~");
    }

    @Test
    void what_is_no_terminal_has_no_colours_whatever_the_environment_says() {
        PrintStream file = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);

        Terminal terminal = Terminal.of(file, Map.of("TERM", "xterm-256color")::get);

        assertThat(terminal).isEqualTo(new Terminal(false, false, true));
        assertThat(terminal.in(Terminal.Colour.RED, "down")).isEqualTo("down");
    }

    @Test
    void a_duration_is_a_number_and_its_unit() {
        assertThat(DurationOption.read("--timeout", "700ms")).isEqualTo(Duration.ofMillis(700));
        assertThat(DurationOption.read("--timeout", "2h")).isEqualTo(Duration.ofHours(2));
        assertThatThrownBy(() -> DurationOption.read("--timeout", "2 days"))
                .hasMessage("--timeout is written as 700ms, 30s, 5m or 1h, not \"2 days\"");
    }
}
