package dev.lectern.book.manuscript;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/// A book as its author wrote it, read and taken apart.
///
/// @param title what the site calls itself, or its index page's title
/// @param baseUrl where the site shows it: as it was given, else as the site says
/// @param pages in reading order; at least one, and at least one excerpt in all
/// @param warnings what was left out or looks wrong, one sentence each
public record Manuscript(Optional<String> title, Optional<URI> baseUrl, List<Page> pages, List<String> warnings) {

    /// Reads a manuscript.
    ///
    /// @param baseUrl where the site shows it; where this is empty, what the site says of itself counts
    /// @throws FlawException where it cannot become a book
    public static Manuscript read(ManuscriptSource source, Optional<URI> baseUrl, Limits limits) {
        return new ManuscriptReader(source, baseUrl, limits).read();
    }
}
