package dev.lectern.retrieval;

import org.jspecify.annotations.Nullable;

/// What is looked for.
///
/// @param text the reader's words
/// @param book the slug of the one book to look in; all books where null
/// @param pageUrl the page that the reader is on: passages of its chapter are favoured
/// @param selectedText what the reader has marked: it counts as context of the words
/// @param limit how many passages at most
public record Query(
        String text,
        @Nullable String book,
        @Nullable String pageUrl,
        @Nullable String selectedText,
        int limit) {}
