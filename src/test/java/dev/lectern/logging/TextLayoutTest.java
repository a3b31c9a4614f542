package dev.lectern.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TextLayoutTest {

    private final LoggerContext logs = new LoggerContext();

    @Test
    void what_would_move_a_terminal_is_shown_instead() {
        assertThat(line("a\u001b[2Kb\u009b2Kc\u0085d\u2028e\u202ef\tg\rh ü 漢 😀", null))
                .isEqualTo("WARN a\\u001b[2Kb\\u009b2Kc\\u0085d\\u2028e\\u202ef\tg\\u000dh ü 漢 😀 r-1\n");
    }

    @Test
    void only_the_first_line_of_an_event_begins_at_the_margin() {
        String shown = line("one\nWARN two", new IllegalStateException("three\nWARN four"));

        assertThat(shown)
                .startsWith("WARN one\n    WARN two r-1\n    java.lang.IllegalStateException: three\n    WARN four\n")
                .contains("\n    \tat ")
                .endsWith("\n")
                .doesNotEndWith("\n\n");
        assertThat(shown.lines().skip(1)).allMatch(line -> line.startsWith("    "));
    }

    private String line(String message, @Nullable Throwable error) {
        PatternLayout pattern = new PatternLayout();
        pattern.setContext(logs);
        pattern.setPattern("%level %msg %mdc{request_id}%n%rEx{short}");
        pattern.start();
        LoggingEvent event = new LoggingEvent("", logs.getLogger("dev.lectern.test"), Level.WARN, message, error, null);
        event.setMDCPropertyMap(Map.of("request_id", "r-1"));
        return new TextLayout(pattern).doLayout(event);
    }
}
