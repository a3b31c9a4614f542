package dev.lectern.conversation;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.problem.ProblemException;
import java.util.Objects;
import java.util.regex.Pattern;

/// A header holds a key where the contract's pattern says so and nowhere else, and the key is the same when it is
/// quoted.
public final class IdempotencyKeyFuzz {

    private static final Pattern CONTRACT = Pattern.compile(IdempotencyKey.FORM);

    private IdempotencyKeyFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        // A server hands a header on without the blanks around it.
        String header = new String(input, ISO_8859_1).strip();
        boolean foreseen = CONTRACT.matcher(header).matches();
        try {
            IdempotencyKey key = Objects.requireNonNull(IdempotencyKey.parse(header));
            assertThat(foreseen).as(header).isTrue();
            assertThat(key.value()).matches("[ -~]{1,128}");
            assertThat(IdempotencyKey.parse("\"" + key.value().replaceAll("[\"\\\\]", "\\\\$0") + "\""))
                    .isEqualTo(key);
        } catch (ProblemException e) {
            assertThat(foreseen).as(header).isFalse();
            assertThat(e.problem().status()).isEqualTo(400);
        }
    }
}
