package dev.lectern.book.manuscript;

import java.util.List;
import java.util.Optional;

/// The text of a page, taken apart.
///
/// @param title its first heading of level 1, if it has one
/// @param markdown safe to be shown, without that heading where it only repeats the title
/// @param headings in the order of the text, without the one that the page begins with as its title
/// @param sections in the order of the text
record ParsedPage(Optional<String> title, String markdown, List<Heading> headings, List<Section> sections) {}
