package dev.lectern.book;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.lectern.book.manuscript.Heading;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A book's table of contents.
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record BookContents(
        String slug, String title, @Nullable URI baseUrl, long version, List<ListedChapter> chapters) {

    /// A chapter in the table of contents.
    public record ListedChapter(String slug, String title, String url, List<Heading> headings) {}

    static BookContents of(Book book) {
        return new BookContents(
                book.slug(),
                book.title(),
                book.baseUrl(),
                book.version(),
                book.chapters().stream()
                        .map(chapter ->
                                new ListedChapter(chapter.slug(), chapter.title(), chapter.url(), chapter.headings()))
                        .toList());
    }
}
