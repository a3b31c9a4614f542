package dev.lectern.paging;

import dev.lectern.problem.Input;
import dev.lectern.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Which part of a list is asked for.
///
/// @param <K> the place of an item in the list's order
/// @param limit how many items, 1 to 100
/// @param after the last item of the page before; null for the first page
public record PageRequest<K>(int limit, @Nullable K after) {

    /// How many items a page has where nobody says.
    public static final int DEFAULT_LIMIT = 20;

    /// How many items a page has at most.
    public static final int HIGHEST_LIMIT = 100;

    /// The page that the query parameters `limit` and `cursor` speak of.
    ///
    /// @param key reads what a cursor holds; empty where it is no place in this list
    /// @throws ProblemException 400 where one of them is not valid
    public static <K> PageRequest<K> of(
            @Nullable String limit, @Nullable String cursor, Function<String, Optional<K>> key) {
        int items = Input.limit(limit, DEFAULT_LIMIT, HIGHEST_LIMIT);
        return new PageRequest<>(items, cursor == null ? null : parsed(cursor, key));
    }

    /// The opaque name of the place after an item.
    static String cursorAfter(Object key) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(key.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static <K> K parsed(String cursor, Function<String, Optional<K>> key) {
        try {
            Optional<K> found = key.apply(new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8));
            if (found.isPresent()) {
                return found.get();
            }
        } catch (IllegalArgumentException e) {
            // Said below.
        }
        throw ProblemException.invalid("cursor", "is not the next_cursor of a page");
    }
}
