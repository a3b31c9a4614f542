package dev.lectern.answer;

import dev.lectern.conversation.Question.IdempotencyKey;
import dev.lectern.problem.ProblemException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The header of the [IETF draft](https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/): a
/// string of RFC 8941, quoted as the draft has it or bare as most clients send it. Both forms name the same key.
final class IdempotencyKeys {

    static final String HEADER = "Idempotency-Key";

    private static final int LONGEST = 128;
    private static final Pattern QUOTED = Pattern.compile("\"((?:[ !#-\\[\\]-~]|\\\\[\"\\\\])*)\"");
    private static final Pattern BARE = Pattern.compile("[!#-~][ -~]*");
    private static final Pattern ESCAPED = Pattern.compile("\\\\(.)");

    private IdempotencyKeys() {}

    /// @throws ProblemException if there is a header, and it holds no key
    static @Nullable IdempotencyKey parse(@Nullable String header) {
        if (header == null) {
            return null;
        }
        String trimmed = header.strip();
        Matcher quoted = QUOTED.matcher(trimmed);
        if (quoted.matches()) {
            return key(ESCAPED.matcher(quoted.group(1)).replaceAll("$1"));
        }
        if (BARE.matcher(trimmed).matches()) {
            return key(trimmed);
        }
        throw invalid();
    }

    private static IdempotencyKey key(String value) {
        if (value.isEmpty() || value.length() > LONGEST) {
            throw invalid();
        }
        return new IdempotencyKey(value);
    }

    private static ProblemException invalid() {
        return ProblemException.invalid(HEADER, "must be a UUID or 1 to 128 printable ASCII characters");
    }
}
