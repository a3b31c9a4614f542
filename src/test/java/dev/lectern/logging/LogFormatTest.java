package dev.lectern.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LogFormatTest {

    @Test
    void where_there_is_no_terminal_the_log_is_JSON_unless_text_is_asked_for() {
        assertThat(LogFormat.of("auto").isJson(null)).isTrue();
        assertThat(LogFormat.of("json").isJson(null)).isTrue();
        assertThat(LogFormat.of("text").isJson(null)).isFalse();
    }

    @Test
    void another_word_is_refused_with_those_that_there_are() {
        assertThatThrownBy(() -> LogFormat.of("xml"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("must be auto, json or text");
    }
}
