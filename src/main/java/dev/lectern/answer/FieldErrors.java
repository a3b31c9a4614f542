package dev.lectern.answer;

import dev.lectern.problem.Input;
import dev.lectern.problem.Problem.FieldError;
import dev.lectern.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What is wrong with a request, all of it, before any of it is used.
final class FieldErrors {

    static final int QUESTION = 4_000;
    static final int SELECTED_TEXT = 8_000;
    static final int PAGE_URL = 2_048;

    /// A web address, or a path: anything visible that does not begin with another scheme. Browsers send characters
    /// that [java.net.URI] refuses.
    private static final Pattern PAGE =
            Pattern.compile("(?:(?i:https?)://[^\\s/]\\S*|(?![A-Za-z][A-Za-z0-9+.-]*:)\\S+)");

    private final List<FieldError> errors = new ArrayList<>();

    void add(String pointer, String detail) {
        errors.add(new FieldError(pointer, detail));
    }

    /// The reader's words, as they are.
    String question(String pointer, @Nullable String value) {
        if (value == null || value.isBlank()) {
            add(pointer, "is required and must not be blank");
            return "";
        }
        text(pointer, value, QUESTION);
        return value;
    }

    @Nullable
    String selectedText(String pointer, @Nullable String value) {
        return value == null || value.isBlank() ? null : text(pointer, value, SELECTED_TEXT);
    }

    @Nullable
    String pageUrl(String pointer, @Nullable String value) {
        if (value == null || value.isBlank()) {
            return null;
        }
        if (!PAGE.matcher(text(pointer, value, PAGE_URL)).matches()) {
            add(pointer, "must be an http(s) URL or a path");
        }
        return value;
    }

    /// @throws ProblemException naming all that was found
    void throwIfAny() {
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors);
        }
    }

    private String text(String pointer, String value, int longest) {
        if (value.codePointCount(0, value.length()) > longest) {
            add(pointer, "must not be longer than " + longest + " characters");
        }
        if (!Input.isStorable(value)) {
            add(pointer, Input.NOT_STORABLE);
        }
        return value;
    }
}
