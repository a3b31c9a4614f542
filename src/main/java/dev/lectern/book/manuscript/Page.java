package dev.lectern.book.manuscript;

import java.util.List;

/// A page of the site.
///
/// @param slug its name, unique in the manuscript: its path without slashes at the ends, `index` for the first page
/// @param address its path on the site, without the slash at the beginning; empty for the first page
/// @param title the title that readers see
/// @param markdown the text, free of raw HTML, JSX and links that run code
/// @param headings in the order of the text
/// @param excerpts what it is cut into, in the order of the text
public record Page(
        String slug, String address, String title, String markdown, List<Heading> headings, List<Excerpt> excerpts) {}
