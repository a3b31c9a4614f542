package dev.lectern.conversation;

import dev.lectern.problem.ProblemException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What makes a request safe to repeat, as its header says after the
/// [IETF draft](https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/).
///
/// @param value 1 to 128 printable ASCII characters
public record IdempotencyKey(String value) {

    /// The header's name.
    public static final String HEADER = "Idempotency-Key";

    /// What a key is, for the contract.
    public static final String RULE =
            "1 to 128 printable ASCII characters, bare or quoted as RFC 8941 has it; the same key names the same request";

    /// The header's forms that hold a key, as a regular expression.
    public static final String FORM = "^([!#-~][ -~]{0,127}|\"([ !#-\\[\\]-~]|\\\\[\"\\\\]){1,128}\")$";

    private static final int LONGEST = 128;
    private static final Pattern QUOTED = Pattern.compile("\"((?:[ !#-\\[\\]-~]|\\\\[\"\\\\])*)\"");
    private static final Pattern BARE = Pattern.compile("[!#-~][ -~]*");
    private static final Pattern ESCAPED = Pattern.compile("\\\\(.)");

    /// Reads the header: a string of RFC 8941, quoted as the draft has it or bare as most clients send it. Both forms
    /// name the same key.
    ///
    /// @return null where there is no header
    /// @throws ProblemException if there is one, and it holds no key
    public static @Nullable IdempotencyKey parse(@Nullable String header) {
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

    /// 422: the key stands for another request already.
    public static ProblemException reused() {
        return ProblemException.unprocessable(
                "idempotency-key-reused",
                "The Idempotency-Key was used for another request",
                "A new request needs a new key");
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
