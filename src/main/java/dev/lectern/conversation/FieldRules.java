package dev.lectern.conversation;

import dev.lectern.problem.Input;
import dev.lectern.problem.ProblemException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is demanded of the fields of a request; an absent one is as good as any.
final class FieldRules {

    private FieldRules() {}

    /// Refuses a text that is blank where it must not be empty, too long, or holds what PostgreSQL cannot store.
    static void text(String pointer, @Nullable String text, int shortest, int longest) {
        if (text == null) {
            return;
        }
        if (!Input.isStorable(text)) {
            throw ProblemException.invalid(pointer, Input.NOT_STORABLE);
        }
        if (shortest > 0 && text.isBlank()) {
            throw ProblemException.invalid(pointer, "must not be blank");
        }
        if (text.codePointCount(0, text.length()) > longest) {
            throw ProblemException.invalid(pointer, "must have at most " + longest + " characters");
        }
    }

    /// Refuses what is none of the choices.
    static void oneOf(String pointer, @Nullable String text, String... choices) {
        if (text != null && !List.of(choices).contains(text)) {
            throw ProblemException.invalid(pointer, "must be one of " + String.join(", ", choices) + ", or null");
        }
    }
}
