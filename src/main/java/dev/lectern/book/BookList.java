package dev.lectern.book;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.lectern.paging.Page;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A page of the list of books, as a type that the contract can name.
///
/// @param nextCursor what to ask for next; null on the last page
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record BookList(List<ListedBook> items, @Nullable String nextCursor) {

    static BookList of(Page<ListedBook> page) {
        return new BookList(page.items(), page.nextCursor());
    }

    /// A book in the list.
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record ListedBook(
            String slug, String title, @Nullable URI baseUrl, long version, int chapters) {

        static ListedBook of(Book book) {
            return new ListedBook(
                    book.slug(),
                    book.title(),
                    book.baseUrl(),
                    book.version(),
                    book.chapters().size());
        }
    }
}
