package dev.lectern.conversation;

import dev.lectern.problem.Input;
import dev.lectern.problem.ProblemException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Which part of a list is asked for.
///
/// @param limit how many items, 1 to 100
/// @param after the last item of the page before; null for the first page
record PageRequest(int limit, @Nullable UUID after) {

    static final int DEFAULT_LIMIT = 20;
    static final int HIGHEST_LIMIT = 100;

    /// The page that the query parameters `limit` and `cursor` speak of.
    static PageRequest of(@Nullable String limit, @Nullable String cursor) {
        return new PageRequest(
                Input.limit(limit, DEFAULT_LIMIT, HIGHEST_LIMIT), cursor == null ? null : parseCursor(cursor));
    }

    /// The opaque name of the place after an item.
    static String cursorAfter(UUID id) {
        byte[] bytes = ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static UUID parseCursor(String text) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
            if (bytes.remaining() == 2 * Long.BYTES) {
                return new UUID(bytes.getLong(), bytes.getLong());
            }
        } catch (IllegalArgumentException e) {
            // Said below.
        }
        throw ProblemException.invalid("cursor", "is not the next_cursor of a page");
    }
}
