package dev.lectern.book;

import dev.lectern.book.manuscript.Heading;
import java.util.List;

/// A chapter: one page of the site.
///
/// @param slug its name in URLs, unique in the book: its path on the site, which may contain slashes; `index` for the
/// first page
/// @param title the title that readers see
/// @param url where the site shows it: absolute where the book has a base URL, else a path
/// @param markdown the text, free of JSX and raw HTML
/// @param headings in the order of the text
public record Chapter(String slug, String title, String url, String markdown, List<Heading> headings) {}
