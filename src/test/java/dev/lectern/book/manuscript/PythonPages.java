package dev.lectern.book.manuscript;

import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// Pages of MkDocs, for tests.
final class PythonPages {

    private PythonPages() {}

    static ParsedPage parse(String text) {
        return PageParser.parse(
                "a.md",
                text,
                Optional.empty(),
                new PythonMarkdown(TocSlug.ASCII, UnaryOperator.identity()),
                UnaryOperator.identity());
    }

    static String text(ParsedPage page) {
        return page.sections().stream()
                .flatMap(section -> section.pieces().stream())
                .map(Piece::text)
                .collect(Collectors.joining("\n"));
    }
}
