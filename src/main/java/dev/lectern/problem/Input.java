package dev.lectern.problem;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What is demanded of every request alike, before a connection is taken.
public final class Input {

    /// What is wrong with a text that [#isStorable] refuses.
    public static final String NOT_STORABLE = "must be Unicode text without NUL characters";

    private static final Pattern UUID_TEXT = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private Input() {}

    /// The request's body, which must be there.
    public static <T> T body(@Nullable T body) {
        if (body == null) {
            throw ProblemException.invalid("", "must be a JSON object");
        }
        return body;
    }

    /// An id as clients write it; empty where the text is none. [UUID#fromString] alone takes more than that.
    public static Optional<UUID> uuid(String text) {
        return UUID_TEXT.matcher(text).matches() ? Optional.of(UUID.fromString(text)) : Optional.empty();
    }

    /// The id in a path. Whatever is no UUID is the id of nothing.
    ///
    /// @param absence what a client is told then
    public static UUID id(String text, String absence) {
        return uuid(text).orElseThrow(() -> ProblemException.notFound(absence));
    }

    /// How many items of a list are wanted.
    ///
    /// @param text the query parameter `limit`
    /// @param standard what an absent one means
    public static int limit(@Nullable String text, int standard, int highest) {
        if (text == null) {
            return standard;
        }
        try {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= highest) {
                return limit;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw ProblemException.invalid("limit", "must be a whole number from 1 to " + highest);
    }

    /// Whether PostgreSQL can store the text.
    public static boolean isStorable(String text) {
        return text.codePoints().noneMatch(c -> c == 0 || Character.getType(c) == Character.SURROGATE);
    }
}
