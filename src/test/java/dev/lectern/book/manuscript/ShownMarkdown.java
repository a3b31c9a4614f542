package dev.lectern.book.manuscript;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Link;
import org.commonmark.parser.Parser;

/// Markdown as whoever shows it reads it.
final class ShownMarkdown extends AbstractVisitor {

    private ShownMarkdown() {}

    static void assertSafe(String markdown) {
        Parser.builder()
                .extensions(List.of(TablesExtension.create()))
                .build()
                .parse(markdown)
                .accept(new ShownMarkdown());
    }

    @Override
    public void visit(HtmlBlock html) {
        throw new AssertionError(html.getLiteral());
    }

    @Override
    public void visit(HtmlInline html) {
        throw new AssertionError(html.getLiteral());
    }

    @Override
    public void visit(Link link) {
        assertThat(link.getDestination()).doesNotContainIgnoringCase("javascript:");
        visitChildren(link);
    }
}
