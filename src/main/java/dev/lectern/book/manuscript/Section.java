package dev.lectern.book.manuscript;

import java.util.List;

/// What stands under one heading, up to the next.
///
/// @param path the headings above it, outermost first, its own last; without the page's title
/// @param anchor of its heading; empty above the first
/// @param pieces its text, in order
record Section(List<String> path, String anchor, List<Piece> pieces) {

    int size() {
        return pieces.stream().mapToInt(Piece::size).sum();
    }
}
