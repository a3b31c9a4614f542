package dev.lectern.book.manuscript;

/// A heading of a page.
///
/// @param level 1 to 6
/// @param anchor the fragment that the site gives it
public record Heading(int level, String title, String anchor) {}
