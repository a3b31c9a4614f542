package dev.lectern.book;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A whole version of a book, immutable, as readers are served from memory.
///
/// @param slug the book's name in URLs: lower-case letters, digits and hyphens
/// @param title the title that readers see
/// @param baseUrl where the site shows the book, if it is known
/// @param version a number that grows with each import over the whole library
/// @param chapters in reading order
/// @param passages in reading order
public record Book(
        String slug,
        String title,
        @Nullable URI baseUrl,
        long version,
        List<Chapter> chapters,
        List<Passage> passages) {

    public Optional<Chapter> chapter(String chapterSlug) {
        return chapters.stream().filter(c -> c.slug().equals(chapterSlug)).findFirst();
    }
}
