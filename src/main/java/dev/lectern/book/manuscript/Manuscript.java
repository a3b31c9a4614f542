package dev.lectern.book.manuscript;

import java.util.List;
import java.util.Optional;

/// A book as its author wrote it, read and taken apart.
///
/// @param title what the site calls itself, or its first page's title
/// @param pages in reading order; at least one, and at least one excerpt in all
/// @param warnings what was left out or looks wrong, one sentence each
public record Manuscript(Optional<String> title, List<Page> pages, List<String> warnings) {

    /// Reads a manuscript.
    ///
    /// @param base the site's address, with a slash at its end; links between pages begin with it
    /// @throws FlawException where it cannot become a book
    public static Manuscript read(ManuscriptSource source, String base, Limits limits) {
        return new ManuscriptReader(source, base, limits).read();
    }
}
