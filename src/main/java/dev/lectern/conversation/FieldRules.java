package dev.lectern.conversation;

import dev.lectern.problem.ProblemException;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What is demanded of a request before a connection is taken.
final class Input {

    private static final Pattern UUID_TEXT = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private Input() {}

    /// The request's body, which must be there.
    static <T> T body(@Nullable T body) {
        if (body == null) {
            throw invalid("", "a JSON object is required");
        }
        return body;
    }

    /// Refuses a text that is blank where it must not be empty, too long, or holds what PostgreSQL cannot store.
    static void text(String pointer, @Nullable String text, int shortest, int longest) {
        if (text == null) {
            return;
        }
        if (text.codePoints().anyMatch(c -> c == 0 || Character.getType(c) == Character.SURROGATE)) {
            throw invalid(pointer, "must be Unicode text without NUL characters");
        }
        if (shortest > 0 && text.isBlank()) {
            throw invalid(pointer, "must not be blank");
        }
        if (text.codePointCount(0, text.length()) > longest) {
            throw invalid(pointer, "must have at most " + longest + " characters");
        }
    }

    /// Refuses what is none of the choices.
    static void oneOf(String pointer, @Nullable String text, String... choices) {
        if (text != null && !List.of(choices).contains(text)) {
            throw invalid(pointer, "must be one of " + String.join(", ", choices) + ", or null");
        }
    }

    /// The id in a path. Whatever is no UUID is the id of nothing.
    static UUID id(String text, String absence) {
        if (!UUID_TEXT.matcher(text).matches()) {
            throw ProblemException.notFound(absence);
        }
        return UUID.fromString(text);
    }

    static ProblemException invalid(String pointer, String detail) {
        return ProblemException.invalid(pointer, detail);
    }
}
