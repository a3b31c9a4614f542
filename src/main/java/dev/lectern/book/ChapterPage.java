package dev.lectern.book;

import dev.lectern.book.manuscript.Heading;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A chapter as a reader gets it.
///
/// @param markdown free of raw HTML and of links that run code
/// @param anchors the headings, each with the fragment that leads to it
/// @param previous the chapter before it; null for the first
/// @param next the chapter after it; null for the last
public record ChapterPage(
        String book,
        String slug,
        String title,
        String url,
        String markdown,
        List<Heading> anchors,
        @Nullable Neighbour previous,
        @Nullable Neighbour next) {

    /// A chapter beside another.
    public record Neighbour(String slug, String title, String url) {

        private static @Nullable Neighbour at(List<Chapter> chapters, int index) {
            if (index < 0 || index >= chapters.size()) {
                return null;
            }
            Chapter chapter = chapters.get(index);
            return new Neighbour(chapter.slug(), chapter.title(), chapter.url());
        }
    }

    static ChapterPage of(Book book, Chapter chapter) {
        int index = book.chapters().indexOf(chapter);
        return new ChapterPage(
                book.slug(),
                chapter.slug(),
                chapter.title(),
                chapter.url(),
                chapter.markdown(),
                chapter.headings(),
                Neighbour.at(book.chapters(), index - 1),
                Neighbour.at(book.chapters(), index + 1));
    }
}
