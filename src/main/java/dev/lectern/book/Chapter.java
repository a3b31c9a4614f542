package dev.lectern.book;

import java.util.List;

/// A chapter: one page of the site.
///
/// @param slug its name in URLs, unique in the book: its path on the site, which may contain slashes; `index` for the
/// first page
/// @param title the title that readers see
/// @param url where the site shows it: absolute where the book has a base URL, else a path
/// @param markdown the text, free of JSX and raw HTML
/// @param headings in the order of the text
public record Chapter(String slug, String title, String url, String markdown, List<Heading> headings) {

    /// A heading of a chapter.
    ///
    /// @param level 1 to 6
    /// @param anchor the fragment that the site gives it
    public record Heading(int level, String title, String anchor) {}
}
