package dev.lectern.book;

import java.util.List;
import java.util.UUID;

/// A stretch of a chapter, short enough to be cited: what is searched and what answers are made of.
///
/// @param id stable for as long as the book, the place and the text stay the same
/// @param book the book's slug
/// @param chapter the chapter's slug
/// @param chapterTitle the chapter's title
/// @param headings the headings above it, outermost first, without the chapter's title
/// @param url the page, without the anchor
/// @param anchor the fragment of the nearest heading; empty where there is none
/// @param text plain text: Markdown's marks removed, code kept
/// @param embedding of title, headings and text; a unit vector
public record Passage(
        UUID id,
        String book,
        String chapter,
        String chapterTitle,
        List<String> headings,
        String url,
        String anchor,
        String text,
        Embedding embedding) {

    /// The nearest heading, or the chapter's title where there is none.
    public String title() {
        return headings.isEmpty() ? chapterTitle : headings.getLast();
    }
}
