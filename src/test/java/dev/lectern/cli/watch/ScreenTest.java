package dev.lectern.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.cli.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ScreenTest {

    private static final Sighting NOBODY = new Sighting.Absent("no Lectern answers");

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private ScreenSize size = ScreenSize.USUAL;

    @Test
    void gives_the_terminal_back_as_it_was_once_and_draws_no_more() {
        Screen screen = screen();
        screen.show(NOBODY, Instant.EPOCH);
        screen.close();
        int length = printed.size();

        screen.show(NOBODY, Instant.EPOCH);
        screen.close();

        assertThat(text())
                .startsWith("\u001b[?1049h\u001b[?25l\u001b[?7l")
                .endsWith("\u001b[?7h\u001b[?25h\u001b[?1049l");
        assertThat(printed.size()).isEqualTo(length);
    }

    @Test
    void fits_the_terminal_as_it_is_at_each_look() {
        Screen screen = screen();
        size = new ScreenSize(2, 10);
        printed.reset();

        screen.show(NOBODY, Instant.EPOCH);

        assertThat(text()).isEqualTo("\u001b[HLectern at\u001b[K\r\n\u001b[K\u001b[J");
    }

    @Test
    void the_size_is_what_stty_says_or_else_what_terminals_were_for_decades() {
        assertThat(ScreenSize.read("50 132\n")).isEqualTo(new ScreenSize(50, 132));
        assertThat(ScreenSize.read("0 0\n")).isEqualTo(ScreenSize.USUAL);
        assertThat(ScreenSize.read("stty: no terminal")).isEqualTo(ScreenSize.USUAL);
        assertThat(ScreenSize.read("")).isEqualTo(ScreenSize.USUAL);
    }

    private Screen screen() {
        return new Screen(
                new PrintStream(printed, true, StandardCharsets.UTF_8),
                Terminal.NONE,
                "http://127.0.0.1:8081",
                () -> size);
    }

    private String text() {
        return printed.toString(StandardCharsets.UTF_8);
    }
}
