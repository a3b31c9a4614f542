package dev.lectern.paging;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A part of a list.
///
/// @param nextCursor names the page that follows; null where nothing does
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record Page<T>(List<T> items, @Nullable String nextCursor) {

    /// A page of what was read.
    ///
    /// @param rows one more than the page holds, where there are so many
    /// @param key the place of an item in the list's order
    public static <T> Page<T> of(List<T> rows, int limit, Function<T, ?> key) {
        if (rows.size() <= limit) {
            return new Page<>(List.copyOf(rows), null);
        }
        List<T> items = List.copyOf(rows.subList(0, limit));
        return new Page<>(items, PageRequest.cursorAfter(key.apply(items.getLast())));
    }
}
