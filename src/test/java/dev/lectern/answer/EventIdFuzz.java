package dev.lectern.answer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.problem.ProblemException;

/// A header with the id of the last event is refused with a 400, or is read as it is written; what a client is sent
/// then is the end of the text, from a whole character on.
public final class EventIdFuzz {

    private EventIdFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        String header = new String(input, UTF_8);
        try {
            EventId id = EventId.parse(header);
            if (id == null) {
                assertThat(header).isBlank();
                return;
            }
            assertThat(EventId.parse(id.toString())).isEqualTo(id);
            String text = "a😀".repeat(20);
            String rest = id.rest(text);
            assertThat(text).endsWith(rest);
            assertThat(rest.codePoints().noneMatch(c -> Character.getType(c) == Character.SURROGATE))
                    .isTrue();
            assertThat(rest.length()).isBetween(Math.max(0, text.length() - id.offset()), text.length());
        } catch (ProblemException e) {
            assertThat(e.problem().status()).isEqualTo(400);
        }
    }
}
