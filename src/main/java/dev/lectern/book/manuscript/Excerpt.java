package dev.lectern.book.manuscript;

import java.util.List;

/// A stretch of a page, short enough to be cited.
///
/// @param headings above all of it, outermost first, without the page's title
/// @param anchor of the heading that it begins under; empty above the first
/// @param text plain text
public record Excerpt(List<String> headings, String anchor, String text) {}
