package dev.lectern.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

class JsonLayoutTest {

    private final LoggerContext logs = new LoggerContext();
    private final JsonLayout layout = new JsonLayout();

    @Test
    void an_event_is_one_line_whatever_its_message_holds() throws Exception {
        LoggingEvent event = event("first\nsecond \"quoted\" ü", null);

        String line = layout.doLayout(event);

        assertThat(line).endsWith("}\n").containsOnlyOnce("\n");
        assertThat(json(line).get("message").asText()).isEqualTo("first\nsecond \"quoted\" ü");
        assertThat(json(line).get("at").asText()).isEqualTo("2026-11-24T12:00:00.250Z");
        assertThat(json(line).get("level").asText()).isEqualTo("WARN");
        assertThat(json(line).get("logger").asText()).isEqualTo("dev.lectern.test");
    }

    @Test
    void what_would_move_a_terminal_is_escaped_and_is_still_what_it_was() throws Exception {
        String message = "a\u001b[2Kb\u009b2Kc\u0085d\u2028e\u202ef\tg\udb40\udc41h\ud800";

        String line = layout.doLayout(event(message, null));

        assertThat(line)
                .contains("a\\u001B[2Kb\\u009b2Kc\\u0085d\\u2028e\\u202ef\\tg\\udb40\\udc41h\\ud800")
                .matches("[ -~]+\n");
        assertThat(json(line).get("message").asText()).isEqualTo(message);
    }

    @Test
    void what_an_event_adds_keeps_its_kind() throws Exception {
        LoggingEvent event = event("done", null);
        event.addKeyValuePair(new KeyValuePair("status", 200));
        event.addKeyValuePair(new KeyValuePair("duration_ms", 1.25));
        event.addKeyValuePair(new KeyValuePair("outcome", "ok"));
        event.addKeyValuePair(new KeyValuePair("cause", null));

        JsonNode line = json(layout.doLayout(event));

        assertThat(line.get("status").isInt()).isTrue();
        assertThat(line.get("duration_ms").doubleValue()).isEqualTo(1.25);
        assertThat(line.get("outcome").asText()).isEqualTo("ok");
        assertThat(line.get("cause").isNull()).isTrue();
        assertThat(line.get("request_id").asText()).isEqualTo("r-1");
    }

    @Test
    void an_error_has_its_stack() throws Exception {
        JsonNode line = json(layout.doLayout(event("failed", new IllegalStateException("broken"))));

        assertThat(line.get("error").asText())
                .startsWith("java.lang.IllegalStateException: broken")
                .contains("an_error_has_its_stack");
    }

    private LoggingEvent event(String message, @Nullable Throwable error) {
        LoggingEvent event = new LoggingEvent("", logs.getLogger("dev.lectern.test"), Level.WARN, message, error, null);
        event.setTimeStamp(1_795_521_600_250L);
        event.setMDCPropertyMap(Map.of("request_id", "r-1"));
        return event;
    }

    private static JsonNode json(String line) throws Exception {
        return new ObjectMapper().readTree(line);
    }
}
